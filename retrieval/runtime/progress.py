"""Progress of long work, brought from the lane's thread to the event loop's."""

import asyncio
from collections.abc import Generator
from typing import TypeVar

from retrieval.messages import message
from retrieval.protocols import OnProgress, Progress

T = TypeVar("T")


def report_progress(on_progress: OnProgress | None, what: str, done: int, total: int) -> None:
    """Report progress to the listener, if there is one."""
    if on_progress is not None:
        on_progress(Progress(what, done, total))


def report_progress_to(
    slices: Generator[tuple[int, int], None, T],
    on_progress: OnProgress | None,
    what: str = message("Reading passages"),
) -> Generator[None, None, T]:
    """Pass the progress of *slices* on to the event loop's thread."""
    loop = asyncio.get_running_loop()

    def steps() -> Generator[None, None, T]:
        try:
            while True:
                done, total = next(slices)
                if on_progress is not None:
                    loop.call_soon_threadsafe(on_progress, Progress(what, done, total))
                yield
        except StopIteration as end:
            result: T = end.value
            return result
        finally:
            slices.close()

    return steps()
