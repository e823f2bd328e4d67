"""What one process alone does, and how often anybody may: rows of the database, by its clock."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from fakes import small_library

from retrieval.domain import NewArticle, OpenQuestion
from retrieval.librarian import processes
from retrieval.processes import LeaseStore, PaceStore
from retrieval.storage import ArticleStore

QUESTION = OpenQuestion("When?", "7", "{}")


@pytest.fixture
def connection(tmp_path, url):
    store = ArticleStore(tmp_path, url)
    yield store.connection
    store.close()


@asynccontextmanager
async def two(folder, url):
    async with (
        small_library(folder, database_url=url) as one,
        small_library(folder, database_url=url) as other,
    ):
        yield one, other


def test_a_lease_is_one_processs_until_it_ends(connection):
    leases = LeaseStore(connection)
    assert leases.take("digests", "one")
    assert leases.take("digests", "one")
    assert not leases.take("digests", "other")
    assert leases.take("commands", "other")
    assert leases.take("digests", "one", lease_s=-1.0)
    assert leases.take("digests", "other")
    leases.give_back("digests", "one")
    assert not leases.take("digests", "one")
    leases.give_all_back("other")
    assert leases.take("digests", "one")
    leases.forget_ended()
    leases.end_all_others("other")
    assert leases.take("digests", "other")


def test_a_pace_lets_some_through_at_once_and_then_says_how_long_to_wait(connection):
    paces = PaceStore(connection)
    assert [paces.count("questions", "7", 3, 100.0) for _ in range(5)] == [0, 0, 0, 100, 100]
    assert paces.count("questions", "8", 3, 100.0) == 0
    assert paces.count("additions", "7", 1, 100.0) == 0
    paces.forget_full()
    assert paces.count("questions", "7", 3, 100.0) == 100


async def test_of_two_processes_one_holds_until_it_ends(tmp_path, url):
    async with two(tmp_path, url) as (one, other):
        async with one.processes.join():
            assert await one.processes.hold("digests")
            assert await one.processes.hold("digests")
            assert not await other.processes.hold("digests")
        assert await other.processes.hold("digests")
        await other.processes.release("digests")
        assert await one.processes.hold("digests")


async def test_a_lease_that_was_lost_is_noticed(tmp_path, url):
    async with two(tmp_path, url) as (one, other):
        assert await one.processes.hold("digests")
        one.processes._until["digests"] = 0.0  # as if it had slept
        assert await one.processes.hold("digests")
        await one.processes.release("digests")
        one.processes._until["digests"] = 0.0
        assert await other.processes.hold("digests")
        assert not await one.processes.hold("digests")


@pytest.mark.wire
async def test_leases_are_renewed_while_the_process_lives(tmp_path, postgres_url, monkeypatch):
    monkeypatch.setattr(processes, "LEASE_S", 0.5)
    monkeypatch.setattr(processes, "RENEW_EVERY_S", 0.01)
    monkeypatch.setattr(processes, "FORGET_EVERY", 2)
    monkeypatch.setattr(LeaseStore.take, "__defaults__", (0.3,))
    async with two(tmp_path, postgres_url) as (one, other), one.processes.join():
        assert await one.processes.hold("digests")
        until = one.processes._until["digests"]
        while one.processes._until["digests"] < until + 0.6:
            assert not await other.processes.hold("digests")


async def test_a_lease_that_is_released_while_it_is_renewed_stays_released(tmp_path, url):
    async with two(tmp_path, url) as (one, other):
        assert await one.processes.hold("commands")
        renewing = asyncio.create_task(one.processes._renew("commands", is_ours=True))
        await asyncio.sleep(0)  # now it is under way
        await one.processes.release("commands")
        assert not await renewing
        assert one.processes._until == {}
        assert await other.processes.hold("commands")


async def test_while_the_database_is_away_nobody_holds_anything(tmp_path, caplog):
    pytest.importorskip("psycopg", reason="needs the driver: pip install 'footnote[postgres]'")
    away = "postgresql+psycopg:///footnote?host=/nowhere"
    async with small_library(tmp_path, database_url=away) as library:
        assert not await library.processes.hold("digests")
    assert "cannot be taken" in caplog.text


async def test_questions_of_a_process_that_ended_are_offered_by_one_of_the_others(tmp_path, url):
    async with small_library(tmp_path, database_url=url) as gone:
        number = await gone.pending_questions.add(QUESTION, collection="ours")
    async with two(tmp_path, url) as (one, other):
        assert [one.id for one in await one.pending_questions.interrupt_orphaned()] == [number]
        assert await other.pending_questions.interrupt_orphaned() == []
        again = await other.pending_questions.resume(number, collection="ours", person="7", where="")
        assert again.question == "When?"


@pytest.mark.wire
async def test_questions_of_a_process_that_lives_are_left_to_it(tmp_path, postgres_url):
    async with two(tmp_path, postgres_url) as (one, other), one.processes.join():
        await one.pending_questions.add(QUESTION, collection="ours")
        assert await other.pending_questions.interrupt_orphaned() == []


async def test_what_one_process_adds_and_removes_the_other_finds_and_does_not(tmp_path, url):
    async with two(tmp_path, url) as (one, other):

        async def found(words):
            hits = await other.answers.search(words, collection="ours", limit=3)
            return [hit.article.title for hit in hits]

        mill = await one.articles.add(NewArticle("The mill ground grain.", title="Mill"), collection="ours")
        assert await found("grain mill") == ["Mill"]
        await one.articles.add(NewArticle("A pier was built of oak.", title="Pier"), collection="ours")
        assert await found("oak pier") == ["Pier", "Mill"]
        await one.articles.remove(mill.article.public_id, collection="ours")
        assert await found("grain mill") == ["Pier"]
        await other.articles.add(NewArticle("Bells rang at noon.", title="Bells"), collection="ours")
        await one.articles.add(NewArticle("Snow fell on the moor.", title="Snow"), collection="ours")
        assert await found("snow moor bells") != []
        index = other.resources.searcher.index("ours")
        assert index.ids() == set(other.resources.store.passage_ids("ours"))


@pytest.mark.wire
async def test_a_notice_brings_an_index_and_settings_up_to_date_before_anybody_asks(tmp_path, postgres_url):
    heard = []

    async def on_notice(*notice):
        heard.append(notice)

    async with two(tmp_path, postgres_url) as (one, other), other.processes.join():
        await one.articles.add(NewArticle("The mill ground grain.", title="Mill"), collection="ours")
        await other.answers.search("mill", collection="ours", limit=1)
        other.processes.watch(on_notice)
        await one.articles.add(NewArticle("A pier was built of oak.", title="Pier"), collection="ours")
        await one.preferences.set("{}", collection="ours")
        while ("preferences", "ours") not in heard:
            await other.answers.search("mill", collection="none", limit=1)
        assert len(other.resources.searcher._indexes["ours"].ids()) == 2
        other.processes.unwatch(on_notice)
