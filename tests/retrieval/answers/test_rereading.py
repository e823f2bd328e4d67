"""What a second reading changes: order, scores, and the words that are marked."""

from dataclasses import replace

import numpy as np
import pytest

from retrieval.answers.candidates import candidates_of
from retrieval.answers.evidence import (
    A_PASSAGE,
    ELSEWHERE,
    LIMIT,
    MARKED,
    PASSAGES,
    SENTENCES_READ,
    Evidence,
    read_evidence,
    reread,
)
from retrieval.answers.parts import Parts
from retrieval.domain import ArticleId, Hit, NewArticle, Passage, PassageId, Span
from retrieval.protocols import Reading
from retrieval.storage import unstored_article
from retrieval.structure import read_structure

TEXT = (
    "The old bridge was opened in 1931. Maria Brandt designed the new one. "
    "Otto Brandt designed the harbor of the town. The mayor praised both of them. It rained on the day."
)
OPENED, DESIGNED, HARBOR = 0, 1, 2
QUESTION = "Who designed the new bridge?"


def evidence_of(*scores):
    article = replace(unstored_article(NewArticle(TEXT, title="T"), "c"), id=ArticleId(1))
    hit = Hit(Passage(PassageId(1), article.id, Span(0, len(TEXT))), article, TEXT, 1.0)
    found = list(candidates_of(hit, TEXT, Parts(read_structure(TEXT)), []))
    return [
        Evidence(article, one.span, one.core, one.text, score, one)
        for one, score in zip(found, scores, strict=False)
    ]


class Reader:
    """Finds given words in a window, with a given score."""

    name = "given"

    def __init__(self, *given):
        self.given = dict(given)
        self.windows = []

    def read(self, question, passages):
        self.windows = list(passages)
        return [self.reading(passage) for passage in passages]

    def reading(self, passage):
        for words, score in self.given.items():
            if words in passage:
                start = passage.index(words)
                return Reading(score, start, start + len(words))
        return Reading(-9.0, 0, 1)


def test_the_sentence_with_the_answer_comes_first_and_its_words_are_marked():
    opened, designed, harbor = evidence_of(2.0, 1.9, 2.5)
    best, *others = reread(QUESTION, [harbor, opened, designed], Reader(("Maria Brandt", 3.0)))
    assert best.core == designed.core
    assert best.answering.of(TEXT) == "Maria Brandt"
    assert best.score > designed.score
    assert all(one.answering is None for one in others)


def test_a_sentence_is_read_between_those_around_it():
    reader = Reader()
    reread(QUESTION, evidence_of(1.0, 3.0)[1:], reader)
    [window] = reader.windows
    assert "1931. Maria Brandt designed the new one. Otto" in window


def test_a_lookalike_falls_and_nothing_of_it_is_marked():
    harbor = evidence_of(1.0, 1.0, 2.5)[HARBOR]
    [one] = reread(QUESTION, [harbor], Reader(("Otto Brandt", -300.0)))
    assert one.score == pytest.approx(harbor.score - LIMIT)
    assert one.answering is None


def test_an_answer_in_a_neighbouring_sentence_is_not_this_ones():
    harbor = evidence_of(1.0, 1.0, 2.5)[HARBOR]
    [here], [there] = (
        reread(QUESTION, [harbor], Reader((words, MARKED + 1.0))) for words in ("the town", "Maria")
    )
    assert here.score - there.score == pytest.approx(ELSEWHERE)
    assert there.answering is None


def test_nearly_a_whole_sentence_is_not_marked():
    designed = evidence_of(1.0, 2.0)[DESIGNED]
    [one] = reread(QUESTION, [designed], Reader((designed.text, MARKED + 5.0)))
    assert one.answering is None


def test_only_the_best_are_read_and_the_rest_stays_below():
    found = evidence_of(5.0, 4.0, 3.0, 2.0, 1.0)
    reader = Reader()
    again = reread(QUESTION, found, reader)
    assert len(reader.windows) == SENTENCES_READ
    assert [one.core for one in again] == [one.core for one in found]


def test_without_evidence_nothing_is_read():
    reader = Reader()
    assert reread(QUESTION, [], reader) == []
    assert reader.windows == []


def test_a_row_is_only_raised():
    text = "Lake | Pike | Eel\nAmsel | 45 kg of pike | 60 kg of eel\nBirken | 210 kg of pike | 480 kg of eel"
    article = replace(unstored_article(NewArticle(text, title="T"), "c"), id=ArticleId(1))
    hit = Hit(Passage(PassageId(1), article.id, Span(0, len(text))), article, text, 1.0)
    rows = [
        Evidence(article, one.span, one.core, one.text, 2.0, one)
        for one in candidates_of(hit, text, Parts(read_structure(text)), [])
        if one.is_row
    ]
    assert rows
    for row in rows:
        [again] = reread("How much eel is in the Birken?", [row], Reader())
        assert again.score >= row.score - ELSEWHERE


class Counting:
    """A cross-encoder that keeps what it has read."""

    name = "counting"

    def __init__(self):
        self.read = []

    def scores(self, question, texts):
        self.read.append(list(texts))
        return np.zeros(len(texts), dtype=np.float32)


@pytest.mark.parametrize("place", [0, 9, 29])
def test_of_many_sentences_the_cross_encoder_reads_those_with_the_words_asked(place):
    said = [f"The town of Elm {chr(65 + at)} has a mill and a market." for at in range(26)] + [TEXT] * 3
    text = " ".join([*said[:place], "The bridge of Ash was designed by Ada Berg.", *said[place:]])
    article = replace(unstored_article(NewArticle(text, title="T"), "c"), id=ArticleId(1))
    hit = Hit(Passage(PassageId(1), article.id, Span(0, len(text))), article, text, 1.0)
    reranker = Counting()
    read_evidence(
        "Who designed the bridge of Ash?",
        [hit],
        reranker=reranker,
        text_of=lambda one: text,
        speakers_of=lambda one: (),
        structure_of=lambda one: read_structure(text),
    )
    first = reranker.read[0]
    assert len(first) == A_PASSAGE * PASSAGES
    assert any("Ada Berg" in one for one in first)
