"""Pages and files that were read without being kept, so that a button can add them later.

Addresses are kept with the library and outlive a restart; the bytes of files are not, and a
button that comes too late says so. Only the newest of both are remembered.
"""

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.i18n import t
from retrieval.errors import RetrievalError
from retrieval.runtime import asking, privately

if TYPE_CHECKING:
    from retrieval.librarian import Librarian


OFFERS_KEPT = 500
FILE_BYTES_KEPT = 20_000_000
_COUNTER = "discord.offers"


class OfferGone(RetrievalError):
    """The page or file that a button would add is no longer remembered."""


@dataclass(frozen=True, slots=True)
class Source:
    """What was read: a page's address, or a file with its bytes."""

    url: str | None = None
    name: str = ""
    body: bytes = b""


class Offers:
    """Remembers sources under numbers, which fit into a button where an address may not."""

    def __init__(self, librarian: "Librarian") -> None:
        self._librarian = librarian
        self._files: dict[int, Source] = {}
        self._counting = asyncio.Lock()

    async def put(self, source: Source, *, collection: str) -> int:
        """Remember a source; return its number. What was read privately is only for the one who asks."""
        person = asking() if privately() else ""
        async with self._counting:
            number = int(await self._librarian.notes.get(_COUNTER) or 0) + 1
            await self._librarian.notes.set(_COUNTER, str(number))
        noted = json.dumps({"number": number, "collection": collection, "url": source.url, "person": person})
        await self._librarian.notes.set(_key(number), noted)
        if source.url is None:
            self._files[number] = source
            while sum(len(one.body) for one in self._files.values()) > FILE_BYTES_KEPT:
                del self._files[next(iter(self._files))]
        return number

    async def get(self, number: int, *, collection: str) -> Source:
        """Return a source that was read in this place, and not privately for somebody else.

        Raises:
            OfferGone: It is too old, or was a file and the bot was restarted.
        """
        noted = json.loads(await self._librarian.notes.get(_key(number)) or "{}")
        if (
            noted.get("number") == number
            and noted.get("collection") == collection
            and (noted.get("person", "") in ("", asking()))
        ):
            if noted["url"] is not None:
                return Source(url=noted["url"])
            if number in self._files:
                return self._files[number]
        raise OfferGone(t("I no longer have this one. Add it with /article add."))


def _key(number: int) -> str:
    return f"{_COUNTER}.{number % OFFERS_KEPT}"
