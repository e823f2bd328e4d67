"""Everything stored about a person or in a collection, to be taken out or deleted."""

import logging
from collections import Counter
from typing import Any

from retrieval.desk import Desk
from retrieval.lane import Priority
from retrieval.privacy_store import PrivacyStore, Rows

_log = logging.getLogger(__name__)


class Privacy(Desk):
    """Exports and deletes across everything the library keeps."""

    async def personal_data(self, person: str, *, collection: str) -> dict[str, Any]:
        """Return all that names a person anywhere, and what the person's own *collection* holds.

        Its articles are what ``export`` yields.
        """

        def read() -> dict[str, Any]:
            store = PrivacyStore(self._workshop.store)
            with self._workshop.store.snapshot():
                return {
                    "person": person,
                    "about_you": store.of_person(person),
                    "your_library": store.of_collection(collection),
                }

        return await self._lane.run(read)

    async def collection_data(self, *, collection: str) -> Rows:
        """Return the settings, answers and opinions of a collection, with nobody's name in them."""

        def read() -> Rows:
            with self._workshop.store.snapshot():
                return PrivacyStore(self._workshop.store).of_collection(collection)

        return await self._lane.run(read)

    async def forget_person(self, person: str, *, collection: str) -> Counter[str]:
        """Delete all that names a person anywhere, and the person's own *collection*.

        Corrections of articles stay, without the name. Returns how many rows went, by table.
        """

        def forget() -> Counter[str]:
            row = self._workshop.store.collection_id(collection)
            counts = PrivacyStore(self._workshop.store).forget_person(person, collection)
            self._workshop.forget_index(collection, row)
            return counts

        counts = await self._lane.run(forget, priority=Priority.IMPORT)
        _log.info("Deleted what was stored about a person: %s", told(counts))
        return counts

    async def forget_collection(self, *, collection: str) -> Counter[str]:
        """Delete a collection with its articles, answers and settings; return the rows by table."""

        def forget() -> Counter[str]:
            row = self._workshop.store.collection_id(collection)
            counts = PrivacyStore(self._workshop.store).forget_collection(collection)
            self._workshop.forget_index(collection, row)
            return counts

        counts = await self._lane.run(forget, priority=Priority.IMPORT)
        _log.info("Deleted a collection: %s", told(counts))
        return counts


def told(counts: Counter[str]) -> str:
    """Say how much was deleted, and of whom not a word."""
    return ", ".join(f"{count} {table}" for table, count in sorted(counts.items()) if count) or "nothing"
