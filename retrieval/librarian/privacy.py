"""Everything stored about a person or in a collection, to be exported or deleted.

A collection is also deleted when its place was left a while ago; moments are in UTC.
"""

import logging
from collections import Counter
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

from retrieval.librarian.context import Context
from retrieval.records import PresenceStore, PrivacyStore, Rows
from retrieval.runtime import Priority

KEPT_DAYS = 30
"""After a place was left, its collection is kept so long; coming back ends that."""
GREETED_AGAIN_AFTER = timedelta(days=1)
"""Somebody who removes and adds the bot to try something is not greeted each time."""
_log = logging.getLogger(__name__)


class Privacy:
    """Exports and deletes across everything the library keeps."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def export_person(self, person: str, *, collection: str) -> dict[str, Any]:
        """Return all that names a person anywhere, and what the person's own *collection* holds.

        Its articles are what ``articles.export`` yields.
        """

        def read() -> dict[str, Any]:
            store = PrivacyStore(self._context.store)
            with self._context.store.snapshot():
                return {
                    "person": person,
                    "about_you": store.of_person(person),
                    "your_library": store.of_collection(collection),
                }

        return await self._context.lane.run(read)

    async def export_collection(self, *, collection: str) -> Rows:
        """Return the settings, answers and opinions of a collection, with nobody's name in them."""

        def read() -> Rows:
            with self._context.store.snapshot():
                return PrivacyStore(self._context.store).of_collection(collection)

        return await self._context.lane.run(read)

    async def forget_person(self, person: str, *, collection: str) -> Counter[str]:
        """Delete all that names a person anywhere, and the person's own *collection*.

        Corrections of articles stay, without the name. Returns how many rows went, by table.
        """

        def forget() -> Counter[str]:
            row = self._context.store.collection_id(collection)
            counts = PrivacyStore(self._context.store).forget_person(person, collection)
            self._discard_index(collection, row)
            return counts

        counts = await self._context.lane.run(forget, priority=Priority.IMPORT)
        _log.info("Deleted what was stored about a person: %s", _describe(counts))
        return counts

    async def forget_collection(self, *, collection: str) -> Counter[str]:
        """Delete a collection with its articles, answers and settings; return the rows by table."""

        def forget() -> Counter[str]:
            row = self._context.store.collection_id(collection)
            counts = PrivacyStore(self._context.store).forget_collection(collection)
            self._discard_index(collection, row)
            return counts

        counts = await self._context.lane.run(forget, priority=Priority.IMPORT)
        _log.info("Deleted a collection: %s", _describe(counts))
        return counts

    def _discard_index(self, collection: str, row: int | None) -> None:
        """Delete the index of a collection that was deleted from this row, in memory and on the disk."""
        if (searcher := self._context.resources.open_searcher) is not None:
            searcher.forget(collection)
        if row is not None:
            for path in self._context.store.index_folder.glob(f"{row}.*"):
                path.unlink(missing_ok=True)

    # -- places that are joined and left --------------------------------------

    async def arrive(self, moment: datetime, *, collection: str) -> bool:
        """Note that a place was joined, and is to be kept; return whether it is to be greeted."""
        return await self._context.lane.run(
            lambda: self._places.arrive(collection, moment, moment - GREETED_AGAIN_AFTER)
        )

    async def leave(self, moment: datetime, *, collection: str) -> None:
        """Note that a place was left; from now on its ``KEPT_DAYS`` count."""
        await self._context.lane.run(lambda: self._places.leave(collection, moment))

    async def compare_places(
        self,
        prefix: str,
        present: Collection[str],
        moment: datetime,
        *,
        is_ours: Callable[[str], bool] | None = None,
    ) -> tuple[int, int]:
        """Note which collections, of those whose name begins with *prefix*, were left or are back.

        Those that are not *is_ours* are left to another process.

        Returns:
            How many of each were not known to be.
        """
        return await self._context.lane.run(lambda: self._places.compare(prefix, present, moment, is_ours))

    async def list_overdue(self, moment: datetime) -> list[str]:
        """Return the collections that were left more than ``KEPT_DAYS`` before *moment*."""
        return await self._context.lane.run(
            lambda: self._places.list_left_before(moment - timedelta(days=KEPT_DAYS))
        )

    @property
    def _places(self) -> PresenceStore:
        return PresenceStore(self._context.store)


def _describe(counts: Counter[str]) -> str:
    """Say how much was deleted without naming anybody."""
    return ", ".join(f"{count} {table}" for table, count in sorted(counts.items()) if count) or "nothing"
