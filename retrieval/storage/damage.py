"""Tells damage of the library's file from other failures, and reads what can still be read of it.

Whatever raises on the lane and was not foreseen comes here: a damaged page shows itself as an error of
SQLite, but also as a date that is none or as text that is no UTF-8.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from retrieval.domain import Article, ArticleId, CheckReport
from retrieval.errors import LibraryDamaged, LibraryFull, RetrievalError, StorageError
from retrieval.messages import message, plural_message
from retrieval.storage.sqlite_file import FILE_NAME, FULL, damage_error

_ARTICLES_A_PAGE = 40
"""More articles than fit on one page of the file; bounds what a damaged counter may claim."""
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_DENIED = frozenset(
    {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH}
)
_OURS = (sqlite3.ProgrammingError, sqlite3.InterfaceError, sqlite3.NotSupportedError, sqlite3.IntegrityError)
"""What SQLite raises for faults of a program."""
_AWAY = frozenset(
    {"OperationalError", "InterfaceError", "AdminShutdown", "CrashShutdown", "LockNotAvailable"}
)
"""What PostgreSQL's driver raises for a server that is away or busy."""
_COLUMNS = (
    "id, collection_id, public_id, given, title, author, site, url, published, added_at, language, digest, "
    "text, updated, page_starts"
)


def explain_error(folder: Path, error: Exception) -> RetrievalError | None:
    """Return what to tell people of an error that nobody foresaw; ``None`` if the file is not its cause."""
    if type(error).__module__.partition(".")[0] == "psycopg":
        from retrieval.storage.postgresql_server import unreachable  # late: there is a driver, then

        return unreachable() if type(error).__name__ in _AWAY else None
    path = folder / FILE_NAME
    if isinstance(error, sqlite3.Error) and not isinstance(error, _OURS):
        code = getattr(error, "sqlite_errorcode", 0)
        if code in FULL:
            return LibraryFull(
                message("The disk of {folder} is full. Make room there and try again.", folder=folder)
            )
        if code & 0xFF in _BUSY:
            return StorageError(
                message(
                    "Another process has been writing {path} for a long time. Please try again.", path=path
                )
            )
        if code & 0xFF in _DENIED:
            return StorageError(
                message("{path} cannot be written. Check the permissions there, then try again.", path=path)
            )
        if code & 0xFF == sqlite3.SQLITE_IOERR:
            return StorageError(
                message(
                    "{path} cannot be read or written ({error}). Check the disk, then try again.",
                    path=path,
                    error=error,
                )
            )
        if code & 0xFF != sqlite3.SQLITE_ERROR:
            return damage_error(path, str(error))
    fault = _fault_in(path)
    return damage_error(path, fault) if fault else None


def _fault_in(path: Path) -> str:
    """Return what is wrong with a library's file; empty if nothing is. Reads all of it."""
    if not path.is_file():
        return ""
    try:
        with closing(_open_file(path)) as connection:
            (state,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if state != "ok":
                return " ".join(str(state).split())
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
            for (number,) in connection.execute("SELECT id FROM collections"):
                if f"words_{number}" not in tables:
                    return message("the word index of collection {number} is not there", number=number)
            row = connection.execute("SELECT id FROM answers WHERE NOT json_valid(body)").fetchone()
            if row is not None:
                return message("the kept answer {number} is not JSON", number=row[0])
            for number in _numbers(connection):
                if (
                    _row(connection, number) is not None
                    and _article(connection, number, strictly=True) is None
                ):
                    return message("the article in row {number} is not as it was written", number=number)
    except sqlite3.Error as error:
        return str(error)
    return ""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What can still be read of a damaged library."""

    numbers: tuple[int, ...]
    """Rows that articles may have."""
    folder: Path

    def articles(self, collection: str) -> Iterator[tuple[Article, str] | None]:
        """Yield each article of a collection with its exact text; ``None`` for one that cannot be read.

        One whose collection cannot be determined is taken for one of this.
        """
        with closing(_open_damaged(self.folder / FILE_NAME)) as connection:
            for number in self.numbers:
                try:
                    if _row(connection, number) is None:
                        continue
                    found = _article(connection, number, strictly=False)
                except sqlite3.Error:
                    yield None
                    continue
                if found is None or found[0].collection in ("", collection):
                    yield found


def salvage(folder: Path) -> Salvaged:
    """Find out which rows of a damaged library may be articles.

    Raises:
        LibraryDamaged: Nothing of the file can be read.
    """
    path = folder / FILE_NAME
    try:
        with closing(_open_damaged(path)) as connection:
            connection.execute("SELECT id FROM articles LIMIT 0").fetchall()
            return Salvaged(tuple(_numbers(connection)), folder)
    except sqlite3.Error as error:
        raise damage_error(
            path, message("{error}; nothing in it can be read", error=error), hopeless=True
        ) from error


def damage_report(folder: Path, fault: str) -> CheckReport:
    """Return the report of a check on a damaged library: how much of it can still be read."""
    path = folder / FILE_NAME
    try:
        found = salvage(folder)
        with closing(_open_damaged(path)) as connection:
            states = [_state(connection, number) for number in found.numbers]
    except (LibraryDamaged, sqlite3.Error) as error:
        return CheckReport(0, 0, (error.text if isinstance(error, RetrievalError) else str(error),), ())
    whole, lost = states.count("whole"), states.count("lost")
    faults = [
        damage_error(path, fault).text,
        plural_message(
            "{count:,} article can still be read, and 'export FILE' saves it.",
            "{count:,} articles can still be read, and 'export FILE' saves them.",
            count=whole,
        ),
    ]
    if lost:
        faults.append(
            plural_message(
                "{count:,} article cannot be read.", "{count:,} articles cannot be read.", count=lost
            )
        )
    return CheckReport(whole, 0, tuple(faults), ())


def _state(connection: sqlite3.Connection, number: int) -> str:
    try:
        if _row(connection, number) is None:
            return "absent"
        return "lost" if _article(connection, number, strictly=False) is None else "whole"
    except sqlite3.Error:
        return "lost"


def _open_file(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    return connection


def _open_damaged(path: Path) -> sqlite3.Connection:
    """Open a file that is cut off, or whose list of tables has pages that cannot be read.

    With this setting SQLite takes the pages that are there, and the tables that it could read of.
    """
    connection = _open_file(path)
    connection.execute("PRAGMA writable_schema = ON")
    with suppress(sqlite3.Error):  # the first statement fails where a table could not be read of
        connection.execute("SELECT name FROM sqlite_master").fetchall()
    return connection


def _numbers(connection: sqlite3.Connection) -> range:
    """Return the rows that articles may have; a row more costs one look."""
    most = 0
    for statement in (
        "SELECT seq FROM sqlite_sequence WHERE name = 'articles'",
        "SELECT max(id) FROM articles",
    ):
        try:
            row = connection.execute(statement).fetchone()
        except sqlite3.Error:
            continue  # the other one may be readable
        if row is not None and isinstance(row[0], int):
            most = max(most, row[0])
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    return range(1, min(most, _ARTICLES_A_PAGE * pages) + 1)


def _row(connection: sqlite3.Connection, number: int) -> Any:
    return connection.execute(f"SELECT {_COLUMNS} FROM articles WHERE id = ?", (number,)).fetchone()  # noqa: S608


def _article(connection: sqlite3.Connection, number: int, *, strictly: bool) -> tuple[Article, str] | None:
    """Return an article whose text is the one that was added; *strictly*: its other columns too."""
    fields = dict(zip(_COLUMNS.split(", "), _row(connection, number), strict=True))
    text = fields["text"]
    if not isinstance(text, str):
        return None
    if sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != fields["digest"]:
        return None
    try:
        published, updated = _day(fields["published"]), _day(fields["updated"])
        added_at = datetime.fromisoformat(fields["added_at"])
        starts = tuple(map(int, json.loads(fields["page_starts"]))) if fields["page_starts"] else ()
    except (ValueError, TypeError):
        if strictly:
            return None
        published = updated = None
        added_at, starts = datetime.now(UTC), ()
    names = {one: fields[one] if isinstance(fields[one], str) else None for one in _NAMES}
    return (
        Article(
            id=ArticleId(number),
            collection=_collection(connection, fields["collection_id"]),
            public_id=str(fields["public_id"]),
            title=names["title"] or "",
            author=names["author"],
            site=names["site"],
            url=names["url"],
            published=published,
            added_at=added_at,
            language=names["language"],
            digest=fields["digest"],
            chars=len(text),
            updated=updated,
            page_starts=starts,
            given=bool(fields["given"]),
        ),
        text,
    )


_NAMES = ("title", "author", "site", "url", "language")


def _collection(connection: sqlite3.Connection, number: Any) -> str:
    """Return the name of a collection; empty if it cannot be read."""
    try:
        row = connection.execute("SELECT name FROM collections WHERE id = ?", (number,)).fetchone()
    except sqlite3.Error:
        return ""
    return str(row[0]) if row else ""


def _day(column: Any) -> date | None:
    return None if column is None else date.fromisoformat(column)
