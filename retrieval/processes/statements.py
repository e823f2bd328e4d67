"""Short statements beside the lane: what must be known or noted at once, however busy the models are."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from retrieval.errors import StorageError
from retrieval.messages import message
from retrieval.storage import Connection, place_of

T = TypeVar("T")
_log = logging.getLogger(__name__)
PATIENCE_S = 2.0
"""A server that takes longer does not answer; Discord waits for three seconds."""
LONG_PATIENCE_S = 35.0
"""Writers of a file wait for each other, some seconds for a long article; and tables may have to be made."""


class Statements:
    """One connection on a thread of its own, opened when it is first needed.

    Each call is one statement or a few, every one a transaction of its own.
    """

    def __init__(self, folder: Path, url: str = "") -> None:
        self._place = place_of(folder, url)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="statements")
        self._connection: Connection | None = None

    @property
    def is_shared(self) -> bool:
        """Whether other processes may run on the library."""
        return self._place.is_shared

    def listen(self) -> AsyncIterator[str]:
        """Yield what other processes announce; see ``Place.listen``."""
        return self._place.listen()

    async def run(self, call: Callable[[Connection], T]) -> T:
        """Await *call* on the thread.

        Raises:
            StorageError: The database cannot be reached, or, once open, takes longer than ``PATIENCE_S``.
        """
        is_open = self._connection is not None
        patience_s = PATIENCE_S if self.is_shared and is_open else LONG_PATIENCE_S
        job = asyncio.get_running_loop().run_in_executor(self._executor, self._call, call)
        try:
            return await asyncio.wait_for(asyncio.shield(job), patience_s)
        except TimeoutError:
            job.add_done_callback(_drop)  # nobody waits for it any more
            raise StorageError(
                message("The database takes too long to answer. Please try again in a minute.")
            ) from None

    async def close(self) -> None:
        """Close the connection and end the thread."""
        if self._connection is not None:
            await asyncio.get_running_loop().run_in_executor(self._executor, self._connection.close)
        self._executor.shutdown(wait=False)

    def _call(self, call: Callable[[Connection], T]) -> T:
        try:
            if self._connection is None:
                self._connection = self._place.open()
            return call(self._connection)
        except self._place.errors as error:
            raise self._place.explain_write(error) from error


def _drop(job: "asyncio.Future[T]") -> None:
    if not job.cancelled() and (error := job.exception()) is not None:
        _log.warning("What nobody waited for any more has failed: %r", error)
