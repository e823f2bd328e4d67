"""Vectors that PostgreSQL searches itself."""

import numpy as np
import pytest
from fakes import WordHashEncoder, small_library

from retrieval.domain import Filters, NewArticle, Span
from retrieval.errors import StorageError
from retrieval.protocols import Encoded
from retrieval.runtime import complete
from retrieval.search import Searcher, searcher
from retrieval.storage import ArticleStore, NewPassage, passage_rows

pytestmark = pytest.mark.wire
DIMENSION = 16


def add(store, count, *, collection="ours", seed=1):
    """Add articles of three passages each with vectors of their own."""
    random = np.random.default_rng(seed)
    for number in range(count):
        new = NewArticle(f"{seed} {number} one.\ntwo.\nthree.", title=f"{seed} {number}")
        vectors = random.standard_normal((3, DIMENSION)).astype(np.float32)
        passages = [
            NewPassage(Span(at, at + 4), Encoded(one / np.linalg.norm(one), None))
            for at, one in enumerate(vectors)
        ]
        store.insert(collection, new, complete(passage_rows(new, passages)), [], signature=None)


@pytest.fixture
def store(tmp_path, postgres_url):
    opened = ArticleStore(tmp_path, postgres_url)
    add(opened, 40)
    add(opened, 5, collection="others", seed=2)
    yield opened
    opened.close()


def kept(store, collection="ours"):
    return store.vectors_in_database(store.collection_id(collection))


def make(store):
    return list(store.make_vectors("ours", DIMENSION))


def exact(store, question, limit, among=None):
    ids, vectors = store.vectors(among or store.passage_ids("ours"), DIMENSION)
    order = np.argsort(-(vectors @ question), kind="stable")[:limit]
    return [ids[at] for at in order]


def questions(count=10):
    made = np.random.default_rng(9).standard_normal((count, DIMENSION)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def test_it_finds_the_nearest_of_its_collection(store):
    assert make(store)[-1] == (120, 120)
    for question in questions():
        found = kept(store).search(question, 10)
        assert [one for one, _ in found] == exact(store, question, 10)
        assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


def test_it_finds_the_nearest_of_the_passages_that_a_filter_leaves(store):
    make(store)
    among = store.passage_ids("ours")[7:50:2]
    for question in questions():
        assert [one for one, _ in kept(store).search(question, 5, among=among)] == exact(
            store, question, 5, among
        )
    assert kept(store).search(questions(1)[0], 5, among=[]) == []


def test_it_follows_what_is_written_and_deleted(store):
    make(store)
    gone = store.articles("ours")[3]
    removed = store.remove(gone)
    add(store, 3, seed=5)
    assert kept(store).find_missing() == []
    found = {one for one, _ in kept(store).search(questions(1)[0], 1_000)}
    assert found == set(store.passage_ids("ours"))
    assert not found & set(removed)


def test_making_it_goes_on_where_it_was_broken_off(store, monkeypatch):
    monkeypatch.setattr("retrieval.storage.article_store._VECTORS_A_SLICE", 50)
    made = store.make_vectors("ours", DIMENSION)
    assert [next(made), next(made)] == [(0, 120), (50, 120)]
    made.close()
    assert not kept(store).is_made()
    add(store, 2, seed=3)  # begun: what is written meanwhile goes in
    assert make(store)[0] == (0, 70)
    assert kept(store).is_made()
    assert len(kept(store).search(questions(1)[0], 1_000)) == 126


def test_an_index_that_was_not_finished_is_made_anew(store):
    make(store)
    store.connection.execute(
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'vectors_1_nearest'::regclass"
    )
    assert not kept(store).is_made()
    make(store)
    assert kept(store).is_made()


def test_it_is_deleted_with_its_collection(store):
    make(store)
    with store.transaction():
        store.drop_indexes(store.collection_id("ours"))
    assert not kept(store).is_begun()


def test_sqlite_cannot(tmp_path):
    store = ArticleStore(tmp_path)
    add(store, 1)
    with pytest.raises(StorageError, match="FOOTNOTE_VECTOR_SEARCH=faiss"):
        list(store.make_vectors("ours", DIMENSION))
    store.close()


@pytest.mark.parametrize(("how", "large", "is_made"), [
    ("automatic", 200_000, False), ("automatic", 2, True), ("pgvector", 200_000, True), ("faiss", 2, False),
])  # fmt: skip
def test_which_collections_are_searched_so_is_set_or_follows_from_their_size(
    store, tmp_path, monkeypatch, how, large, is_made
):
    monkeypatch.setattr(searcher, "LARGE", large)

    class Encoder(WordHashEncoder):
        dimension = DIMENSION

    list(Searcher(store, Encoder(), tmp_path, vector_search=how).make_vectors())
    assert kept(store).is_made() is is_made


async def test_questions_are_answered_with_it(tmp_path, postgres_url):
    async with small_library(tmp_path, database_url=postgres_url, vector_search="pgvector") as library:
        added = await library.articles.add(
            NewArticle("The lighthouse of Aden was lit in 1867. Its keeper climbed 190 steps."),
            collection="ours",
        )
        await library.articles.add(NewArticle("The mill ground grain until 1901."), collection="ours")
    async with small_library(tmp_path, database_url=postgres_url, vector_search="pgvector") as library:
        hits = await library.answers.search("lighthouse steps", collection="ours", limit=5)
        assert hits[0].article.id == added.article.id
        only = Filters(article_ids=(added.article.public_id,))
        hits = await library.answers.search("mill grain", collection="ours", limit=5, filters=only)
        assert {hit.article.id for hit in hits} == {added.article.id}
        store = library.resources.store
        assert store.vectors_in_database(store.collection_id("ours")).is_made()
        await library.maintenance.rebuild()
        assert store.vectors_in_database(store.collection_id("ours")).is_made()
    assert not list(tmp_path.rglob("*.faiss"))
