"""What the two databases write in different ways, beside the full text: a few words of SQL each."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way of writing SQL."""

    name: str
    begin_writing: tuple[str, ...]
    begin_reading: str
    like: str
    """Compares without regard to case."""
    oldest_first: str
    """Orders rows of ``versions`` of the same second as they were written."""
    names_index: str
    """Makes SQLite read the names of articles from their index, where no texts are in between."""
    note_collection: str
    """The collection that a note, in JSON, says it is of; ``NULL`` if it does not."""
    json_items: Callable[[str, str], str]
    """Returns the table of the items of a list, given the column with the JSON object and the list's key."""
    now: str
    """Seconds since 1970, by the clock of the database."""
    skip_locked: str
    """Makes a SELECT pass over rows that another process is taking just now."""
    is_in_transaction: Callable[[Any], bool]
    list_condition: str
    """Tells that something is in a list, which is one parameter with this name."""
    list_value: Callable[[Sequence[Any]], Any]
    """Returns a list as the driver takes it."""
    driver_mark: str
    """What stands for a parameter, as a template of ``re``; empty: ``:name`` itself."""


def _items_in_sqlite(column: str, key: str) -> str:
    return f"json_each({column}, '$.{key}')"


SQLITE = Dialect(
    name="sqlite",
    begin_writing=("BEGIN IMMEDIATE",),
    begin_reading="BEGIN",
    like="LIKE",
    oldest_first="rowid",
    names_index="INDEXED BY article_names",
    note_collection="CASE WHEN json_valid(value) THEN value ->> '$.collection' END",
    json_items=_items_in_sqlite,
    now="((julianday('now') - 2440587.5) * 86400.0)",
    skip_locked="",  # only one process writes at all
    is_in_transaction=lambda connection: bool(connection.in_transaction),
    list_condition="IN (SELECT value FROM json_each(:{name}))",
    list_value=json.dumps,
    driver_mark="",
)


def _items_in_postgresql(column: str, key: str) -> str:
    return f"jsonb_array_elements(CAST({column} AS jsonb) -> '{key}')"


def _is_in_transaction(connection: Any) -> bool:
    return str(connection.info.transaction_status.name) in {"INTRANS", "INERROR", "ACTIVE"}


POSTGRESQL = Dialect(
    name="postgresql",
    # The row is a lock on all writing, and its number tells others that something was written.
    begin_writing=("BEGIN", "UPDATE library_version SET version = version + 1"),
    begin_reading="BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    like="ILIKE",
    oldest_first="number",
    names_index="",
    note_collection="CASE WHEN value IS JSON OBJECT THEN CAST(value AS jsonb) ->> 'collection' END",
    json_items=_items_in_postgresql,
    now="CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS DOUBLE PRECISION)",
    skip_locked="FOR UPDATE SKIP LOCKED",
    is_in_transaction=_is_in_transaction,
    list_condition="= ANY(:{name})",
    list_value=list,
    driver_mark=r"%(\1)s",
)
DIALECTS = {one.name: one for one in (SQLITE, POSTGRESQL)}
