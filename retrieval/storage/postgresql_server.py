"""A library in a PostgreSQL server, which several processes share: opening it, and what its errors mean.

Writers wait for each other on one row, as SQLite's wait for its lock: two processes that add the same article
make one, and each write is seen by others as a higher number in that row.
"""

from contextlib import closing

import psycopg
from sqlalchemy import NullPool, create_engine, inspect

from retrieval.errors import RetrievalError, StorageError
from retrieval.messages import Message, message
from retrieval.storage.connection import Connection
from retrieval.storage.migrations import bring_up_to_date
from retrieval.storage.postgresql_vectors import SESSION, PostgresVectors
from retrieval.storage.postgresql_words import PostgresWords

CONNECT_TIMEOUT_S = 5
LOCK_TIMEOUT_S = 30
"""As long as a writer of SQLite waits."""


class PostgresServer:
    """Where a library is, if it is in a server."""

    errors: tuple[type[Exception], ...] = (psycopg.OperationalError, psycopg.DataError)
    """What a transaction may end with that is no fault of the program."""

    def __init__(self, url: str) -> None:
        self._url = url

    def exists(self) -> bool:
        """Tell whether the database has the tables of a library.

        Raises:
            StorageError: The server cannot be reached.
        """
        try:
            with closing(self._connect()) as connection:
                return inspect(connection.sqlalchemy).has_table("library_version")
        except psycopg.Error as error:
            raise unreachable() from error

    def open(self) -> Connection:
        """Connect, and make the tables if they are not there.

        Raises:
            StorageError: The server cannot be reached, or its tables cannot be made.
        """
        try:
            connection = self._connect()
            bring_up_to_date(connection)
        except psycopg.Error as error:
            raise unreachable() from error
        return connection

    def open_for_reading(self, *, busy_timeout_s: float) -> Connection | None:
        """Connect so that nothing can be written, and nothing is waited for longer than that."""
        milliseconds = int(busy_timeout_s * 1_000)
        return self._connect(f"-c default_transaction_read_only=on -c statement_timeout={milliseconds}")

    def _connect(self, options: str = "") -> Connection:
        waits = f"-c lock_timeout={LOCK_TIMEOUT_S}s -c client_min_messages=warning {SESSION} {options}"
        return Connection(
            create_engine(
                self._url,
                poolclass=NullPool,
                isolation_level="AUTOCOMMIT",
                connect_args={"connect_timeout": CONNECT_TIMEOUT_S, "options": waits},
            )
        )

    def index_folder(self, connection: Connection) -> str:
        """Return a name of its own: rows of two databases have the same numbers."""
        (library,) = connection.execute("SELECT library FROM library_version").fetchone()
        return f"index-{library}"

    def words(self, connection: Connection, collection_id: int) -> PostgresWords:
        """Return the full text of a collection."""
        return PostgresWords(connection, collection_id)

    def vectors(self, connection: Connection, collection_id: int) -> PostgresVectors:
        """Return the vectors of a collection in pgvector, if they are kept there."""
        return PostgresVectors(connection, collection_id)

    def explain_write(self, error: Exception) -> RetrievalError:
        """Return what to say of a transaction that failed."""
        if isinstance(error, psycopg.DataError):
            return StorageError(
                message("PostgreSQL cannot keep this text ({error}); nothing was changed.", error=error)
            )
        return unreachable()

    def explain_altered(self, fault: Message) -> RetrievalError:
        """Return what to say of a row that is not as it was written."""
        return StorageError(
            message("The library in PostgreSQL is damaged ({fault}). Restore a backup.", fault=fault)
        )

    def data_version(self, connection: Connection, own: int) -> int:
        """Return a number that changes when another process wrote: all writes but the *own* ones."""
        (version,) = connection.execute("SELECT version FROM library_version").fetchone()
        return int(version) - own

    def fold_in(self, connection: Connection) -> None:
        """Do nothing: the server overwrites what was deleted when it vacuums."""

    def integrity_fault(self, connection: Connection) -> str:
        """Return nothing: the server checks its own pages."""
        return ""

    def dangling(self, connection: Connection) -> list[str]:
        """Return nothing: the server refuses rows that refer to none."""
        return []


def unreachable() -> StorageError:
    """Return what to say of a server that does not answer."""
    return StorageError(
        message(
            "The database cannot be reached, or was busy for too long; nothing was changed. Please try again."
        )
    )
