"""The SQLite file itself: opening it, transactions, collections and small notes.

Only ever used on the lane. Write-ahead log: readers never wait, a killed process loses only what
it had not committed, and writers of several processes wait for each other on SQLite's own lock.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import NullPool, create_engine

from retrieval.errors import LibraryDamaged, LibraryFull, StorageError
from retrieval.messages import Message, message
from retrieval.storage.connection import Connection
from retrieval.storage.migrations import is_newest, migrate, upgrade
from retrieval.storage.word_index import WordIndex

FILE_NAME = "footnote.sqlite3"
BUSY_TIMEOUT_S = 30
FULL = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE})
"""What SQLite says when the disk is full; the second: a quota."""

_CORRUPT_CODES = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


def damage_error(path: Path, fault: str, *, hopeless: bool = False) -> LibraryDamaged:
    """Return what to say of a damaged file: which it is, what is safe, and what to do."""
    if not isinstance(fault, Message):
        fault = " ".join(fault.split())
    if hopeless:
        return LibraryDamaged(
            message(
                "The library's file {path} is damaged ({fault}). Backups and exported files are safe: put "
                "one back with 'restore FILE', and the damaged file stays beside it. Without a backup, move "
                "it away and import the articles again.",
                path=path,
                fault=fault,
            )
        )
    return LibraryDamaged(
        message(
            "The library's file {path} is damaged ({fault}). Backups and exported files are safe: put "
            "one back with 'restore FILE', and the damaged file stays beside it. Without a backup, 'check' "
            "counts the articles that can still be read, and 'export FILE' saves them.",
            path=path,
            fault=fault,
        )
    )


class Database:
    """One open library file."""

    def __init__(self, folder: Path) -> None:
        """Open or create the database in *folder*.

        Raises:
            StorageError: The folder cannot be written, or the file is no library.
            LibraryDamaged: The file is there, but damaged.
        """
        self._folder = folder
        path = folder / FILE_NAME
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if _is_emptied(path):
                raise damage_error(
                    path, message("it is empty, although an index of its articles is there"), hopeless=True
                )
            # AUTOCOMMIT: transactions are begun by statements, since only these say IMMEDIATE.
            self._connection = Connection(
                create_engine(
                    "sqlite+pysqlite://",
                    creator=lambda: _open_file(path),
                    poolclass=NullPool,
                    isolation_level="AUTOCOMMIT",
                )
            )
            self._upgrade()
        except (OSError, sqlite3.Error) as error:
            code = getattr(error, "sqlite_errorcode", 0)
            if code & 0xFF in _CORRUPT_CODES or type(error) is sqlite3.DatabaseError:
                raise damage_error(path, str(error), hopeless=code & 0xFF == sqlite3.SQLITE_NOTADB) from error
            if code & 0xFF == sqlite3.SQLITE_ERROR:  # a table that is named, but not there
                raise damage_error(path, str(error)) from error
            raise StorageError(
                message(
                    "The library in {folder} cannot be opened. Check that the folder exists, that you may "
                    "write to it and that there is room, or choose another with --data.",
                    folder=folder,
                )
            ) from error

    @property
    def connection(self) -> Connection:
        """The connection, for the other files that hold SQL."""
        return self._connection

    def close(self) -> None:
        """Close the database; the write-ahead log is folded in."""
        self._connection.close()

    def _upgrade(self) -> None:
        if not is_newest(self._connection.sqlalchemy):
            with self.transaction():
                upgrade(self._connection.sqlalchemy)

    def data_version(self) -> int:
        """Return a number that changes when another process wrote."""
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        return int(version)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read everything inside as of one moment, whatever other processes write meanwhile."""
        self._connection.execute(self._connection.dialect.begin_reading)
        try:
            yield
        finally:
            self._connection.execute("ROLLBACK")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit everything inside, or nothing.

        Raises:
            LibraryFull: The disk is full.
            StorageError: The database cannot be written.
        """
        try:
            self._connection.execute(self._connection.dialect.begin_writing)
            try:
                yield
            except BaseException:
                if self._connection.in_transaction:  # a full disk makes SQLite roll back by itself
                    self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            if getattr(error, "sqlite_errorcode", None) in FULL:
                raise LibraryFull(
                    message(
                        "The disk of {folder} is full; nothing was changed. Make room there and try again.",
                        folder=self._folder,
                    )
                ) from error
            raise StorageError(
                message(
                    "The library in {folder} could not be written; nothing was changed. Check the folder's "
                    "permissions and its disk, then try again.",
                    folder=self._folder,
                )
            ) from error

    def fold_in(self) -> None:
        """Empty the write-ahead log, which still holds the pages as they were; readers may delay that.

        Raises:
            LibraryFull: The disk is full: what was deleted is gone from the library, not from the log.
            StorageError: The database cannot be written.
        """
        try:
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError as error:
            log = self._folder / f"{FILE_NAME}-wal"
            is_full = error.sqlite_errorcode in FULL
            kind = LibraryFull if is_full else StorageError
            raise kind(
                message(
                    "It is deleted, but {reason}, so that {log} still holds old pages with its text. Make "
                    "room or correct the permissions there, then run 'check'.",
                    reason=message("the disk is full")
                    if is_full
                    else message("the library's file cannot be written"),
                    log=log,
                )
            ) from error

    def collection_id(self, name: str) -> int | None:
        """Return the collection's row, or ``None`` while it holds nothing."""
        row = self._connection.execute(
            "SELECT id FROM collections WHERE name = :name", {"name": name}
        ).fetchone()
        return int(row[0]) if row else None

    def collections(self) -> list[str]:
        """Return the names of all collections."""
        return [name for (name,) in self._connection.execute("SELECT name FROM collections ORDER BY id")]

    def ensure_collection(self, name: str) -> int:
        """Return the collection's row, making it if need be. Inside a transaction."""
        found = self.collection_id(name)
        if found is None:
            made = self._connection.execute(
                "INSERT INTO collections (name) VALUES (:name) RETURNING id", {"name": name}
            )
            found = int(made.fetchone()[0])
            self.words(found).create()
        return found

    def words(self, collection_id: int) -> WordIndex:
        """Return the full text of a collection."""
        return WordIndex(self._connection, collection_id)

    def note(self, key: str) -> str | None:
        """Return a small fact kept with the library."""
        row = self._connection.execute("SELECT value FROM notes WHERE key = :key", {"key": key}).fetchone()
        return str(row[0]) if row else None

    def set_note(self, key: str, value: str) -> None:
        """Keep a small fact with the library."""
        with self.transaction():
            self._connection.execute(
                "INSERT INTO notes (key, value) VALUES (:key, :value) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                {"key": key, "value": value},
            )

    def integrity_fault(self) -> str:
        """Return what is wrong with the file as a whole; empty if it is sound. Reads all of it."""
        (state,) = self._connection.execute("PRAGMA integrity_check").fetchone()
        return "" if state == "ok" else str(state)

    def dangling(self) -> list[str]:
        """Return the table of each row that refers to one that is not there."""
        return [str(table) for table, *_ in self._connection.execute("PRAGMA foreign_key_check")]


def _open_file(path: Path) -> sqlite3.Connection:
    """Open the file that is at *path* also in the end: ``restore`` may exchange it while we wait."""
    while True:
        before = _identity(path)
        connection = sqlite3.connect(
            path, isolation_level=None, timeout=BUSY_TIMEOUT_S, check_same_thread=False
        )
        try:
            _switch_to_wal(connection)
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            # What is deleted is overwritten with zeros, no matter who deletes it and why.
            connection.execute("PRAGMA secure_delete = ON")
            migrate(connection)
        except (sqlite3.Error, StorageError):
            connection.close()
            if _identity(path) == before:
                raise
        else:
            if _identity(path) == before:
                return connection
            connection.close()


def _is_emptied(path: Path) -> bool:
    """Tell a file that lost everything from one that another process is just making."""
    try:
        is_empty = path.stat().st_size == 0
    except OSError:
        return False
    return is_empty and any((path.parent / "index").glob("*.faiss"))


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log; this one statement does not wait for SQLite's lock by itself."""
    until = time.monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            unwritable = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_READONLY  # or was moved away
            if unwritable or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return
