"""A library in a PostgreSQL server, which several processes share: opening it, and what its errors mean.

Writers wait for each other on one row, as SQLite's wait for its lock: two processes that add the same article
make one, and passages get ascending numbers in the order in which they are committed.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from typing import Any

import psycopg
from psycopg import pq
from psycopg.conninfo import make_conninfo
from sqlalchemy import NullPool, create_engine, event, inspect

from retrieval.errors import RetrievalError, StorageError
from retrieval.messages import Message, message
from retrieval.storage.connection import Connection
from retrieval.storage.migrations import bring_up_to_date
from retrieval.storage.postgresql_vectors import SESSION, PostgresVectors
from retrieval.storage.postgresql_words import PostgresWords

CONNECT_TIMEOUT_S = 5
LOCK_TIMEOUT_S = 30
"""As long as a writer of SQLite waits."""
LIMIT_PATIENCE_S = 10.0
CONNECT_AGAIN_S = 0.2
CHANNEL = "footnote"
LISTEN_AGAIN_S = 1.0
KEEPALIVE: dict[str, Any] = {
    "connect_timeout": CONNECT_TIMEOUT_S,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""In seconds, the last in milliseconds: a server that vanished without a word is noticed so soon."""


class PostgresServer:
    """Where a library is, if it is in a server."""

    errors: tuple[type[Exception], ...] = (psycopg.OperationalError, psycopg.DataError)
    """What a transaction may end with that is no fault of the program."""
    is_shared = True

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
        engine = create_engine(
            self._url,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            connect_args={"options": waits, **KEEPALIVE},
        )
        event.listen(engine, "do_connect", _connect_patiently)
        return Connection(engine)

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

    def announce(self, connection: Connection, notice: str) -> None:
        """Send a notice to the processes that listen, once the transaction is committed."""
        connection.execute("SELECT pg_notify(:channel, :notice)", {"channel": CHANNEL, "notice": notice})

    async def listen(self) -> AsyncIterator[str]:
        """Yield notices for ever; an empty one after each connecting, since some may have been missed."""
        address = self._url.replace("+psycopg", "", 1)
        while True:
            with suppress(psycopg.Error):
                async with await psycopg.AsyncConnection.connect(
                    address, autocommit=True, **KEEPALIVE
                ) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    yield ""
                    async for notice in connection.notifies():
                        yield notice.payload
            await asyncio.sleep(LISTEN_AGAIN_S)

    def fold_in(self, connection: Connection) -> None:
        """Do nothing: the server overwrites what was deleted when it vacuums."""

    def integrity_fault(self, connection: Connection) -> str:
        """Return nothing: the server checks its own pages."""
        return ""

    def dangling(self, connection: Connection) -> list[str]:
        """Return nothing: the server refuses rows that refer to none."""
        return []


def _connect_patiently(dialect: Any, _: object, arguments: Any, options: dict[str, Any]) -> Any:
    """Connect; wait for a turn at a server that answers and lets nobody in, as when its limit is reached."""
    given_up_at = time.monotonic() + LIMIT_PATIENCE_S
    while True:
        try:
            return dialect.connect(*arguments, **options)
        except psycopg.OperationalError:
            if time.monotonic() > given_up_at or not _answers(options):
                raise
            time.sleep(CONNECT_AGAIN_S)


def _answers(options: dict[str, Any]) -> bool:
    """Tell whether there is a server at all. It says why it refuses somebody in words only."""
    known = {name: value for name, value in options.items() if name != "context"}
    return pq.PGconn.ping(make_conninfo(**known).encode()) in (pq.Ping.OK, pq.Ping.REJECT)


def unreachable() -> StorageError:
    """Return what to say of a server that does not answer."""
    return StorageError(
        message(
            "The database cannot be reached, or was busy for too long; nothing was changed. Please try again."
        )
    )
