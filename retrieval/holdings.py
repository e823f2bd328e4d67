"""The librarian's shelves: which articles there are, and their texts."""

from collections.abc import AsyncIterator

from retrieval.catalog import Named
from retrieval.desk import Desk
from retrieval.domain import Article, Filters, Version
from retrieval.errors import ArticleNotFound


class Holdings(Desk):
    """Lists articles, shows their texts, and suggests them while somebody types."""

    async def articles(
        self,
        *,
        collection: str,
        offset: int = 0,
        limit: int = 50,
        filters: Filters = Filters(),  # noqa: B008 - frozen and empty
    ) -> list[Article]:
        """Return articles, newest first.

        Raises:
            ArticleNotFound: The filters name what is not here.
        """

        def listed() -> list[Article]:
            store = self._workshop.store
            among = store.filtered_articles(collection, filters)
            if among is None:
                return store.articles(collection, offset=offset, limit=limit)
            wanted = sorted(among, reverse=True)[offset : offset + limit if limit >= 0 else None]
            return list(store.articles_by_row(wanted).values())

        return await self._lane.run(listed)

    async def count(self, *, collection: str) -> int:
        """Return how many articles a collection has."""
        return await self._lane.run(lambda: self._workshop.store.count(collection))

    async def article(self, public_id: str, *, collection: str) -> Article:
        """Return one article; raises ``ArticleNotFound``."""
        return await self._lane.run(lambda: self._workshop.store.article(collection, public_id))

    async def article_numbered(self, number: int, *, collection: str) -> Article:
        """Return the article with this ``Article.id``; raises ``ArticleNotFound``."""
        return await self._lane.run(lambda: self._workshop.store.article_numbered(collection, number))

    async def times_cited(self, public_id: str, *, collection: str) -> int:
        """Return how many answers given so far cite an article; raises ``ArticleNotFound``."""
        workshop = self._workshop
        return await self._lane.run(
            lambda: workshop.records.times_cited(workshop.store.article(collection, public_id).id)
        )

    async def text(self, public_id: str, *, collection: str) -> str:
        """Return an article's stored text; raises ``ArticleNotFound``."""
        store = self._workshop
        return await self._lane.run(lambda: store.store.text(store.store.article(collection, public_id).id))

    async def versions(self, public_id: str, *, collection: str) -> list[Version]:
        """Return the texts an article had before, newest first; raises ``ArticleNotFound``."""
        store = self._workshop
        return await self._lane.run(
            lambda: store.store.versions(store.store.article(collection, public_id).id)
        )

    async def old_text(self, public_id: str, digest: str, *, collection: str) -> str:
        """Return a text that an article has or had; raises ``ArticleNotFound``."""
        store = self._workshop
        return await self._lane.run(
            lambda: store.store.text(store.store.article(collection, public_id).id, digest)
        )

    async def suggest(self, typed: str, *, collection: str, limit: int = 25) -> list[Article]:
        """Return articles whose title or site contains what was typed; never waits for the lane."""
        return await self._catalog.suggest(typed, collection=collection, limit=limit)

    async def suggest_names(
        self, column: Named, typed: str, *, collection: str, limit: int = 25
    ) -> list[str]:
        """Return sites or authors that contain what was typed; never waits for the lane."""
        return await self._catalog.suggest_names(column, typed, collection=collection, limit=limit)

    async def export(self, *, collection: str) -> AsyncIterator[tuple[Article, str]]:
        """Yield every article with its exact text, oldest first."""
        for article in reversed(await self.articles(collection=collection, limit=-1)):
            try:
                text = await self.text(article.public_id, collection=collection)
            except ArticleNotFound:  # removed since the list was made
                continue
            yield article, text
