"""The one path of a question, over sources of passages that a test makes up."""

from dataclasses import replace

import pytest
from fakes import SharedWordsReranker

from retrieval.answers.pipeline import AnswerLength, answer_from, retrieve
from retrieval.domain.articles import ArticleId, Hit, NewArticle, Passage, PassageId
from retrieval.domain.spans import Span
from retrieval.protocols import Reading
from retrieval.storage import unstored_article
from retrieval.structure import read_structure
from retrieval.text.language import WORDS_ONLY_NOTE

TEXT = "The harbor of Port Elgin was deepened by forty workers in 1911. The harbor was full of ships."
ENGLISH = "Who deepened the harbor of Port Elgin?"
GERMAN = "Wer hat den Hafen von Port Elgin damals vertieft und warum eigentlich?"


class Reprints:
    """The same passage in an article and in its reprint."""

    def __init__(self):
        self.words_only = None

    def search(self, query, *, words_only):
        self.words_only = words_only
        return [self.hit(number) for number in (1, 2)]

    def hit(self, number):
        new = NewArticle(TEXT, title="Harbor")
        article = replace(unstored_article(new, "c"), id=ArticleId(number), source=1, copies=1)
        span = Span(0, len(TEXT))
        return Hit(Passage(PassageId(number), article.id, span), article, TEXT, 1.0)

    def text_of(self, article):
        return TEXT

    def speakers_of(self, article):
        return []

    def structure_of(self, article):
        return read_structure(TEXT)


def no_reranker():
    raise AssertionError("the cross-encoder reads English only")


@pytest.mark.parametrize(("question", "words_only"), [(ENGLISH, False), (GERMAN, True)])
def test_near_duplicates_are_left_out_in_every_language(question, words_only):
    source = Reprints()
    assert [hit.article.id for hit in retrieve(question, source)] == [1]
    assert source.words_only is words_only


def test_english_is_answered_by_the_cross_encoder():
    answer = answer_from(ENGLISH, Reprints(), load_reranker=SharedWordsReranker, threshold=None)
    assert answer.statements[0].text == "The harbor of Port Elgin was deepened by forty workers in 1911."
    assert [hit.article.id for hit in answer.nearest] == [1]
    assert WORDS_ONLY_NOTE not in answer.notes


def test_another_language_is_answered_by_words_and_loads_no_model():
    answer = answer_from(GERMAN, Reprints(), load_reranker=no_reranker, threshold=None)
    assert answer.notes[0] == WORDS_ONLY_NOTE


def test_the_length_bounds_the_sentences():
    for sentences in (1, 2):
        length = AnswerLength(sentences=sentences, close=100.0)
        answer = answer_from(
            ENGLISH, Reprints(), load_reranker=SharedWordsReranker, threshold=-100.0, length=length
        )
        assert len(answer.statements) == sentences


class FarReranker:
    """Finds nothing that comes near."""

    def scores(self, query, texts):
        return [-9.0] * len(texts)


def test_what_comes_near_and_does_not_answer_is_unsure_with_one_sentence():
    answer = answer_from(ENGLISH, Reprints(), load_reranker=SharedWordsReranker, threshold=100.0)
    assert (answer.state, answer.found, answer.statements) == ("unsure", False, ())
    assert answer.near.text == "The harbor of Port Elgin was deepened by forty workers in 1911."
    assert [one.number for one in answer.citations] == [1]
    assert answer.shown_statements == (answer.near,)


def test_what_is_far_is_not_found():
    answer = answer_from(ENGLISH, Reprints(), load_reranker=FarReranker, threshold=None)
    assert (answer.state, answer.near, answer.citations) == ("not_found", None, ())
    assert answer.nearest


class FindsWorkers:
    """A reader that finds "forty workers", as surely as it is made."""

    name = "workers"

    def __init__(self, score):
        self.score = score

    def read(self, question, passages):
        found = [passage.index("forty workers") for passage in passages]
        return [Reading(self.score, start, start + len("forty workers")) for start in found]


@pytest.mark.parametrize(("score", "marked"), [(3.0, ("forty workers",)), (-30.0, None)])
def test_the_reader_marks_the_words_that_answer_or_refuses(score, marked):
    answer = answer_from(
        ENGLISH,
        Reprints(),
        load_reranker=SharedWordsReranker,
        threshold=None,
        load_reader=lambda: FindsWorkers(score),
    )
    assert answer.found is (marked is not None)
    assert [one.emphasis for one in answer.statements][:1] == ([marked] if marked else [])
