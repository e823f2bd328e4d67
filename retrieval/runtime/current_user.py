"""Who asks, noted where a question comes in, so that no way to keep an answer can forget it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_ASKER: ContextVar[str] = ContextVar("asker", default="")
_PRIVATE: ContextVar[bool] = ContextVar("private", default=False)


@contextmanager
def set_current_user(person: str, *, private: bool = False) -> Iterator[None]:
    """Keep every answer that is recorded inside as asked for by *person*; *private*: for nobody else."""
    asker, privacy = _ASKER.set(person), _PRIVATE.set(private)
    try:
        yield
    finally:
        _ASKER.reset(asker)
        _PRIVATE.reset(privacy)


def asking() -> str:
    """Return who asks; empty if nobody does, as for a digest that is posted by itself."""
    return _ASKER.get()


def privately() -> bool:
    """Return whether what is recorded now is for the eyes of the one who asks alone."""
    return _PRIVATE.get()
