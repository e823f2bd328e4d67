"""Long work as a generator that stops between its slices, so that the lane may serve others there."""

from collections.abc import Generator
from typing import TypeVar

T = TypeVar("T")
Value = TypeVar("Value")
Slices = Generator[None, None, T]
"""Work that yields after each slice and returns its result."""


def yield_after_each(slices: Generator[object, None, T], value: Value) -> Generator[Value, None, T]:
    """Work through *slices*, yielding *value* after each, and return their result."""
    while True:
        try:
            next(slices)
        except StopIteration as end:
            result: T = end.value
            return result
        yield value


def complete(slices: Slices[T]) -> T:
    """Run *slices* to their end without a pause and return their result."""
    while True:
        try:
            next(slices)
        except StopIteration as end:
            result: T = end.value
            return result
