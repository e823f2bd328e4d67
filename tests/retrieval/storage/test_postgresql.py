"""A library in a PostgreSQL server: what only a server can do wrong, and the whole way through."""

import os
import subprocess
import sys
import threading
import uuid

import pytest
from fakes import WordHashEncoder, small_library

from bot.operations.doctor.findings import Patient
from bot.operations.doctor.library import look_at_library
from retrieval.domain import NewArticle
from retrieval.errors import StorageError
from retrieval.search import fingerprint_of
from retrieval.settings import LibrarySettings, SettingsError, load_settings
from retrieval.storage import ArticleStore

pytest_plugins = ["cli_fixtures"]
pytestmark = pytest.mark.wire

TEXT = "The lighthouse of Aden was lit in 1867. Its keeper climbed 190 steps every evening."
AWAY = "postgresql+psycopg:///footnote?host=/nowhere"
OPEN = (
    "import sys; from pathlib import Path; from retrieval.storage import ArticleStore; "
    "ArticleStore(Path(sys.argv[1]), sys.argv[2]).close()"
)


async def test_a_library_is_filled_searched_checked_rebuilt_and_opened_again(tmp_path, postgres_url):
    async with small_library(tmp_path, database_url=postgres_url) as library:
        added = await library.articles.add(NewArticle(TEXT, title="Aden"), collection="ours")
        asked = await library.answers.ask("When was the lighthouse lit?", collection="ours")
        number = (await library.answers.record(asked, collection="ours")).id
        assert asked.found
        await library.maintenance.rebuild()
    async with small_library(tmp_path, database_url=postgres_url) as library:
        hits = await library.answers.search("lighthouse steps", collection="ours", limit=5)
        assert [hit.article.id for hit in hits] == [added.article.id]
        assert (await library.answers.recall(number, collection="ours")).citations[0].quote in TEXT
        assert (await library.maintenance.check()).faults == ()
        await library.articles.remove(added.article.public_id, collection="ours")
        assert await library.answers.search("lighthouse", collection="ours", limit=5) == []
    assert not (tmp_path / "footnote.sqlite3").exists()


async def test_two_libraries_in_one_folder_do_not_share_an_index(tmp_path, postgres_url):
    for url, text in (("", "The mill ground grain."), (postgres_url, TEXT)):
        async with small_library(tmp_path, database_url=url) as library:
            await library.articles.add(NewArticle(text), collection="ours")
            hits = await library.answers.search("grain lighthouse", collection="ours", limit=5)
            assert [hit.text for hit in hits] == [text]
    assert len([one for one in tmp_path.iterdir() if one.name.startswith("index")]) == 2


def test_processes_that_make_the_tables_at_once_make_them_once(tmp_path, postgres_url):
    command = [sys.executable, "-c", OPEN, str(tmp_path), postgres_url]
    together = [subprocess.Popen(command, env=os.environ) for _ in range(4)]
    assert [process.wait(120) for process in together] == [0] * 4


def _cut_between(store, cut):
    store.ensure_collection("half")
    cut()
    store.ensure_collection("other half")


def test_a_connection_that_was_cut_comes_back(tmp_path, postgres_url):
    store, other = ArticleStore(tmp_path, postgres_url), ArticleStore(tmp_path, postgres_url)
    store.set_note("one", "1")
    cut = "SELECT pg_terminate_backend(:pid)"
    other.connection.execute(cut, {"pid": store.connection.driver.info.backend_pid})
    assert store.note("one") == "1"
    other.connection.execute(cut, {"pid": store.connection.driver.info.backend_pid})
    store.set_note("two", "2")
    pid = store.connection.driver.info.backend_pid
    with pytest.raises(StorageError, match="cannot be reached"), store.transaction():
        _cut_between(store, lambda: other.connection.execute(cut, {"pid": pid}))
    assert (store.collections(), store.note("two")) == ([], "2")
    store.close()
    other.close()


def test_who_finds_the_limit_of_connections_reached_waits_for_a_turn(tmp_path, postgres_url):
    name = f"limited_{uuid.uuid4().hex}"
    store = ArticleStore(tmp_path, postgres_url)
    store.connection.execute(f"CREATE ROLE {name} SUPERUSER LOGIN CONNECTION LIMIT 1")
    store.connection.execute(f"ALTER ROLE {name} NOSUPERUSER")
    store.connection.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {name}")
    url = postgres_url.replace("://postgres", f"://{name}")
    assert url != postgres_url
    one = ArticleStore(tmp_path, url)
    end = threading.Timer(0.5, one.close)
    end.start()
    ArticleStore(tmp_path, url).close()
    end.join()
    store.close()


def test_a_text_that_it_cannot_keep_is_refused(tmp_path, postgres_url):
    store = ArticleStore(tmp_path, postgres_url)
    with pytest.raises(StorageError, match="cannot keep this text"):
        store.insert("ours", NewArticle("A\0B"), [], [], signature=None)
    assert store.collections() == []
    store.close()


async def test_a_server_that_is_away_is_named(tmp_path):
    pytest.importorskip("psycopg", reason="needs the driver: pip install 'footnote[postgres]'")
    with pytest.raises(StorageError, match="cannot be reached"):
        ArticleStore(tmp_path, AWAY)
    async with small_library(tmp_path, database_url=AWAY) as library:
        with pytest.raises(StorageError, match="cannot be reached"):
            await library.articles.add(NewArticle(TEXT), collection="ours")
        assert await library.articles.suggest("a", collection="ours", limit=5) == []
    found = [one async for one in look_at_library(patient(tmp_path, AWAY))]
    assert [one.state for one in found] == ["failed"]


def patient(folder, url):
    settings = LibrarySettings(data_dir=folder, database_url=url)
    return Patient(library=settings, vectors=fingerprint_of(WordHashEncoder()))


async def test_the_doctor_looks_at_it(tmp_path, postgres_url):
    found = [one async for one in look_at_library(patient(tmp_path, postgres_url))]
    assert [(one.what, one.state) for one in found] == [("library", "ok")]


def test_only_addresses_of_postgresql_are_taken():
    with pytest.raises(SettingsError, match="FOOTNOTE_DATABASE_URL"):
        load_settings(database_url="mysql://somewhere")
    assert "secret" not in repr(load_settings(database_url="postgresql+psycopg://a:secret@host/b"))


def test_backups_are_left_to_the_server(terminal, monkeypatch, tmp_path):
    monkeypatch.setenv("FOOTNOTE_DATABASE_URL", AWAY)
    for command in ("backup", "restore"):
        assert "pg_dump" in terminal(command, tmp_path / "file", fails=1).stderr
