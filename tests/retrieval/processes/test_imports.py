"""Articles that wait for a worker: taken once, taken up when a worker ends, and added whatever happens."""

import asyncio
from contextlib import asynccontextmanager
from datetime import date

import pytest
from fakes import WordHashEncoder, small_library

from retrieval.domain import Block, NewArticle, Span
from retrieval.errors import ArticleNotFound, LibraryFull, NotReadable, RetrievalError, StorageError
from retrieval.librarian import import_queue
from retrieval.processes import MOST_TRIES, WORKER, ImportStore, LeaseStore
from retrieval.storage import ArticleStore

ARTICLE = NewArticle(
    "# Mill\nThe mill ground grain.",
    title="Mill",
    published=date(2024, 1, 2),
    blocks=(Block("heading", Span(0, 6), level=1),),
    given_id="m1",
)
DEAD, ALIVE = "process:dead", "process:alive"


@pytest.fixture
def connection(tmp_path, url):
    store = ArticleStore(tmp_path, url)
    yield store.connection
    store.close()


def test_an_article_is_taken_by_one_and_taken_up_when_that_one_ends(connection):
    one, other = ImportStore(connection, "alive"), ImportStore(connection, "other")
    number = one.put("ours", ARTICLE)
    assert one.outcome(number) is None
    dead = ImportStore(connection, "dead")
    assert dead.take().article == ARTICLE
    LeaseStore(connection).take(ALIVE, "alive")
    assert one.take().tries == 2  # nobody has seen the other one alive
    assert other.take() is None
    one.put_back()
    assert other.take().tries == 2
    other.finish(number, NotReadable("There is no text."))
    assert one.take() is None
    assert "There is no text." in one.outcome(number)
    one.remove(number)
    with pytest.raises(ArticleNotFound):
        one.outcome(number)


def test_an_article_is_encoded_at_home_only_without_a_living_worker(connection):
    home = ImportStore(connection, "home")
    number = home.put("ours", ARTICLE)
    LeaseStore(connection).take(WORKER + "w", "w")
    assert home.take_unattended(number) is None
    LeaseStore(connection).give_all_back("w")
    assert home.take_unattended(number).article == ARTICLE
    home.forget_done()


@asynccontextmanager
async def bot_and_worker(folder, url, **settings):
    """A process that leaves encoding to workers, and one that may be a worker."""
    async with (
        small_library(folder, database_url=url, workers=True, **settings) as bot,
        small_library(folder, database_url=url, **settings) as worker,
        bot.processes.join(),
        worker.processes.join(),
    ):
        yield bot, worker


@asynccontextmanager
async def at_work(librarian):
    stop = asyncio.Event()
    working = asyncio.create_task(librarian.imports.work(stop))
    await librarian.processes.hold(WORKER + librarian.processes.id)
    try:
        yield
    finally:
        stop.set()
        await working


def no_encoder(*_):
    raise AssertionError("this process encodes nothing")


@pytest.mark.wire
async def test_a_worker_encodes_and_the_one_who_waits_gets_what_it_would_have_had(
    tmp_path, postgres_url, monkeypatch
):
    async with bot_and_worker(tmp_path, postgres_url, max_articles=1) as (bot, worker), at_work(worker):
        monkeypatch.setattr(bot.imports, "_encode", no_encoder)
        added = await bot.articles.add(ARTICLE, collection="ours")
        assert (added.status, added.passages, added.article.public_id) == ("added", 1, "m1")
        assert (await bot.articles.add(ARTICLE, collection="ours")).status == "known"
        hits = await bot.answers.search("mill", collection="ours", limit=2)
        assert [hit.article.title for hit in hits] == ["Mill"]
        with pytest.raises(LibraryFull, match="limit of 1 article"):
            await bot.articles.add(NewArticle("Another one."), collection="ours")
        with pytest.raises(NotReadable):
            await bot.articles.add(NewArticle("…"), collection="ours")
        rows = worker.resources.store.connection.execute("SELECT count(*) FROM imports")
        assert rows.fetchone()[0] == 0


@pytest.mark.wire
async def test_without_a_worker_it_is_encoded_at_home(tmp_path, postgres_url):
    async with bot_and_worker(tmp_path, postgres_url) as (bot, _):
        assert (await bot.articles.add(ARTICLE, collection="ours")).status == "added"


@pytest.mark.wire
async def test_what_the_encoder_cannot_do_is_said_and_ends_no_worker(tmp_path, postgres_url, monkeypatch):
    async with bot_and_worker(tmp_path, postgres_url) as (bot, worker), at_work(worker):
        with monkeypatch.context() as patched:
            patched.setattr(WordHashEncoder, "encode_passages", lambda self, texts: 1 / 0)
            with pytest.raises(RetrievalError, match="Something went wrong"):
                await bot.articles.add(ARTICLE, collection="ours")
        assert (await bot.articles.add(ARTICLE, collection="ours")).status == "added"


@pytest.mark.wire
async def test_an_article_that_ended_several_workers_is_given_up(tmp_path, postgres_url):
    async with bot_and_worker(tmp_path, postgres_url) as (bot, worker):
        connection = worker.resources.store.connection
        for number in range(MOST_TRIES):
            dead = ImportStore(connection, f"dead {number}")
            if not number:
                dead.put("ours", ARTICLE)
            assert dead.take() is not None
        async with at_work(worker):
            while ImportStore(connection, "").outcome(1) is None:
                await bot.answers.search("mill", collection="ours", limit=1)
        assert "failed several times" in ImportStore(connection, "").outcome(1)


@pytest.mark.wire
async def test_a_database_that_goes_away_leaves_the_article_in_the_queue(tmp_path, postgres_url, monkeypatch):
    monkeypatch.setattr(import_queue, "AFTER_ERROR_S", 0.0)
    add_article, failed = import_queue.add_article, []

    async def fails_once(*given):
        if not failed:
            failed.append(True)
            raise StorageError("The database cannot be reached.")
        return await add_article(*given)

    monkeypatch.setattr(import_queue, "add_article", fails_once)
    async with bot_and_worker(tmp_path, postgres_url) as (bot, worker), at_work(worker):
        assert (await bot.articles.add(ARTICLE, collection="ours")).status == "added"
    assert failed


@pytest.mark.wire
async def test_a_worker_that_is_stopped_leaves_what_it_began_to_another(tmp_path, postgres_url, monkeypatch):
    add_article, begun = import_queue.add_article, asyncio.Event()

    async def stalls_once(*given):
        if not begun.is_set():
            begun.set()
            await asyncio.Event().wait()
        return await add_article(*given)

    monkeypatch.setattr(import_queue, "add_article", stalls_once)
    async with bot_and_worker(tmp_path, postgres_url) as (bot, worker):
        async with at_work(worker):
            adding = asyncio.create_task(bot.articles.add(ARTICLE, collection="ours"))
            await begun.wait()
        async with at_work(worker):
            assert (await adding).status == "added"
