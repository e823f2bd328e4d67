"""Small facts that are kept with a library, such as which commands were registered."""

from retrieval.librarian.context import Context


class Notes:
    """Keeps one text a key."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def get(self, key: str) -> str | None:
        """Return a small fact kept with the library."""
        return await self._context.lane.run(lambda: self._context.store.note(key))

    async def set(self, key: str, value: str) -> None:
        """Keep a small fact with the library."""
        await self._context.lane.run(lambda: self._context.store.set_note(key, value))
