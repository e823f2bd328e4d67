"""Libraries that have rows in every table."""

import pytest
import sqlalchemy as sa

from retrieval.storage.database import Database
from retrieval.storage.transfer.tables import quote, read_tables

ROWS = 30
"""More than one slice of articles."""


def fill(library):
    """Write rows into every table there is, whatever its name; rows refer to those with their number."""
    inspector = sa.inspect(library.connection.sqlalchemy)
    with library.transaction():
        for table in read_tables(library.connection):
            types = {one["name"]: one["type"] for one in inspector.get_columns(table.name)}
            if table.name == "versions":
                types.pop("number", None)  # PostgreSQL gives it, SQLite has it without saying so
            names, marks = ", ".join(map(quote, types)), ", ".join(f":v{at}" for at in range(len(types)))
            library.connection.executemany(
                f"INSERT INTO {table.name} ({names}) VALUES ({marks})",
                [
                    {f"v{at}": value_of(name, kind, number) for at, (name, kind) in enumerate(types.items())}
                    for number in range(1, ROWS + 1)
                ],
            )
    for number in map(library.collection_id, library.collections()):
        with library.transaction():
            library.words(number).create()
            library.words(number).add(
                [(10 * number + at, f"Title\nThe pier of 19{at:02}.") for at in range(3)]
            )


def value_of(name, kind, number):
    if isinstance(kind, sa.LargeBinary):
        return bytes([0, number, 255])
    if isinstance(kind, sa.Integer):
        return number
    if isinstance(kind, sa.Float):
        return number + 0.1
    return None if name == "author" and number % 2 else f"{name} {number} café 漢 '%s' :v1"


@pytest.fixture
def folder(tmp_path):
    """Return a folder that a full library is in."""
    library = Database(tmp_path / "full")
    fill(library)
    library.close()
    return tmp_path / "full"
