"""What a language model costs is counted, kept and limited."""

from datetime import date, timedelta

import pytest
from metered_library import COST, DRAFT, ask, library_with_model
from scripted_model import Script

from retrieval.domain.answers import Tokens
from retrieval.librarian import usage
from retrieval.records.usage import UsageStore

pytestmark = pytest.mark.wire


async def test_every_call_is_counted_for_its_collection_and_outlives_a_restart(tmp_path):
    async with library_with_model(tmp_path, Script(texts=[DRAFT])) as librarian:
        await ask(librarian)
        await ask(librarian, "ben")
        await ask(librarian, extractive=True)
    async with library_with_model(tmp_path, Script()) as librarian:
        usage = await librarian.usage.get(collection="ours")
        theirs = await librarian.usage.get(collection="theirs")
    assert (usage.calls, usage.tokens, usage.budget) == (2, Tokens(420, 24), None)
    assert (theirs.calls, theirs.tokens.total) == (0, 0)


async def test_a_spent_collection_answers_from_the_articles_and_the_others_go_on(tmp_path):
    script = Script(texts=[DRAFT])
    async with library_with_model(tmp_path, script, llm_tokens_per_day=COST) as librarian:
        first = await ask(librarian)
        second = await ask(librarian, "ben")
        other = await ask(librarian, collection="theirs")
    assert (first.written_by, second.written_by, other.written_by) == ("scripted", "", "scripted")
    assert any("today's tokens are used up here" in note for note in second.notes)
    assert second.found
    assert len(script.calls) == 2


async def test_a_person_spends_one_budget_in_all_collections_and_nobody_elses(tmp_path):
    async with library_with_model(tmp_path, Script(texts=[DRAFT]), llm_tokens_per_person=COST) as librarian:
        first = await ask(librarian)
        elsewhere = await ask(librarian, collection="theirs")
        other = await ask(librarian, "ben")
    assert (first.written_by, elsewhere.written_by, other.written_by) == ("scripted", "", "scripted")
    assert any("your tokens for today are used up" in note for note in elsewhere.notes)


async def test_a_budget_of_nothing_never_reaches_the_model(tmp_path):
    script = Script(texts=[DRAFT])
    async with library_with_model(tmp_path, script, llm_tokens_per_day=0) as librarian:
        first = await ask(librarian)
        follow_up = await librarian.answers.ask("What did the harbor cost?", collection="ours", after=first)
    assert first.found
    assert follow_up.found
    assert script.calls == []


async def test_a_draft_that_broke_off_is_counted_as_far_as_it_came(tmp_path):
    async with library_with_model(tmp_path, Script(texts=[DRAFT], cut_after=28)) as librarian:
        answer = await ask(librarian)
        usage = await librarian.usage.get(collection="ours")
    assert answer.written_by == ""
    assert usage.tokens.completion > 0
    assert usage.tokens.prompt > 100


async def test_a_new_day_has_its_whole_budget_and_forgets_who_spent_yesterdays(tmp_path, monkeypatch):
    today = date(2031, 5, 6)
    monkeypatch.setattr(usage, "_today", lambda: today)
    async with library_with_model(tmp_path, Script(texts=[DRAFT]), llm_tokens_per_person=COST) as librarian:
        await ask(librarian)
        await ask(librarian, "ben")
        assert (await ask(librarian)).written_by == ""
        today += timedelta(days=1)
        assert (await ask(librarian)).written_by == "scripted"
        store = UsageStore(librarian.resources.store)
        day_before = today - timedelta(days=1)
        kept = await librarian._context.lane.run(
            lambda: (store.of("ours", day_before), store.of_person("ada", day_before))
        )
    assert kept == ((2, Tokens(420, 24)), 0)


async def test_who_is_forgotten_has_spent_all_the_same(tmp_path):
    async with library_with_model(tmp_path, Script(texts=[DRAFT]), llm_tokens_per_day=COST) as librarian:
        await ask(librarian)
        await librarian.privacy.forget_person("ada", collection="user:ada")
        found = await librarian.privacy.export_person("ada", collection="user:ada")
        assert found["about_you"]["usage"] == []
        assert (await librarian.usage.get(collection="ours")).tokens.total == COST
        assert (await ask(librarian)).written_by == ""
