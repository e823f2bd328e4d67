"""The shape of the database: numbered steps of SQLite, then revisions of Alembic's."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory

from retrieval.errors import StorageError
from retrieval.storage import ArticleStore, library_state, migrations, open_to_look
from retrieval.storage.database import FILE_NAME, Database
from retrieval.storage.migrations import REVISIONS, STEPS, upgrade

SCRIPTS = Path(migrations.__file__).parent / "revisions"
BEFORE_ALEMBIC = 12
"""Steps that libraries had before SQL went through SQLAlchemy."""


def tables_of(connection):
    """Return columns with whether they may be empty, keys, indexes and references, by table.

    Left out: a number that SQLite's rows have anyway, and an index that spares SQLite the texts.
    """
    inspector = sa.inspect(connection)
    tables = {}
    for table in inspector.get_table_names():
        if table.startswith(("words_", "alembic_")):
            continue
        key = set(inspector.get_pk_constraint(table)["constrained_columns"])
        columns = {one["name"]: one["name"] in key or one["nullable"] for one in inspector.get_columns(table)}
        if table == "versions":
            columns.pop("number", None)
        indexes = {tuple(one["column_names"]) for one in inspector.get_indexes(table)}
        references = {
            (one["referred_table"], *one["constrained_columns"]) for one in inspector.get_foreign_keys(table)
        }
        indexes.discard(("collection_id", "title", "site", "public_id"))
        tables[table] = (columns, key, indexes, references)
    return tables


def old_library(folder, steps):
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        for step in STEPS[:steps]:
            connection.executescript(step)
        connection.executescript(
            f"""PRAGMA user_version = {steps};
            INSERT INTO collections (name) VALUES ('ours');
            CREATE VIRTUAL TABLE words_1 USING fts5(words, tokenize = "porter unicode61 remove_diacritics 2");
            INSERT INTO articles (collection_id, public_id, given, title, added_at, digest, text, source)
            VALUES (1, 'a1', 0, 'The pier', '2024-03-01T10:00:00+00:00', 'x', 'The pier was long.', 1);
            INSERT INTO passages (article_id, start, "end", vector) VALUES (1, 0, 18, x'0000');
            INSERT INTO words_1 (rowid, words) VALUES (1, 'The pier was long.');"""
        )


def test_a_library_of_before_alembic_is_handed_over_with_all_it_holds(tmp_path):
    old_library(tmp_path, BEFORE_ALEMBIC)
    for _ in range(2):  # also when it is opened again
        store = ArticleStore(tmp_path)
        assert [one.title for one in store.articles("ours")] == ["The pier"]
        assert [one for one, _ in store.words_matching("ours", '"pier"', 5)] == [1]
        store.close()
    with open_to_look(tmp_path / FILE_NAME) as connection:
        state = library_state(connection, tmp_path)
    assert (state.version, state.revision, state.is_newer) == (len(STEPS), REVISIONS[-1], False)


def test_footnotes_of_before_alembic_refuse_a_library_that_was_handed_over(tmp_path):
    Database(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] > BEFORE_ALEMBIC


def test_a_library_of_a_revision_to_come_is_refused(tmp_path):
    Database(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageError, match="newer Footnote"):
        Database(tmp_path)
    with open_to_look(tmp_path / FILE_NAME) as connection:
        assert library_state(connection, tmp_path).is_newer


def test_the_revisions_make_what_the_numbered_steps_make(tmp_path):
    database = Database(tmp_path)
    engine = sa.create_engine("sqlite://", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        upgrade(connection)
        connection.exec_driver_sql("COMMIT")
        made = tables_of(connection)
    assert made == tables_of(database.connection.sqlalchemy)
    database.close()


def test_the_revisions_are_those_of_the_scripts():
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    scripts = [one.revision for one in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(scripts)) == REVISIONS


def test_a_revision_that_fails_leaves_the_library_as_it_was(tmp_path, monkeypatch):
    Database(tmp_path).close()
    monkeypatch.setattr(migrations, "REVISIONS", (*REVISIONS, "9998"))

    def fail(config, target):
        connection = config.attributes["connection"]
        connection.exec_driver_sql("CREATE TABLE half (id INTEGER)")
        raise OSError("stopped")

    monkeypatch.setattr("alembic.command.upgrade", fail)
    with pytest.raises(StorageError):
        Database(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        assert not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'half'").fetchone()
