"""A removed article leaves nothing: not in answers, not in the word index, not in the database's files."""

import asyncio
import json
import resource
import sqlite3
import subprocess
import sys

import pytest
from fakes import small_library

from retrieval.domain.articles import NewArticle
from retrieval.errors import LibraryFull, StorageError
from retrieval.search.faiss_index import FaissIndex
from retrieval.storage.database import Database
from retrieval.storage.erasure import ARTICLE_REMOVED

SECRET = "zqxjsecret"
SENTENCE = f"The harbor was built by {SECRET} in 1911."
HARBOR = NewArticle(f"{SENTENCE} It cost nine thousand crowns.", title=f"The harbor of {SECRET}")
BRIDGE = NewArticle("The bridge was opened in 1954. It is made of steel.", title="The bridge")


def run(folder, body):
    async def inside():
        async with small_library(folder) as library:
            return await body(library)

    return asyncio.run(inside())


def bytes_of(folder):
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


async def filled(library):
    harbor = await library.articles.add(HARBOR, collection="c")
    await library.articles.add(BRIDGE, collection="c")
    numbers = []
    for question in (f"When was the harbor built by {SECRET}?", "When was the bridge opened?"):
        answer = await library.answers.ask(question.replace(SECRET, "them"), collection="c")
        numbers.append((await library.answers.record(answer, collection="c")).id)
    return harbor.article, numbers


def test_answers_say_that_the_article_was_removed_and_no_more(tmp_path):
    async def body(library):
        article, (about_harbor, about_bridge) = await filled(library)
        before = await library.answers.recall(about_harbor, collection="c")
        assert SECRET in before.text
        await library.articles.remove(article.public_id, collection="c")
        after = await library.answers.recall(about_harbor, collection="c")
        assert ARTICLE_REMOVED in after.text
        assert SECRET not in repr(after)
        assert all(one.article.id != article.id for one in (*after.citations, *after.nearest))
        other = await library.answers.recall(about_bridge, collection="c")
        assert "The bridge was opened in 1954." in other.text

    run(tmp_path, body)


def test_headings_and_sentences_made_from_the_article_go_too(tmp_path):
    async def body(library):
        article, _ = await filled(library)
        answer = await library.answers.ask("When was the harbor built?", collection="c")
        answer = type(answer)(
            question=f"Summary of {HARBOR.title}",
            statements=answer.statements,
            citations=answer.citations,
            notes=(f"about {SECRET}",),
            follow_ups=(f"Who is {SECRET}?",),
            originals=(SENTENCE,),
            removed=(SENTENCE,),
            understood=f"when did {SECRET} build the harbor?",
            warning=f"of {SECRET}",
        )
        number = (await library.answers.record(answer, collection="c")).id
        await library.articles.remove(article.public_id, collection="c")
        assert SECRET not in repr(await library.answers.recall(number, collection="c"))

    run(tmp_path, body)


def test_no_file_holds_the_sentence_or_the_word_while_the_library_is_open(tmp_path):
    async def body(library):
        article, _ = await filled(library)
        await library.articles.remove(article.public_id, collection="c")
        for name, held in bytes_of(tmp_path).items():
            assert SECRET.encode() not in held, name

    run(tmp_path, body)
    for name, held in bytes_of(tmp_path).items():
        assert SECRET.encode() not in held, name


def test_old_articles_that_are_forgotten_leave_nothing(tmp_path):
    from datetime import UTC, datetime, timedelta

    async def body(library):
        await filled(library)
        await library.articles.remove_added_before(datetime.now(UTC) + timedelta(days=1), collection="c")

    run(tmp_path, body)
    assert all(SECRET.encode() not in held for held in bytes_of(tmp_path).values())


def test_every_connection_overwrites_what_it_deletes(tmp_path):
    database = Database(tmp_path)
    assert database.connection.execute("PRAGMA secure_delete").fetchone() == (1,)
    database.close()

    async def body(library):
        await filled(library)
        await library.privacy.forget_collection(collection="c")
        store = library.resources.store
        return await library._context.lane.run(
            lambda: store.connection.execute("PRAGMA secure_delete").fetchone()
        )

    assert run(tmp_path, body) == (1,)


def test_answers_of_articles_removed_before_this_was_known_are_cleaned_too(tmp_path):
    async def body(library):
        article, (number, _) = await filled(library)
        store = library.resources.store
        await library._context.lane.run(
            lambda: store.connection.execute("DELETE FROM articles WHERE id = :id", {"id": article.id})
        )
        other = await library.articles.add(
            NewArticle("The mill was sold in 1933. It had two stones.", title="The mill"), collection="c"
        )
        await library.articles.remove(other.article.public_id, collection="c")
        assert ARTICLE_REMOVED in (await library.answers.recall(number, collection="c")).text

    run(tmp_path, body)


class FullDisk:
    """A connection on whose disk there is no room for one statement."""

    def __init__(self, connection, begins):
        self.connection, self.begins = connection, begins

    def execute(self, statement, *values):
        if statement.startswith(self.begins):
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error
        return self.connection.execute(statement, *values)

    def __getattr__(self, name):
        return getattr(self.connection, name)


@pytest.mark.parametrize(
    ("begins", "said"),
    [
        ("DELETE FROM articles", "nothing was changed"),
        ("PRAGMA wal_checkpoint", "It is deleted, but the disk is full"),
    ],
)
def test_a_full_disk_during_a_deletion_is_said(tmp_path, begins, said):
    async def body(library):
        article, _ = await filled(library)
        store = library.resources.store
        store._connection = FullDisk(store._connection, begins)
        with pytest.raises(LibraryFull, match=said):
            await library.articles.remove(article.public_id, collection="c")
        store._connection = store._connection.connection

    run(tmp_path, body)


@pytest.mark.wire
def test_a_disk_without_room_ends_a_removal_with_one_sentence(tmp_path):
    async def body(library):
        rows = "\n".join(
            f"The harbor number {n} was built in {1900 + n % 90} of {SECRET}." for n in range(2_000)
        )
        return (
            await library.articles.add(NewArticle(rows, title="Many harbors"), collection="default")
        ).article

    article = run(tmp_path, body)
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536)); "
        "sys.argv = ['retrieval', *sys.argv[1:]]; from retrieval.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "remove", article.public_id, "--data", str(tmp_path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "disk" in done.stderr
    assert "Removed" not in done.stdout
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 65_536


def test_an_index_that_cannot_be_written_is_said_before_the_answer(tmp_path, monkeypatch):
    async def first(library):
        await filled(library)

    run(tmp_path, first)
    for path in (tmp_path / "index").iterdir():
        path.unlink()

    def full(self, path, fingerprint):
        raise StorageError("no room")

    async def asked(library):
        with pytest.raises(StorageError, match="no room"):
            await library.answers.ask("When was the bridge opened?", collection="c")
        library.resources.searcher._unsaved.clear()

    monkeypatch.setattr(FaissIndex, "save", full)
    run(tmp_path, asked)


def test_the_kept_body_is_json_still(tmp_path):
    async def body(library):
        article, (number, _) = await filled(library)
        await library.articles.remove(article.public_id, collection="c")
        store = library.resources.store
        (kept,) = await library._context.lane.run(
            lambda: store.connection.execute(
                "SELECT body FROM answers WHERE id = :id", {"id": number}
            ).fetchone()
        )
        assert json.loads(kept)["citations"] == []

    run(tmp_path, body)
