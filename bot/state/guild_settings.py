"""What a server has chosen, checked and kept in memory; which sites it allows."""

import re
from typing import TYPE_CHECKING, Annotated

import yarl
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from bot.i18n import languages
from retrieval.domain import EVERYTHING, PREFERENCES
from retrieval.errors import BadQuestion
from retrieval.messages import message
from retrieval.sources import SourceRule

if TYPE_CHECKING:
    from retrieval.librarian import Librarian


_HOST = re.compile(r"(?=.{3,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")


def read_domains(typed: str) -> tuple[str, ...]:
    """Return the domains of a text, each once, in order.

    Raises:
        BadQuestion: One of them is none.
    """
    words = [word for word in re.split(r"[\s,;]+", typed.strip()) if word]
    return tuple(dict.fromkeys(_domain(word) for word in words))


def _domain(word: str) -> str:
    address = word if "://" in word else f"https://{word}"
    try:
        host = (yarl.URL(address).raw_host or "").lower().rstrip(".")
    except ValueError:
        host = ""
    host = host.removeprefix("www.").removeprefix("*.")
    if not _HOST.fullmatch(host):
        raise BadQuestion(
            message("“{word}” is not a site. Write one per line, such as example.org.", word=word[:60])
        )
    return host


MOST_DOMAINS = 200


def _check_language(code: str) -> str:
    known = ["", *languages()]
    if code not in known:
        quoted = [repr(one) for one in known]
        expected = f"{', '.join(quoted[:-1])} or {quoted[-1]}"
        raise PydanticCustomError("literal_error", "Input should be {expected}", {"expected": expected})
    return code


class GuildSettings(BaseModel):
    """The choices of one server, or of a person for a library of one's own."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    companion_channels: tuple[int, ...] = ()
    """Channels in which posted links are added quietly."""
    adders: tuple[int, ...] = ()
    """Roles that may change the library, beside Manage Messages."""
    everyone_adds: bool = False
    channels: tuple[int, ...] = ()
    """Channels in which the bot may speak, their threads included; none: all."""
    language: Annotated[str, AfterValidator(_check_language)] = ""
    """In which the bot speaks; empty: as the server is set in Discord."""
    private: bool = False
    """Whether answers are for the asker alone unless the asker says otherwise."""
    questions_at_once: Annotated[int | None, Field(ge=1, le=100)] = None
    """Of a person; ``None``: as the operator has set it. So is the next one."""
    question_every_s: Annotated[float | None, Field(ge=0, le=3_600)] = None
    questions_an_hour: Annotated[int, Field(ge=0, le=100_000)] = 0
    """Of all members together; 0: no limit."""
    domains_allowed: Annotated[tuple[str, ...], Field(max_length=MOST_DOMAINS)] = ()
    """Sites that articles may come from; none: all."""
    domains_refused: Annotated[tuple[str, ...], Field(max_length=MOST_DOMAINS)] = ()
    keep_days: Annotated[int, Field(ge=0, le=36_500)] = 0
    """Days after which an article is removed; 0: never."""
    reports_channel: int = 0
    """Channel in which moderators are notified; 0: the one that Discord names, or the owner."""

    @property
    def sources(self) -> SourceRule:
        """What may be fetched."""
        return SourceRule(self.domains_allowed, self.domains_refused)

    def may_speak_in(self, *channels: int | None) -> bool:
        """Tell whether the bot may speak in a channel; also give the one that a thread belongs to."""
        return not self.channels or any(one in self.channels for one in channels)


class ChosenSettings:
    """Reads and writes settings by collection; all are read from the library at the start.

    They are few and small, and must be known before Discord's three seconds are over.
    """

    def __init__(self, librarian: "Librarian") -> None:
        self._librarian = librarian
        self._known: dict[str, GuildSettings] = {}

    async def load(self) -> None:
        """Read all settings; those that were changed in this process stay as they are."""
        bodies = await self._librarian.preferences.get_all()
        self._known = {name: _read(body) for name, body in bodies.items()} | self._known

    async def follow(self, what: str, collection: str) -> None:
        """Read again what another process has changed; an ``OnNotice``."""
        if what == EVERYTHING:
            self._known = {}
            await self.load()
        elif what == PREFERENCES:
            self._known[collection] = _read(await self._librarian.preferences.get(collection=collection))

    def now(self, collection: str) -> GuildSettings:
        """Return the settings of a collection as far as they were read, else the defaults."""
        return self._known.get(collection, _DEFAULTS)

    def every(self) -> dict[str, GuildSettings]:
        """Return the settings of all collections that have chosen any."""
        return dict(self._known)

    async def of(self, collection: str) -> GuildSettings:
        """Return the settings of a collection; the defaults if nothing was chosen."""
        if collection not in self._known:
            self._known[collection] = _read(await self._librarian.preferences.get(collection=collection))
        return self._known[collection]

    async def put(self, settings: GuildSettings, collection: str) -> None:
        """Keep settings; they act at once."""
        await self._librarian.preferences.set(settings.model_dump_json(), collection=collection)
        self._known[collection] = settings

    def forget(self, collection: str) -> None:
        """Forget what was read of a collection that was deleted."""
        self._known.pop(collection, None)


_DEFAULTS = GuildSettings()


def _read(body: str | None) -> GuildSettings:
    try:
        return GuildSettings() if body is None else GuildSettings.model_validate_json(body)
    except ValidationError:
        return GuildSettings()  # written by another version; the defaults are the cautious choice
