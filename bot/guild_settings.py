"""What a server has chosen for itself, kept with its library as JSON; operators' settings are elsewhere."""

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

if TYPE_CHECKING:
    from retrieval.librarian import Librarian

MOST_KEPT = 5_000
"""Servers whose settings are remembered without asking the library again."""


class GuildSettings(BaseModel):
    """The choices of one server, or of a person for a library of one's own."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    companion_channels: tuple[int, ...] = ()
    """Channels in which posted links are added quietly."""


class ChosenSettings:
    """Reads and writes settings by collection; each is read from the library once."""

    def __init__(self, librarian: "Librarian") -> None:
        self._librarian = librarian
        self._known: dict[str, GuildSettings] = {}

    async def of(self, collection: str) -> GuildSettings:
        """Return the settings of a collection; the defaults if nothing was chosen."""
        if collection not in self._known:
            body = await self._librarian.preferences(collection=collection)
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            self._known.setdefault(collection, _read(body))
        return self._known[collection]

    async def put(self, settings: GuildSettings, collection: str) -> None:
        """Keep settings; they act at once."""
        await self._librarian.set_preferences(settings.model_dump_json(), collection=collection)
        self._known[collection] = settings

    def forget(self, collection: str) -> None:
        """Forget what was read of a collection that was deleted."""
        self._known.pop(collection, None)


def _read(body: str | None) -> GuildSettings:
    try:
        return GuildSettings() if body is None else GuildSettings.model_validate_json(body)
    except ValidationError:
        return GuildSettings()  # written by another version; the defaults are the cautious choice
