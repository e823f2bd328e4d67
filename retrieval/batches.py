"""The librarian's way in for several articles at once: ZIP files, and feeds read once."""

from collections.abc import AsyncIterator
from dataclasses import replace

from retrieval.domain import FEED_ENTRIES, Added, Corrections, Found, NewArticle, Outcome
from retrieval.errors import RetrievalError
from retrieval.ingest import corrected
from retrieval.intake import Intake
from retrieval.messages import message
from retrieval.progress import tell
from retrieval.seams import Fetched, OnProgress
from retrieval.urls import canonical_url, is_same_site, site_of

MIN_ENTRY_CHARS = 250
"""An entry's own text counts as an article from here on, as a page's does; see ``walls.py``."""


class Batches(Intake):
    """Adds what a file or an address holds, one article or many, and reports on each."""

    async def add_all_at(
        self,
        url: str,
        *,
        collection: str,
        corrections: Corrections = Corrections(),  # noqa: B008 - frozen and empty
        password: str | None = None,
        limit: int = FEED_ENTRIES,
        on_progress: OnProgress | None = None,
    ) -> AsyncIterator[Outcome]:
        """Yield what became of the page, or of each article of the feed or ZIP file, at *url*.

        Nothing is raised for a source: its error is its outcome. What was yielded stays, whatever
        happens later. *limit* is for feeds.
        """
        tell(on_progress, message("Fetching the page"), 0, 0)
        try:
            fetched = await self._fetcher.fetch(url)
        except RetrievalError as error:
            yield Outcome(url, error=error)
            return
        fetched = replace(fetched, password=password)
        async for outcome in self._all(url, fetched, collection, corrections, limit, on_progress):
            yield outcome

    async def add_all_in(
        self,
        name: str,
        body: bytes,
        *,
        collection: str,
        corrections: Corrections = Corrections(),  # noqa: B008 - frozen and empty
        password: str | None = None,
        limit: int = FEED_ENTRIES,
        on_progress: OnProgress | None = None,
    ) -> AsyncIterator[Outcome]:
        """Yield what became of each article in a file's bytes; as ``add_all_at``."""
        try:
            self._check_size(name, body)
        except RetrievalError as error:
            yield Outcome(name, error=error)
            return
        fetched = replace(self._workshop.as_fetched(name, body), password=password)
        async for outcome in self._all(name, fetched, collection, corrections, limit, on_progress):
            yield outcome

    async def _all(
        self,
        source: str,
        fetched: Fetched,
        collection: str,
        corrections: Corrections,
        limit: int,
        on_progress: OnProgress | None,
    ) -> AsyncIterator[Outcome]:
        tell(on_progress, message("Reading {source}", source=source), 0, 0)
        try:
            found = await self._extractor.extract_all(fetched)
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
                tell(on_progress, message("Reading the articles"), number, len(found))
            try:
                added = await self._one(
                    one, fetched.url, collection, corrections, None if several else on_progress
                )
                yield Outcome(name, added)
            except RetrievalError as error:
                yield Outcome(name, error=error)

    async def _one(
        self, one: Found, feed: str, collection: str, corrections: Corrections, on_progress: OnProgress | None
    ) -> Added:
        if one.error is not None:
            raise one.error
        assert one.article is not None
        known = await self.known_at(one.url, collection=collection) if one.url else None
        if known is not None:
            return known
        article = await self._whole(one, feed) if one.url else one.article
        return await self.add(corrected(article, corrections), collection=collection, on_progress=on_progress)

    async def known_at(self, url: str, *, collection: str) -> Added | None:
        """Return the article of this address if it is here already, which spares its site a visit."""

        def look() -> Added | None:
            store = self._workshop.store
            article = store.article_at(collection, canonical_url(url))
            if article is None:
                return None
            return Added(article, len(store.passage_ids_of([article.id])), "known")

        return await self._import(look)

    async def _whole(self, one: Found, feed: str) -> NewArticle:
        """Return the page behind an entry, or the entry itself if it holds its whole text.

        A feed speaks for its own site only: its text for a page elsewhere is stored as the feed's.

        What the page does not say of itself, the entry says.
        """
        assert one.article is not None
        try:
            page = await self._extractor.extract(await self._fetcher.fetch(one.url))
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
