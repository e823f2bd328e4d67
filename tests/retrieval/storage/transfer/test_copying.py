"""A library comes over whole, either way, whatever happens on the way."""

import os
import signal
import subprocess
import sys

import pytest
from fakes import small_library

from retrieval.domain import NewArticle
from retrieval.errors import StorageError
from retrieval.records.personal_data import HOLDINGS
from retrieval.storage import ArticleStore
from retrieval.storage.database import Database
from retrieval.storage.transfer import migrate_library, read_address
from retrieval.storage.transfer.checking import compare
from retrieval.storage.transfer.copying import IDENTITY_NOTE, MOST_ROUNDS, pairs_of
from retrieval.storage.transfer.tables import read_tables

pytest_plugins = ["cli_fixtures"]

TEXT = "The lighthouse of Aden was lit in 1867. Its keeper climbed 190 steps every evening."
KILLED = """
import os, signal, sys
from retrieval.storage.connection import Connection
from retrieval.storage.transfer import migrate_library, read_address
left, run = int(sys.argv[3]), Connection._run
def run_or_die(connection, statement, values):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    return run(connection, statement, values)
Connection._run = run_or_die
migrate_library(read_address(sys.argv[1]), read_address(sys.argv[2]), lambda *_: None)
"""
"""Copies a library, and dies before the statement of that number."""


def migrate(source, target, report=lambda *_: None):
    return migrate_library(read_address(str(source)), read_address(str(target)), report)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.wire)])
def target(request, tmp_path):
    """Return the address of an empty library of each kind."""
    return str(tmp_path / "copy") if request.param == "sqlite" else request.getfixturevalue("postgres_url")


def open_at(address, **how):
    named = read_address(str(address))
    return Database(named.folder, named.url, **how)


def test_every_table_comes_over_and_back(folder, target, tmp_path):
    copied = migrate(folder, target)
    of_processes = {"leases", "paces"}  # of this minute
    assert {one.table for one in HOLDINGS} - of_processes <= set(copied.checked.rows)
    assert copied.written == sum(copied.checked.rows.values())
    assert all(copied.checked.rows.values())
    back = migrate(target, tmp_path / "back")
    assert back.checked.digests == copied.checked.digests
    assert back.checked.searches == back.checked.equal > 0


def test_progress_is_reported_of_every_table(folder, tmp_path):
    seen = []
    migrate(folder, tmp_path / "copy", lambda *progress: seen.append(progress))
    assert ("Copying articles", 20, 30) in seen
    assert ("Checking articles", 30, 30) in seen
    assert {done <= total for _, done, total in seen} == {True}


async def test_questions_are_answered_out_of_the_copy(target, tmp_path):
    async with small_library(tmp_path / "from") as library:
        added = await library.articles.add(NewArticle(TEXT, title="Aden"), collection="ours")
        gone = await library.articles.add(NewArticle("The mill ground grain."), collection="ours")
        asked = await library.answers.ask("When was the lighthouse lit?", collection="ours")
        number = (await library.answers.record(asked, collection="ours")).id
        await library.articles.remove(gone.article.public_id, collection="ours")
    migrate(tmp_path / "from", target)
    at = read_address(target)
    async with small_library(at.folder if not at.url else tmp_path / "to", database_url=at.url) as library:
        hits = await library.answers.search("lighthouse steps", collection="ours", limit=5)
        assert [hit.article.id for hit in hits] == [added.article.id]
        assert (await library.answers.recall(number, collection="ours")).citations[0].quote in TEXT
        assert (await library.maintenance.check()).faults == ()
        newer = await library.articles.add(NewArticle("A third text."), collection="ours")
        assert newer.article.id > gone.article.id, "numbers of removed articles are not given again"


@pytest.mark.slow
@pytest.mark.wire
@pytest.mark.parametrize("is_back", [False, True], ids=["to", "from"])
def test_a_copy_that_is_killed_at_any_moment_goes_on(folder, postgres_url, tmp_path, is_back):
    if is_back:
        migrate(folder, postgres_url)
    source, target = (postgres_url, tmp_path / "back") if is_back else (folder, postgres_url)
    for statement in (4, 15, 60, 130, 230, 350):
        command = [sys.executable, "-c", KILLED, str(source), str(target), str(statement)]
        ended = subprocess.run(command, env=os.environ, capture_output=True, timeout=120, check=False)
        assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    assert migrate(source, target).checked.rows["articles"] == 30


def broken_off(source, target):
    """Leave a copy that got as far as the answers."""

    def stop(what, *_):
        if what == "Copying answers":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        migrate(source, target, stop)


def test_a_copy_that_was_broken_off_is_not_opened_and_writes_only_the_rest(folder, target):
    broken_off(folder, target)
    with pytest.raises(StorageError, match="a copy that is not finished"):
        open_at(target)
    copied = migrate(folder, target)
    assert 0 < copied.written < sum(copied.checked.rows.values()) - 60
    open_at(target).close()


def test_what_changed_in_the_source_meanwhile_is_taken_up(folder, target):
    broken_off(folder, target)
    store = ArticleStore(folder)
    with store.transaction():
        store.connection.execute("DELETE FROM answers WHERE collection_id = 7")
        store.connection.execute("DELETE FROM articles WHERE collection_id = 7")
        store.connection.execute("DELETE FROM collections WHERE id = 7")
        store.connection.execute("UPDATE articles SET title = 'Changed' WHERE id = 9")
        store.connection.execute("DELETE FROM votes WHERE answer_id = 4")
    store.insert("one more", NewArticle(TEXT), [], [], signature=None)
    store.close()
    copied = migrate(folder, target)
    assert copied.checked.rows["collections"] == 30
    assert copied.checked.rows["votes"] == 28


def test_what_is_written_while_it_is_copied_is_copied_after_it(folder, target):
    writer = ArticleStore(folder)

    def write_once(what, *_):
        if what == "Copying votes" and writer.note("late") is None:
            writer.set_note("late", "but not too late")

    migrate(folder, target, write_once)
    writer.close()
    copy = open_at(target)
    assert copy.note("late") == "but not too late"
    copy.close()


def test_a_source_that_is_written_without_end_is_said(folder, tmp_path):
    writer, written = ArticleStore(folder), []

    def write(what, *_):
        if what == "Copying presences":
            written.append(len(written))
            writer.set_note("late", str(len(written)))

    with pytest.raises(StorageError, match=r"not what the source holds \(notes\).*stop it"):
        migrate(folder, tmp_path / "copy", write)
    assert len(written) == MOST_ROUNDS
    writer.close()


def test_a_target_that_holds_something_is_refused(folder, target):
    there = open_at(target)
    there.set_note("place:1", "{}")
    there.close()
    with pytest.raises(StorageError, match="holds a library already"):
        migrate(folder, target)
    there = open_at(target)
    assert there.notes() == ["place:1"]
    there.close()


def test_a_finished_copy_is_not_copied_to_again(folder, target):
    migrate(folder, target)
    with pytest.raises(StorageError, match="holds a library already"):
        migrate(folder, target)


def test_the_beginning_of_another_copy_is_refused(folder, target, tmp_path):
    broken_off(folder, target)
    other = ArticleStore(tmp_path / "other")
    other.close()
    with pytest.raises(StorageError, match="beginning of a copy of another library"):
        migrate(tmp_path / "other", target)


def test_a_bot_that_only_started_leaves_the_target_empty(folder, target):
    there = open_at(target)
    there.set_note("fingerprint", "{}")
    there.close()
    assert migrate(folder, target).checked.rows["notes"] == 31


def test_an_unfinished_copy_is_no_source(folder, target, tmp_path):
    broken_off(folder, target)
    with pytest.raises(StorageError, match="a copy that is not finished"):
        migrate(target, tmp_path / "third")


def test_a_source_must_be_there_and_another(folder, target, tmp_path):
    with pytest.raises(StorageError, match="There is no library at"):
        migrate(target, tmp_path / "elsewhere")
    assert not (tmp_path / "elsewhere").exists()
    with pytest.raises(StorageError, match="the same library"):
        migrate(folder, f"sqlite:///{folder}/footnote.sqlite3")


def test_a_row_that_differs_is_found(folder, target):
    migrate(folder, target)
    source, copy = open_at(folder), open_at(target)
    with copy.transaction():
        copy.connection.execute("UPDATE votes SET supports = 77 WHERE answer_id = 30")
    assert compare(pairs_of(source, copy), source, copy, lambda *_: None).differing == ("votes",)
    source.close()
    copy.close()


@pytest.mark.wire
def test_a_row_that_postgresql_cannot_keep_is_named(folder, postgres_url):
    store = ArticleStore(folder)
    with store.transaction():
        store.connection.execute("UPDATE articles SET title = 'A' || char(0) WHERE id = 11")
    store.close()
    with pytest.raises(StorageError, match=r"Row 11 of articles holds the character U\+0000"):
        migrate(folder, postgres_url)


def test_a_library_keeps_the_name_that_it_was_given(folder, tmp_path):
    migrate(folder, tmp_path / "one")
    migrate(folder, tmp_path / "two")
    names = set()
    for each in (folder, tmp_path / "one", tmp_path / "two"):
        library = open_at(each)
        names.add(library.note(IDENTITY_NOTE))
        library.close()
    assert len(names) == 1


def test_tables_come_after_those_that_they_refer_to(folder):
    library = open_at(folder)
    tables = read_tables(library.connection)
    order = [one.name for one in tables]
    holding = {
        (to, action)
        for one in order
        for _, _, to, _, _, _, action, _ in library.connection.execute(f"PRAGMA foreign_key_list({one})")
    }
    assert {one.name for one in tables if one.is_held} == {to for to, how in holding if how != "CASCADE"}
    library.close()
    assert order.index("collections") < order.index("articles") < order.index("passages")
    assert not {one for one in order if one.startswith(("words_", "alembic", "sqlite"))}
