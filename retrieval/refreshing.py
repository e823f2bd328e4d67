"""The librarian's repair table: pages are read again, and people correct what is known of articles.

A text that is replaced stays as an earlier version, so old answers still open the old words.
"""

from collections.abc import AsyncIterator, Generator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from retrieval.batches import Batches
from retrieval.changes import Changes, changes
from retrieval.domain import Added, Article, NewArticle
from retrieval.errors import BadQuestion, RetrievalError, SourceRefused
from retrieval.housekeeping import as_new
from retrieval.ingest import is_same
from retrieval.messages import message
from retrieval.progress import tell
from retrieval.seams import OnProgress
from retrieval.upkeep import (
    FIELDS,
    PAGES_AT_ONCE,
    STALE_DAYS,
    Edit,
    Edited,
    Particulars,
    Refreshed,
    particulars_of,
    with_edits,
)
from retrieval.upkeep_store import UpkeepStore
from retrieval.urls import canonical_url, site_of

MAX_TITLE_CHARS = 500
_NO_PAGE = message(
    "This article has no web address to read it from again. Add the file anew, or set its address by an edit."
)


class Refreshing(Batches):
    """Reads pages again, keeps corrections, and tells two texts of one article apart."""

    async def refresh(
        self, public_id: str, *, collection: str, on_progress: OnProgress | None = None
    ) -> Refreshed:
        """Read an article's page again and keep what is new; the article keeps its id.

        What people corrected stays, and so does what the page no longer says of itself.

        Raises:
            ArticleNotFound: There is none under this id.
            SourceRefused, SourceUnavailable, NotReadable: The page cannot be read; nothing changed.
        """
        article = await self._lane.run(lambda: self._workshop.store.article(collection, public_id))
        if not article.url:
            raise SourceRefused(_NO_PAGE)
        try:
            page = await self.read_url(article.url, on_progress=on_progress)
        finally:
            await self._import(lambda: self._upkeep().note_looked(article.id, datetime.now(UTC)))
        edits = await self._import(lambda: self._upkeep().edits(article.id))
        new = with_edits(_as_read_again(article, page), edits)
        if is_same(article, new):
            return Refreshed(article, article, notes=page.notes)
        added = await self._rewritten(new, article, collection, on_progress)
        return Refreshed(article, added.article, notes=page.notes)

    async def stale(self, *, collection: str, days: int = STALE_DAYS) -> list[Article]:
        """Return the articles of web pages that were not looked at for so long, the longest ago first."""
        before = datetime.now(UTC) - timedelta(days=days)
        return await self._import(lambda: self._upkeep().stale(collection, before))

    async def refresh_stale(
        self,
        *,
        collection: str,
        days: int = STALE_DAYS,
        limit: int = PAGES_AT_ONCE,
        on_progress: OnProgress | None = None,
    ) -> AsyncIterator[Refreshed]:
        """Read the pages again that were not looked at for so long, one after another; yield each.

        A page that cannot be read is its own outcome, and its turn comes again after as many days.
        """
        articles = (await self.stale(collection=collection, days=days))[:limit]
        for number, article in enumerate(articles, 1):
            tell(on_progress, message("Reading the pages again"), number, len(articles))
            try:
                yield await self.refresh(article.public_id, collection=collection)
            except RetrievalError as error:
                yield Refreshed(article, error=error)

    async def edit(
        self,
        public_id: str,
        wanted: Particulars,
        *,
        collection: str,
        editor: str = "",
        on_progress: OnProgress | None = None,
    ) -> Edited:
        """Correct what is known of an article and keep a record of it; its text is never touched.

        Raises:
            ArticleNotFound: There is none under this id.
            BadQuestion: It would have no title.
            SourceRefused: The address is none, or is that of another article.
        """
        article = await self._lane.run(lambda: self._workshop.store.article(collection, public_id))
        wanted = _tidied(wanted)
        if wanted == particulars_of(article):
            return Edited(article, article)
        after = await self._import(lambda: self._corrected(article, wanted, editor))
        if after.title != article.title:  # it stands in front of each passage that is encoded
            text = await self._import(lambda: self._workshop.store.text(after.id, after.digest))
            await self._rewritten(as_new(after, text), after, collection, on_progress)
        return Edited(article, after)

    async def edits(self, public_id: str, *, collection: str) -> list[Edit]:
        """Return the corrections of an article, oldest first; raises ``ArticleNotFound``."""
        store = self._workshop.store
        return await self._lane.run(lambda: self._upkeep().edits(store.article(collection, public_id).id))

    async def changes(self, public_id: str, digest: str, *, collection: str) -> Changes:
        """Return what the next text of an article changed in the one that *digest* begins to name.

        Raises:
            ArticleNotFound: There is no such article, or it never had such a text, or has it still.
        """
        return await self._lane.run(lambda: self._changes(public_id, digest, collection))

    def _changes(self, public_id: str, digest: str, collection: str) -> Changes:
        store = self._workshop.store
        article = store.article(collection, public_id)
        texts = [article.digest, *(version.digest for version in store.versions(article.id))]
        at = next((n for n, one in enumerate(texts) if n and one.startswith(digest)), 0)
        old = texts[at] if at else digest  # one that it never had: the store says so
        return changes(store.text(article.id, old), store.text(article.id, texts[max(0, at - 1)]))

    async def _rewritten(
        self, new: NewArticle, article: Article, collection: str, on_progress: OnProgress | None
    ) -> Added:
        def slices() -> Generator[tuple[int, int], None, Added]:
            return self._ingested(new, collection, rewritten=article)

        return await self._in_slices(slices, on_progress)

    def _corrected(self, article: Article, wanted: Particulars, editor: str) -> Article:
        site = article.site
        if wanted.url and wanted.url != article.url:
            there = self._workshop.store.article_at(article.collection, wanted.url)
            if there is not None:
                raise SourceRefused(
                    message(
                        "The article {article} has this address already. Remove one of the two first.",
                        article=there.public_id,
                    )
                )
            site = site_of(wanted.url)
        now = datetime.now(UTC)
        before = particulars_of(article)
        edits = [
            Edit(name, _written(before, name), _written(wanted, name), now, editor)
            for name in FIELDS
            if getattr(before, name) != getattr(wanted, name)
        ]
        return self._upkeep().correct(article, wanted, site, edits)

    def _upkeep(self) -> UpkeepStore:
        return self._workshop.upkeep


def _as_read_again(article: Article, page: NewArticle) -> NewArticle:
    """Return the page as a new text of the article; what it leaves out stays."""
    return replace(
        page,
        title=page.title or article.title,
        author=page.author or article.author,
        site=page.site or article.site,
        url=article.url,
        published=page.published or article.published,
        updated=page.updated or article.updated,
        language=page.language or article.language,
    )


def _tidied(wanted: Particulars) -> Particulars:
    title, author = " ".join(wanted.title.split()), " ".join((wanted.author or "").split())
    url = (wanted.url or "").strip()
    if not title or len(title) > MAX_TITLE_CHARS:
        raise BadQuestion(
            message(
                "A title has 1 to {limit} characters. Type the one it was published under.",
                limit=MAX_TITLE_CHARS,
            )
        )
    if url and not site_of(url):
        raise SourceRefused(
            "An address begins with https:// or http:// and a site. Copy it from the browser."
        )
    return Particulars(title, author or None, wanted.published, canonical_url(url) if url else None)


def _written(particulars: Particulars, name: str) -> str | None:
    value = getattr(particulars, name)
    return None if value is None else str(value)
