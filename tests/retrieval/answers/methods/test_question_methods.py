"""How a story ended, which articles speak of something, and who disagrees."""

from dataclasses import replace
from datetime import date

import pytest

from retrieval.answers.candidates import candidates_of
from retrieval.answers.evidence import Evidence
from retrieval.answers.methods import (
    asks_for_ending,
    choose_by_article,
    choose_ending,
    find_disagreement,
    topic_of_articles,
)
from retrieval.answers.parts import Parts
from retrieval.domain.articles import ArticleId, Hit, NewArticle, Passage, PassageId
from retrieval.domain.spans import Span
from retrieval.storage import unstored_article
from retrieval.structure import read_structure

STRIKE = (
    "The harbour pilots stopped work in October. They wanted a third man on every boat. "
    "The port refused to talk and hired retired captains. For five weeks no large ship came in. "
    "On 9 November the port gave way. The pilots went back to work."
)


def evidence_of(text, title, number=1, scores=None):
    article = unstored_article(NewArticle(text, title=title, published=date(2024, 1, number)), "c")
    article = replace(article, id=ArticleId(number))
    hit = Hit(Passage(PassageId(number), article.id, Span(0, len(text))), article, text, 1.0)
    found = candidates_of(hit, text, Parts(read_structure(text)), [])
    return [
        Evidence(article, one.span, one.core, one.text, (scores or {}).get(at, 0.0), one)
        for at, one in enumerate(found)
    ]


def cores(chosen, text):
    return [one.core.of(text) for one in chosen]


@pytest.mark.parametrize(
    "question",
    [
        "How did the strike end?",
        "what happened to the mill in the end",
        "What was the outcome of the vote?",
        "What became of the manuscript?",
    ],
)
def test_questions_about_an_ending(question):
    assert asks_for_ending(question)


@pytest.mark.parametrize(
    "question",
    ["How many were there at the end of May?", "Where does the line end?", "Who ended the strike?"],
)
def test_other_questions(question):
    assert not asks_for_ending(question)


def test_the_ending_is_told_by_the_last_sentences_in_their_order():
    evidence = sorted(evidence_of(STRIKE, "Strike", scores={1: 2.0, 5: 1.0}), key=lambda one: -one.score)
    chosen = choose_ending(evidence, lambda one: True, text_of=lambda _: STRIKE)
    assert cores(chosen, STRIKE) == ["On 9 November the port gave way.", "The pilots went back to work."]


def test_no_ending_is_shown_if_none_answers():
    assert choose_ending(evidence_of(STRIKE, "Strike"), lambda one: False, text_of=lambda _: STRIKE) == []


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Which articles mention otters?", "otters"),
        ("list all articles about Lake Vessen", "Lake Vessen"),
        ("How many stories talk about the flood?", "the flood"),
        ("Which lake has otters?", ""),
        ("What is this article about?", ""),
    ],
)
def test_articles_are_asked_for_by_their_topic(question, topic):
    assert topic_of_articles(question) == topic


def test_each_article_that_holds_a_topic_is_shown_once():
    lake = "The lake is deep. Otters live there. Otters eat fish."
    road = "The road is closed."
    valley = "Otters are back in the valley."
    evidence = [
        *evidence_of(lake, "Lake", 1),
        *evidence_of(road, "Road", 2),
        *evidence_of(valley, "Valley", 3),
    ]
    chosen = choose_by_article("otters", evidence)
    assert [one.article.title for one in chosen] == ["Lake", "Valley"]
    assert chosen[0].core.of(lake) == "Otters live there."


ONE = "Lake Vessen is 61 metres deep."


@pytest.mark.parametrize(
    ("other", "disagrees"),
    [
        ("Lake Vessen, in the hills, is 74 metres deep.", True),
        ("Lake Vessen, in the hills, is 61 metres deep.", False),
        ("Lake Vessen, in the hills, is about 74 metres deep.", False),
        ("Lake Orn, in the hills, is 74 metres deep.", False),
        ("In 1950 Lake Vessen, in the hills, was 74 metres deep.", False),
        ("Lake Vessen, in the hills, is 74 feet deep.", False),
    ],
)
def test_articles_disagree_about_one_figure_of_one_thing(other, disagrees):
    [one], [second] = evidence_of(ONE, "Hills", 1), evidence_of(other, "Anglers", 2)
    found = find_disagreement("How deep is Lake Vessen?", [one], [one, second])
    assert (found is second) is disagrees


def test_a_question_without_a_name_may_mean_two_things():
    [one] = evidence_of(ONE, "Hills", 1)
    [second] = evidence_of("Lake Vessen, in the hills, is 74 metres deep.", "Anglers", 2)
    assert find_disagreement("How deep is the lake?", [one], [one, second]) is None
