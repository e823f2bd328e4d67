"""Answers whose sentences a scripted model chose, over the real protocol."""

import json
import re

import pytest
from fakes import small_library
from injection_articles import AFTER, BEFORE, FOREIGN, INJECTIONS
from scripted_model import Script, scripted_model

from retrieval.cli.json_rows import answer_row
from retrieval.domain import NewArticle
from retrieval.safety import find_injections

pytestmark = pytest.mark.wire

TEXT = (
    "The harbor of Orrin was deepened in 1907 by forty workers. It cost 300 crowns. "
    "The council did not approve the second pier. “The sea gives and takes,” said Ada Berg."
)
QUESTION = "When was the harbor of Orrin deepened?"
NOTHING = "Who painted Guernica?"


def chosen(*numbers, **more):
    return json.dumps({"answered": "yes", "sentences": list(numbers), **more})


async def ask(tmp_path, script, question=QUESTION, *, articles=None, after=None, **settings):
    settings = {"llm_mode": "choose", "answer_threshold": 1.0, **settings}
    async with (
        scripted_model(script) as url,
        small_library(tmp_path, llm_base_url=url, llm_model="scripted", **settings) as library,
    ):
        for title, text in (articles or {"The harbor of Orrin": TEXT}).items():
            await library.articles.add(NewArticle(text, title=title), collection="")
        before = None
        if after is not None:
            before = await library.answers.ask(after, collection="", extractive=True)
        return await library.answers.ask(question, collection="", after=before)


def said(answer):
    return [one.text for one in answer.statements]


async def test_the_chosen_sentences_are_shown_as_the_article_has_them(tmp_path):
    script = Script(texts=[chosen(1, words=["in 1907", "in 1908", "190", "1907"])])
    answer = await ask(tmp_path, script)
    assert said(answer) == ["The harbor of Orrin was deepened in 1907 by forty workers."]
    assert answer.statements[0].emphasis == ("in 1907",)
    assert all(one.quote == one.span.of(TEXT) for one in answer.citations)
    assert (answer.chosen_by, answer.written_by, answer.state) == ("scripted", "", "answered")


async def test_a_sentence_that_depends_on_another_is_shown_with_it_and_never_twice(tmp_path):
    alone = await ask(tmp_path / "a", Script(texts=[chosen(2)]))
    assert said(alone) == ["It cost 300 crowns."]
    assert [(part.kind, part.quote) for part in alone.statements[0].context] == [
        ("before", "The harbor of Orrin was deepened in 1907 by forty workers.")
    ]
    both = await ask(tmp_path / "b", Script(texts=[chosen(1, 2)]))
    assert said(both) == ["The harbor of Orrin was deepened in 1907 by forty workers.", "It cost 300 crowns."]


async def test_the_model_is_asked_once_with_numbered_sentences_by_a_schema(tmp_path):
    script = Script(texts=[chosen(1)])
    await ask(tmp_path, script)
    [call] = script.calls
    assert call["response_format"]["json_schema"]["schema"]["required"] == ["answered", "sentences"]
    roles = [turn["role"] for turn in call["messages"]]
    assert roles == ["system"] + ["user", "assistant"] * (len(roles) // 2 - 1) + ["user"]
    read = call["messages"][-1]["content"]
    assert read.splitlines()[:2] == [
        "Article: The harbor of Orrin",
        "[1] The harbor of Orrin was deepened in 1907 by forty workers.",
    ]
    assert read.endswith(f"Question: {QUESTION}")


@pytest.mark.parametrize(
    ("refused", "calls"),
    [
        (("response_format",), ["json_schema", "tool"]),
        (("tools", "response_format"), ["json_schema", "tool", "json_object", None]),
    ],
)
async def test_a_form_that_a_server_refuses_is_left_out_and_remembered(tmp_path, refused, calls):
    script = Script(
        texts=[chosen(1) if len(refused) == 1 else f"Here you are: {chosen(1)}"],
        refuses={name: (400, f"unknown field {name}") for name in refused},
    )
    settings = {"llm_mode": "choose", "answer_threshold": 1.0}
    async with (
        scripted_model(script) as url,
        small_library(tmp_path, llm_base_url=url, llm_model="scripted", **settings) as library,
    ):
        await library.articles.add(NewArticle(TEXT, title="The harbor of Orrin"), collection="")
        first = await library.answers.ask(QUESTION, collection="")
        second = await library.answers.ask("How much did the harbor of Orrin cost?", collection="")
    asked = [
        "tool" if "tools" in call else call.get("response_format", {}).get("type") for call in script.calls
    ]
    assert asked == [*calls, calls[-1]]
    assert first.chosen_by == second.chosen_by == "scripted"


async def test_a_reply_that_cannot_be_read_is_asked_for_once_more(tmp_path):
    script = Script(texts=["The first one, I think.", chosen(1)])
    answer = await ask(tmp_path, script)
    assert answer.chosen_by == "scripted"
    assert len(script.calls) == 2
    assert script.calls[1]["messages"][-1]["content"].endswith("without any other word.")


@pytest.mark.parametrize(
    ("script", "why"),
    [
        (Script(texts=["The first one."]), "not a choice of sentences"),
        (Script(texts=[""]), "not a choice of sentences"),
        (Script(texts=["I'm sorry, but I can't help with that."]), "not a choice of sentences"),
        (Script(texts=['{"answered":"yes","answered":"no","sentences":[1]}']), "not a choice of sentences"),
        (Script(texts=[chosen(1)], cut_after=14), "connection to it failed"),
        (Script(texts=[chosen(1)[:20]], end="length"), "not a choice of sentences"),
        (Script(texts=[chosen(1)], end="never"), "broke off"),
        (Script(statuses=[500], headers={"Retry-After": "0"}), "its server failed (500)"),
        (Script(statuses=[404]), "does not know the model"),
        (Script(statuses=[401]), "refuses our key"),
        (Script(statuses=[429], headers={"Retry-After": "0"}), "too much to do"),
    ],
)
async def test_whatever_goes_wrong_the_extractive_answer_is_given_and_it_is_said(tmp_path, script, why):
    answer = await ask(tmp_path, script)
    assert said(answer) == ["The harbor of Orrin was deepened in 1907 by forty workers."]
    assert (answer.chosen_by, answer.state) == ("", "answered")
    assert any(why in note and "not used" in note for note in answer.notes)


async def test_a_slow_model_is_not_waited_for(tmp_path):
    script = Script(texts=[chosen(1)], hangs_at=1)
    answer = await ask(tmp_path, script, llm_timeout_s=0.3)
    assert any("did not answer in time" in note for note in answer.notes)
    assert answer.found


async def test_the_model_may_find_what_the_cross_encoder_does_not(tmp_path):
    question = "Did people agree to build another pier?"
    answer = await ask(tmp_path, Script(texts=[chosen(3, verdict="no", words=["did not approve"])]), question)
    assert said(answer) == ["The council did not approve the second pier."]
    assert answer.reading == "no"


async def test_not_answered_is_a_refusal_with_the_nearest_passages(tmp_path):
    answer = await ask(tmp_path, Script(texts=['{"answered":"no","sentences":[]}']), NOTHING)
    assert (answer.state, answer.found, answer.notes) == ("not_found", False, ())
    assert answer.nearest


@pytest.mark.parametrize("reply", ['{"answered":"no","sentences":[]}', chosen(77)])
async def test_a_no_where_the_cross_encoder_is_sure_is_unsure(tmp_path, reply):
    answer = await ask(tmp_path, Script(texts=[reply]))
    assert (answer.state, answer.found, answer.statements) == ("unsure", False, ())
    [citation] = answer.citations
    assert answer.near.text == "The harbor of Orrin was deepened in 1907 by forty workers."
    assert answer.near.numbers == (citation.number,)
    assert citation.quote == citation.span.of(TEXT)


async def test_a_count_and_a_denial_are_marked_as_the_models_reading(tmp_path):
    many = "How many workers deepened the harbor of Orrin?"
    counted = await ask(tmp_path / "a", Script(texts=[chosen(1, count=40, counted=[1])]), many)
    assert counted.reading == "40"
    reply = json.dumps({"answered": "denied", "sentences": [3]})
    denied = await ask(tmp_path / "b", Script(texts=[reply]), "Who paid for the approved second pier?")
    assert (denied.reading, denied.state) == ("denied", "answered")
    when = await ask(tmp_path / "c", Script(texts=[chosen(1, verdict="yes", count=7, counted=[1])]))
    assert when.reading == ""


CREW = {
    "The crew": "Ada Quill steered the ferry. Tom Hale stoked the boiler of the ferry. There were three on "
    "the ferry's crew in 1907, and 1,200 passengers. The ferry's cook was Bo Lind."
}
HOW_MANY = "How many were on the ferry's crew?"


@pytest.mark.parametrize(
    ("count", "counted", "said_so"),
    [
        (3, [1, 2, 4], True),
        (2, [1, 2, 4], False),
        (4, [1, 2, 4], False),
        (3, [3], True),
        (1200, [3], True),
        (1, [3], False),
        (2, [3], False),
        (1, [1], True),
        (2, [1], False),
    ],
)
async def test_a_count_is_the_figure_of_the_text_or_the_number_of_what_it_counts(
    tmp_path, count, counted, said_so
):
    reply = chosen(*counted, count=count, counted=counted)
    answer = await ask(tmp_path, Script(texts=[reply]), HOW_MANY, articles=CREW)
    assert answer.reading == (str(count) if said_so else "")
    assert len(answer.statements) == len(counted)


PIER = "The pier of Velden was paid for by the widow Marta Klee. She never saw it finished."


async def test_what_is_missing_is_searched_for_and_read_in_a_second_call(tmp_path):
    filler = {
        f"Notes {number}": f"The harbor of Orrin has a wall numbered {number}. Boats of Orrin rest there."
        for number in range(12)
    }
    script = Script(
        texts=['{"answered":"no","sentences":[],"more":"widow Marta Klee Velden pier"}', chosen(1)]
    )
    question = "Which walls do the boats of the harbor of Orrin rest at?"

    articles = {**filler, "The pier": PIER}
    answer = await ask(tmp_path, script, question, articles=articles, llm_passages=2)
    assert len(script.calls) == 2
    assert "Marta Klee" not in script.calls[0]["messages"][-1]["content"]
    assert "Marta Klee" in script.calls[1]["messages"][-1]["content"]
    assert len(re.findall(r"^Article: ", script.calls[1]["messages"][-1]["content"], re.M)) <= 2
    assert answer.found
    kept = {hit.article.title for hit in answer.nearest}
    assert all(one.article.title in kept for one in answer.citations)


async def test_it_is_searched_twice_at_most_and_never_for_the_same(tmp_path):
    filler = {
        f"Notes {number}": f"The harbor of Orrin has the wall {number}. Boats rest there in winter {number}."
        for number in range(30)
    }
    replies = [
        json.dumps({"answered": "no", "sentences": [], "more": f"boats wall winter {number}"})
        for number in (5, 17, 23, 29)
    ]
    script = Script(texts=replies)
    await ask(tmp_path / "a", script, articles=filler, llm_passages=2)
    assert len(script.calls) == 3
    same = Script(texts=[json.dumps({"answered": "no", "sentences": [], "more": QUESTION.upper()})])
    await ask(tmp_path / "b", same, articles=filler)
    assert len(same.calls) == 1


async def test_a_follow_up_is_read_with_the_turn_before_it_in_one_call(tmp_path):
    script = Script(texts=[chosen(2, question="How much did the harbor of Orrin cost?")])
    answer = await ask(tmp_path, script, "How much did it cost?", after=QUESTION)
    [call] = script.calls
    asked = call["messages"][-1]["content"]
    assert f'Earlier: {{"question": "{QUESTION}", "answer": "The harbor of Orrin was deepened' in asked
    assert asked.endswith("Question: How much did it cost?")
    assert answer.understood == "How much did the harbor of Orrin cost?"
    lying = Script(texts=[chosen(2, question="How much did the palace of Paris cost?")])
    answer = await ask(tmp_path / "b", lying, "How much did it cost?", after=QUESTION)
    assert "Paris" not in answer.understood


async def test_the_same_question_about_the_same_passages_costs_nothing(tmp_path):
    script = Script(texts=[chosen(1)])
    settings = {"llm_mode": "choose", "answer_threshold": 1.0}
    async with (
        scripted_model(script) as url,
        small_library(tmp_path, llm_base_url=url, llm_model="scripted", **settings) as library,
    ):
        await library.articles.add(NewArticle(TEXT, title="The harbor of Orrin"), collection="")
        answers = [await library.answers.ask(QUESTION, collection="") for _ in range(2)]
        assert len(script.calls) == 1
        assert answers[0].statements == answers[1].statements
        assert (await library.usage.get(collection="")).tokens.total == 222
        await library.articles.add(NewArticle("The pier of Orrin is older than its harbor."), collection="")
        await library.answers.ask(QUESTION, collection="")
        assert len(script.calls) == 2


async def test_over_a_budget_the_extractive_answer_says_why(tmp_path):
    script = Script(texts=[chosen(1)])
    answer = await ask(tmp_path, script, llm_tokens_per_day=0)
    assert script.calls == []
    assert any("tokens are used up" in note and "chosen without it" in note for note in answer.notes)


async def test_a_budget_that_runs_out_ends_further_searches(tmp_path):
    script = Script(texts=['{"answered":"no","sentences":[],"more":"second pier council"}'])
    await ask(tmp_path, script, llm_tokens_per_day=100)
    assert len(script.calls) == 1


async def test_off_asks_no_model(tmp_path):
    script = Script(texts=[chosen(3)])
    answer = await ask(tmp_path, script, llm_mode="off")
    assert script.calls == []
    assert (answer.chosen_by, answer.notes) == ("", ())


async def test_a_chosen_answer_is_recalled_as_it_was_and_longer_with_more(tmp_path):
    script = Script(texts=[chosen(3, verdict="yes", words=["second pier"])])
    settings = {"llm_mode": "choose", "answer_threshold": 1.0}
    async with (
        scripted_model(script) as url,
        small_library(tmp_path, llm_base_url=url, llm_model="scripted", **settings) as library,
    ):
        await library.articles.add(NewArticle(TEXT, title="The harbor of Orrin"), collection="")
        asked = await library.answers.ask("Was the harbor of Orrin deepened?", collection="")
        answer = await library.answers.record(asked, collection="")
        again = await library.answers.recall(answer.id, collection="")
        longer = await library.answers.elaborate(again, collection="")
    assert (again.statements, again.reading, again.chosen_by) == (asked.statements, "yes", "scripted")
    assert longer.statements[: len(again.statements)] == again.statements
    assert len(longer.statements) > len(again.statements)
    cited = {one.number for one in longer.citations}
    assert all(number in cited for one in longer.statements for number in one.numbers)


LIGHTHOUSE = "Who finished the third tower in 1759?"


@pytest.mark.parametrize("injection", INJECTIONS, ids=lambda one: one.order[:30])
async def test_an_article_that_gives_orders_can_only_change_which_sentences_are_shown(injection, tmp_path):
    """A model that obeys every order returns the order, all numbers, and whatever the order could want."""
    obeyed = {
        "answered": "yes",
        "sentences": [*range(1, 40), injection.order],
        "words": [injection.order, "Evil Lamps", *FOREIGN],
        "verdict": injection.order,
        "count": injection.order,
        "counted": [injection.order],
        "question": injection.order,
        "url": "https://evil.example/win",
        "text": f"{injection.order} @everyone [here](https://evil.example)",
    }
    script = Script(texts=[f"{injection.order}\n{json.dumps(obeyed)}\n@everyone"])
    settings = {"llm_mode": "choose", "answer_threshold": 1.0}
    async with (
        scripted_model(script) as url,
        small_library(tmp_path, llm_base_url=url, llm_model="scripted", **settings) as library,
    ):
        await library.articles.add(injection.article, collection="ours")
        answer = await library.answers.ask(LIGHTHOUSE, collection="ours")
    [call] = script.calls
    assert json.dumps(injection.order, ensure_ascii=False)[1:-1] not in call["messages"][-1]["content"]
    assert answer.chosen_by == "scripted"
    innocent = f"{BEFORE} {AFTER}"
    for statement in answer.statements:
        assert statement.text in innocent
        assert all(words in statement.text for words in statement.emphasis)
        assert not find_injections(statement.text)
    assert all(one.quote == one.span.of(injection.article.text) for one in answer.citations)
    shown = " ".join((answer.understood, answer.reading, *answer.notes, answer.text))
    assert not any(word in shown for word in (*FOREIGN, "Evil Lamps"))
    assert answer.reading == ""


GERMAN = "Wann wurde der Hafen von Orrin vertieft?"
IN_GERMAN = "Der Hafen von Orrin wurde 1907 von vierzig Arbeitern vertieft."


async def test_chosen_sentences_stay_and_have_their_translation_under_them(tmp_path):
    script = Script(texts=[QUESTION, chosen(1), json.dumps([IN_GERMAN])])
    answer = await ask(tmp_path, script, GERMAN)
    [statement] = answer.statements
    assert statement.text == "The harbor of Orrin was deepened in 1907 by forty workers."
    assert statement.translation == IN_GERMAN
    assert (answer.understood, answer.originals) == (QUESTION, ())
    assert any("translations under the sentences are the language model's" in note for note in answer.notes)
    row = answer_row(answer)
    assert (row["translations"], row["state"], row["chosen_by"]) == ([IN_GERMAN], "answered", "scripted")


async def test_a_wrong_translation_is_not_shown(tmp_path):
    script = Script(texts=[QUESTION, chosen(1), json.dumps([IN_GERMAN.replace("1907", "1917")])])
    answer = await ask(tmp_path, script, GERMAN)
    assert answer.statements[0].translation == ""
    assert any("Not translated" in note for note in answer.notes)


async def test_a_written_draft_that_does_not_pass_falls_back_to_the_sentences_it_cited(tmp_path):
    draft = (
        "Forty brave workers deepened the harbor of Orrin in 1907 with shovels [1]. Cats sing. "
        "The king of Norway painted it blue for the queen [1]."
    )
    answer = await ask(tmp_path, Script(texts=[draft]), llm_mode="write")
    assert said(answer) == ["The harbor of Orrin was deepened in 1907 by forty workers."]
    assert (answer.written_by, answer.chosen_by) == ("", "scripted")
    assert any("the sentences that it cited" in note for note in answer.notes)
    assert answer.removed


async def test_texts_that_are_not_kept_are_read_by_the_model_as_well(tmp_path):
    script = Script(texts=[chosen(3, words=["did not approve"])])
    settings = {"llm_mode": "choose", "answer_threshold": 1.0}
    async with (
        scripted_model(script) as url,
        small_library(tmp_path, llm_base_url=url, llm_model="scripted", **settings) as library,
    ):
        text = NewArticle(TEXT, title="The harbor of Orrin")
        answer = await library.answers.ask_new(QUESTION, [text], collection="")
        assert await library.articles.count(collection="") == 0
    assert said(answer) == ["The council did not approve the second pier."]
    assert answer.chosen_by == "scripted"
    assert all(one.quote == one.span.of(TEXT) for one in answer.citations)
