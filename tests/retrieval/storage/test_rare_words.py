"""Searches of large collections look passages up by the rarer words of a question."""

import random

import numpy as np
import pytest

from retrieval.domain import NewArticle, Span
from retrieval.protocols import Encoded
from retrieval.runtime import complete
from retrieval.storage import ArticleStore, NewPassage, passage_rows, postgresql_words, word_index

COMMON = ["harbor", "pier", "council", "vote"]
RARE = ["ferry", "storm", "lighthouse", "grain", "tax", "bridge"]
QUERY = '"harbor" OR "council" OR "ferry" OR "storms" OR "pier"'


@pytest.fixture
def store(tmp_path, url):
    opened = ArticleStore(tmp_path, url)
    chance = random.Random(5)
    for number in range(60):
        parts = [
            " ".join(chance.choices(COMMON, k=12) + chance.choices(RARE, k=chance.randint(0, 1)))
            for _ in "abc"
        ]
        text = "\n".join(parts)
        passages = [
            NewPassage(Span(at, at + len(part)), Encoded(np.zeros(4), None))
            for at, part in ((text.index(part), part) for part in parts)
        ]
        new = NewArticle(text, title=f"Article {number}", given_id=str(number))
        opened.insert("ours", new, complete(passage_rows(new, passages)), [], signature=None)
    yield opened
    opened.close()


def few(monkeypatch):
    monkeypatch.setattr(word_index, "MANY_PASSAGES", 20)
    monkeypatch.setattr(word_index, "RARE_PASSAGES", 60)
    monkeypatch.setattr(postgresql_words, "_RARE_PASSAGES", 60)
    monkeypatch.setattr(postgresql_words, "_RANKED", 15)


def test_the_best_are_the_best_of_all_with_the_same_scores(store, monkeypatch):
    every = store.words_matching("ours", QUERY, 1_000)
    few(monkeypatch)
    found = store.words_matching("ours", QUERY, 10)
    assert [score for _, score in found] == pytest.approx([score for _, score in every[:10]], rel=1e-3)


def test_a_question_of_common_words_alone_finds_passages(store, monkeypatch):
    few(monkeypatch)
    assert len(store.words_matching("ours", '"harbor" OR "council" OR "pier"', 10)) == 10


def test_articles_that_are_asked_are_looked_up_by_all_words(store, monkeypatch):
    few(monkeypatch)
    among = [article.id for article in store.articles("ours")]
    assert len(store.words_matching("ours", QUERY, 1_000, among)) == 180


def test_a_word_asked_twice_counts_twice(store):
    once, twice = (dict(store.words_matching("ours", one, 5)) for one in ('"storm"', '"storm" OR "storms"'))
    assert {one: pytest.approx(2 * score, rel=1e-3) for one, score in once.items()} == twice
