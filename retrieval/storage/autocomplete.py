"""What is offered while somebody types, through a read-only connection that never waits for the lane."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from heapq import nsmallest
from itertools import islice
from pathlib import Path
from typing import Any, Literal, TypeVar

from retrieval.domain import Article
from retrieval.storage.article_reader import ARTICLE_COLUMNS, article_of
from retrieval.storage.connection import Connection
from retrieval.storage.places import place_of
from retrieval.text import without_accents

BUSY_TIMEOUT_S = 1
T = TypeVar("T")
_log = logging.getLogger(__name__)
Named = Literal["site", "author"]
"""Columns whose values are offered."""


class Catalog:
    """Reads titles and names on a thread of its own, so that an import never delays a keystroke.

    Case and accents make no difference. Some 15 ms with 10,000 articles.
    """

    def __init__(self, folder: Path, url: str = "") -> None:
        self._place = place_of(folder, url)
        self._failures: tuple[type[Exception], ...] = (sqlite3.DatabaseError, ValueError, *self._place.errors)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="catalog")
        self._connection: Connection | None = None

    async def suggest(self, typed: str, *, collection: str, limit: int) -> list[Article]:
        """Return articles whose title, site or id contains what was typed, newest first."""
        return await self._read(lambda connection: _articles(connection, typed, collection, limit), [])

    async def suggest_names(self, column: Named, typed: str, *, collection: str, limit: int) -> list[str]:
        """Return sites or authors that contain what was typed: those it begins, then the most frequent."""
        return await self._read(lambda connection: _names(connection, column, typed, collection, limit), [])

    async def suggest_speakers(self, typed: str, *, collection: str, limit: int) -> list[str]:
        """Return people who are quoted: those whose name begins so, then the most quoted."""
        return await self._read(lambda connection: _speakers(connection, typed, collection, limit), [])

    async def close(self) -> None:
        """Close the connection and end the thread."""
        if self._connection is not None:
            await asyncio.get_running_loop().run_in_executor(self._executor, self._connection.close)
        self._executor.shutdown(wait=False)

    async def _read(self, read: Callable[[Connection], T], nothing: T) -> T:
        def on_thread() -> T:
            try:
                connection = self._connect()
                return nothing if connection is None else read(connection)
            except self._failures as error:
                # Suggestions are no place to tell of a damaged library; the command itself tells.
                _log.warning("Nothing is suggested: %r", error)
                return nothing

        return await asyncio.get_running_loop().run_in_executor(self._executor, on_thread)

    def _connect(self) -> Connection | None:
        """Return the connection, or ``None`` while there is no library."""
        if self._connection is None:
            self._connection = self._place.open_for_reading(busy_timeout_s=BUSY_TIMEOUT_S)
        return self._connection


def _articles(connection: Connection, typed: str, collection: str, limit: int) -> list[Article]:
    part, public_id = without_accents(typed), typed.strip()
    names = connection.execute(
        f"SELECT id, public_id, title, site FROM articles {connection.dialect.names_index} "  # noqa: S608
        "WHERE collection_id = (SELECT id FROM collections WHERE name = :collection) ORDER BY id DESC",
        {"collection": collection},
    )
    found = (
        row
        for row, known_as, title, site in names
        if known_as == public_id
        or part in without_accents(title)
        or (site is not None and part in without_accents(site))
    )
    rows = connection.execute(
        f"SELECT {ARTICLE_COLUMNS} FROM articles a JOIN collections c ON c.id = a.collection_id "  # noqa: S608
        "WHERE a.id IN :rows ORDER BY a.id DESC",
        {"rows": list(islice(found, limit))},
    )
    return [article_of(row) for row in rows]


def _names(connection: Connection, column: Named, typed: str, collection: str, limit: int) -> list[str]:
    rows = connection.execute(
        f"SELECT {column}, count(*) FROM articles "  # noqa: S608 - one of two words of our own
        "WHERE collection_id = (SELECT id FROM collections WHERE name = :collection) "
        f"AND {column} IS NOT NULL GROUP BY {column}",
        {"collection": collection},
    )
    return _best(rows, typed, limit)


def _speakers(connection: Connection, typed: str, collection: str, limit: int) -> list[str]:
    rows = connection.execute(
        "SELECT q.speaker, count(*) FROM quotations q JOIN articles a ON a.id = q.article_id "
        "WHERE a.collection_id = (SELECT id FROM collections WHERE name = :collection) "
        "AND q.speaker IS NOT NULL GROUP BY q.speaker",
        {"collection": collection},
    )
    return _best(rows, typed, limit)


def _best(counted: Iterable[Sequence[Any]], typed: str, limit: int) -> list[str]:
    """Return the names that contain what was typed: those that it begins, then the most frequent."""
    part = without_accents(typed)
    found = [
        (at > 0, -int(count), str(name))
        for name, count in counted
        if (at := without_accents(str(name)).find(part)) >= 0
    ]
    return [name for *_, name in nsmallest(limit, found)]
