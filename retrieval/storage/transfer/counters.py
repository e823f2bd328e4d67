"""The numbers that a database gives to rows, each only once: old answers name articles by them."""

from retrieval.storage.connection import Connection
from retrieval.storage.database import Database
from retrieval.storage.transfer.tables import read_tables

_IN_SQLITE = "SELECT max(seq) FROM sqlite_sequence WHERE name = :name"
_IN_POSTGRESQL = (
    "SELECT pg_sequence_last_value(CAST(pg_get_serial_sequence(CAST(:name AS TEXT), '{column}') AS REGCLASS))"
)
_SET_IN_POSTGRESQL = (
    "SELECT setval(pg_get_serial_sequence(CAST(:name AS TEXT), '{column}'), greatest(last, 1), last > 0) "
    "FROM (SELECT greatest(CAST(:last AS BIGINT), (SELECT max({column}) FROM {name})) AS last) AS given"
)


def copy_counters(source: Connection, target: Database) -> None:
    """Let the target give no number that the source ever gave."""
    with target.transaction():
        for table in read_tables(source):
            if table.counted is not None:
                last = _last_number(source, table.name, table.counted)
                _set_last_number(target.connection, table.name, table.counted, last)


def _last_number(connection: Connection, name: str, column: str) -> int:
    """Return the last number that was given; 0 if none was, or SQLite counts rows by itself."""
    statement = _IN_SQLITE if connection.dialect.name == "sqlite" else _IN_POSTGRESQL.format(column=column)
    (last,) = connection.execute(statement, {"name": name}).fetchone()
    return int(last or 0)


def _set_last_number(connection: Connection, name: str, column: str, last: int) -> None:
    values = {"name": name, "last": last}
    if connection.dialect.name == "postgresql":
        connection.execute(_SET_IN_POSTGRESQL.format(name=name, column=column), values)
        return
    # Two statements, because SQLite's own table has no key.
    connection.execute("UPDATE sqlite_sequence SET seq = max(seq, :last) WHERE name = :name", values)
    connection.execute(
        "INSERT INTO sqlite_sequence (name, seq) SELECT :name, :last "
        "WHERE :last > 0 AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = :name)",
        values,
    )
