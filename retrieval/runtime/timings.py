"""Where the time of an answer goes, reported to those who want to know and to nobody else.

Whoever asks opens a ``collecting`` block; what runs inside it, on the lane's thread too, names its
stages. No signature in between knows of it.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Timings = dict[str, float]
"""Seconds by stage, in the order in which the stages ended; a stage met twice is added up."""

_current: ContextVar[Timings | None] = ContextVar("timings", default=None)


@contextmanager
def collect_timings(timings: Timings) -> Iterator[None]:
    """Add to *timings* the stages of what runs inside."""
    token = _current.set(timings)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Measure what runs inside; also when it fails."""
    started = time.perf_counter()
    try:
        yield
    finally:
        timings = _current.get()
        if timings is not None:
            timings[name] = timings.get(name, 0.0) + time.perf_counter() - started
