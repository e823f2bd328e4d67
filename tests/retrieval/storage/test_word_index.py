"""The full text of one collection."""

import random

import numpy as np
import pytest

from retrieval.domain import NewArticle, Span
from retrieval.protocols import Encoded
from retrieval.runtime import complete
from retrieval.storage import ArticleStore, NewPassage, passage_rows
from retrieval.storage.word_index import FEW_PASSAGES

WORDS = ["harbor", "pier", "council", "vote", "ferry", "storm", "lighthouse", "grain", "tax", "bridge"]
PASSAGES = 4


@pytest.fixture
def store(tmp_path):
    opened = ArticleStore(tmp_path)
    chance = random.Random(3)
    for number in range(FEW_PASSAGES):
        parts = [" ".join(chance.choices(WORDS, k=chance.randint(3, 30))) + "." for _ in range(PASSAGES)]
        text, passages = "", []
        for part in parts:
            passages.append(NewPassage(Span(len(text), len(text) + len(part)), Encoded(np.zeros(4), None)))
            text += part + "\n"
        new = NewArticle(text, title=f"Article {number}", given_id=str(number))
        opened.insert("ours", new, complete(passage_rows(new, passages)), [], signature=None)
    yield opened
    opened.close()


@pytest.mark.parametrize("count", [0, 1, 3, FEW_PASSAGES // PASSAGES, FEW_PASSAGES - 1, FEW_PASSAGES])
@pytest.mark.parametrize("query", ['"harbor"', '"storm" OR "taxes"', '"nowhere"'])
def test_a_search_in_some_articles_is_the_search_in_all_without_the_others(store, count, query):
    among = [article.id for article in store.articles("ours")][:count]
    ids = set(store.passage_ids_of(among))
    every = store.words_matching("ours", query, 10_000)
    found = store.words_matching("ours", query, 10_000, among)
    assert dict(found) == pytest.approx({one: score for one, score in every if one in ids})
    scores = [score for _, score in found]
    assert scores == sorted(scores, reverse=True)
    assert store.words_matching("ours", query, 2, among) == found[:2]


def test_passages_of_an_article_follow_its_text(store):
    for article in store.articles("ours"):
        spans = [passage.span for passage, _ in store.passages(store.passage_ids_of([article.id])).values()]
        assert spans == sorted(spans)
        assert len(spans) == PASSAGES
