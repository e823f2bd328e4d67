"""Looks at a library's file without changing it: is it one, is it sound, which shape has it.

For backups and for the doctor, which must not migrate, create or repair what they look at.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from retrieval.errors import StorageError
from retrieval.messages import message
from retrieval.storage.migrations import REVISIONS, STEPS

_TABLES = {"collections", "articles", "passages", "notes"}


@dataclass(frozen=True, slots=True)
class LibraryState:
    """What a library's file says of itself."""

    version: int
    """Steps of ``migrations.py`` that it has taken."""
    journal_mode: str
    articles: int
    collections: dict[int, str]
    fingerprint: str | None
    """JSON of what made its vectors; ``None`` before the first."""
    revision: str = REVISIONS[0]
    """Last revision of Alembic's that it has taken."""

    @property
    def is_newer(self) -> bool:
        """Whether a newer Footnote wrote it."""
        return self.version > len(STEPS) or self.revision not in REVISIONS


@contextmanager
def open_to_look(path: Path, *, at_rest: bool = False) -> Iterator[sqlite3.Connection]:
    """Open *path* for reading only; a writer is not disturbed.

    A file *at_rest*, which nobody writes, is read without making a log beside it.

    Raises:
        StorageError: It cannot be opened, is no SQLite database, or is damaged.
    """
    alone = "&immutable=1" if at_rest else ""
    try:
        address = f"{path.absolute().as_uri()}?mode=ro{alone}"
        with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
            yield connection
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB:
            raise StorageError(
                message("{path} is not a library: it is not a SQLite database.", path=path)
            ) from error
        raise StorageError(
            message(
                "{path} cannot be read ({error}). Check that it is there, whole, and that you may read it.",
                path=path,
                error=error,
            )
        ) from error


def library_state(connection: sqlite3.Connection, path: Path) -> LibraryState:
    """Return what a library says of itself. Cheap.

    Raises:
        StorageError: It is a database, but not one of ours.
    """
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if not version or not tables >= _TABLES:
        raise StorageError(message("{path} is a database, but not a Footnote library.", path=path))
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    (articles,) = connection.execute("SELECT count(*) FROM articles").fetchone()
    noted = connection.execute("SELECT value FROM notes WHERE key = 'fingerprint'").fetchone()
    return LibraryState(
        version=int(version),
        journal_mode=str(mode),
        articles=int(articles),
        collections={
            int(row): str(name) for row, name in connection.execute("SELECT id, name FROM collections")
        },
        fingerprint=str(noted[0]) if noted else None,
        revision=_revision(connection) if "alembic_version" in tables else REVISIONS[0],
    )


def _revision(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else REVISIONS[0]


def require_sound(connection: sqlite3.Connection, path: Path) -> None:
    """Read every page. Some seconds for a gigabyte.

    Raises:
        StorageError: SQLite finds the file damaged.
    """
    try:
        (fault,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if fault == "ok":
            lost = connection.execute("PRAGMA foreign_key_check").fetchone()
            fault = f"a row of {lost[0]} points nowhere" if lost else "ok"
    except sqlite3.DatabaseError as error:
        raise _damage_error(path, str(error)) from error
    if fault != "ok":
        raise _damage_error(path, " ".join(str(fault).split()))


def _damage_error(path: Path, fault: str) -> StorageError:
    return StorageError(
        message(
            "The library {path} is damaged: {fault}. Restore it from a backup with 'restore'.",
            path=path,
            fault=fault,
        )
    )
