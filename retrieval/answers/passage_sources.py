"""Where the passages of a question can come from: the library, texts that are not kept, an earlier answer.

Each is a ``pipeline.PassageSource``. Everything here runs on the lane.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from retrieval.domain import (
    Answer,
    Article,
    ArticleId,
    Block,
    Filters,
    Hit,
    NewArticle,
    Passage,
    PassageId,
    Span,
)
from retrieval.protocols import Encoder
from retrieval.runtime import Slices
from retrieval.search import Searcher, encoded_text, max_similarities, passage_slices
from retrieval.storage import ArticleStore, unstored_article
from retrieval.structure import Structure, read_structure
from retrieval.text import content_words, sentence_slices

if TYPE_CHECKING:
    from retrieval.protocols import TokenVectors

SEARCHED_ARTICLES = 10
"""Articles a question's passages may come from."""
PASSAGES_ENCODED = 40
"""Passages of unstored texts that are encoded, some two seconds; words choose them in a longer text."""
_STRUCTURES_KEPT = 64


@lru_cache(maxsize=_STRUCTURES_KEPT)
def _read_structure(text: str, blocks: tuple[Block, ...]) -> Structure:
    return read_structure(text, blocks)


def _digest_of(store: ArticleStore, article: ArticleId) -> str:
    found = store.articles_by_row([article]).get(article)
    return "" if found is None else found.digest


_SLICE_PASSAGES = 200
"""Passages whose words are read before others get their turn."""


@dataclass(frozen=True, slots=True)
class LibraryPassages:
    """The passages of a collection, or of the articles that the filters leave."""

    store: ArticleStore
    searcher: Searcher
    collection: str
    filters: Filters
    articles: int = SEARCHED_ARTICLES

    def search(self, query: str, *, words_only: bool) -> list[Hit]:
        """Return what the index finds; raises ``ArticleNotFound`` for filters that name no article."""
        return self.searcher.search(
            query,
            collection=self.collection,
            articles=self.articles,
            filters=self.filters,
            words_only=words_only,
        )

    def text_of(self, article: ArticleId) -> str:
        """Return the stored text."""
        return self.store.text(article)

    def speakers_of(self, article: ArticleId) -> list[tuple[Span, str]]:
        """Return the stored quotations whose speaker is known."""
        return self.store.speakers(article)

    def structure_of(self, article: ArticleId) -> Structure:
        """Return the structure of the stored text."""
        digest = _digest_of(self.store, article)
        return _read_structure(self.store.text(article), self.store.blocks(article, digest))


class RecordedPassages:
    """The passages that were read for an answer, each in the version that was read."""

    def __init__(self, answer: Answer, store: ArticleStore) -> None:
        self._hits = answer.nearest
        self._versions = {hit.article.id: hit.article.digest for hit in answer.nearest}
        self._store = store

    def search(self, query: str, *, words_only: bool) -> Sequence[Hit]:
        """Return the recorded passages, whatever is asked."""
        return self._hits

    def text_of(self, article: ArticleId) -> str:
        """Return the text that was read; raises ``ArticleNotFound`` if it is gone."""
        return self._store.text(article, self._versions.get(article))

    def speakers_of(self, article: ArticleId) -> list[tuple[Span, str]]:
        """Return the quotations with speakers, which are stored for the current version only."""
        current = self._store.articles_by_row([article]).get(article)
        same = current is not None and current.digest == self._versions.get(article)
        return self._store.speakers(article) if same else []

    def structure_of(self, article: ArticleId) -> Structure:
        """Return the structure of the text that was read."""
        digest = self._versions.get(article) or _digest_of(self._store, article)
        return _read_structure(self.text_of(article), self._store.blocks(article, digest))


@dataclass(frozen=True, slots=True)
class _Unstored:
    """An article for the time of one question."""

    article: Article
    new: NewArticle
    spans: list[Span]
    """Its passages."""
    words: list[frozenset[str]]
    """The content words of each passage, its title's included."""
    speakers: list[tuple[Span, str]]


class UnstoredPassages:
    """The passages of texts that the library does not keep: a link, a file or a message."""

    def __init__(self, articles: Sequence[_Unstored], encoder: Encoder) -> None:
        self._encoder = encoder
        self._articles = {one.article.id: one for one in articles}

    @classmethod
    def read(
        cls, articles: Sequence[NewArticle], *, collection: str, encoder: Encoder
    ) -> "Slices[UnstoredPassages]":
        """Divide texts into passages, in slices: a text may be as long as an article of the library."""
        divided: list[_Unstored] = []
        for number, new in enumerate(articles, start=1):
            divided.append((yield from _divide(new, ArticleId(-number), collection, encoder)))
            yield
        return cls(divided, encoder)

    def search(self, query: str, *, words_only: bool) -> list[Hit]:
        """Return the passages, best first: by shared words, then by meaning unless *words_only*."""
        asked = set(content_words(query))
        passages = [(one, span) for one in self._articles.values() for span in one.spans]
        shared = [len(asked & words) for one in self._articles.values() for words in one.words]
        by_words = sorted(range(len(passages)), key=lambda at: -shared[at])[:PASSAGES_ENCODED]
        scores = {at: float(shared[at]) for at in by_words}
        if not words_only:
            read = [encoded_text(passages[at][0].new, passages[at][1]) for at in by_words]
            scores = dict(zip(by_words, _similarities(query, read, self._encoder), strict=True))
        return [
            Hit(
                Passage(PassageId(-at - 1), passages[at][0].article.id, passages[at][1]),
                passages[at][0].article,
                passages[at][1].of(passages[at][0].new.text),
                scores[at],
            )
            for at in sorted(by_words, key=lambda at: -scores[at])
        ]

    def text_of(self, article: ArticleId) -> str:
        """Return the text as it was given."""
        return self._articles[article].new.text

    def speakers_of(self, article: ArticleId) -> list[tuple[Span, str]]:
        """Return the quotations of the text whose speaker is known."""
        return self._articles[article].speakers

    def structure_of(self, article: ArticleId) -> Structure:
        """Return the structure of the text as it was given."""
        new = self._articles[article].new
        return _read_structure(new.text, new.blocks)


def _divide(new: NewArticle, number: ArticleId, collection: str, encoder: Encoder) -> Slices[_Unstored]:
    """Return a text with its passages and quotations."""
    from retrieval.quotes import quotation_slices  # late: the library's articles have them stored

    sentences = yield from sentence_slices(new.text)
    spans = yield from passage_slices(new.text, sentences, encoder.count_tokens)
    words: list[frozenset[str]] = []
    for at, span in enumerate(spans, start=1):
        words.append(frozenset(content_words(encoded_text(new, span))))
        if at % _SLICE_PASSAGES == 0:
            yield
    quotations = yield from quotation_slices(new.text, new.language)
    return _Unstored(
        article=replace(unstored_article(new, collection), id=number),
        new=new,
        spans=spans,
        words=words,
        speakers=[(one.span, one.speaker) for one in quotations if one.speaker],
    )


def _similarities(question: str, texts: Sequence[str], encoder: Encoder) -> list[float]:
    """Return one score a text: MaxSim of its token vectors, or the cosine if the encoder has none."""
    asked = encoder.encode_query(question)
    encoded = encoder.encode_passages(texts)
    tokens: list[TokenVectors] = [one.tokens for one in encoded if one.tokens is not None]
    if asked.tokens is not None and len(tokens) == len(encoded):
        return [float(score) for score in max_similarities(asked.tokens, tokens)]
    return [float(asked.vector @ one.vector) for one in encoded]
