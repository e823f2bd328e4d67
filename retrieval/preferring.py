"""The librarian's note of what a collection's people prefer; what it means is the caller's affair."""

from retrieval.desk import Desk
from retrieval.preference_store import PreferenceStore


class Preferring(Desk):
    """Keeps one text of preferences a collection, such as JSON."""

    async def preferences(self, *, collection: str) -> str | None:
        """Return a collection's preferences as they were kept, if any were."""
        return await self._lane.run(lambda: PreferenceStore(self._workshop.store).of(collection))

    async def all_preferences(self) -> dict[str, str]:
        """Return the preferences of every collection that has any, by its name."""
        return await self._lane.run(lambda: PreferenceStore(self._workshop.store).every())

    async def set_preferences(self, body: str, *, collection: str) -> None:
        """Keep preferences in place of the collection's former ones."""
        await self._lane.run(lambda: PreferenceStore(self._workshop.store).put(collection, body))
