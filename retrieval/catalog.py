"""Titles for autocomplete, through a read-only connection that never waits for the lane."""

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from retrieval.database import FILE_NAME
from retrieval.domain import Article
from retrieval.library_reader import ARTICLE_COLUMNS, article_of

BUSY_TIMEOUT_S = 1


class Catalog:
    """Reads article titles on a thread of its own, so that an import never delays a keystroke."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="catalog")
        self._connection: sqlite3.Connection | None = None

    async def suggest(self, typed: str, *, collection: str, limit: int) -> list[Article]:
        """Return articles whose title, site or id contains what was typed, newest first."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, self._suggest, typed, collection, limit)

    async def close(self) -> None:
        """Close the connection and end the thread."""
        if self._connection is not None:
            await asyncio.get_running_loop().run_in_executor(self._executor, self._connection.close)
        self._executor.shutdown(wait=False)

    def _suggest(self, typed: str, collection: str, limit: int) -> list[Article]:
        if not self._path.exists():
            return []
        if self._connection is None:
            self._connection = sqlite3.connect(
                f"{self._path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_TIMEOUT_S
            )
        pattern = "%" + typed.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        rows = self._connection.execute(
            f"SELECT {ARTICLE_COLUMNS} FROM articles a JOIN collections c ON c.id = a.collection_id "  # noqa: S608
            "WHERE c.name = :collection AND (a.title LIKE :pattern ESCAPE '\\' "
            "OR a.site LIKE :pattern ESCAPE '\\' OR a.public_id = :typed) ORDER BY a.id DESC LIMIT :limit",
            {"collection": collection, "pattern": pattern, "typed": typed.strip(), "limit": limit},
        )
        return [article_of(row) for row in rows]
