"""Which passages a refusal shows: those about what the question names."""

from datetime import UTC, datetime

import pytest

from retrieval.answers import near_sentences
from retrieval.domain import Article, ArticleId, Hit, Passage, PassageId, Span

ERUPTION = "The weather was cold. In April 1815 Mount Tambora erupted. Many died."


def hit(number, text):
    article = Article(
        id=ArticleId(number),
        collection="guild:1",
        public_id=f"a{number}",
        title="A report",
        author=None,
        site=None,
        url=None,
        published=None,
        added_at=datetime(2026, 6, 7, tzinfo=UTC),
        language=None,
        digest=str(number),
        chars=len(text),
    )
    return Hit(Passage(PassageId(number), article.id, Span(0, len(text))), article, text, 1.0)


def test_the_sentence_that_shares_most_words_is_shown():
    [(_, sentence)] = near_sentences("When did Vesuvius erupt?", [hit(1, ERUPTION)], 2)
    assert sentence == "In April 1815 Mount Tambora erupted."


@pytest.mark.parametrize("question", ["Who won the football world cup in 2018?", "Who paints?", "?"])
def test_a_passage_about_something_else_is_not_near(question):
    assert near_sentences(question, [hit(1, ERUPTION)], 2) == []


def test_an_article_is_shown_once_and_no_more_than_asked_for():
    hits = [hit(1, ERUPTION), hit(1, ERUPTION), hit(2, ERUPTION), hit(3, ERUPTION)]
    shown = near_sentences("When did Tambora erupt?", hits, 2)
    assert [one.article.id for one, _ in shown] == [1, 2]
