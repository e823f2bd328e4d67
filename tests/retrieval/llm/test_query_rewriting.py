"""Follow-ups that a scripted model rewrites, over the real protocol."""

import pytest
from metered_library import DRAFT, QUESTION, TEXT, ask, library_with_model
from scripted_model import Script

from retrieval.answers.follow_ups import understand
from retrieval.llm.query_rewriting import keeps

pytestmark = pytest.mark.wire

FOLLOW_UP = "How much was its cost?"
BY_RULES = understand(FOLLOW_UP, QUESTION, [DRAFT]).text


async def follow_up(tmp_path, *rewritten, question=FOLLOW_UP, **more):
    script = Script(texts=[DRAFT, *rewritten, DRAFT])
    async with library_with_model(tmp_path, script) as librarian:
        first = await ask(librarian)
        return script, await ask_after(librarian, question, first, **more)


async def ask_after(librarian, question, first, **more):
    return await librarian.answers.ask(question, collection="ours", after=first, **more)


async def test_the_model_says_what_a_follow_up_means(tmp_path):
    script, answer = await follow_up(tmp_path, '"How much was the cost of\n the harbor of Orrin in 1907?"')
    assert answer.understood == "How much was the cost of the harbor of Orrin in 1907?"
    assert answer.question == FOLLOW_UP
    assert "1907" in script.calls[1]["messages"][1]["content"]


@pytest.mark.parametrize(
    "useless",
    [
        "",
        "It cost 300 crowns.",
        "How much was the cost of the bridge of Berlin?",
        "When was the harbor of Orrin deepened?",
        "How much was the cost? Who paid for the harbor?",
    ],
)
async def test_rules_hold_where_the_model_drops_or_adds_something(tmp_path, useless):
    _, answer = await follow_up(tmp_path, useless)
    assert answer.understood == BY_RULES


async def test_rules_hold_where_the_model_fails(tmp_path):
    script = Script(texts=[DRAFT], statuses=[200, 401])
    async with library_with_model(tmp_path, script) as librarian:
        answer = await ask_after(librarian, FOLLOW_UP, await ask(librarian))
    assert answer.understood == BY_RULES
    assert any("refuses our key" in note for note in answer.notes)


async def test_nobody_asks_the_model_for_an_extractive_answer(tmp_path):
    script, answer = await follow_up(tmp_path, "How much was the cost of the harbor?", extractive=True)
    assert answer.understood == BY_RULES
    assert len(script.calls) == 1


def test_a_rewritten_question_may_only_use_what_was_said():
    said = ["Who built the mill?", TEXT]
    assert keeps("Who paid for the mill of Orrin?", "who paid for it?", said)
    assert not keeps("Who paid 900 crowns for the mill of Orrin?", "who paid for it?", said)
    assert not keeps("Who built the mill of Orrin?", "who paid for it?", said)
