"""The articles of a collection: added from texts, addresses and files, listed, read and removed."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TypeAlias

from retrieval.domain import (
    FEED_ENTRIES,
    Added,
    Article,
    Block,
    Corrections,
    Filters,
    Found,
    NewArticle,
    Outcome,
)
from retrieval.errors import ArticleNotFound, RetrievalError, SourceRefused
from retrieval.indexing import apply_corrections
from retrieval.librarian.article_storage import add_article
from retrieval.librarian.context import Context
from retrieval.librarian.import_queue import ImportQueue
from retrieval.messages import message
from retrieval.protocols import Fetched, OnProgress
from retrieval.runtime import report_progress
from retrieval.sources import canonical_url, is_same_site, site_of
from retrieval.storage import AnswerRecords, ArticleStore, Named, salvage

MIN_ENTRY_CHARS = 250
"""An entry's own text counts as an article from here on, as a page's does; see ``paywalls.py``."""
NO_FILTERS = Filters()
NO_CORRECTIONS = Corrections()

# ``list`` is a method below, which hides the type from annotations inside the class.
ArticleList: TypeAlias = list[Article]
NameList: TypeAlias = list[str]


class Articles:
    """Adds, lists, shows and removes articles."""

    def __init__(self, context: Context, queue: ImportQueue) -> None:
        self._context = context
        self._queue = queue

    # -- one article comes in ----------------------------------------------

    async def add(
        self, article: NewArticle, *, collection: str, on_progress: OnProgress | None = None
    ) -> Added:
        """Add a text exactly as it is given; what people corrected in the same article stays.

        Raises:
            NotReadable: It holds no text.
            LibraryFull: No room.
        """
        if article.url:
            article = replace(article, url=canonical_url(article.url))
        if self._queue.is_used:
            return await self._queue.add(article, collection, on_progress)
        return await add_article(self._context, article, collection, on_progress)

    async def add_url(
        self,
        url: str,
        *,
        collection: str,
        corrections: Corrections = NO_CORRECTIONS,
        password: str | None = None,
        on_progress: OnProgress | None = None,
    ) -> Added:
        """Fetch a page or file behind every guard, take the article out of it, add it.

        *password* opens a locked document.

        Raises:
            SourceRefused, SourceUnavailable, NotReadable, LibraryFull: What their names say.
        """
        found = await self.read_url(url, password=password, on_progress=on_progress)
        return await self.add(
            apply_corrections(found, corrections), collection=collection, on_progress=on_progress
        )

    async def read_url(
        self, url: str, *, password: str | None = None, on_progress: OnProgress | None = None
    ) -> NewArticle:
        """Fetch a page or file behind every guard and take the article out of it, without keeping it.

        Raises:
            SourceRefused, SourceUnavailable, NotReadable: What their names say.
        """
        report_progress(on_progress, message("Fetching the page"), 0, 0)
        fetched = replace(await self._context.fetcher.fetch(url), password=password)
        report_progress(on_progress, message("Reading the page"), 0, 0)
        return await self._context.extractor.extract(fetched)

    async def add_file(
        self,
        name: str,
        body: bytes,
        *,
        collection: str,
        corrections: Corrections = NO_CORRECTIONS,
        password: str | None = None,
        on_progress: OnProgress | None = None,
    ) -> Added:
        """Take the article out of a file's bytes and add it; *name* and bytes decide its kind.

        *password* opens a locked document.

        Raises:
            SourceRefused: No kind of file that is read, or too large.
            NotReadable, LibraryFull: What their names say.
        """
        found = await self.read_file(name, body, password=password, on_progress=on_progress)
        return await self.add(
            apply_corrections(found, corrections), collection=collection, on_progress=on_progress
        )

    async def read_file(
        self,
        name: str,
        body: bytes,
        *,
        password: str | None = None,
        on_progress: OnProgress | None = None,
    ) -> NewArticle:
        """Take the article out of a file's bytes, without keeping it; *name* and bytes decide its kind.

        Raises:
            SourceRefused: No kind of file that is read, or too large.
            NotReadable: There is no article in it.
        """
        fetched = self._as_fetched(name, body, password)
        report_progress(on_progress, message("Reading {name}", name=name), 0, 0)
        return await self._context.extractor.extract(fetched)

    def _as_fetched(self, name: str, body: bytes, password: str | None) -> Fetched:
        """Describe a local file or upload the way a fetched page is described, unless it is too large."""
        limit = self._context.settings.max_article_bytes
        if len(body) > limit:
            raise SourceRefused(
                message(
                    "{name} has {size:,} bytes; up to {limit:,} are read. Split it, or paste the part you "
                    "need.",
                    name=name,
                    size=len(body),
                    limit=limit,
                )
            )
        return Fetched(body=body, url=name, content_type="", password=password)

    # -- several articles come in: ZIP files, and feeds read once ------------

    async def add_all_at(
        self,
        url: str,
        *,
        collection: str,
        corrections: Corrections = NO_CORRECTIONS,
        password: str | None = None,
        limit: int = FEED_ENTRIES,
        on_progress: OnProgress | None = None,
    ) -> AsyncIterator[Outcome]:
        """Yield the outcome of the page, or of each article of the feed or ZIP file, at *url*.

        Nothing is raised for a source: its error is its outcome. What was yielded stays, whatever
        happens later. *limit* is for feeds.
        """
        report_progress(on_progress, message("Fetching the page"), 0, 0)
        try:
            fetched = await self._context.fetcher.fetch(url)
        except RetrievalError as error:
            yield Outcome(url, error=error)
            return
        fetched = replace(fetched, password=password)
        async for outcome in self._add_all(url, fetched, collection, corrections, limit, on_progress):
            yield outcome

    async def add_all_in(
        self,
        name: str,
        body: bytes,
        *,
        collection: str,
        corrections: Corrections = NO_CORRECTIONS,
        password: str | None = None,
        limit: int = FEED_ENTRIES,
        on_progress: OnProgress | None = None,
    ) -> AsyncIterator[Outcome]:
        """Yield the outcome of each article in a file's bytes; as ``add_all_at``."""
        try:
            fetched = self._as_fetched(name, body, password)
        except RetrievalError as error:
            yield Outcome(name, error=error)
            return
        async for outcome in self._add_all(name, fetched, collection, corrections, limit, on_progress):
            yield outcome

    async def _add_all(
        self,
        source: str,
        fetched: Fetched,
        collection: str,
        corrections: Corrections,
        limit: int,
        on_progress: OnProgress | None,
    ) -> AsyncIterator[Outcome]:
        report_progress(on_progress, message("Reading {source}", source=source), 0, 0)
        try:
            found = await self._context.extractor.extract_all(fetched)
        except RetrievalError as error:
            yield Outcome(source, error=error)
            return
        several = bool(found) and found[0].name != ""
        if several:  # a title or an address can only be that of one article
            corrections = replace(corrections, title=None, url=None)
            found = found[:limit] if found[0].is_entry else found
        for number, one in enumerate(found, 1):
            name = one.url or (f"{source}/{one.name}" if several else source)
            if several:
                report_progress(on_progress, message("Reading the articles"), number, len(found))
            try:
                added = await self._add_found(
                    one, fetched.url, collection, corrections, None if several else on_progress
                )
                yield Outcome(name, added)
            except RetrievalError as error:
                yield Outcome(name, error=error)

    async def _add_found(
        self, one: Found, feed: str, collection: str, corrections: Corrections, on_progress: OnProgress | None
    ) -> Added:
        if one.error is not None:
            raise one.error
        assert one.article is not None
        known = await self.find_url(one.url, collection=collection) if one.url else None
        if known is not None:
            return known
        article = await self._read_entry(one, feed) if one.url else one.article
        return await self.add(
            apply_corrections(article, corrections), collection=collection, on_progress=on_progress
        )

    async def _read_entry(self, one: Found, feed: str) -> NewArticle:
        """Return the page behind an entry, or the entry itself if it holds its whole text.

        A feed speaks for its own site only: its text for a page elsewhere is stored as the feed's.

        What the page does not say of itself, the entry says.
        """
        assert one.article is not None
        try:
            page = await self._context.extractor.extract(await self._context.fetcher.fetch(one.url))
        except RetrievalError as error:
            if len(one.article.text) < MIN_ENTRY_CHARS:
                raise
            note = message(
                "The page itself could not be read; this is the text that the feed carries. ({error})",
                error=error.text,
            )
            if is_same_site(one.url, feed):
                return replace(one.article, notes=(note,))
            return replace(one.article, url=None, site=site_of(feed) or None, notes=(note,))
        return replace(
            page,
            title=page.title or one.article.title,
            author=page.author or one.article.author,
            published=page.published or one.article.published,
            language=page.language or one.article.language,
        )

    async def find_url(self, url: str, *, collection: str) -> Added | None:
        """Return the article of this address if it is here already, which spares its site a visit."""

        def read() -> Added | None:
            store = self._context.store
            article = store.article_at(collection, canonical_url(url))
            if article is None:
                return None
            return Added(article, len(store.passage_ids_of([article.id])), "known")

        return await self._context.run_import(read)

    # -- what there is -------------------------------------------------------

    async def list(
        self, *, collection: str, offset: int = 0, limit: int = 50, filters: Filters = NO_FILTERS
    ) -> ArticleList:
        """Return articles, newest first.

        Raises:
            ArticleNotFound: The filters name what is not here.
        """

        def read() -> ArticleList:
            store = self._context.store
            among = store.filter_articles(collection, filters)
            if among is None:
                return store.articles(collection, offset=offset, limit=limit)
            wanted = sorted(among, reverse=True)[offset : offset + limit if limit >= 0 else None]
            return list(store.articles_by_row(wanted).values())

        return await self._context.lane.run(read)

    async def count(self, *, collection: str) -> int:
        """Return how many articles a collection has."""
        return await self._context.lane.run(lambda: self._context.store.count(collection))

    async def get(self, public_id: str, *, collection: str) -> Article:
        """Return one article; raises ``ArticleNotFound``."""
        return await self._context.lane.run(lambda: self._context.store.article(collection, public_id))

    async def get_numbered(self, number: int, *, collection: str) -> Article:
        """Return the article with this ``Article.id``; raises ``ArticleNotFound``."""
        return await self._context.lane.run(lambda: self._context.store.article_numbered(collection, number))

    async def get_text(self, public_id: str, *, collection: str) -> str:
        """Return an article's stored text; raises ``ArticleNotFound``."""

        def read() -> str:
            store = self._context.store
            return store.text(store.article(collection, public_id).id)

        return await self._context.lane.run(read)

    async def count_citations(self, public_id: str, *, collection: str) -> int:
        """Return how many answers given so far cite an article; raises ``ArticleNotFound``."""

        def read() -> int:
            store = self._context.store
            return AnswerRecords(store).times_cited(store.article(collection, public_id).id)

        return await self._context.lane.run(read)

    async def suggest(self, typed: str, *, collection: str, limit: int = 25) -> ArticleList:
        """Return articles whose title or site contains what was typed; never waits for the lane."""
        return await self._context.catalog.suggest(typed, collection=collection, limit=limit)

    async def suggest_names(self, column: Named, typed: str, *, collection: str, limit: int = 25) -> NameList:
        """Return sites or authors that contain what was typed; never waits for the lane."""
        return await self._context.catalog.suggest_names(column, typed, collection=collection, limit=limit)

    async def export(self, *, collection: str) -> AsyncIterator[tuple[Article, str, tuple[Block, ...]]]:
        """Yield every article with its exact text and the blocks read with it, oldest first."""
        for article in reversed(await self.list(collection=collection, limit=-1)):
            try:
                text = await self.get_text(article.public_id, collection=collection)
            except ArticleNotFound:  # removed since the list was made
                continue
            read_blocks = partial(self._context.store.blocks, article.id, article.digest)
            yield article, text, await self._context.lane.run(read_blocks)

    async def salvage(self, *, collection: str) -> AsyncIterator[tuple[Article, str] | None]:
        """Yield what can still be read of a damaged library, as ``export``; ``None`` for what cannot.

        Raises:
            LibraryDamaged: Nothing can be read.
        """
        folder = self._context.resources.folder
        found = await self._context.lane.run(lambda: [*salvage(folder).articles(collection)])
        for one in found:
            yield one

    async def remove(self, public_id: str, *, collection: str) -> Article:
        """Delete an article for good, also from answers that cite it; return what it was.

        Raises:
            ArticleNotFound: There is none under this id.
            LibraryFull: The disk is full; says what is deleted and what is not.
        """
        removed = await self._context.lane.run(lambda: self._remove(public_id, collection))
        await self._purge(collection)
        return removed

    async def remove_added_before(self, moment: datetime, *, collection: str) -> int:
        """Delete articles that were added before; return how many."""
        run_import = self._context.run_import
        ids = await run_import(lambda: self._context.store.list_added_before(collection, moment))
        removed = 0
        for public_id in ids:
            try:
                await run_import(partial(self._remove, public_id, collection))
            except ArticleNotFound:
                continue  # somebody was faster
            removed += 1
        if removed:
            await self._purge(collection)
        return removed

    async def _purge(self, collection: str) -> None:
        """Overwrite what the database's files still hold of articles that were removed."""
        await self._context.lane.run_in_slices(self._context.store.purge(collection))

    def _remove(self, public_id: str, collection: str) -> Article:
        """Delete an article and bring a loaded index up to date."""
        article = self._context.store.article(collection, public_id)
        removed = self._context.store.remove(article)
        if (searcher := self._context.resources.open_searcher) is not None:
            searcher.update_index(collection, added=[], removed=removed)
        return article


def find_article(store: ArticleStore, public_id_or_url: str, collection: str) -> Article:
    """Return an article by public id or address; raises ``ArticleNotFound``."""
    if "://" in public_id_or_url:
        found = store.article_at(collection, canonical_url(public_id_or_url))
        if found is None:
            raise ArticleNotFound("That page is not in the library. Add it first, then try again.")
        return found
    return store.article(collection, public_id_or_url)
