"""The tables of a library as both databases have them: read, compared and written a slice at a time.

A slice is the rows whose number, their own or that of the row they belong to, lies between two others. Tables
without such a number are small, and one slice.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from retrieval.storage.connection import Connection
from retrieval.storage.database import COPY_NOTE

Row = tuple[Any, ...]
Slice = tuple[int | None, int | None]
"""Rows above the first number, up to the second; ``None``: no bound."""
Contents = dict[Any, Any]
"""Of a slice: rows by their keys, or the words of passages."""

_NOT_COPIED = re.compile(
    r"alembic_version|library_version|leases|paces|sqlite_.*|(?:words|terms|vectors)_\d+(?:_\w+)?"
)
"""What each database keeps for itself, or for processes that run; full text is copied through ``Words``."""
_HELD = "collections"
"""The table whose rows cannot be deleted while articles or answers are left of them."""
_ROWS = 500
_TEXTS = 20
"""Rows a slice, and of those that hold whole articles: some megabytes, a book's more."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table, with what it takes to copy it."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    """Columns of the primary key."""
    number: str | None
    """The column that slices are cut by."""
    is_referred_to: bool
    """Whether rows of other tables belong to its rows."""
    counted: str | None
    """The column whose numbers the database gives, each only once."""

    @property
    def is_held(self) -> bool:
        """Whether its rows can only be deleted after those of other tables."""
        return self.name == _HELD

    @property
    def rows_a_slice(self) -> int:
        """How many rows are read at once."""
        return _TEXTS if "text" in self.columns else _ROWS

    def key_of(self, row: Row) -> Row:
        """Return the key of a row."""
        return tuple(row[self.columns.index(one)] for one in self.key)


def read_tables(connection: Connection) -> list[Table]:
    """Return the tables, those that others refer to before them."""
    inspector = sa.inspect(connection.sqlalchemy)
    names = [name for name in inspector.get_table_names() if not _NOT_COPIED.fullmatch(name)]
    metadata = sa.MetaData()
    metadata.reflect(connection.sqlalchemy, only=names)
    referred = {
        key.referred_table.name for one in metadata.tables.values() for key in one.foreign_key_constraints
    }
    return [_describe(one, one.name in referred) for one in metadata.sorted_tables]


def _describe(table: sa.Table, is_referred_to: bool) -> Table:
    key = tuple(column.name for column in table.primary_key)
    referring = [column.name for column in table.primary_key if column.foreign_keys]
    columns = tuple(sorted(column.name for column in table.columns))
    counted = "id" if "id" in key and isinstance(table.c.id.type, sa.Integer) else None
    if table.name == "versions":  # SQLite has the number of rows anyway, and does not list it
        columns, counted = tuple(sorted({*columns, "number"})), "number"
    number = counted if counted == "id" else next(iter(referring), None)
    return Table(table.name, columns, key, number, is_referred_to, counted)


def quote(column: str) -> str:
    """Return the name of a column; some are words of SQL."""
    return f'"{column}"'


class TableReader:
    """Reads one table of one library."""

    def __init__(self, connection: Connection, table: Table) -> None:
        self._connection = connection
        self._table = table
        self._columns = ", ".join(self.name_of(one) for one in table.columns)
        self._only = "key <> :copy_note" if table.name == "notes" else ""
        self._values = {"copy_note": COPY_NOTE} if self._only else {}

    def name_of(self, column: str) -> str:
        """Return what the database calls a column."""
        if (self._table.name, column) == ("versions", "number"):
            return self._connection.dialect.oldest_first
        return quote(column)

    def count(self) -> int:
        """Return how many rows there are."""
        where, values = self._condition((None, None))
        rows = self._connection.execute(f"SELECT count(*) FROM {self._table.name} {where}", values)  # noqa: S608
        return int(rows.fetchone()[0])

    def slices(self) -> Iterator[Slice]:
        """Yield slices that cover all rows there are, and whatever number others may have."""
        table, after = self._table, None
        if table.number is None:
            yield None, None
            return
        number = quote(table.number)
        while True:
            above = "" if after is None else f"WHERE {number} > :after"
            (last,) = self._connection.execute(
                f"SELECT max({number}) FROM (SELECT {number} FROM {table.name} {above} "  # noqa: S608 - ours
                f"ORDER BY {number} LIMIT :rows) AS next",
                {"rows": table.rows_a_slice, **({} if after is None else {"after": after})},
            ).fetchone()
            yield after, last
            if last is None:
                return
            after = int(last)

    def rows(self, within: Slice) -> Contents:
        """Return the rows of a slice by their keys."""
        where, values = self._condition(within)
        found = self._connection.execute(
            f"SELECT {self._columns} FROM {self._table.name} {where}",  # noqa: S608 - ours
            values,
        )
        rows = [tuple(row) for row in found]
        return {self._table.key_of(row): row for row in rows}

    def _condition(self, within: Slice) -> tuple[str, dict[str, Any]]:
        """Return what selects the rows of a slice, and its values."""
        conditions: list[str] = []
        values: dict[str, Any] = dict(self._values)
        if self._only:
            conditions.append(self._only)
        for sign, name, border in ((">", "above", within[0]), ("<=", "up_to", within[1])):
            if border is not None:
                conditions.append(f"{quote(self._table.number or '')} {sign} :{name}")
                values[name] = border
        return (f"WHERE {' AND '.join(conditions)}" if conditions else ""), values

    def add_to(self, digest: "Digest", within: Slice) -> None:
        """Add the rows of a slice to a digest."""
        rows = self.rows(within)
        for key in sorted(rows):
            digest.add(rows[key])


class TableWriter(TableReader):
    """Makes one table of a library what the other's is. Inside transactions of the caller's."""

    def replace(self, have: Contents, want: Contents) -> None:
        """Make a slice that holds *have* hold *want*; of a table that is held, rows too many stay."""
        # Rows that others belong to are changed in place: deleting one would delete those.
        if not self._table.is_referred_to:
            self.delete([key for key, row in have.items() if want.get(key) != row])
        elif not self._table.is_held:
            self.delete([key for key in have if key not in want])
        new = [row for key, row in want.items() if have.get(key) != row]
        self._connection.executemany(
            self._insertion(), [{f"v{at}": value for at, value in enumerate(row)} for row in new]
        )

    def delete(self, keys: Sequence[Row]) -> None:
        """Delete rows by their keys."""
        where = " AND ".join(f"{quote(one)} = :{one}" for one in self._table.key)
        self._connection.executemany(
            f"DELETE FROM {self._table.name} WHERE {where}",  # noqa: S608 - ours
            [dict(zip(self._table.key, key, strict=True)) for key in keys],
        )

    def _insertion(self) -> str:
        table = self._table
        names = [self.name_of(one) for one in table.columns]
        values = ", ".join(f":v{at}" for at in range(len(names)))
        statement = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({values})"  # noqa: S608 - ours
        if not table.is_referred_to:
            return statement
        changed = ", ".join(f"{one} = excluded.{one}" for one in names if one.strip('"') not in table.key)
        key = ", ".join(quote(one) for one in table.key)
        return f"{statement} ON CONFLICT ({key}) DO UPDATE SET {changed}"


class Digest:
    """A digest of rows, the same for the same values in either database."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.rows = 0

    def add(self, row: Sequence[Any]) -> None:
        """Add a row: each value with its type and length."""
        self.rows += 1
        for value in row:
            if isinstance(value, bytes):
                kind, content = b"b", value
            elif isinstance(value, str):
                kind, content = b"s", value.encode()
            else:
                kind, content = b"n", repr(value).encode()
            self._hash.update(b"%b%d:" % (kind, len(content)) + content)

    def hexdigest(self) -> str:
        """Return it in hexadecimal digits."""
        return self._hash.hexdigest()
