"""Upkeep of stored articles: pages are read again, people correct what is known, versions are compared.

A text that is replaced stays as an earlier version, so old answers still open the old words.
"""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from retrieval.domain import (
    FIELDS,
    PAGES_AT_ONCE,
    STALE_DAYS,
    Article,
    ArticleMetadata,
    Changes,
    Edit,
    Edited,
    NewArticle,
    Refreshed,
    Version,
)
from retrieval.errors import BadQuestion, RetrievalError, SourceRefused
from retrieval.indexing import (
    MAX_TITLE_CHARS,
    UpkeepStore,
    as_new,
    changes,
    is_same,
    metadata_of,
    with_edits,
)
from retrieval.librarian.article_storage import store_article
from retrieval.librarian.articles import Articles
from retrieval.librarian.context import Context
from retrieval.messages import message
from retrieval.protocols import OnProgress
from retrieval.runtime import report_progress
from retrieval.sources import canonical_url, site_of
from retrieval.structure import Structure, read_structure

_NO_PAGE = message(
    "This article has no web address to read it from again. Add the file again, or edit the article to give "
    "it an address."
)


class ArticleUpkeep:
    """Reads pages again, keeps corrections, and shows the versions of an article."""

    def __init__(self, context: Context, articles: Articles) -> None:
        self._context = context
        self._articles = articles

    async def refresh(
        self, public_id: str, *, collection: str, on_progress: OnProgress | None = None
    ) -> Refreshed:
        """Read an article's page again and keep what is new; the article keeps its id.

        What people corrected stays, and so does what the page no longer says of itself.

        Raises:
            ArticleNotFound: There is none under this id.
            SourceRefused, SourceUnavailable, NotReadable: The page cannot be read; nothing changed.
        """
        run_import = self._context.run_import
        article = await self._articles.get(public_id, collection=collection)
        if not article.url:
            raise SourceRefused(_NO_PAGE)
        try:
            page = await self._articles.read_url(article.url, on_progress=on_progress)
        finally:
            await run_import(lambda: self._store.record_check(article.id, datetime.now(UTC)))
        edits = await run_import(lambda: self._store.edits(article.id))
        new = with_edits(_as_read_again(article, page), edits)
        if is_same(article, new):
            return Refreshed(article, article, notes=page.notes)
        added = await store_article(self._context, lambda: new, collection, on_progress, replaced=article)
        return Refreshed(article, added.article, notes=page.notes)

    async def list_stale(self, *, collection: str, days: int = STALE_DAYS) -> list[Article]:
        """Return the articles of web pages that were not looked at for so long, the longest ago first."""
        before = datetime.now(UTC) - timedelta(days=days)
        return await self._context.run_import(lambda: self._store.stale(collection, before))

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
        articles = (await self.list_stale(collection=collection, days=days))[:limit]
        for number, article in enumerate(articles, 1):
            report_progress(on_progress, message("Reading the pages again"), number, len(articles))
            try:
                yield await self.refresh(article.public_id, collection=collection)
            except RetrievalError as error:
                yield Refreshed(article, error=error)

    async def edit(
        self,
        public_id: str,
        wanted: ArticleMetadata,
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
        article = await self._articles.get(public_id, collection=collection)
        wanted = _normalize(wanted)
        if wanted == metadata_of(article):
            return Edited(article, article)
        after = await self._context.run_import(lambda: self._correct(article, wanted, editor))
        if after.title != article.title:  # it stands in front of each passage that is encoded

            def as_corrected() -> NewArticle:
                store = self._context.store
                text = store.text(after.id, after.digest)
                return as_new(after, text, store.blocks(after.id, after.digest))

            await store_article(self._context, as_corrected, collection, on_progress, replaced=after)
        return Edited(article, after)

    async def list_edits(self, public_id: str, *, collection: str) -> list[Edit]:
        """Return the corrections of an article, oldest first; raises ``ArticleNotFound``."""
        return await self._context.lane.run(
            lambda: self._store.edits(self._context.store.article(collection, public_id).id)
        )

    async def list_versions(self, public_id: str, *, collection: str) -> list[Version]:
        """Return the texts an article had before, newest first; raises ``ArticleNotFound``."""
        return await self._context.lane.run(
            lambda: self._context.store.versions(self._context.store.article(collection, public_id).id)
        )

    async def get_version_text(self, public_id: str, digest: str, *, collection: str) -> str:
        """Return a text that an article has or had; raises ``ArticleNotFound``."""
        return await self._context.lane.run(
            lambda: self._context.store.text(self._context.store.article(collection, public_id).id, digest)
        )

    async def get_structure(self, public_id: str, *, collection: str, digest: str | None = None) -> Structure:
        """Return the structure of an article's text, or of a version; raises ``ArticleNotFound``."""

        def read() -> Structure:
            store = self._context.store
            article = store.article(collection, public_id)
            text = store.text(article.id, digest)
            return read_structure(text, store.blocks(article.id, digest or article.digest))

        return await self._context.lane.run(read)

    async def compare(self, public_id: str, digest: str, *, collection: str) -> Changes:
        """Return what the next text of an article changed in the one that *digest* begins to name.

        Raises:
            ArticleNotFound: There is no such article, or it never had such a text, or has it still.
        """
        return await self._context.lane.run(lambda: self._compare(public_id, digest, collection))

    def _compare(self, public_id: str, digest: str, collection: str) -> Changes:
        store = self._context.store
        article = store.article(collection, public_id)
        texts = [article.digest, *(version.digest for version in store.versions(article.id))]
        at = next((n for n, one in enumerate(texts) if n and one.startswith(digest)), 0)
        old = texts[at] if at else digest  # one that it never had: the store says so
        return changes(store.text(article.id, old), store.text(article.id, texts[max(0, at - 1)]))

    def _correct(self, article: Article, wanted: ArticleMetadata, editor: str) -> Article:
        site = article.site
        if wanted.url and wanted.url != article.url:
            there = self._context.store.article_at(article.collection, wanted.url)
            if there is not None:
                raise SourceRefused(
                    message(
                        "The article {article} has this address already. Remove one of the two first.",
                        article=there.public_id,
                    )
                )
            site = site_of(wanted.url)
        now = datetime.now(UTC)
        before = metadata_of(article)
        edits = [
            Edit(name, _show(before, name), _show(wanted, name), now, editor)
            for name in FIELDS
            if getattr(before, name) != getattr(wanted, name)
        ]
        return self._store.correct(article, wanted, site, edits)

    @property
    def _store(self) -> UpkeepStore:
        return UpkeepStore(self._context.store)


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


def _normalize(wanted: ArticleMetadata) -> ArticleMetadata:
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
    return ArticleMetadata(title, author or None, wanted.published, canonical_url(url) if url else None)


def _show(particulars: ArticleMetadata, name: str) -> str | None:
    value = getattr(particulars, name)
    return None if value is None else str(value)
