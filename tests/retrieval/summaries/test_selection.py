from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.domain.spans import Span
from retrieval.nlp.standalone import depends_on_previous, is_prose, without_dateline
from retrieval.summaries.selection import choose_line, choose_sentences, target_words
from retrieval.text.sentences import sentences

STORY = """\
By Ann Lee

HARBORTOWN (AP) — The old swing bridge over Harbortown's river will be replaced, the city council decided.

It carries 14,000 vehicles a day. Meanwhile, the ferry will run twice an hour until the new bridge opens.

Photo by Bob Moe.

Engineers found cracks in the bridge's main girder last spring, and lorries have been banned since then.

The council expects the new bridge to cost 84 million, half of it paid by the regional government.

Who will pay for the rest?

Shopkeepers on the north bank said the ferry had already cost them a third of their customers.

But she had no answer to that. The harbor museum wants to keep the old bridge's machine room open to visitors.
"""


def summary(text: str, words: int, title: str = "") -> list[str]:
    return [span.of(text) for span in choose_sentences(text, sentences(text), words=words, title=title)]


def whole(text: str) -> Span:
    return Span(0, len(text))


def test_a_summary_is_about_as_long_as_asked():
    lengths = {words: len(" ".join(summary(STORY, words)).split()) for words in (20, 40, 60)}
    assert all(0.6 * words <= length <= 1.3 * words for words, length in lengths.items())


def test_a_summary_leaves_out_bylines_credits_and_questions():
    text = " ".join(summary(STORY, 120))
    assert not any(furniture in text for furniture in ("By Ann", "Photo", "Who will pay"))


def test_a_summary_sentence_comes_without_its_dateline():
    assert summary(STORY, 25)[0].startswith("The old swing bridge")


def test_no_summary_opens_with_a_sentence_that_leans_on_another():
    for words in (10, 20, 30, 40, 60, 90):
        assert not summary(STORY, words)[0].startswith(("It ", "Meanwhile", "But "))


def test_a_leaning_sentence_brings_the_one_before_it():
    chosen = summary(STORY, 120)
    if any(sentence.startswith("It carries") for sentence in chosen):
        assert chosen[0].startswith("The old swing bridge")


def test_a_title_leans_the_summary():
    text = "The council bought nine new ferries. The council closed three old museums. The council rested."
    plain, titled = summary(text, 6), summary(text, 6, title="Three old museums closed")
    assert (plain, titled) == (
        ["The council bought nine new ferries."],
        ["The council closed three old museums."],
    )


def test_a_text_without_prose_is_summarized_by_its_first_line():
    assert summary("Weather\n\nSunny", 30) == ["Weather"]


def test_nothing_has_no_summary():
    assert choose_sentences("", [], words=30) == []


@pytest.mark.parametrize(("length", "words"), [("short", 30), ("medium", 60), ("long", 140)])
def test_lengths_have_their_usual_words(length, words):
    assert target_words(length, 700) == words


def test_a_long_summary_is_never_shorter_than_a_medium_one():
    assert target_words("long", 100) == target_words("medium", 100)


@pytest.mark.parametrize(
    "sentence",
    [
        "He refused to say more about the bridge.",
        "But the council said no to the plan.",
        "Meanwhile, the ferry runs twice an hour.",
        "This angered the shopkeepers on the north bank.",
        "Two days later, the council met again.",
        "In his speech the mayor praised the engineers.",
        "On the bridge he met a crowd of shopkeepers.",
        "“We will never sell the old bridge.”",
        "“I will never sell it,” she said.",
        "The incident was reported to the harbor master.",
        "The old wooden company has paid nothing so far.",
        "All three of that woman's children went to the ferry.",
        "“The right boats,” said Lee.",
        "People are actually buying it.",
    ],
)
def test_sentences_that_lean_on_the_one_before(sentence):
    assert depends_on_previous(sentence, whole(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "Ann Lee said she would not sell the bridge.",
        "The engineer said he had warned the council.",
        "“I will never sell it,” Ann Lee said.",
        "The council voted on Monday, and its members cheered.",
        "The company that built the ferry has paid nothing so far.",
        "The designer Ann Lee showed her boats in the harbor.",
        "The council bought an old ferry and painted it.",
    ],
)
def test_sentences_that_stand_alone(sentence):
    assert not depends_on_previous(sentence, whole(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "By Ann Lee",
        "Scroll down for the video of the bridge.",
        "Who will pay for the new bridge?",
        "Reunited: the engineers on the old bridge.",
        "THE BRIDGE IS FALLING DOWN AGAIN TODAY.",
        "“The bridge is closed, and the ferry is late.",
        "which was the end of it for the bridge.",
        "Bridge closed.",
    ],
)
def test_what_is_no_prose(sentence):
    assert not is_prose(sentence, whole(sentence))


def test_a_speaker_and_a_colon_are_no_caption():
    sentence = "The mayor said: “We will never sell the old bridge.”"
    assert is_prose(sentence, whole(sentence))


@pytest.mark.parametrize(
    "opening",
    ["LONDON (Reuters) - ", "LINDAU (the Harbor Project)", "(CNN) ", "( CNN ) -- ", "WASHINGTON — ", "• "],
)
def test_datelines_and_bullets_are_left_out(opening):
    sentence = opening + "The bridge was closed for good on Monday."
    assert without_dateline(sentence, whole(sentence)).of(sentence).startswith("The bridge")


PIECES = [
    "The bridge fell.",
    "He ran.",
    "Ann Lee of Harbortown paid 84 million for the old bridge on Monday.",
    "“We won,” she said.",
    "But nobody came to see the machine room.",
    "By Ann Lee",
    "Why?",
    "• ",
    "(CNN) ",
]
SENTENCES = st.lists(st.sampled_from(PIECES), max_size=30)
TEXTS = st.one_of(st.text(max_size=300), SENTENCES.map(" ".join), SENTENCES.map("\n\n".join))


@given(TEXTS, st.integers(1, 200))
def test_summary_sentences_are_slices_in_order(text: str, words: int):
    spans = sentences(text)
    chosen = choose_sentences(text, spans, words=words)
    assert all(earlier.end <= later.start for earlier, later in pairwise(chosen))
    assert all(any(span.start <= one.start < one.end <= span.end for span in spans) for one in chosen)


@given(TEXTS, st.integers(1, 200))
def test_a_summary_exists_when_there_is_a_sentence(text: str, words: int):
    spans = sentences(text)
    assert bool(choose_sentences(text, spans, words=words)) == bool(spans)


@given(TEXTS)
def test_the_same_text_has_the_same_summary(text: str):
    spans = sentences(text)
    assert choose_sentences(text, spans, words=40) == choose_sentences(text, spans, words=40)


FEATURE = """\
Rain fell on the square that morning, and a dog slept under the bench by the fountain.

The swing bridge of Harbortown will be torn down next spring, the council voted on Tuesday.

The swing bridge opened in 1911 and is the last of its kind on the river.

Shopkeepers fear that the two years without the swing bridge will cost them 40 percent of their trade.

A ferry will take people across the river in the meantime, for 2 euros a ride.

What a day that was for the whole town of ours!

The new bridge will cost 84 million and should open in 2031, the council said.
"""


def test_a_summary_begins_with_what_the_article_is_about():
    chosen = summary(FEATURE, 40)
    assert "bridge" in chosen[0]


def test_a_summary_reaches_behind_the_opening():
    told = " ".join(summary(FEATURE, 50))
    assert "84 million" in told or "40 percent" in told
    assert "What a day" not in told


def test_a_summary_does_not_say_a_thing_twice():
    text = (
        STORY
        + "\nThe council expects the bridge to cost 84 million, half of it from the regional government."
    )
    told = " ".join(summary(text, 100))
    assert told.count("84 million") == 1


def test_a_single_sentence_that_is_too_long_is_still_a_summary():
    assert summary(FEATURE, 3) != []


def test_a_line_stands_for_the_article():
    line = choose_line(FEATURE, sentences(FEATURE), words=24)
    assert line is not None
    assert "bridge" in line.of(FEATURE)


def test_nothing_has_no_line():
    assert choose_line("", [], words=24) is None
