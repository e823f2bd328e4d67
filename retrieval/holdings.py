"""The librarian's shelves: which articles there are, and their texts."""

from collections.abc import AsyncIterator

from retrieval.desk import Desk
from retrieval.domain import Article, Version
from retrieval.errors import ArticleNotFound


class Holdings(Desk):
    """Lists articles, shows their texts, and suggests them while somebody types."""

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

    async def export(self, *, collection: str) -> AsyncIterator[tuple[Article, str]]:
        """Yield every article with its exact text, oldest first."""
        for article in reversed(await self.articles(collection=collection, limit=-1)):
            try:
                text = await self.text(article.public_id, collection=collection)
            except ArticleNotFound:  # removed since the list was made
                continue
            yield article, text
