"""What a search finds is the same with and without FAISS."""

import sys

import pytest
from fakes import WordHashEncoder, small_library

from retrieval.domain.articles import Filters, NewArticle
from retrieval.search import searcher
from retrieval.search.searcher import Searcher
from retrieval.storage import ArticleStore

QUERY = "the bridge over the river"


@pytest.fixture
async def library(tmp_path):
    async with small_library(tmp_path) as librarian:
        for number, what in enumerate(("bridge", "river", "harbor", "mill", "tower")):
            text = f"The {what} was built in 19{number}1. Nobody paid for the {what}, and it fell."
            await librarian.articles.add(NewArticle(text, title=f"The {what}"), collection="ours")
    return tmp_path


def search(store, folder, *, one_shot, filters=Filters(), times=1):  # noqa: B008 - frozen and empty
    found = Searcher(store, WordHashEncoder(), folder / "index", one_shot=one_shot)
    for _ in range(times):
        hits = found.search(QUERY, collection="ours", articles=3, filters=filters)
    return [(hit.passage.id, round(hit.score, 5)) for hit in hits], found


def without_faiss(monkeypatch):
    monkeypatch.delitem(sys.modules, "retrieval.search.faiss_index", raising=False)
    monkeypatch.setitem(sys.modules, "faiss", None)  # an import of it fails


@pytest.mark.parametrize("filters", [Filters(), Filters(article_ids=("a2", "a4"))], ids=["all", "some"])
async def test_the_first_question_of_a_short_process_needs_no_faiss(library, monkeypatch, filters):
    store = ArticleStore(library)
    expected, _ = search(store, library, one_shot=False, filters=filters)
    without_faiss(monkeypatch)
    found, _ = search(store, library, one_shot=True, filters=filters)
    assert found == expected
    assert found
    store.close()


async def test_the_second_question_uses_the_index(library):
    store = ArticleStore(library)
    first, once = search(store, library, one_shot=True)
    assert once._indexes == {}
    second, twice = search(store, library, one_shot=True, times=2)
    assert list(twice._indexes) == ["ours"]
    assert first == second
    store.close()


async def test_a_large_collection_is_searched_in_the_index_at_once(library, monkeypatch):
    monkeypatch.setattr(searcher, "FEW", 2)
    store = ArticleStore(library)
    _, found = search(store, library, one_shot=True)
    assert list(found._indexes) == ["ours"]
    store.close()
