"""Who asks, noted where a question comes in, so that no way to keep an answer can forget it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_ASKER: ContextVar[str] = ContextVar("asker", default="")


@contextmanager
def asked_by(person: str) -> Iterator[None]:
    """Keep every answer that is recorded inside as asked for by *person*."""
    token = _ASKER.set(person)
    try:
        yield
    finally:
        _ASKER.reset(token)


def asking() -> str:
    """Return who asks; empty if nobody does, as for a digest that is posted by itself."""
    return _ASKER.get()
