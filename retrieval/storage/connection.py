"""Runs statements through SQLAlchemy: text of SQL that both databases understand, with named parameters.

Errors are those of the driver. Transactions are begun and ended by statements, never by SQLAlchemy, and
parameters go to the driver as they are: SQLAlchemy's own way with them took more than a quarter of the time
that writing an article takes, and a millisecond for each hundred numbers of a list.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy
from sqlalchemy import CursorResult, Engine, event

from retrieval.storage.dialects import DIALECTS, Dialect

Values = Mapping[str, Any]
"""Of parameters, by name. A list stands behind ``IN``, for a list in parentheses; it may be empty."""
_NAME = re.compile(r"(?<![:\w]):(\w+)")


class Rows:
    """All rows of a result: nothing stays open that would hold an old state of the database."""

    def __init__(self, rows: Sequence[Any], columns: Collection[str], rowcount: int) -> None:
        self._rows = rows
        self.columns = columns
        self.rowcount = rowcount
        """How many rows a statement changed."""

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def fetchone(self) -> Any:
        """Return the first row, or ``None``."""
        return self._rows[0] if self._rows else None

    def fetchall(self) -> Sequence[Any]:
        """Return all rows."""
        return self._rows


class Connection:
    """One connection, which stays open. Not thread-safe."""

    def __init__(self, engine: Engine) -> None:
        event.listen(engine, "handle_error", _raise_as_it_is, retval=True)
        self._connection = engine.connect()
        self.dialect: Dialect = DIALECTS[engine.dialect.name]

    @property
    def sqlalchemy(self) -> sqlalchemy.Connection:
        """The connection that statements run on, for Alembic."""
        return self._connection

    @property
    def driver(self) -> Any:
        """The driver's own connection."""
        return self._connection.connection.driver_connection

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction was begun and has not ended."""
        return not self._connection.invalidated and self.dialect.is_in_transaction(self.driver)

    def execute(self, statement: str, values: Values | None = None) -> Rows:
        """Run one statement."""
        values = values or {}
        lists = tuple(name for name, value in values.items() if isinstance(value, (list, tuple)))
        if lists:
            values = {**values, **{name: self.dialect.list_value(values[name]) for name in lists}}
        result = self._run(_prepare(statement, self.dialect, lists), values)
        if not result.returns_rows:
            return Rows((), (), result.rowcount)
        return Rows(result.fetchall(), result.keys(), result.rowcount)

    def executemany(self, statement: str, rows: Sequence[Values]) -> None:
        """Run one statement with each of some rows of values, none of which holds a list."""
        if rows:
            self._run(_prepare(statement, self.dialect, ()), rows)

    def _run(self, statement: str, values: Values | Sequence[Values]) -> CursorResult[Any]:
        """Run a statement; on a new connection if the server went away and no transaction was under way."""
        if self._connection.invalidated:
            self._connection.rollback()
        is_alone = not self.in_transaction
        try:
            return self._connection.exec_driver_sql(statement, values)
        except Exception:
            if not (self._connection.invalidated and is_alone):
                raise
        self._connection.rollback()
        return self._connection.exec_driver_sql(statement, values)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


@lru_cache(1024)
def _prepare(statement: str, dialect: Dialect, lists: tuple[str, ...]) -> str:
    """Return a statement as the driver takes it.

    A list is one parameter, however long it is: there may be more numbers than a database has parameters.
    """
    for name in lists:
        statement = re.sub(rf"\bIN :{name}\b", dialect.list_condition.format(name=name), statement)
    if dialect.driver_mark:
        statement = _NAME.sub(dialect.driver_mark, statement.replace("%", "%%"))
    return statement


def _raise_as_it_is(context: Any) -> BaseException:
    """Return the driver's error, whose codes tell what happened; SQLAlchemy's hides them."""
    error: BaseException = context.original_exception
    return error
