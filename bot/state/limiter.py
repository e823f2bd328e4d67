"""Counts how often each person or server does something: the generic cell rate algorithm."""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from retrieval.librarian import Processes

Clock = Callable[[], float]
"""Seconds that only grow, such as ``time.monotonic``."""
MAX_PEOPLE = 10_000


class Pace(NamedTuple):
    """How many uses at once, and after how many seconds one more."""

    at_once: int
    every_s: float


class Limiter:
    """A bucket of *at_once* uses a person or server, refilled by one every *every_s* seconds.

    Kept as the generic cell rate algorithm does: one number a person, the time at which the
    bucket will be full again.
    """

    def __init__(self, *, at_once: int, every_s: float, clock: Clock) -> None:
        self._pace = Pace(at_once, every_s)
        self._clock = clock
        self._full_at: dict[int, float] = {}

    def wait_s(self, who: int, pace: Pace | None = None) -> int:
        """Count one use and return 0, or count nothing and return the whole seconds left to wait.

        *pace* is used instead of the limiter's own.
        """
        now = self._clock()
        pace = pace or self._pace
        full_at = max(self._full_at.get(who, now), now)
        ahead_s = full_at - now - (pace.at_once - 1) * pace.every_s
        if ahead_s > 0:
            return math.ceil(ahead_s)
        self._full_at[who] = full_at + pace.every_s
        if len(self._full_at) > MAX_PEOPLE:
            self._full_at = {one: when for one, when in self._full_at.items() if when > now}
        return 0


class SharedLimiter:
    """A limiter that holds for all processes together, where there may be several."""

    def __init__(
        self, name: str, processes: "Processes", *, at_once: int, every_s: float, clock: Clock
    ) -> None:
        self._name = name
        self._processes = processes
        self._pace = Pace(at_once, every_s)
        self._alone = Limiter(at_once=at_once, every_s=every_s, clock=clock)

    async def wait_s(self, who: int, pace: Pace | None = None) -> int:
        """Count one use and return 0, or count nothing and return the whole seconds left to wait.

        Raises:
            StorageError: The database that all processes share does not answer.
        """
        pace = pace or self._pace
        if not self._processes.is_shared or not pace.every_s:
            return self._alone.wait_s(who, pace)
        return await self._processes.count_use(self._name, str(who), *pace)
