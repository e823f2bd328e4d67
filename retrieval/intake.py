"""The librarian's way in: articles are added and removed."""

from collections.abc import Callable, Generator
from dataclasses import replace
from datetime import datetime

from retrieval.desk import Desk
from retrieval.domain import Added, Article, Corrections, NewArticle
from retrieval.errors import ArticleNotFound, SourceRefused
from retrieval.ingest import corrected, ingest
from retrieval.lane import Priority
from retrieval.messages import message
from retrieval.progress import reporting, tell
from retrieval.seams import OnProgress
from retrieval.upkeep import with_edits
from retrieval.urls import canonical_url

CORRECTED = message("What was corrected by hand stays as it is; an edit changes it.")


class Intake(Desk):
    """Adds articles from texts, addresses and files, and removes them."""

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

        def slices() -> Generator[tuple[int, int], None, Added]:
            workshop = self._workshop
            known = workshop.store.find_same(collection, article)
            edits = workshop.upkeep.edits(known.id) if known is not None else []
            kept = with_edits(article, edits)
            if kept != article:
                kept = replace(kept, notes=(*kept.notes, CORRECTED))
            return self._ingested(kept, collection)

        return await self._in_slices(slices, on_progress)

    def _ingested(
        self, article: NewArticle, collection: str, rewritten: Article | None = None
    ) -> Generator[tuple[int, int], None, Added]:
        """Begin to put an article in, on the lane; *rewritten* names the one that it takes the place of."""
        workshop = self._workshop
        return ingest(
            article,
            collection=collection,
            store=workshop.store,
            searcher=workshop.searcher,
            encoder=workshop.encoder,
            max_articles=workshop.settings.max_articles,
            rewritten=rewritten,
        )

    async def _in_slices(
        self, slices: Callable[[], Generator[tuple[int, int], None, Added]], on_progress: OnProgress | None
    ) -> Added:
        started = await self._import(slices)
        return await self._lane.run_in_slices(reporting(started, on_progress), priority=Priority.IMPORT)

    async def add_url(
        self,
        url: str,
        *,
        collection: str,
        corrections: Corrections = Corrections(),  # noqa: B008 - frozen and empty
        password: str | None = None,
        on_progress: OnProgress | None = None,
    ) -> Added:
        """Fetch a page or file behind every guard, take the article out of it, add it.

        *password* opens a locked document.

        Raises:
            SourceRefused, SourceUnavailable, NotReadable, LibraryFull: What their names say.
        """
        found = await self.read_url(url, password=password, on_progress=on_progress)
        return await self.add(corrected(found, corrections), collection=collection, on_progress=on_progress)

    async def read_url(
        self, url: str, *, password: str | None = None, on_progress: OnProgress | None = None
    ) -> NewArticle:
        """Fetch a page or file behind every guard and take the article out of it, without keeping it.

        Raises:
            SourceRefused, SourceUnavailable, NotReadable: What their names say.
        """
        tell(on_progress, message("Fetching the page"), 0, 0)
        fetched = replace(await self._fetcher.fetch(url), password=password)
        tell(on_progress, message("Reading the page"), 0, 0)
        return await self._extractor.extract(fetched)

    async def add_file(
        self,
        name: str,
        body: bytes,
        *,
        collection: str,
        corrections: Corrections = Corrections(),  # noqa: B008 - frozen and empty
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
        return await self.add(corrected(found, corrections), collection=collection, on_progress=on_progress)

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
        self._check_size(name, body)
        tell(on_progress, message("Reading {name}", name=name), 0, 0)
        fetched = replace(self._workshop.as_fetched(name, body), password=password)
        return await self._extractor.extract(fetched)

    def _check_size(self, name: str, body: bytes) -> None:
        limit = self._workshop.settings.max_article_bytes
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

    async def remove_added_before(self, moment: datetime, *, collection: str) -> int:
        """Delete articles that were added before; return how many."""
        ids = await self._import(lambda: self._workshop.store.added_before(collection, moment))
        removed = 0
        for public_id in ids:
            try:
                await self._import(lambda public_id=public_id: self._workshop.remove(collection, public_id))  # type: ignore[misc]
            except ArticleNotFound:
                continue  # somebody was faster
            removed += 1
        return removed

    async def remove(self, public_id: str, *, collection: str) -> Article:
        """Delete an article for good; return what it was.

        Raises:
            ArticleNotFound: There is none under this id.
        """
        return await self._lane.run(lambda: self._workshop.remove(collection, public_id))
