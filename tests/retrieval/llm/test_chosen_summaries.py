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
    assert [one.prose for one in summary.statements] == [FIRST[:58], FIRST[59:]]


async def test_a_long_article_is_read_in_parts_and_then_among_the_picks(tmp_path):
    script = Script(texts=[picked(1, 2), picked(60, 3), picked(103), picked(103, 1, 50)])
    summary = await summarize(tmp_path, script, LONG, llm_passages=2, words=24)
    calls = [call["messages"][-1]["content"] for call in script.calls]
    assert ["part 1 of 3" in calls[0], "part 3 of 3" in calls[2]] == [True, True]
    assert "The article begins: The harbor of Orrin" in calls[1]
    read = [line.split()[0] for line in calls[-1].splitlines() if line.startswith("[")]
    assert read == ["[1]", "[2]", "[60]", "[103]"]
    assert all(one.quote == one.span.of(LONG) for one in summary.citations)
    assert [one.prose for one in summary.statements] == [
        FIRST.split(". ")[0] + ".",
        SECOND.split(". ")[0] + ".",
    ]


WORDY = " ".join(f"Item {n} of the list was sold on the quay at noon to {n} buyers." for n in range(1, 15))


async def test_few_picks_that_are_too_long_are_chosen_from_again(tmp_path):
    wordy = f"The {'old and leaking ' * 20}ferry of Orrin was sold."
    text = f"{wordy}\n\n{FILLING}\n\n{SECOND}"
    script = Script(texts=[picked(1), picked(), picked(103), picked(103)])
    summary = await summarize(tmp_path, script, text, llm_passages=2, words=30)
    again = script.calls[-1]["messages"][-1]["content"]
    assert [line.split()[0] for line in again.splitlines() if line.startswith("[")] == ["[1]", "[103]"]
    assert wordy not in [one.text for one in summary.statements]


async def test_a_model_that_points_at_too_much_is_cut_to_the_length(tmp_path):
    summary = await summarize(tmp_path, Script(texts=[picked(*range(1, 15))]), WORDY, words=26)
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


BOATS = (
    "The Ada sank off Orrin one night. Ada Quill was her captain. She came from Fenwick. "
    "She had a crew of nine. It is not known why the Ada sank. The inquiry closed in June."
)


async def test_the_least_important_falls_out(tmp_path):
    summary = await summarize(tmp_path, Script(texts=[picked(6, 2, 1)]), BOATS, words=10)
    assert [one.prose for one in summary.statements] == [
        "Ada Quill was her captain.",
        "The inquiry closed in June.",
    ]


async def test_a_model_reads_how_long_a_sentence_is_and_what_it_needs(tmp_path):
    script = Script(texts=[picked(4)])
    summary = await summarize(tmp_path, script, BOATS, words=20)
    read = script.calls[0]["messages"][-1]["content"].splitlines()
    assert read[2:5] == [
        "[2] (5 words) Ada Quill was her captain.",
        "[3] (4 words, needs 2) She came from Fenwick.",
        "[4] (6 words, needs 2) She had a crew of nine.",
    ]
    assert [one.prose for one in summary.statements] == [
        "Ada Quill was her captain.",
        "She had a crew of nine.",
    ]


@pytest.mark.parametrize(
    ("ranked", "alone", "shown"),
    [
        ([1, 5], [], [1, 2, 4, 5]),
        ([1, 5], [5], [1, 5]),
        ([6, 5], [5], [2, 4, 5, 6]),  # nothing stands before it
        ([7, 9], [9], [7, 9]),  # "Tom" is named before "he"
        ([1, 9], [9], [1, 8, 9]),  # nobody is
    ],
)
async def test_a_sentence_that_is_clear_beside_the_others_is_shown_without_what_it_needs(
    tmp_path, ranked, alone, shown
):
    script = Script(texts=[json.dumps({"sentences": ranked, "alone": alone})])
    text = f"{BOATS} Tom Hale found the wreck. Tom Hale drew a map. He was a diver."
    summary = await summarize(tmp_path, script, text, words=40)
    told = [one.rstrip(".") for one in text.split(". ")]
    assert [told.index(one.prose.rstrip(".")) + 1 for one in summary.statements] == shown


async def test_length_and_focus_are_asked_for(tmp_path):
    script = Script(texts=[picked(1)])
    await summarize(tmp_path, script, f"{FIRST}\n\n{SECOND}", focus="the lighthouse")
    system, *_, asked = (turn["content"] for turn in script.calls[0]["messages"])
    assert "fit into" in system
    assert asked.endswith("Only what is about this: the lighthouse")
    assert script.calls[0]["response_format"]["json_schema"]["schema"]["required"] == ["sentences"]


@pytest.mark.parametrize(
    ("script", "why"),
    [
        (Script(texts=["The harbor, I think."]), "not a choice of sentences"),
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
