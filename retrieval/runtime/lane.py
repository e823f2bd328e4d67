"""One worker thread for everything that burns CPU: models, index, database.

Because none of them is ever touched from another thread, none needs a lock.
Questions go before imports, and an import hands the lane back after every slice,
so nobody waits longer than the questions ahead plus one slice.
"""

import asyncio
import contextvars
import heapq
import itertools
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from enum import IntEnum
from types import TracebackType
from typing import Self, TypeVar

from retrieval.errors import LibraryBusy, RetrievalError
from retrieval.messages import message
from retrieval.protocols import OnPlace
from retrieval.runtime.timings import stage

T = TypeVar("T")
Explain = Callable[[Exception], RetrievalError | None]


class Priority(IntEnum):
    """Lower goes first; equal ones in the order they came."""

    NOTE = -1
    """A write of a millisecond, which must be there before what waits is begun."""
    QUESTION = 0
    IMPORT = 1


class Lane:
    """A bounded queue in front of one thread. Use it as an async context manager."""

    def __init__(self, *, max_waiting: int = 64, explain: Explain = lambda _: None) -> None:
        """Refuse questions once *max_waiting* of them wait.

        *explain* is asked, on the lane's thread, what to raise in place of an error nobody foresaw.
        """
        self._explain = explain
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="lane")
        self._max_waiting = max_waiting
        self._queue: list[tuple[Priority, int, asyncio.Future[None]]] = []
        self._arrivals = itertools.count()
        self._watchers: dict[int, OnPlace] = {}
        self._busy = False

    @property
    def waiting(self) -> int:
        """Questions in the queue, the running one not counted."""
        return sum(
            1 for priority, _, turn in self._queue if priority is Priority.QUESTION and not turn.done()
        )

    async def run(
        self,
        call: Callable[[], T],
        *,
        priority: Priority = Priority.QUESTION,
        on_place: OnPlace | None = None,
    ) -> T:
        """Await *call* on the lane's thread.

        *on_place* hears one's place whenever it changes while waiting.

        Raises:
            LibraryBusy: If the queue of questions is full.
        """
        with stage("queue"):
            await self._wait_for_turn(priority, on_place)
        # With the caller's context, which gets the stages of the call; see timings.py.
        in_context = contextvars.copy_context().run
        job = asyncio.get_running_loop().run_in_executor(
            self._executor, in_context, self._translate_errors, call
        )
        # The lane stays taken until the job is over, even if the one who asked has gone:
        # a thread cannot be interrupted, and the next job must not pile up behind it unseen.
        job.add_done_callback(lambda _: self._next())
        return await asyncio.shield(job)

    def _translate_errors(self, call: Callable[[], T]) -> T:
        try:
            return call()
        except RetrievalError:
            raise
        except Exception as error:
            explained = self._explain(error)
            if explained is None:
                raise
            raise explained from error

    async def run_in_slices(
        self, slices: Generator[None, None, T], *, priority: Priority = Priority.IMPORT
    ) -> T:
        """Run a generator, each step as a job of its own, and return its value.

        If this is cancelled, the generator is closed on the lane, so that it can undo.
        """
        try:
            while True:
                finished, value = await self.run(lambda: _step(slices), priority=priority)
                if finished:
                    return value  # type: ignore[return-value]
        except asyncio.CancelledError:
            await self.run(slices.close, priority=priority)
            raise

    async def _wait_for_turn(self, priority: Priority, on_place: OnPlace | None) -> None:
        if not self._busy:
            self._busy = True
            return
        if priority is Priority.QUESTION and self.waiting >= self._max_waiting:
            raise LibraryBusy(
                message(
                    "{waiting} questions are waiting already. Please ask again in a minute.",
                    waiting=self.waiting,
                )
            )
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        arrival = next(self._arrivals)
        heapq.heappush(self._queue, (priority, arrival, turn))
        if on_place is not None:
            self._watchers[arrival] = on_place
        self._tell_places()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._next()  # it was our turn just now; pass it on
            raise
        finally:
            self._watchers.pop(arrival, None)

    def _next(self) -> None:
        while self._queue:
            _, _, turn = heapq.heappop(self._queue)
            if not turn.done():
                turn.set_result(None)
                self._tell_places()
                return
        self._busy = False

    def _tell_places(self) -> None:
        waiting = (
            arrival
            for priority, arrival, turn in sorted(self._queue, key=lambda t: t[:2])
            if priority is not Priority.NOTE and not turn.done()
        )
        for place, arrival in enumerate(waiting, start=1):
            if arrival in self._watchers:
                self._watchers[arrival](place)

    async def __aenter__(self) -> Self:
        """Return the lane itself; its thread starts with the first job."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Refuse all who wait and let the running job end."""
        for _, _, turn in self._queue:
            turn.cancel()
        self._queue.clear()
        await asyncio.to_thread(self._executor.shutdown, wait=True, cancel_futures=True)


def _step(slices: Generator[None, None, T]) -> tuple[bool, T | None]:
    try:
        next(slices)
    except StopIteration as end:
        return True, end.value
    return False, None
