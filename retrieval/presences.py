"""Which places the library still serves: what was left is deleted when its time has passed."""

from collections.abc import Collection
from datetime import datetime, timedelta

from retrieval.desk import Desk
from retrieval.presence_store import PresenceStore

KEPT_DAYS = 30
"""After a place was left, its collection is kept so long; coming back stops the clock."""
GREETED_AGAIN_AFTER = timedelta(days=1)
"""Somebody who removes and adds the bot to try something is not greeted each time."""


class Presences(Desk):
    """Notes arrivals and departures. Moments are in UTC."""

    async def arrive(self, moment: datetime, *, collection: str) -> bool:
        """Note that a place was joined, and stop its clock; tell whether it is to be greeted."""
        return await self._lane.run(
            lambda: PresenceStore(self._workshop.store).arrive(
                collection, moment, moment - GREETED_AGAIN_AFTER
            )
        )

    async def leave(self, moment: datetime, *, collection: str) -> None:
        """Note that a place was left: its clock begins."""
        await self._lane.run(lambda: PresenceStore(self._workshop.store).leave(collection, moment))

    async def compare_presences(
        self, prefix: str, present: Collection[str], moment: datetime
    ) -> tuple[int, int]:
        """Note which collections, of those whose name begins with *prefix*, were left or are back.

        Returns:
            How many of each were not known to be.
        """
        return await self._lane.run(
            lambda: PresenceStore(self._workshop.store).compare(prefix, present, moment)
        )

    async def overdue(self, moment: datetime) -> list[str]:
        """Return the collections that were left more than ``KEPT_DAYS`` before *moment*."""
        return await self._lane.run(
            lambda: PresenceStore(self._workshop.store).left_before(moment - timedelta(days=KEPT_DAYS))
        )
