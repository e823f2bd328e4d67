"""Summaries and lines of digests whose sentences a scripted model chose, over the real protocol."""

import json
from datetime import date

import pytest
from fakes import small_library
from scripted_model import Script, scripted_model

from retrieval.domain import NewArticle

pytestmark = pytest.mark.wire

FIRST = "The harbor of Orrin was deepened in 1907 by forty workers. It cost 300 crowns."
SECOND = "The lighthouse of Orrin was built in 1874 by Ada Quill. The keeper lived in a small stone house."
FILLING = " ".join(
    f"Ships number {n} and {n + 1} came with wood and salt on a windy day." for n in range(40, 140)
)
LONG = f"{FIRST}\n\n{FILLING}\n\n{SECOND}"


def picked(*numbers):
    return json.dumps({"sentences": numbers})


async def summarize(tmp_path, script, text=FIRST, *, new=False, **settings):
    options = {name: settings.pop(name) for name in ("focus", "words", "extractive") if name in settings}
    async with (
        scripted_model(script) as url,
        small_library(
            tmp_path, llm_base_url=url, llm_model="scripted", llm_mode="choose", **settings
        ) as library,
    ):
        article = NewArticle(text, title="Orrin")
        if new:
            return await library.summaries.summarize_new(article, collection="", **options)
        added = await library.articles.add(article, collection="")
        return await library.summaries.summarize(added.article.public_id, collection="", **options)


@pytest.mark.parametrize("new", [False, True])
async def test_a_summary_is_the_articles_own_sentences(tmp_path, new):
    summary = await summarize(tmp_path, Script(texts=[picked(3, 1, 77)]), f"{FIRST}\n\n{SECOND}", new=new)
    assert [one.text for one in summary.statements] == [
        "The harbor of Orrin was deepened in 1907 by forty workers.",
        "The lighthouse of Orrin was built in 1874 by Ada Quill.",
    ]
    assert (summary.chosen_by, summary.written_by) == ("scripted", "")


async def test_a_sentence_is_shown_with_the_one_it_depends_on(tmp_path):
    summary = await summarize(tmp_path, Script(texts=[picked(2)]))
    assert [one.text for one in summary.statements] == [FIRST]


async def test_a_long_article_is_read_in_parts_and_then_among_the_picks(tmp_path):
    script = Script(texts=[picked(1, 2), picked(1, 4, 5), picked(1), picked(1)])
    summary = await summarize(tmp_path, script, LONG, llm_passages=2, words=12)
    calls = [call["messages"][-1]["content"] for call in script.calls]
    assert len(calls) >= 3
    assert "came with wood" in calls[0]
    assert len(calls[-1].splitlines()) < 12
    assert all(one.quote == one.span.of(LONG) for one in summary.citations)
    assert summary.statements[0].text.startswith("The harbor of Orrin was deepened")


WORDY = " ".join(f"Item {n} of the list was sold on the quay at noon to {n} buyers." for n in range(1, 15))


async def test_few_picks_that_are_too_long_are_chosen_from_again(tmp_path):
    wordy = f"The {'old and leaking ' * 20}ferry of Orrin was sold."
    script = Script(texts=[picked(1), picked(), picked(1), picked(2)])
    text = f"{wordy}\n\n{FILLING}\n\n{SECOND}"
    summary = await summarize(tmp_path, script, text, llm_passages=2, words=30)
    again = script.calls[-1]["messages"][-1]["content"]
    assert [line[:3] for line in again.splitlines() if line.startswith("[")] == ["[1]", "[2]"]
    assert wordy not in [one.text for one in summary.statements]


async def test_a_model_that_points_at_too_much_is_cut_to_the_length(tmp_path):
    summary = await summarize(tmp_path, Script(texts=[picked(*range(1, 15))]), WORDY, words=20)
    assert [one.number for one in summary.citations] == [1, 2]
    assert summary.words == 30


async def test_one_sentence_may_be_longer_than_asked(tmp_path):
    long = "The harbor " + "of the old town and its quay " * 20 + "was closed."
    summary = await summarize(
        tmp_path, Script(texts=[picked(2, 3)]), f"It rained. {long} It reopened.", words=20
    )
    assert summary.statements[0].text.endswith("was closed.")
    assert summary.chosen_by


async def test_what_fits_behind_a_sentence_that_does_not_is_kept(tmp_path):
    long = "The ferry " + "and the boat " * 10 + "sank."
    text = f"The harbor of Orrin was deepened by hand. {long} The mayor opened it in May."
    summary = await summarize(tmp_path, Script(texts=[picked(1, 2, 3)]), text, words=12)
    assert [one.prose for one in summary.statements] == [
        "The harbor of Orrin was deepened by hand.",
        "The mayor opened it in May.",
    ]


async def test_length_and_focus_are_asked_for(tmp_path):
    script = Script(texts=[picked(1)])
    await summarize(tmp_path, script, f"{FIRST}\n\n{SECOND}", focus="the lighthouse")
    system, asked = (turn["content"] for turn in script.calls[0]["messages"])
    assert "words together" in system
    assert asked.endswith("Only what is about this: the lighthouse")
    assert script.calls[0]["response_format"]["json_schema"]["schema"]["required"] == ["sentences"]


@pytest.mark.parametrize(
    ("script", "why"),
    [
        (Script(texts=["The harbor, I think."]), "no choice of sentences"),
        (Script(texts=[picked()]), "it chose no sentence"),
        (Script(texts=[picked(99)]), "it chose no sentence"),
        (Script(statuses=[500], headers={"Retry-After": "0"}), "its server failed (500)"),
    ],
)
async def test_whatever_goes_wrong_the_extractive_summary_is_given_and_it_is_said(tmp_path, script, why):
    plain = await summarize(tmp_path / "a", Script(), extractive=True)
    summary = await summarize(tmp_path / "b", script)
    assert summary.statements == plain.statements
    assert any(why in note for note in summary.notes)
    assert summary.chosen_by == ""


BRIDGE = (
    "The council of Orrin voted on Thursday to rebuild the footbridge over the river. "
    "The new bridge will cost 1.4 million pounds. Work is to begin in September after the fish have spawned."
)


async def digest(tmp_path, script):
    async with (
        scripted_model(script) as url,
        small_library(tmp_path, llm_base_url=url, llm_model="scripted", llm_mode="choose") as library,
    ):
        for site in ("a.example", "b.example"):
            await library.articles.add(
                NewArticle(BRIDGE, title="The footbridge", site=site, published=date(2026, 6, 4)),
                collection="",
            )
        return await library.digests.create(collection="")


async def test_the_line_of_a_story_is_the_sentence_that_the_model_chooses(tmp_path):
    found = await digest(tmp_path, Script(texts=[picked(2)]))
    line = found.stories[0].line
    assert line.quote in BRIDGE
    assert line.quote == line.span.of(BRIDGE)
    assert (found.stories[0].worded, found.chosen_by) == ("", "scripted")


@pytest.mark.parametrize("script", [Script(texts=["The bridge."]), Script(statuses=[404])])
async def test_a_failing_model_leaves_the_digest_as_it_is(tmp_path, script):
    found = await digest(tmp_path, script)
    assert found.stories[0].line.quote == found.stories[0].line.span.of(BRIDGE)
    assert found.chosen_by == ""
