"""The part of the stand-in for a librarian that repairs articles and remembers where they were posted."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

from retrieval.changes import changes
from retrieval.domain import Added, Article, Version
from retrieval.errors import SourceUnavailable
from retrieval.mention_store import Mention
from retrieval.seams import Progress
from retrieval.upkeep import Edit, Edited, Particulars, Refreshed


class Upkeep:
    def __init__(self):
        super().__init__()
        self.page: tuple[str, dict] | None = None
        self.older: dict[str, str] = {}
        self.edited: list[tuple[Particulars, str]] = []
        self.corrections: list[Edit] = []
        self.mentions: dict[tuple[str, int], tuple[Article, str]] = {}
        self.days: int | None = None
        self.tried = {}
        self.preferred: dict[str, str] = {}

    async def refresh(self, public_id, *, collection, on_progress=None):
        article = await self.article(public_id, collection=collection)
        await self._work(None, on_progress)
        if self.page is None:
            return Refreshed(article, article)
        text, known = self.page
        self.earlier.insert(0, Version(article.digest, datetime(2026, 1, 2, tzinfo=UTC), article.chars))
        self.older[article.digest] = self.texts[article.id]
        digest = sha256(text.encode()).hexdigest()
        after = replace(article, digest=digest, chars=len(text), **known)
        self.shelf[article.id], self.texts[article.id] = after, text
        return Refreshed(article, after)

    async def stale(self, *, collection, days=30):
        self.days = days
        return [one for one in self._in(collection) if one.url]

    async def refresh_stale(self, *, collection, days=30, limit=50, on_progress=None):
        for number, article in enumerate((await self.stale(collection=collection, days=days))[:limit], 1):
            if on_progress:
                on_progress(Progress("Reading the pages again", number, limit))
            if "down" in article.url:
                yield Refreshed(article, error=SourceUnavailable("The page did not answer. Try again later."))
            else:
                yield await self.refresh(article.public_id, collection=collection)

    async def edit(self, public_id, wanted, *, collection, editor="", on_progress=None):
        article = await self.article(public_id, collection=collection)
        await self._work(None, on_progress)
        after = replace(
            article,
            title=wanted.title,
            author=wanted.author or None,
            published=wanted.published,
            url=wanted.url or None,
        )
        self.shelf[article.id] = after
        self.edited.append((wanted, editor))
        return Edited(article, after)

    async def edits(self, public_id, *, collection):
        await self.article(public_id, collection=collection)
        return self.corrections

    async def changes(self, public_id, digest, *, collection):
        article = await self.article(public_id, collection=collection)
        return changes(self.older[digest], self.texts[article.id])

    async def export(self, *, collection):
        for article in reversed(self._in(collection)):
            yield article, self.texts[article.id]

    async def known_at(self, url, *, collection):
        found = next((one for one in self._in(collection) if one.url == url), None)
        return found and Added(found, 3, "known")

    async def mention(self, public_id, place, *, collection):
        article = await self.article(public_id, collection=collection)
        first = self.mentions.setdefault((collection, article.source or -article.id), (article, place))
        return None if first[1] == place else Mention(*first, datetime(2026, 1, 2, tzinfo=UTC))

    async def forget_mentions(self, place, *, collection):
        self.mentions = {
            key: one for key, one in self.mentions.items() if (key[0], one[1]) != (collection, place)
        }

    async def attempts(self, public_ids, *, collection):
        return {one: self.tried[one] for one in public_ids if one in self.tried}

    async def preferences(self, *, collection):
        return self.preferred.get(collection)

    async def all_preferences(self):
        return dict(self.preferred)

    async def remove_added_before(self, moment, *, collection):
        old = [one for one in self._in(collection) if one.added_at < moment]
        for one in old:
            del self.shelf[one.id]
        return len(old)

    async def set_preferences(self, body, *, collection):
        self.preferred[collection] = body
