"""Who speaks: subjects that take the floor, speakers behind their verbs, and pronouns."""

import pytest

from retrieval.quotes.extraction import find_quotations


def speakers(text):
    return [one.speaker for one in find_quotations(text, [])]


@pytest.mark.parametrize(
    "between",
    [
        "Webb disagreed. “It is not safe at all,” she said.",
        "Webb scoffed. “It is not safe at all,” she said.",
        "The engineer waited. “It is not safe at all,” she said.",
        "Then Colin Webb stood up. “It is not safe at all, and you know it.”",
        "The engineer stood up. “It is not safe at all, and you know it.”",
        "He laughed. “It is not safe at all, and you know it.”",
        "Her deputy, Jan Wit, was less sure. “It is not safe at all, and you know it.”",
    ],
)
def test_a_subject_in_between_takes_the_floor(between):
    assert speakers(f"“It is safe,” Helen Marsh said. {between}") == ["Helen Marsh", None]


@pytest.mark.parametrize("joint", ["and", "but", "while"])
def test_the_subject_of_another_clause_takes_the_floor(joint):
    text = f"“It is safe,” Helen Marsh said, {joint} Colin Webb laughed. “It is not safe at all, no.”"
    assert speakers(text) == ["Helen Marsh", None]


@pytest.mark.parametrize(
    ("between", "speaker"),
    [
        ("Webb disagreed. “It is not safe at all.”", "Webb"),
        ("Colin Webb interrupted. “It is not safe at all.”", "Colin Webb"),
        ("Webb said it was not. “It is not safe at all.”", "Webb"),
        ("Colin Webb, the engineer, took the microphone. “It is not safe at all.”", "Colin Webb"),
        ("Webb shook his head. “It is not safe at all,” he said.", "Webb"),
    ],
)
def test_who_is_said_to_speak_in_between_speaks(between, speaker):
    assert speakers(f"“It is safe,” Paul Marsh said. {between}") == ["Paul Marsh", speaker]


@pytest.mark.parametrize(
    "between",
    [
        "She paused.",
        "Marsh has run the yard since 2010.",
        "The yard opened in 2010.",
        "It was built in 1950.",
    ],
)
def test_a_speaker_goes_on_after_a_sentence_about_nobody_else(between):
    text = f"“It is safe,” Helen Marsh said. {between} “It is very safe indeed.”"
    assert speakers(text) == ["Helen Marsh", "Helen Marsh"]


def test_what_else_a_cue_names_takes_no_floor():
    for cue in (
        ", adding that Colin Webb had checked it",
        " of the Webb and Holm yards",
        " as Northwind director",
    ):
        text = f"“It is safe,” Helen Marsh said{cue}. “It is very safe indeed.”"
        assert speakers(text) == ["Helen Marsh", "Helen Marsh"]


@pytest.mark.parametrize(
    "cue",
    [
        "said the island's representative, Jonas Lind.",
        "said the mayor of Dover, Jonas Lind.",
        "whispered the old harbor master, Jonas Lind.",
        "boasted a former engineer at the yard, Jonas Lind!",
        "bellowed her neighbor, Jonas Lind (61).",
        "sighed Jonas Lind.",
        "grumbled Jonas Lind, who runs two trawlers.",
        "muttered Jonas Lind as he left.",
        "chimed in Jonas Lind, from the back.",
    ],
)
def test_the_name_behind_an_inverted_cue_speaks(cue):
    assert speakers(f"“I have none left,” {cue}") == ["Jonas Lind"]


@pytest.mark.parametrize(
    ("cue", "speaker"),
    [("said a resident of Dover, Kent.", "a resident"), ("said the mayor, Monday.", "the mayor")],
)
def test_a_place_or_a_day_behind_an_inverted_cue_does_not(cue, speaker):
    assert speakers(f"“I have none left,” {cue}") == [speaker]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Tom Reyes has run the ferry for ten years. The boat is old.",
        "For Tom Reyes, the storm was the end. He lost his boat.",
        "The storm cost Tom Reyes his boat.",
        "On the quay stood Tom Reyes. He had lost his boat.",
        "In the next house lives Tom Reyes, a ferryman.",
        "Tom Reyes lost his boat. His wife wept.",
    ],
)
def test_a_pronoun_after_a_paragraph_of_one_man_is_his(paragraph):
    assert speakers(f"{paragraph}\n\n“I have none left,” he said.") == ["Tom Reyes"]


@pytest.mark.parametrize(
    "paragraph",
    [
        "The storm cost Tom Reyes and Paul Orr their boats.",
        "The storm cost Tom Reyes and Alex Orr their boats.",
        "Tom Reyes lost his boat. His brother wept.",
        "Ann Orr lost her boat.",
    ],
)
def test_a_pronoun_that_could_be_two_people_is_nobodys(paragraph):
    assert speakers(f"{paragraph}\n\n“I have none left,” he said.") == [None]


def test_a_sentence_that_ends_in_a_cue_gives_the_speaker():
    text = "Helen Marsh wrote. A cashier who “steals a handful of coins” is dismissed, Marsh said."
    assert speakers(text) == ["Helen Marsh"]
