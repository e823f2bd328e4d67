"""A library in one SQLite file: opening it, and what its errors mean.

Write-ahead log: readers never wait, a killed process loses only what it had not committed, and writers of
several processes wait for each other on SQLite's own lock.
"""

import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from shutil import disk_usage

from sqlalchemy import NullPool, create_engine

from retrieval.errors import LibraryDamaged, LibraryFull, RetrievalError, StorageError
from retrieval.messages import Message, message
from retrieval.storage.connection import Connection
from retrieval.storage.migrations import bring_up_to_date, migrate
from retrieval.storage.word_index import WordIndex

FILE_NAME = "footnote.sqlite3"
BUSY_TIMEOUT_S = 30
FULL = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE})
"""What SQLite says when the disk is full; the second: a quota."""

_PAGE_BYTES = 4_096
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


class SqliteFile:
    """Where a library is, if it is a file."""

    errors: tuple[type[Exception], ...] = (sqlite3.OperationalError,)
    """What a transaction may end with that is no fault of the program."""
    is_shared = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / FILE_NAME

    def exists(self) -> bool:
        """Tell whether the file is there."""
        return self._path.is_file()

    def open(self) -> Connection:
        """Open the file, or make it.

        Raises:
            StorageError: The folder cannot be written, or the file is no library.
            LibraryDamaged: The file is there, but damaged.
        """
        path = self._path
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            if _is_emptied(path):
                raise damage_error(
                    path, message("it is empty, although an index of its articles is there"), hopeless=True
                )
            connection = _connect(lambda: _open_file(path))
            bring_up_to_date(connection)
        except (OSError, sqlite3.Error) as error:
            code = getattr(error, "sqlite_errorcode", 0)
            if code & 0xFF in _CORRUPT_CODES or type(error) is sqlite3.DatabaseError:
                raise damage_error(path, str(error), hopeless=code & 0xFF == sqlite3.SQLITE_NOTADB) from error
            if code & 0xFF == sqlite3.SQLITE_ERROR:  # a table that is named, but not there
                raise damage_error(path, str(error)) from error
            if code in FULL or _is_disk_full(self._folder):
                raise LibraryFull(
                    message(
                        "The disk of {folder} is full; nothing was changed. Make room there and try again.",
                        folder=self._folder,
                    )
                ) from error
            raise StorageError(
                message(
                    "The library in {folder} cannot be opened. Check that the folder exists, that you may "
                    "write to it and that there is room, or choose another with --data.",
                    folder=self._folder,
                )
            ) from error
        return connection

    def open_for_reading(self, *, busy_timeout_s: float) -> Connection | None:
        """Open the file so that nothing can be written; ``None`` while it is not there."""
        if not self._path.exists():
            return None
        address = f"{self._path.absolute().as_uri()}?mode=ro"
        return _connect(
            lambda: sqlite3.connect(address, uri=True, timeout=busy_timeout_s, check_same_thread=False)
        )

    def index_folder(self, connection: Connection) -> str:
        """Return the name of the folder for indexes, beside the file."""
        return "index"

    def words(self, connection: Connection, collection_id: int) -> WordIndex:
        """Return the full text of a collection."""
        return WordIndex(connection, collection_id)

    def vectors(self, connection: Connection, collection_id: int) -> None:
        """Return nothing: SQLite searches no vectors."""

    def explain_write(self, error: Exception) -> RetrievalError:
        """Return what to say of a transaction that failed."""
        if getattr(error, "sqlite_errorcode", None) in FULL:
            return LibraryFull(
                message(
                    "The disk of {folder} is full; nothing was changed. Make room there and try again.",
                    folder=self._folder,
                )
            )
        return StorageError(
            message(
                "The library in {folder} could not be written; nothing was changed. Check the folder's "
                "permissions and its disk, then try again.",
                folder=self._folder,
            )
        )

    def explain_altered(self, fault: Message) -> RetrievalError:
        """Return what to say of a row that is not as it was written."""
        return damage_error(self._path, fault)

    def data_version(self, connection: Connection, own: int) -> int:
        """Return a number that changes when another process wrote; *own* writes are left out anyway."""
        (version,) = connection.execute("PRAGMA data_version").fetchone()
        return int(version)

    def announce(self, connection: Connection, notice: str) -> None:
        """Do nothing: no other process listens."""

    async def listen(self) -> AsyncIterator[str]:
        """Yield nothing."""
        none: tuple[str, ...] = ()
        for notice in none:
            yield notice

    def fold_in(self, connection: Connection) -> None:
        """Empty the write-ahead log, which still holds the pages as they were; readers may delay that.

        Raises:
            LibraryFull: The disk is full: what was deleted is gone from the library, not from the log.
            StorageError: The database cannot be written.
        """
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.OperationalError as error:
            log = self._folder / f"{FILE_NAME}-wal"
            is_full = error.sqlite_errorcode in FULL
            kind = LibraryFull if is_full else StorageError
            raise kind(
                message(
                    "It is deleted, but {reason}, so {log} still holds old pages with its text. Make "
                    "room or correct the permissions there, then run 'check'.",
                    reason=message("the disk is full")
                    if is_full
                    else message("the library's file cannot be written"),
                    log=log,
                )
            ) from error

    def integrity_fault(self, connection: Connection) -> str:
        """Return what is wrong with the file as a whole; empty if it is sound. Reads all of it."""
        (state,) = connection.execute("PRAGMA integrity_check").fetchone()
        return "" if state == "ok" else str(state)

    def dangling(self, connection: Connection) -> list[str]:
        """Return the table of each row that refers to one that is not there."""
        return [str(table) for table, *_ in connection.execute("PRAGMA foreign_key_check")]


def _connect(open_file: Callable[[], sqlite3.Connection]) -> Connection:
    # AUTOCOMMIT: transactions are begun by statements, since only these say IMMEDIATE.
    return Connection(
        create_engine(
            "sqlite+pysqlite://", creator=open_file, poolclass=NullPool, isolation_level="AUTOCOMMIT"
        )
    )


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


def _is_disk_full(folder: Path) -> bool:
    """Tell whether not even a page is free: SQLite says only that it cannot open its log, then."""
    try:
        return disk_usage(folder).free < _PAGE_BYTES
    except OSError:
        return False
