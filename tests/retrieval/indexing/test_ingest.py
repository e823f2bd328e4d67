"""An article of any length is put into the library in short slices, and whole or not at all."""

import pytest
from fakes import WordHashEncoder

from retrieval.domain.articles import NewArticle
from retrieval.indexing import ingest
from retrieval.search.searcher import Searcher
from retrieval.storage import ArticleStore, article_store
from retrieval.text import segment_words

SLICE = 200
"""Passages that one slice may make ready."""
BOOK = NewArticle(
    "\n\n".join(f"Sentence {number} is about {number % 7} of them. " * 24 for number in range(500))
)


@pytest.fixture
def store(tmp_path):
    opened = ArticleStore(tmp_path)
    yield opened
    opened.close()


def test_the_words_of_a_book_are_made_ready_in_slices_before_it_is_written(store, tmp_path, monkeypatch):
    made, while_writing = [0], []

    def counted(text):
        made[-1] += 1
        while_writing.append(store.connection.in_transaction)
        return segment_words(text)

    monkeypatch.setattr(article_store, "segment_words", counted)
    encoder = WordHashEncoder()
    encoder.encode_passages = lambda texts: [WordHashEncoder().encode_query("word")] * len(texts)
    slices = ingest(
        BOOK,
        collection="ours",
        store=store,
        searcher=Searcher(store, encoder, tmp_path / "index"),
        encoder=encoder,
        max_articles=9,
    )
    while next(slices, None) is not None:
        made.append(0)
    assert sum(made) == store.count_passages("ours") > 2 * SLICE
    assert max(made) <= SLICE
    assert not any(while_writing)
