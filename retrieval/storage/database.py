"""The database: transactions, collections and small notes. Only ever used on the lane."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.domain import PASSAGES
from retrieval.errors import StorageError
from retrieval.messages import message
from retrieval.storage.connection import Connection
from retrieval.storage.places import Place, Words, place_of
from retrieval.storage.sqlite_file import FILE_NAME

if TYPE_CHECKING:
    from retrieval.storage.postgresql_vectors import PostgresVectors

__all__ = ["COPY_NOTE", "FILE_NAME", "Database", "PassagesVersion"]

COPY_NOTE = "unfinished copy"
"""Stands in a library that is becoming a copy of another one."""


@dataclass(frozen=True, slots=True)
class PassagesVersion:
    """A collection's row, and how often its passages were changed: what two equal ones say is the same."""

    row: int
    version: int
    removals: int
    """Changes that removed some; others only added passages with higher numbers."""


class Database:
    """One open library."""

    def __init__(self, folder: Path, url: str = "", *, is_being_copied: bool = False) -> None:
        """Open or create the database at *url*; if that is empty, a file in *folder*.

        Raises:
            StorageError: It cannot be reached or written, is no library, or an unfinished copy of one, unless
                it *is_being_copied*.
            LibraryDamaged: The file is there, but damaged.
        """
        self._folder = folder
        self._place: Place = place_of(folder, url)
        self._connection = self._place.open()
        self._words: dict[int, Words] = {}
        self._writes = 0
        self.index_folder = folder / self._place.index_folder(self._connection)
        """For indexes of its vectors."""
        if not is_being_copied and self.note(COPY_NOTE) is not None:
            self.close()
            raise StorageError(
                message(
                    "This library is a copy that is not finished. Run the same 'footnote migrate' again; it "
                    "goes on where it stopped."
                )
            )

    @property
    def connection(self) -> Connection:
        """The connection, for the other files that hold SQL."""
        return self._connection

    def close(self) -> None:
        """Close the database; SQLite's write-ahead log is folded in."""
        self._connection.close()

    def data_version(self) -> int:
        """Return a number that changes when another process wrote."""
        return self._place.data_version(self._connection, self._writes)

    def announce(self, notice: str) -> None:
        """Send a notice to the processes that listen, once the transaction is committed."""
        self._place.announce(self._connection, notice)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read everything inside as of one moment, whatever other processes write meanwhile."""
        self._connection.execute(self._connection.dialect.begin_reading)
        try:
            yield
        finally:
            if self._connection.in_transaction:  # a server that went away has ended it
                self._connection.execute("ROLLBACK")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit everything inside, or nothing.

        Raises:
            LibraryFull: The disk is full.
            StorageError: The database cannot be written.
        """
        try:
            for statement in self._connection.dialect.begin_writing:
                self._connection.execute(statement)
            try:
                yield
            except BaseException:
                if self._connection.in_transaction:  # a full disk makes SQLite roll back by itself
                    self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")
            self._writes += 1
        except self._place.errors as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise self._place.explain_write(error) from error

    def fold_in(self) -> None:
        """Overwrite what the database still holds of deleted rows, as far as that is in our hands.

        Raises:
            LibraryFull: The disk is full: what was deleted is gone from the library, not from the log.
            StorageError: The database cannot be written.
        """
        self._place.fold_in(self._connection)

    def collection_id(self, name: str) -> int | None:
        """Return the collection's row, or ``None`` while it holds nothing."""
        row = self._connection.execute(
            "SELECT id FROM collections WHERE name = :name", {"name": name}
        ).fetchone()
        return int(row[0]) if row else None

    def passages_version(self, collection: str) -> PassagesVersion | None:
        """Return which passages a collection has, as numbers; ``None`` while it holds nothing."""
        row = self._connection.execute(
            "SELECT id, version, removals FROM collections WHERE name = :name", {"name": collection}
        ).fetchone()
        return PassagesVersion(*row) if row else None

    def count_change(self, collection_id: int, *, removes: bool) -> None:
        """Count a change of a collection's passages, and announce it. Inside a transaction."""
        row = self._connection.execute(
            "UPDATE collections SET version = version + 1, removals = removals + :removes WHERE id = :id "
            "RETURNING name",
            {"id": collection_id, "removes": int(removes)},
        ).fetchone()
        if row:
            self.announce(f"{PASSAGES} {row[0]}")

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

    def words(self, collection_id: int) -> Words:
        """Return the full text of a collection, which remembers what is dear to count."""
        if collection_id not in self._words:
            self._words[collection_id] = self._place.words(self._connection, collection_id)
        return self._words[collection_id]

    def vectors_in_database(self, collection_id: int) -> "PostgresVectors | None":
        """Return the vectors of a collection as the database itself searches them, if it can."""
        return self._place.vectors(self._connection, collection_id)

    def drop_indexes(self, collection_id: int) -> None:
        """Delete what a collection's passages are looked up by. Inside a transaction."""
        self.words(collection_id).drop()
        if (vectors := self.vectors_in_database(collection_id)) is not None:
            vectors.drop()

    def drop_vectors(self) -> None:
        """Let the database itself search the vectors of no collection."""
        for number in map(self.collection_id, self.collections()):
            vectors = None if number is None else self.vectors_in_database(number)
            if vectors is not None:
                with self.transaction():
                    vectors.drop()

    def note(self, key: str) -> str | None:
        """Return a small fact kept with the library."""
        row = self._connection.execute("SELECT value FROM notes WHERE key = :key", {"key": key}).fetchone()
        return str(row[0]) if row else None

    def notes(self) -> list[str]:
        """Return the names of all small facts kept with the library."""
        return [str(key) for (key,) in self._connection.execute("SELECT key FROM notes ORDER BY key")]

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
        return self._place.integrity_fault(self._connection)

    def dangling(self) -> list[str]:
        """Return the table of each row that refers to one that is not there."""
        return self._place.dangling(self._connection)
