"""The only way into the library.

Async, because callers wait for the network and for their turn; everything that burns CPU runs on
the lane. One librarian a process. Discord is unknown here: a collection is a plain string.
"""

from collections.abc import AsyncIterator, Callable, Generator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from retrieval.catalog import Catalog
from retrieval.domain import (
    Added,
    Answer,
    Article,
    CheckReport,
    Citation,
    Context,
    Corrections,
    Filters,
    Hit,
    NewArticle,
    Quotation,
    Summary,
)
from retrieval.errors import ArticleNotFound, SourceRefused
from retrieval.ingest import corrected, ingest
from retrieval.lane import Lane, Priority
from retrieval.progress import reporting, tell
from retrieval.questions import checked_question
from retrieval.seams import Extractor, Fetcher, OnPlace, OnProgress
from retrieval.summaries import Length
from retrieval.urls import canonical_url
from retrieval.workshop import Workshop

T = TypeVar("T")


class Librarian:
    """Adds articles, answers questions about them, summarizes, and finds who said what."""

    def __init__(self, *, lane: Lane, workshop: Workshop, fetcher: Fetcher, extractor: Extractor) -> None:
        """Use ``wiring.open_librarian`` instead of building one by hand."""
        self._lane = lane
        self._workshop = workshop
        self._fetcher = fetcher
        self._extractor = extractor
        self._catalog = Catalog(workshop.folder)

    @property
    def folder(self) -> Path:
        """Where the library is."""
        return self._workshop.folder

    @property
    def workshop(self) -> Workshop:
        """The parts behind the lane, for measurements; nothing else may touch them from outside."""
        return self._workshop

    async def warm_up(self, on_progress: OnProgress | None = None) -> None:
        """Load the models now, some 10 s, instead of at the first question."""
        tell(on_progress, "Loading the models", 0, 2)
        await self._lane.run(lambda: self._workshop.encoder)
        tell(on_progress, "Loading the models", 1, 2)
        await self._lane.run(lambda: self._workshop.reranker)
        tell(on_progress, "Loading the models", 2, 2)

    # -- articles in -------------------------------------------------------

    async def add(
        self, article: NewArticle, *, collection: str, on_progress: OnProgress | None = None
    ) -> Added:
        """Add a text exactly as it is given.

        Raises:
            NotReadable: It holds no text.
            LibraryFull: No room.
        """
        if article.url:
            article = replace(article, url=canonical_url(article.url))

        def slices() -> Generator[tuple[int, int], None, Added]:
            workshop = self._workshop
            return ingest(
                article,
                collection=collection,
                store=workshop.store,
                searcher=workshop.searcher,
                encoder=workshop.encoder,
                max_articles=workshop.settings.max_articles,
            )

        started = await self._import(slices)
        return await self._lane.run_in_slices(reporting(started, on_progress), priority=Priority.IMPORT)

    async def add_url(
        self,
        url: str,
        *,
        collection: str,
        corrections: Corrections = Corrections(),  # noqa: B008 - frozen and empty
        on_progress: OnProgress | None = None,
    ) -> Added:
        """Fetch a page or file behind every guard, take the article out of it, add it.

        Raises:
            SourceRefused, SourceUnavailable, NotReadable, LibraryFull: What their names say.
        """
        tell(on_progress, "Fetching the page", 0, 0)
        fetched = await self._fetcher.fetch(url)
        tell(on_progress, "Reading the page", 0, 0)
        found = await self._extractor.extract(fetched)
        return await self.add(corrected(found, corrections), collection=collection, on_progress=on_progress)

    async def add_file(
        self,
        name: str,
        body: bytes,
        *,
        collection: str,
        corrections: Corrections = Corrections(),  # noqa: B008 - frozen and empty
        on_progress: OnProgress | None = None,
    ) -> Added:
        """Take the article out of a file's bytes and add it; *name* and bytes decide its kind.

        Raises:
            SourceRefused: No kind of file that is read, or too large.
            NotReadable, LibraryFull: What their names say.
        """
        limit = self._workshop.settings.max_article_bytes
        if len(body) > limit:
            raise SourceRefused(
                f"{name} has {len(body):,} bytes; up to {limit:,} are read. "
                "Split it, or paste the part you need."
            )
        tell(on_progress, f"Reading {name}", 0, 0)
        found = await self._extractor.extract(self._workshop.as_fetched(name, body))
        return await self.add(corrected(found, corrections), collection=collection, on_progress=on_progress)

    async def remove(self, public_id: str, *, collection: str) -> Article:
        """Delete an article for good; return what it was.

        Raises:
            ArticleNotFound: There is none under this id.
        """
        return await self._lane.run(lambda: self._workshop.remove(collection, public_id))

    # -- articles out ------------------------------------------------------

    async def articles(self, *, collection: str, offset: int = 0, limit: int = 50) -> list[Article]:
        """Return articles, newest first."""
        return await self._lane.run(
            lambda: self._workshop.store.articles(collection, offset=offset, limit=limit)
        )

    async def count(self, *, collection: str) -> int:
        """Return how many articles a collection has."""
        return await self._lane.run(lambda: self._workshop.store.count(collection))

    async def article(self, public_id: str, *, collection: str) -> Article:
        """Return one article; raises ``ArticleNotFound``."""
        return await self._lane.run(lambda: self._workshop.store.article(collection, public_id))

    async def text(self, public_id: str, *, collection: str) -> str:
        """Return an article's stored text; raises ``ArticleNotFound``."""
        store = self._workshop
        return await self._lane.run(lambda: store.store.text(store.store.article(collection, public_id).id))

    async def suggest(self, typed: str, *, collection: str, limit: int = 25) -> list[Article]:
        """Return articles whose title or site contains what was typed; never waits for the lane."""
        return await self._catalog.suggest(typed, collection=collection, limit=limit)

    async def export(self, *, collection: str) -> AsyncIterator[tuple[Article, str]]:
        """Yield every article with its exact text, oldest first."""
        for article in reversed(await self.articles(collection=collection, limit=-1)):
            try:
                text = await self.text(article.public_id, collection=collection)
            except ArticleNotFound:  # removed since the list was made
                continue
            yield article, text

    # -- questions ---------------------------------------------------------

    async def ask(
        self,
        question: str,
        *,
        collection: str,
        filters: Filters = Filters(),  # noqa: B008 - frozen and empty
        on_place: OnPlace | None = None,
    ) -> Answer:
        """Answer from the articles, or say that they do not.

        Raises:
            BadQuestion: Not between 3 and 500 characters, or without a letter.
            ArticleNotFound: The filters name an article that is not here.
            LibraryBusy: Too many people are waiting.
        """
        question = checked_question(question)
        return await self._lane.run(
            lambda: self._workshop.ask(question, collection=collection, filters=filters), on_place=on_place
        )

    async def search(
        self,
        query: str,
        *,
        collection: str,
        limit: int = 10,
        filters: Filters = Filters(),  # noqa: B008 - frozen and empty
    ) -> list[Hit]:
        """Return passages, best first, enough of them to name *limit* articles if there are as many.

        Raises:
            BadQuestion, ArticleNotFound, LibraryBusy: As for ``ask``, but of any length.
        """
        query = checked_question(query, longest=None)
        return await self._lane.run(
            lambda: self._workshop.search(query, collection=collection, limit=limit, filters=filters)
        )

    async def summarize(
        self,
        public_id_or_url: str,
        *,
        collection: str,
        length: Length = "medium",
        words: int | None = None,
    ) -> Summary:
        """Return sentences that stand for an article of the library, in its order.

        Raises:
            ArticleNotFound: There is none under this id or address.
        """
        return await self._lane.run(
            lambda: self._workshop.summarize(
                public_id_or_url, collection=collection, length=length, words=words
            )
        )

    async def quotes(
        self,
        query: str | None = None,
        *,
        collection: str,
        speaker: str | None = None,
        article: str | None = None,
        limit: int | None = 20,
    ) -> list[Quotation]:
        """Return quotations: the best matches of *query*, or all in the order of the articles.

        Raises:
            ArticleNotFound: *article* is not here.
        """
        return await self._lane.run(
            lambda: self._workshop.quotes(
                query, collection=collection, speaker=speaker, article=article, limit=limit
            )
        )

    # -- answers given -----------------------------------------------------

    async def record(self, answer: Answer, *, collection: str) -> Answer:
        """Keep an answer, so that its buttons outlive a restart; return it with its number."""
        number = await self._lane.run(lambda: self._workshop.records.save(collection, answer))
        return replace(answer, id=number)

    async def recall(self, answer_id: int, *, collection: str) -> Answer:
        """Return an answer as it was given here; raises ``AnswerNotFound``."""
        return await self._lane.run(lambda: self._workshop.records.load(collection, answer_id))

    async def context(self, citation: Citation, *, collection: str, sentences: int = 2) -> Context:
        """Return a citation with the sentences around it, from the version it was cited from.

        Raises:
            ArticleNotFound: The article was removed, or is not of this collection.
        """
        return await self._lane.run(
            lambda: self._workshop.context(citation, collection=collection, around=sentences)
        )

    # -- housekeeping ------------------------------------------------------

    async def check(self) -> CheckReport:
        """Read everything and report what is wrong; a missing or stale cache is no fault."""
        return await self._import(self._workshop.check)

    async def rebuild(self, on_progress: OnProgress | None = None) -> CheckReport:
        """Make everything that can be made from the texts anew: passages, vectors, quotations, indexes."""
        slices = await self._import(self._workshop.rebuild)
        return await self._lane.run_in_slices(reporting(slices, on_progress, "Rebuilding"))

    async def note(self, key: str) -> str | None:
        """Return a small fact kept with the library."""
        return await self._lane.run(lambda: self._workshop.store.note(key))

    async def set_note(self, key: str, value: str) -> None:
        """Keep a small fact with the library."""
        await self._lane.run(lambda: self._workshop.store.set_note(key, value))

    async def close(self) -> None:
        """Write the caches and close the database."""
        await self._catalog.close()
        await self._lane.run(self._workshop.close, priority=Priority.IMPORT)

    async def _import(self, call: Callable[[], T]) -> T:
        return await self._lane.run(call, priority=Priority.IMPORT)
