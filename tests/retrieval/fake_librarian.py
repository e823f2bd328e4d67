"""A small real librarian that keeps articles in memory and answers by looking for words."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from hashlib import sha256

from retrieval.domain import (
    Added,
    Answer,
    Article,
    ArticleId,
    CheckReport,
    Citation,
    Corrections,
    Filters,
    Hit,
    NewArticle,
    Outcome,
    Passage,
    PassageId,
    Quotation,
    Span,
    Statement,
    Summary,
)
from retrieval.errors import ArticleNotFound, BadQuestion, NotReadable, RetrievalError, SourceUnavailable

NOTHING_TO_CORRECT = Corrections()
EVERYTHING = Filters()


class FakeLibrarian:
    def __init__(self):
        self.kept = {}
        self.faults = ()
        self.open = 0
        self.warmed = 0
        self.filters = None
        self.passwords = []
        self.tried = {}
        self.earlier = []
        self.on_add = lambda article: None

    @asynccontextmanager
    async def opened(self, settings):
        self.settings = settings
        self.open += 1
        try:
            yield self
        finally:
            self.open -= 1

    async def warm_up(self, on_progress=None):
        self.warmed += 1

    async def add(self, article: NewArticle, *, collection, on_progress=None):
        self.on_add(article)
        await asyncio.sleep(0)
        public_id = article.given_id or f"a{len(self.kept) + 1}"
        old = self.kept.get((collection, public_id))
        stored = Article(
            id=ArticleId(len(self.kept) + 1),
            collection=collection,
            public_id=public_id,
            title=article.title,
            author=article.author,
            site=article.site,
            url=article.url,
            published=article.published,
            added_at=datetime(2025, 1, 1, tzinfo=UTC),
            language=article.language,
            updated=article.updated,
            page_starts=article.page_starts,
            given=article.given_id is not None,
            digest=sha256(article.text.encode()).hexdigest(),
            chars=len(article.text),
        )
        self.kept[collection, public_id] = (stored, article.text)
        status = "added" if old is None else "known" if old[1] == article.text else "replaced"
        return Added(stored, 1, status, article.notes)

    async def add_url(
        self, url, *, collection, corrections=NOTHING_TO_CORRECT, password=None, on_progress=None
    ):
        if "down" in url:
            raise SourceUnavailable("The page did not answer. Try again later.")
        return await self.add(NewArticle(text="A page.", title=url, url=url), collection=collection)

    async def add_file(
        self, name, body, *, collection, corrections=NOTHING_TO_CORRECT, password=None, on_progress=None
    ):
        self.passwords.append(password)
        text = body.decode()
        if not text.strip():
            raise NotReadable("There is no text in it. Try another file.")
        article = NewArticle(
            text=text,
            title=corrections.title or name,
            url=corrections.url,
            author=corrections.author,
            published=corrections.published,
        )
        return await self.add(article, collection=collection)

    async def add_all_at(self, url, *, collection, corrections=NOTHING_TO_CORRECT, password=None, limit=50,
                         on_progress=None):  # fmt: skip
        if url.endswith("/feed"):
            for number in range(limit):
                entry = f"{url}/{number}"
                yield await self._outcome(entry, self.add_url(entry, collection=collection))
            yield await self._outcome("down", self.add_url("down", collection=collection))
            return
        yield await self._outcome(url, self.add_url(url, collection=collection))

    async def add_all_in(self, name, body, *, collection, corrections=NOTHING_TO_CORRECT, password=None,
                         limit=50, on_progress=None):  # fmt: skip
        adding = self.add_file(name, body, collection=collection, corrections=corrections, password=password)
        yield await self._outcome(name, adding)

    async def _outcome(self, source, adding):
        try:
            return Outcome(source, await adding)
        except RetrievalError as error:
            return Outcome(source, error=error)

    async def remove(self, public_id, *, collection):
        article = await self.article(public_id, collection=collection)
        del self.kept[collection, public_id]
        return article

    def _of(self, collection):
        return [kept for (name, _), kept in self.kept.items() if name == collection]

    async def articles(self, *, collection, offset=0, limit=50, filters=EVERYTHING):
        self.filters = filters
        return [article for article, _ in reversed(self._of(collection))][offset : offset + limit]

    async def count(self, *, collection):
        return len(self._of(collection))

    async def article(self, public_id, *, collection):
        if (collection, public_id) not in self.kept:
            raise ArticleNotFound(f"There is no article {public_id}. See list for those there are.")
        return self.kept[collection, public_id][0]

    async def text(self, public_id, *, collection):
        return self.kept[collection, public_id][1]

    async def versions(self, public_id, *, collection):
        return self.earlier

    async def attempts(self, public_ids, *, collection):
        return {one: self.tried[one] for one in public_ids if one in self.tried}

    async def old_text(self, public_id, digest, *, collection):
        return f"The text of {digest}."

    async def export(self, *, collection) -> AsyncIterator[tuple[Article, str]]:
        for kept in self._of(collection):
            yield kept

    def _hits(self, words, collection):
        found = []
        for article, text in self._of(collection):
            at = text.lower().find(words.lower())
            if at >= 0:
                span = Span(at, min(len(text), at + len(words)))
                found.append(
                    Hit(Passage(PassageId(article.id), article.id, span), article, span.of(text), 1.5)
                )
        return found

    async def ask(
        self,
        question,
        *,
        collection,
        filters=EVERYTHING,
        after=None,
        on_place=None,
        on_draft=None,
        extractive=False,
    ):
        self.filters = filters
        self.after = after
        if len(question) < 2:
            raise BadQuestion("The question is too short. Ask a whole question.")
        if question == "crash":
            raise ZeroDivisionError("a bug")
        size = len(self._of(collection))
        hits = tuple(self._hits(question, collection))
        if not hits or question == "nearest":
            return Answer(question, nearest=hits, notes=("Words only.",), library_size=size)
        citations = tuple(
            Citation(n, hit.article, hit.passage.span, hit.text) for n, hit in enumerate(hits, start=1)
        )
        statements = tuple(Statement(c.quote, (c.number,)) for c in citations)
        return Answer(question, statements, citations, hits, ("Words only.",), size)

    async def search(self, query, *, collection, limit=10, filters=EVERYTHING):
        self.filters = filters
        hits = self._hits(query, collection)
        return [hit for hit in hits for _ in range(2)]

    async def summarize(
        self, public_id_or_url, *, collection, length="medium", words=None, focus=None, **model
    ):
        article = await self.article(public_id_or_url, collection=collection)
        text = await self.text(public_id_or_url, collection=collection)
        end = {"short": 5, "medium": 10, "long": 20}[length] if words is None else words
        span = Span(0, min(end, len(text)))
        return Summary(
            article, (Statement(span.of(text), (1,)),), (Citation(1, article, span, span.of(text)),)
        )

    async def quotes(self, query=None, *, collection, speaker=None, article=None, limit=20, since=None):
        if article is not None:
            await self.article(article, collection=collection)
        found = [
            Quotation(kept, Span(0, 1), text[0], "Ann" if n % 2 else None, Span(1, 2) if n % 2 else None)
            for kept, text in self._of(collection)
            if article in (None, kept.public_id)
            for n in range(30)
        ]
        return [q for q in found if speaker in (None, q.speaker)][:limit]

    async def check(self):
        return CheckReport(len(self.kept), len(self.kept), self.faults, ("A cache will be built.",))

    async def rebuild(self, on_progress=None):
        return await self.check()
