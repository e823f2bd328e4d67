"""This process among those that share the library: its leases, and what it hears of the others."""

import asyncio
import itertools
import logging
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from retrieval.domain import EVERYTHING, PASSAGES
from retrieval.errors import RetrievalError, StorageError
from retrieval.librarian.context import Context
from retrieval.processes import LEASE_S, PROCESS, ImportStore, LeaseStore, PaceStore
from retrieval.runtime import Priority
from retrieval.storage import Connection

RENEW_EVERY_S = 10.0
AFTER_ERROR_S = 2.0
"""Once the database is back, every process is known to be alive before any is taken for dead."""
STEADY_S = 15.0
FORGET_EVERY = 360
"""Renewals after which rows that say nothing any more are deleted: an hour."""
OnNotice = Callable[[str, str], Awaitable[None]]
"""Hears what has changed, and in which collection; ``EVERYTHING`` after an interruption."""

_log = logging.getLogger(__name__)


class Processes:
    """Says whether this process is the one that does something, and keeps it alive for the others."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._until: dict[str, float] = {}
        """Leases that are held: until when at least, by ``time.monotonic``."""
        self._steady_since = -math.inf
        self._listeners: list[OnNotice] = []

    @property
    def id(self) -> str:
        """The name of this process."""
        return self._context.process

    @property
    def is_shared(self) -> bool:
        """Whether there may be other processes."""
        return self._context.statements.is_shared

    @property
    def is_joined(self) -> bool:
        """Whether this process is alive for the others."""
        return PROCESS + self.id in self._until

    @property
    def is_steady(self) -> bool:
        """Whether the database has answered long enough for leases that ended to mean something."""
        return not self.is_shared or time.monotonic() - self._steady_since >= STEADY_S

    @asynccontextmanager
    async def join(self) -> AsyncIterator[None]:
        """Be alive for the others until the block ends; then every lease is given back.

        Raises:
            StorageError: The library cannot be opened.
        """
        run = self._context.statements.run
        if not self.is_shared:
            await run(lambda connection: LeaseStore(connection).end_all_others(self.id))
        await self._renew(PROCESS + self.id)
        self._steady_since = time.monotonic()
        tasks = [asyncio.create_task(self._renew_for_ever()), asyncio.create_task(self._listen())]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._until.clear()
            try:
                await run(lambda connection: LeaseStore(connection).give_all_back(self.id))
            except RetrievalError as error:
                _log.warning("Leases were not given back, and end by themselves: %r", error)

    # -- leases ------------------------------------------------------------------

    async def hold(self, name: str) -> bool:
        """Return whether this process is the one that does *name*; takes the lease if nobody has it.

        While the database does not answer, nobody is.
        """
        if self._until.get(name, 0.0) > time.monotonic():
            return True
        try:
            return await self._renew(name)
        except StorageError as error:
            _log.warning("The lease %s cannot be taken: %r", name, error)
            return False

    async def release(self, name: str) -> None:
        """Let others do *name*."""
        self._until.pop(name, None)
        await self._context.statements.run(lambda connection: LeaseStore(connection).give_back(name, self.id))

    async def _renew(self, name: str, *, is_ours: bool = False) -> bool:
        """Take or renew a lease; of one that *is_ours* it is no news that it was released meanwhile."""
        asked = time.monotonic()
        held = await self._context.statements.run(
            lambda connection: LeaseStore(connection).take(name, self.id)
        )
        if is_ours and name not in self._until:
            return False
        if held:
            self._until[name] = asked + LEASE_S
        elif self._until.pop(name, None) is not None:
            _log.warning("Another process has taken the lease %s", name)
        return held

    async def _renew_for_ever(self) -> None:
        pause_s = RENEW_EVERY_S
        for renewals in itertools.count(1):
            await asyncio.sleep(pause_s)
            try:
                await self._renew(PROCESS + self.id)
                for name in tuple(self._until):
                    if name in self._until:  # else it was released just now, and taking it would keep it
                        await self._renew(name, is_ours=True)
                if renewals % FORGET_EVERY == 0:
                    await self._context.statements.run(_forget)
            except StorageError as error:
                _log.warning("Leases could not be renewed: %r", error)
                self._steady_since, pause_s = math.inf, AFTER_ERROR_S
            else:
                self._steady_since, pause_s = min(self._steady_since, time.monotonic()), RENEW_EVERY_S

    # -- paces -------------------------------------------------------------------

    async def count_use(self, pace: str, who: str, at_once: int, every_s: float) -> int:
        """Count one use for all processes and return 0, or return the whole seconds left to wait."""
        return await self._context.statements.run(
            lambda connection: PaceStore(connection).count(pace, who, at_once, every_s)
        )

    # -- notices -----------------------------------------------------------------

    def watch(self, on_notice: OnNotice) -> None:
        """Hear what other processes change, until ``unwatch``."""
        self._listeners.append(on_notice)

    def unwatch(self, on_notice: OnNotice) -> None:
        """Hear no more."""
        if on_notice in self._listeners:
            self._listeners.remove(on_notice)

    async def _listen(self) -> None:
        async for notice in self._context.statements.listen():
            what, _, collection = notice.partition(" ")
            try:
                if what in (PASSAGES, EVERYTHING):
                    await self._refresh(collection)
                for listener in tuple(self._listeners):
                    await listener(what, collection)
            except RetrievalError as error:
                _log.warning("What another process changed was not read yet: %r", error)

    async def _refresh(self, collection: str) -> None:
        """Bring loaded indexes up to date before somebody asks."""

        def refresh() -> None:
            if (searcher := self._context.resources.open_searcher) is not None:
                for one in [collection] if collection else searcher.open_collections:
                    searcher.refresh_if_open(one)

        await self._context.lane.run(refresh, priority=Priority.IMPORT)


def _forget(connection: Connection) -> None:
    LeaseStore(connection).forget_ended()
    PaceStore(connection).forget_full()
    ImportStore(connection, "").forget_done()
