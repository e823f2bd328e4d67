"""The queue of articles that wait for a worker to encode them."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from retrieval.domain import Added, Article, NewArticle
from retrieval.errors import ArticleNotFound, LibraryFull, NotReadable, RetrievalError, SourceRefused
from retrieval.messages import as_json, from_json, message
from retrieval.processes.leases import is_any_alive, living
from retrieval.sources import read_reply, write_reply
from retrieval.storage import Connection

WORKER = "worker:"
"""First part of the lease that says that a worker is alive; its own name follows."""
MOST_TRIES = 3
"""An article that ended so many workers, as one that takes all memory, is given up."""
GIVEN_UP = message(
    "Reading this article in has failed several times. Paste the part you need as text instead."
)
_ERRORS = {one.__name__: one for one in (ArticleNotFound, LibraryFull, NotReadable, SourceRefused)}
"""What an article can be refused with; anything else is told as a plain ``RetrievalError``."""


@dataclass(frozen=True, slots=True)
class Import:
    """An article that this process is to encode."""

    id: int
    collection: str
    article: NewArticle
    tries: int


class ImportStore:
    """Writes and reads the queue in single statements."""

    def __init__(self, connection: Connection, process: str) -> None:
        self._connection = connection
        self._process = process
        self._free = f"outcome IS NULL AND (holder = '' OR holder NOT IN ({living(connection)}))"

    def put(self, collection: str, article: NewArticle) -> int:
        """Queue an article; return its number."""
        row = self._connection.execute(
            "INSERT INTO imports (collection, article, queued_at, holder, tries) "  # noqa: S608
            f"VALUES (:collection, :article, {self._connection.dialect.now}, '', 0) RETURNING id",
            {"collection": collection, "article": _write(article)},
        ).fetchone()
        return int(row[0])

    def take(self) -> Import | None:
        """Return the oldest article that nobody encodes, or whose process has ended; now it is ours."""
        return self._take(
            f"SELECT id FROM imports WHERE {self._free} ORDER BY id LIMIT 1 "  # noqa: S608
            f"{self._connection.dialect.skip_locked}",
            {},
        )

    def take_unattended(self, number: int) -> Import | None:
        """Return an article if there is no living worker to encode it; now it is ours."""
        return self._take(
            f"SELECT id FROM imports WHERE id = :number AND {self._free} "  # noqa: S608
            f"AND NOT {is_any_alive(self._connection, WORKER)} {self._connection.dialect.skip_locked}",
            {"number": number},
        )

    def _take(self, which: str, values: dict[str, Any]) -> Import | None:
        row = self._connection.execute(
            f"UPDATE imports SET holder = :process, tries = tries + 1 WHERE id = ({which}) "  # noqa: S608
            "RETURNING id, collection, article, tries",
            {"process": self._process, **values},
        ).fetchone()
        return None if row is None else Import(int(row[0]), str(row[1]), _read(row[2]), int(row[3]))

    def put_back(self) -> None:
        """Let others have what this process has begun."""
        self._connection.execute(
            "UPDATE imports SET holder = '', tries = tries - 1 WHERE holder = :process AND outcome IS NULL",
            {"process": self._process},
        )

    def finish(self, number: int, outcome: Added | RetrievalError) -> None:
        """Note what became of an article; its text is not needed any more."""
        self._connection.execute(
            "UPDATE imports SET outcome = :outcome, article = '' WHERE id = :number",
            {"outcome": _write_outcome(outcome), "number": number},
        )

    def outcome(self, number: int) -> str | None:
        """Return what became of an article, for ``read_outcome``; ``None`` while nothing has."""
        row = self._connection.execute(
            "SELECT outcome FROM imports WHERE id = :number", {"number": number}
        ).fetchone()
        if row is None:
            raise ArticleNotFound("That article was deleted meanwhile. Nothing is left to do.")
        return None if row[0] is None else str(row[0])

    def remove(self, number: int) -> None:
        """Delete what is known to whoever asked for it."""
        self._connection.execute("DELETE FROM imports WHERE id = :number", {"number": number})

    def forget_done(self) -> None:
        """Delete what nobody asked for within a day: the process that waited has ended."""
        self._connection.execute(
            "DELETE FROM imports WHERE outcome IS NOT NULL "  # noqa: S608
            f"AND queued_at < {self._connection.dialect.now} - 86400"
        )


def _write(article: NewArticle) -> str:
    known = {"given_id": article.given_id, "id_is_ours": article.id_is_ours}
    return json.dumps({"reply": write_reply(article).decode(), **known})


def _read(said: str) -> NewArticle:
    row = json.loads(said)
    article = read_reply(row["reply"].encode())
    return replace(article, given_id=row["given_id"], id_is_ours=row["id_is_ours"])


def _write_outcome(outcome: Added | RetrievalError) -> str:
    if isinstance(outcome, RetrievalError):
        return json.dumps({"error": type(outcome).__name__, "text": as_json(outcome.text)})
    return json.dumps(
        {
            "article": outcome.article.id,
            "passages": outcome.passages,
            "status": outcome.status,
            "notes": [as_json(note) for note in outcome.notes],
            "injection": outcome.injection,
        }
    )


def read_outcome(said: str, find_article: Callable[[int], Article]) -> Added:
    """Return what a worker wrote, or raise what it was refused with.

    Raises:
        RetrievalError: The article was not added.
    """
    row = json.loads(said)
    if "error" in row:
        raise _ERRORS.get(row["error"], RetrievalError)(from_json(row["text"]))
    return Added(
        find_article(row["article"]),
        row["passages"],
        row["status"],
        tuple(from_json(note) for note in row["notes"]),
        row["injection"],
    )
