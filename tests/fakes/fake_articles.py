"""Articles of the fake librarian: adding, listing, reading, correcting and removing them."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

from retrieval.domain.articles import (
    FEED_ENTRIES,
    PAGES_AT_ONCE,
    STALE_DAYS,
    Added,
    ArticleMetadata,
    Corrections,
    Edit,
    Edited,
    Filters,
    NewArticle,
    Outcome,
    Refreshed,
    Version,
)
from retrieval.errors import ArticleNotFound, NotReadable, RetrievalError, SourceUnavailable
from retrieval.indexing.changes import changes
from retrieval.protocols import Progress
from retrieval.structure import read_structure

NO_FILTERS = Filters()
NO_CORRECTIONS = Corrections()
PAGE = "It was quiet. The harbor was deepened in 1907. Ships came. “We dug by hand,” said Ada Berg."


class FakeArticles:
    def __init__(self, library):
        self._library = library
        self.added: list[tuple[str, object]] = []
        """Collection and address, or collection and file, of everything that was to be added."""
        self.read: list[str] = []
        self.passwords: list[str | None] = []
        self.filters: Filters | None = None
        self.status = "added"
        self.injection = ""
        self.notes: tuple[str, ...] = ("Only the first 40 pages could be read.",)
        self.passages = 3
        self.entries = 3
        """How many articles each feed holds."""
        self.on_add = lambda article: None

    # -- in ----------------------------------------------------------------------

    async def add(self, article, *, collection, on_progress=None):
        self.on_add(article)
        await asyncio.sleep(0)
        known = {
            "author": article.author,
            "site": article.site,
            "url": article.url,
            "published": article.published,
            "language": article.language,
            "updated": article.updated,
            "page_starts": article.page_starts,
            "given": article.given_id is not None,
        }
        if article.given_id is not None:
            known["public_id"] = article.given_id
        same = [one for one in self._library.newest_first(collection) if one.public_id == article.given_id]
        if not same:
            stored = self._library.put(collection, article.title, article.text, **known)
            return Added(stored, self.passages, self.status, article.notes)
        status = "known" if self._library.texts[same[0].id] == article.text else "replaced"
        stored = self._library.put(collection, article.title, article.text, number=same[0].id, **known)
        return Added(stored, self.passages, status, article.notes)

    async def add_url(self, url, *, collection, corrections=NO_CORRECTIONS, password=None, on_progress=None):
        return await self._add(url, collection, "From the web", PAGE, on_progress)

    async def add_file(
        self, name, body, *, collection, corrections=NO_CORRECTIONS, password=None, on_progress=None
    ):
        self.passwords.append(password)
        text = body.decode()
        if not text.strip():
            raise NotReadable("There is no text in it. Try another file.")
        known = {"author": corrections.author, "published": corrections.published, "url": corrections.url}
        known = {key: value for key, value in known.items() if value is not None}
        return await self._add(
            (name, body), collection, corrections.title or name, text, on_progress, **known
        )

    async def add_all_at(
        self,
        url,
        *,
        collection,
        corrections=NO_CORRECTIONS,
        password=None,
        limit=FEED_ENTRIES,
        on_progress=None,
    ):
        if "feed" not in url:
            yield await _outcome(url, self.add_url(url, collection=collection, on_progress=on_progress))
            return
        for number in range(self.entries):
            adding = self._add(url, collection, f"Entry {number}", PAGE, on_progress)
            yield await _outcome(f"{url}/{number}", adding)
        yield Outcome(f"{url}/last", error=SourceUnavailable("The page did not answer. Try again later."))

    async def add_all_in(
        self,
        name,
        body,
        *,
        collection,
        corrections=NO_CORRECTIONS,
        password=None,
        limit=FEED_ENTRIES,
        on_progress=None,
    ):
        adding = self.add_file(
            name,
            body,
            collection=collection,
            corrections=corrections,
            password=password,
            on_progress=on_progress,
        )
        yield await _outcome(name, adding)

    async def read_url(self, url, *, password=None, on_progress=None):
        await self._library.work(None, on_progress)
        _check_up(url)
        self.read.append(url)
        published = datetime(2025, 5, 6, tzinfo=UTC).date()
        return NewArticle(PAGE, title="From the web", url=url, author="Ida Lind", published=published)

    async def read_file(self, name, body, *, password=None, on_progress=None):
        await self._library.work(None, on_progress)
        self.read.append(name)
        return NewArticle(body.decode(), title=name)

    async def _add(self, source, collection, title, text, on_progress, **known):
        self.added.append((collection, source))
        await self._library.work(None, on_progress)
        _check_up(source)
        article = self._library.put(collection, title, text, **known)
        return Added(article, self.passages, self.status, self.notes, self.injection)

    # -- there -------------------------------------------------------------------

    async def find_url(self, url, *, collection):
        found = next((one for one in self._library.newest_first(collection) if one.url == url), None)
        return found and Added(found, self.passages, "known")

    async def list(self, *, collection, offset=0, limit=50, filters=NO_FILTERS):
        self.filters = filters
        return self._library.newest_first(collection)[offset : offset + limit]

    async def count(self, *, collection):
        return len(self._library.newest_first(collection))

    async def get(self, public_id, *, collection):
        return self._library.find(public_id, collection)

    async def get_numbered(self, number, *, collection):
        for article in self._library.newest_first(collection):
            if article.id == number:
                return article
        raise ArticleNotFound("That article is no longer here. See the list of articles.")

    async def get_text(self, public_id, *, collection):
        return self._library.texts[self._library.find(public_id, collection).id]

    async def count_citations(self, public_id, *, collection):
        article = self._library.find(public_id, collection)
        given = [answer for _, answer in self._library.answers.recorded.values()]
        return sum(any(one.article.id == article.id for one in answer.citations) for answer in given)

    async def suggest(self, typed, *, collection, limit=25):
        articles = self._library.newest_first(collection)
        return [a for a in articles if typed.lower() in a.title.lower() or typed == a.public_id][:limit]

    async def suggest_names(self, column, typed, *, collection, limit=25):
        names = {getattr(article, column) for article in self._library.newest_first(collection)} - {None}
        return sorted(name for name in names if typed.lower() in name.lower())[:limit]

    async def export(self, *, collection):
        for article in reversed(self._library.newest_first(collection)):
            yield article, self._library.texts[article.id], ()

    async def salvage(self, *, collection):
        async for article, text, _ in self.export(collection=collection):
            yield article, text

    # -- out ---------------------------------------------------------------------

    async def remove(self, public_id, *, collection):
        article = self._library.find(public_id, collection)
        del self._library.shelf[article.id]
        return article

    async def remove_added_before(self, moment, *, collection):
        old = [one for one in self._library.newest_first(collection) if one.added_at < moment]
        for one in old:
            del self._library.shelf[one.id]
        return len(old)


class FakeArticleUpkeep:
    def __init__(self, library):
        self._library = library
        self.page: tuple[str, dict] | None = None
        """The text and the particulars that every page has by now; unchanged without one."""
        self.earlier: list[Version] = []
        self.older: dict[str, str] = {}
        """Digest to text."""
        self.edited: list[tuple[ArticleMetadata, str]] = []
        self.corrections: list[Edit] = []
        self.days: int | None = None

    async def refresh(self, public_id, *, collection, on_progress=None):
        article = self._library.find(public_id, collection)
        await self._library.work(None, on_progress)
        if self.page is None:
            return Refreshed(article, article)
        text, known = self.page
        self.earlier.insert(0, Version(article.digest, datetime(2026, 1, 2, tzinfo=UTC), article.chars))
        self.older[article.digest] = self._library.texts[article.id]
        digest = sha256(text.encode()).hexdigest()
        after = replace(article, digest=digest, chars=len(text), **known)
        self._library.shelf[article.id], self._library.texts[article.id] = after, text
        return Refreshed(article, after)

    async def list_stale(self, *, collection, days=STALE_DAYS):
        self.days = days
        return [one for one in self._library.newest_first(collection) if one.url]

    async def refresh_stale(self, *, collection, days=STALE_DAYS, limit=PAGES_AT_ONCE, on_progress=None):
        articles = (await self.list_stale(collection=collection, days=days))[:limit]
        for number, article in enumerate(articles, 1):
            if on_progress:
                on_progress(Progress("Reading the pages again", number, limit))
            if "down" in article.url:
                yield Refreshed(article, error=SourceUnavailable("The page did not answer. Try again later."))
            else:
                yield await self.refresh(article.public_id, collection=collection)

    async def edit(self, public_id, wanted, *, collection, editor="", on_progress=None):
        article = self._library.find(public_id, collection)
        await self._library.work(None, on_progress)
        after = replace(
            article,
            title=wanted.title,
            author=wanted.author or None,
            published=wanted.published,
            url=wanted.url or None,
        )
        self._library.shelf[article.id] = after
        self.edited.append((wanted, editor))
        return Edited(article, after)

    async def list_edits(self, public_id, *, collection):
        self._library.find(public_id, collection)
        return self.corrections

    async def list_versions(self, public_id, *, collection):
        self._library.find(public_id, collection)
        return self.earlier

    async def get_version_text(self, public_id, digest, *, collection):
        return self.older.get(digest, f"The text of {digest}.")

    async def get_structure(self, public_id, *, collection, digest=None):
        article = self._library.find(public_id, collection)
        return read_structure(self._library.texts[article.id])

    async def compare(self, public_id, digest, *, collection):
        article = self._library.find(public_id, collection)
        return changes(self.older[digest], self._library.texts[article.id])


async def _outcome(source, adding):
    try:
        return Outcome(source, await adding)
    except RetrievalError as error:
        return Outcome(source, error=error)


def _check_up(source):
    if "down" in source:
        raise SourceUnavailable("The page did not answer. Try again later.")
