"""Everything that is slow, behind the lane: models, index and database, each opened when first needed.

Every method runs on the lane's thread, one at a time; the ``Librarian`` is its only caller.
"""

from collections.abc import Callable, Generator
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path

from retrieval.answer_records import NEAREST_KEPT, AnswerRecords
from retrieval.copies import without_copies
from retrieval.domain import (
    Answer,
    Article,
    CheckReport,
    Citation,
    Context,
    Filters,
    Hit,
    Quotation,
    Span,
    Summary,
)
from retrieval.errors import ArticleNotFound, IndexMismatch
from retrieval.extractive_answerer import ExtractiveAnswerer
from retrieval.housekeeping import check_library, rebuild_library
from retrieval.language import WORDS_ONLY_NOTE, is_english
from retrieval.messages import message
from retrieval.opinion_store import OpinionStore
from retrieval.passages import VERSION as PASSAGES_VERSION
from retrieval.people_named import said_by
from retrieval.seams import ABOUT, Answerer, Encoder, Fetched, Reranker
from retrieval.search import Searcher, fingerprint_of, note_fingerprint, noted_fingerprint
from retrieval.settings import LibrarySettings
from retrieval.store import ArticleStore
from retrieval.summaries import Length
from retrieval.summarizing import summarized
from retrieval.text import sentences
from retrieval.tokenization import content_words
from retrieval.upkeep_store import UpkeepStore
from retrieval.urls import canonical_url
from retrieval.words_answerer import WordsAnswerer

QUOTATIONS_READ = 40
"""Quotations the cross-encoder reads for a query: half a second at most."""
SEARCHED_ARTICLES = 10
"""Articles a question's passages may come from."""


class Workshop:
    """One library with its tools. Not thread-safe."""

    def __init__(
        self,
        settings: LibrarySettings,
        *,
        load_encoder: Callable[[], Encoder],
        load_reranker: Callable[[], Reranker],
    ) -> None:
        self.settings = settings
        self._load_encoder = load_encoder
        self._load_reranker = load_reranker

    @property
    def folder(self) -> Path:
        """Where the library is."""
        return self.settings.data_dir

    @cached_property
    def store(self) -> ArticleStore:
        """The database; opened by the first who needs it."""
        return ArticleStore(self.folder)

    @cached_property
    def records(self) -> AnswerRecords:
        """The answers that were given."""
        return AnswerRecords(self.store)

    @cached_property
    def opinions(self) -> OpinionStore:
        """What readers think of the answers."""
        return OpinionStore(self.store)

    @cached_property
    def upkeep(self) -> UpkeepStore:
        """Corrections by people, and when pages were last looked at."""
        return UpkeepStore(self.store)

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder, checked against the stored vectors.

        Raises:
            IndexMismatch: The library's vectors were made by another one.
        """
        encoder = self._load_encoder()
        noted = noted_fingerprint(self.store)
        if noted is None:
            note_fingerprint(self.store, fingerprint_of(encoder))
        elif noted != fingerprint_of(encoder):
            raise IndexMismatch(
                message(
                    "This library was made with the encoder {old_encoder!r} (passages version "
                    "{old_version}); now it is {encoder!r} (version {version}). Run 'footnote rebuild', or "
                    "set FOOTNOTE_ENCODER back.",
                    old_encoder=noted.encoder,
                    old_version=noted.passages_version,
                    encoder=encoder.name,
                    version=PASSAGES_VERSION,
                )
            )
        return encoder

    @cached_property
    def reranker(self) -> Reranker:
        """The cross-encoder."""
        return self._load_reranker()

    @cached_property
    def searcher(self) -> Searcher:
        """The search over this library."""
        return Searcher(self.store, self.encoder, self.folder / "index")

    @cached_property
    def answerer(self) -> Answerer:
        """Who answers when the models know the language."""
        return ExtractiveAnswerer(
            self.reranker,
            text_of=self.store.text,
            speakers_of=self.store.speakers,
            threshold=self.settings.answer_threshold,
        )

    def as_fetched(self, name: str, body: bytes) -> Fetched:
        """Describe a local file or upload the way a fetched page is described."""
        return Fetched(body=body, url=name, content_type="")

    # -- questions ---------------------------------------------------------

    def ask(self, question: str, *, collection: str, filters: Filters) -> Answer:
        """Return the answer, with the size of the library that was asked."""
        size = self.store.count(collection)
        if size == 0:
            return Answer(question=question)
        english = is_english(question)
        searcher, answerer = self.searcher, self.answerer  # may load models and write: before the snapshot
        with self.store.snapshot():
            hits = searcher.search(
                question,
                collection=collection,
                articles=SEARCHED_ARTICLES,
                filters=filters,
                words_only=not english,
            )
            hits = without_copies(hits)
            if english:
                answer = answerer.answer(question, hits)
            else:
                answer = WordsAnswerer(text_of=self.store.text).answer(question, hits)
                answer = replace(answer, notes=(WORDS_ONLY_NOTE, *answer.notes))
        return replace(answer, nearest=answer.nearest[:NEAREST_KEPT], library_size=size)

    def search(self, query: str, *, collection: str, limit: int, filters: Filters) -> list[Hit]:
        """Return passages up to the one that names the last of *limit* articles."""
        if self.store.count(collection) == 0:
            return []
        searcher = self.searcher  # may load models and write: before the snapshot
        with self.store.snapshot():
            return searcher.search(
                query,
                collection=collection,
                articles=limit,
                filters=filters,
                words_only=not is_english(query),
                exactly=True,
            )

    def summarize(
        self,
        public_id_or_url: str,
        *,
        collection: str,
        length: Length,
        words: int | None,
        focus: str | None,
    ) -> Summary:
        """Return the sentences that stand for an article."""
        article = self.find(public_id_or_url, collection)
        text = self.store.text(article.id)
        return summarized(
            article, text, length=length, words=words, focus=focus, load_reranker=lambda: self.reranker
        )

    def quotes(
        self,
        query: str | None,
        *,
        collection: str,
        speaker: str | None,
        article: str | None,
        limit: int | None,
        since: date | None,
    ) -> list[Quotation]:
        """Return quotations, best match first if there is a query."""
        row = self.find(article, collection).id if article is not None else None
        found = self.store.quotations(collection, row)
        if since:
            found = [q for q in found if q.article.published and q.article.published >= since]
        if speaker:
            found = [q for q in found if q.speaker and said_by(speaker, q.speaker)]
        if query and found:
            found = self._ranked_quotations(query, found)
        return found[:limit]

    def _ranked_quotations(self, query: str, found: list[Quotation]) -> list[Quotation]:
        """Order by the cross-encoder; leave out what shares neither a word nor the subject."""
        wanted = set(content_words(query))
        shared = {
            q: len(wanted & set(content_words(f"{q.text} {q.speaker or ''} {q.article.title}")))
            for q in found
        }
        read = sorted(found, key=lambda q: -shared[q])[:QUOTATIONS_READ]
        said = [f"{q.article.title}. {q.speaker or 'Somebody'}: {q.text}" for q in read]
        scores = dict(zip(read, self.reranker.scores(query, said), strict=True))
        kept = [q for q in read if shared[q] or scores[q] >= ABOUT]
        return sorted(kept, key=lambda q: -float(scores[q]))

    def find(self, public_id_or_url: str, collection: str) -> Article:
        """Return an article by public id or address; raises ``ArticleNotFound``."""
        if "://" in public_id_or_url:
            found = self.store.article_at(collection, canonical_url(public_id_or_url))
            if found is None:
                raise ArticleNotFound("That page is not in the library. Add it first, then try again.")
            return found
        return self.store.article(collection, public_id_or_url)

    def context(self, citation: Citation, *, collection: str, around: int) -> Context:
        """Return the sentences around a citation in the version it was cited from."""
        article = citation.article
        current = self.store.articles_by_row([article.id]).get(article.id)
        if current is None or current.collection != collection:
            raise ArticleNotFound("That article was removed from the library. Ask again for newer sources.")
        text = self.store.text(article.id, article.digest)
        start, end = surroundings(text, citation.span, around)
        return Context(
            before=text[start : citation.span.start],
            quote=citation.span.of(text),
            after=text[citation.span.end : end],
            current=current.digest == article.digest,
        )

    # -- housekeeping ------------------------------------------------------

    def remove(self, collection: str, public_id: str) -> Article:
        """Delete an article and bring a loaded index up to date."""
        article = self.store.article(collection, public_id)
        removed = self.store.remove(article)
        if "searcher" in self.__dict__:
            self.searcher.changed(collection, added=[], removed=removed)
        return article

    def forget_index(self, collection: str, row: int | None) -> None:
        """Delete the index of a collection that was deleted from this row, in memory and on the disk."""
        if "searcher" in self.__dict__:
            self.searcher.forget(collection)
        if row is not None:
            for path in (self.folder / "index").glob(f"{row}.*"):
                path.unlink(missing_ok=True)

    def check(self) -> CheckReport:
        """Read everything; needs no model."""
        return check_library(self.store, self.folder)

    def rebuild(self) -> Generator[tuple[int, int], None, CheckReport]:
        """Make everything derived anew, one article a slice."""
        encoder = self._load_encoder() if "encoder" not in self.__dict__ else self.encoder
        for derived in ("searcher", "answerer", "encoder"):
            self.__dict__.pop(derived, None)
        yield from rebuild_library(self.store, encoder, self.folder)
        self.__dict__["encoder"] = encoder
        for collection in self.store.collections():
            self.searcher.rebuild(collection)
        return self.check()

    def close(self) -> None:
        """Write the caches and close the database."""
        if "searcher" in self.__dict__:
            self.searcher.save_all()
        if "store" in self.__dict__:
            self.store.close()


def surroundings(text: str, span: Span, around: int) -> tuple[int, int]:
    """Return where *around* sentences before and after *span* begin and end."""
    spans = sentences(text)
    before = [s.start for s in spans if s.end <= span.start]
    after = [s.end for s in spans if s.start >= span.end]
    start = before[-around:][0] if before and around else span.start
    end = after[:around][-1] if after and around else span.end
    return start, end
