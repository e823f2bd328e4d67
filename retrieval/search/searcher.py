"""Find passages: words and meaning propose, late interaction decides.

BM25 and the mean vectors propose candidates; MaxSim over token vectors orders them, with a share
of BM25 for names and numbers the model has never seen. An encoder without token vectors is
followed by reciprocal rank fusion instead.
"""

import json
from collections.abc import Generator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from retrieval.domain import Filters, Fingerprint, Hit, Passage, PassageId
from retrieval.protocols import Encoder, TokenVectors, Vector
from retrieval.runtime import stage
from retrieval.search.late_interaction import stored_similarities
from retrieval.search.passages import VERSION as PASSAGES_VERSION
from retrieval.settings import VectorSearch
from retrieval.storage import ArticleStore, PassagesVersion
from retrieval.text import words_query

if TYPE_CHECKING:
    from retrieval.search.faiss_index import FaissIndex
    from retrieval.storage import PostgresVectors

FINGERPRINT_NOTE = "fingerprint"
CANDIDATES = 50
"""Proposals from each side; 100 gave no better first passage."""
BM25_SHARE = 0.05
RANK_CONSTANT = 60
"""Of reciprocal rank fusion: Cormack, Clarke and Büttcher, SIGIR 2009."""
FEW = 1_000
"""Passages whose vectors are read for one question in the time that importing FAISS takes."""
LARGE = 200_000
"""Passages of a collection from which on PostgreSQL searches their vectors, if it has pgvector: FAISS, which
compares with every one, takes 8 ms and 150 MB of each process then; see RESULTS.md."""
OPEN_INDEXES = 32
"""Collections whose index stays in memory; the least recently used goes first."""


class Searcher:
    """Searches one library. Belongs to the lane."""

    def __init__(
        self,
        store: ArticleStore,
        encoder: Encoder,
        folder: Path,
        *,
        one_shot: bool = False,
        vector_search: VectorSearch = "automatic",
    ) -> None:
        """Search *store* with the indexes in *folder*.

        *one_shot*: the process may end after one question, so the first one of a small collection is
        compared with every stored vector instead of importing FAISS and reading an index.
        *vector_search*: what finds the nearest vectors: FAISS, in the memory of the process; pgvector, in
        PostgreSQL; or pgvector for large collections alone.
        """
        self._store = store
        self._encoder = encoder
        self._folder = folder
        self._indexes: dict[str, FaissIndex] = {}
        self._unsaved: set[str] = set()
        self._versions: dict[str, PassagesVersion | None] = {}
        """Of the passages that each index holds."""
        self._newest: dict[str, int] = {}
        """Number of the newest passage in each index; what others add has higher ones."""
        self._one_shot = one_shot
        self._vector_search = vector_search

    @property
    def fingerprint(self) -> Fingerprint:
        """What makes the vectors of this library."""
        return fingerprint_of(self._encoder)

    @stage("search")
    def search(
        self,
        query: str,
        *,
        collection: str,
        articles: int,
        filters: Filters,
        words_only: bool = False,
        exactly: bool = False,
    ) -> list[Hit]:
        """Return passages, best first, enough of them to name *articles* articles if there are as many.

        *exactly*: and none of any other article, which spares reading them.
        """
        most = articles if exactly else None
        among = self._store.filter_articles(collection, filters)
        wanted = max(CANDIDATES, 2 * articles)
        by_words = self._store.words_matching(collection, words_query(query), wanted, among)
        if words_only:
            return self._hits([one for one, _ in by_words], [score for _, score in by_words], most)
        encoded = self._encoder.encode_query(query)
        passages = None if among is None else self._store.passage_ids_of(among)
        by_meaning = self._nearest(collection, encoded.vector, wanted, passages)
        if encoded.tokens is None:
            return self._hits(*_fuse_rankings(by_words, by_meaning), most)
        return self._by_late_interaction(encoded.tokens, by_words, by_meaning, most)

    def _nearest(
        self, collection: str, vector: Vector, limit: int, among: Sequence[PassageId] | None
    ) -> list[tuple[PassageId, float]]:
        """Return up to *limit* passages by inner product, best first."""
        kept = self._in_database(collection)
        if kept is not None and kept.is_made():
            return kept.search(vector, limit, among=among)
        first, self._one_shot = self._one_shot, False
        if not first or self._indexes or self._store.count_passages(collection) > FEW:
            return self.index(collection).search(vector, limit, among=among)
        ids = self._store.passage_ids(collection) if among is None else among
        found, vectors = self._store.vectors(ids, self._encoder.dimension)
        scores = vectors @ vector
        return [(found[at], float(scores[at])) for at in np.argsort(-scores, kind="stable")[:limit]]

    def _in_database(self, collection: str) -> "PostgresVectors | None":
        """Return the vectors of a collection in the database, if it can hold them and is meant to."""
        number = None if self._vector_search == "faiss" else self._store.collection_id(collection)
        return None if number is None else self._store.vectors_in_database(number)

    def make_vectors(self) -> Generator[tuple[int, int], None, None]:
        """Let PostgreSQL search the collections that it should, outside of snapshots; long for a large one.

        Raises:
            StorageError: It is set to, and cannot.
        """
        for collection in self._store.collections():
            kept = self._in_database(collection)
            if kept is None or kept.is_made():
                continue
            is_large = self._store.count_passages(collection) > LARGE and kept.can_be_made()
            if is_large or self._vector_search == "pgvector":
                yield from self._store.make_vectors(collection, self._encoder.dimension)

    def index(self, collection: str) -> "FaissIndex":
        """Return the collection's index, in step with the database."""
        version = self._store.passages_version(collection)  # first: what is written now is seen next time
        index = self._indexes.pop(collection, None)
        if index is not None:
            self._catch_up(collection, index, version)
        else:
            # Late: most commands search nothing, and need not wait for FAISS.
            from retrieval.search.faiss_index import FaissIndex, load_index

            passages = self._store.count_passages(collection)
            index = load_index(self._path(collection), self.fingerprint, passages=passages) or FaissIndex(
                self._encoder.dimension
            )
            self._refresh(collection, index, version)
            self._indexes[collection] = index
            self.save(collection)  # now: what cannot be written is said before an answer, not after it
        self._indexes[collection] = index  # most recently used last
        while len(self._indexes) > OPEN_INDEXES:
            oldest = next(iter(self._indexes))
            self.save(oldest)
            del self._indexes[oldest]
        return index

    def update_index(
        self, collection: str, *, added: Sequence[PassageId], removed: Sequence[PassageId]
    ) -> None:
        """Bring a loaded index up to date after a write of our own."""
        index = self._indexes.get(collection)
        if index is None:
            return
        version, held = self._store.passages_version(collection), self._versions[collection]
        if version is None or held is None or version.version != held.version + 1:
            self._catch_up(collection, index, version)  # others wrote as well
            return
        self._versions[collection] = version
        self._newest[collection] = max((self._newest[collection], *added))
        index.remove(removed)
        index.add(*self._store.vectors(added, self._encoder.dimension))
        self._unsaved.add(collection)

    def refresh_if_open(self, collection: str) -> None:
        """Bring a loaded index up to date before anybody asks, because another process wrote."""
        if collection in self._indexes:
            self._catch_up(collection, self._indexes[collection], self._store.passages_version(collection))

    @property
    def open_collections(self) -> tuple[str, ...]:
        """Collections whose index is loaded."""
        return tuple(self._indexes)

    def save(self, collection: str) -> None:
        """Write a loaded index if it changed."""
        if collection in self._unsaved:
            if self._store.collection_id(collection) is not None:  # else it was deleted by another process
                self._indexes[collection].save(self._path(collection), self.fingerprint)
            self._unsaved.discard(collection)

    def forget(self, collection: str) -> None:
        """Drop the index of a collection that was deleted."""
        self._indexes.pop(collection, None)
        self._unsaved.discard(collection)

    def save_all(self) -> None:
        """Write every changed index."""
        for collection in tuple(self._unsaved):
            self.save(collection)

    def rebuild(self, collection: str) -> None:
        """Make a collection's index anew from the vectors in the database."""
        kept = self._in_database(collection)
        if kept is not None and kept.is_made():
            return
        from retrieval.search.faiss_index import FaissIndex

        index = FaissIndex(self._encoder.dimension)
        self._refresh(collection, index, self._store.passages_version(collection))
        self._indexes[collection] = index
        self._unsaved.add(collection)
        self.save(collection)

    def _catch_up(self, collection: str, index: "FaissIndex", version: PassagesVersion | None) -> None:
        """Bring an index up to date if another process wrote, reading no more than it has to."""
        held = self._versions[collection]
        if version == held:
            return
        if version is None or held is None or (version.row, version.removals) != (held.row, held.removals):
            self._refresh(collection, index, version)
            return
        self._versions[collection] = version
        added = self._store.passage_ids(collection, after=self._newest[collection])
        if added:
            index.add(*self._store.vectors(added, self._encoder.dimension))
            self._newest[collection] = added[-1]
            self._unsaved.add(collection)

    def _refresh(self, collection: str, index: "FaissIndex", version: PassagesVersion | None) -> None:
        """Compare an index with all passages of its collection, which has at least this *version*."""
        ids = self._store.passage_ids(collection)
        held, wanted = index.ids(), set(ids)
        missing = sorted(wanted - held)
        index.remove(sorted(held - wanted))
        index.add(*self._store.vectors(missing, self._encoder.dimension))
        self._versions[collection], self._newest[collection] = version, ids[-1] if ids else 0
        if held != wanted:
            self._unsaved.add(collection)

    def _path(self, collection: str) -> Path:
        return self._folder / f"{self._store.collection_id(collection) or 0}.faiss"

    def _by_late_interaction(
        self,
        question: TokenVectors,
        by_words: Sequence[tuple[PassageId, float]],
        by_meaning: Sequence[tuple[PassageId, float]],
        most: int | None,
    ) -> list[Hit]:
        words = dict(by_words)
        candidates = list({**words, **dict(by_meaning)})
        stored = self._store.passages(candidates)
        candidates = [one for one in candidates if one in stored]
        similar = stored_similarities(question, [stored[one][1] or b"" for one in candidates])
        best = max(words.values(), default=1.0) or 1.0
        scores = {
            one: float(score) + BM25_SHARE * words.get(one, 0.0) / best
            for one, score in zip(candidates, similar, strict=True)
        }
        ranked = sorted(candidates, key=lambda one: -scores[one])
        return self._hits(ranked, [scores[one] for one in ranked], most, stored)

    def _hits(
        self,
        ids: Sequence[PassageId],
        scores: Sequence[float],
        most: int | None,
        stored: dict[PassageId, tuple[Passage, bytes | None]] | None = None,
    ) -> list[Hit]:
        """Return hits of the first *most* articles; *stored* is what the database holds, if that was read."""
        stored = self._store.passages(ids) if stored is None else stored
        rows = list(dict.fromkeys(stored[one][0].article_id for one in ids if one in stored))
        articles = self._store.articles_by_row(rows[:most])
        texts = self._store.texts(list(articles))
        hits = []
        for one, score in zip(ids, scores, strict=True):
            if one in stored and stored[one][0].article_id in texts:
                passage = stored[one][0]
                article = articles[passage.article_id]
                hits.append(Hit(passage, article, passage.span.of(texts[article.id]), score))
        return hits


def fingerprint_of(encoder: Encoder) -> Fingerprint:
    """Return what must match for stored vectors to be comparable with new ones."""
    return Fingerprint(encoder.name, encoder.dimension, encoder.token_dimension, PASSAGES_VERSION)


def read_fingerprint(store: ArticleStore) -> Fingerprint | None:
    """Return what made the vectors of this library; ``None`` before the first."""
    noted = store.note(FINGERPRINT_NOTE)
    return Fingerprint(**json.loads(noted)) if noted else None


def note_fingerprint(store: ArticleStore, fingerprint: Fingerprint) -> None:
    """Keep what made the vectors beside them."""
    store.set_note(FINGERPRINT_NOTE, json.dumps(asdict(fingerprint)))


def _fuse_rankings(
    *rankings: Sequence[tuple[PassageId, float]],
) -> tuple[list[PassageId], list[float]]:
    scores: dict[PassageId, float] = {}
    for ranking in rankings:
        for rank, (one, _) in enumerate(ranking, start=1):
            scores[one] = scores.get(one, 0.0) + 1.0 / (RANK_CONSTANT + rank)
    ranked = sorted(scores, key=lambda one: -scores[one])
    return ranked, [scores[one] for one in ranked]
