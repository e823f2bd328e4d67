"""What a collection's people prefer; only the caller knows what it means."""

from retrieval.librarian.context import Context
from retrieval.records import PreferenceStore


class Preferences:
    """Keeps one text of preferences a collection, such as JSON."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def get(self, *, collection: str) -> str | None:
        """Return a collection's preferences as they were kept, if any were."""
        return await self._context.lane.run(lambda: PreferenceStore(self._context.store).of(collection))

    async def get_all(self) -> dict[str, str]:
        """Return the preferences of every collection that has any, by its name."""
        return await self._context.lane.run(lambda: PreferenceStore(self._context.store).every())

    async def set(self, body: str, *, collection: str) -> None:
        """Keep preferences in place of the collection's former ones."""
        await self._context.lane.run(lambda: PreferenceStore(self._context.store).put(collection, body))
