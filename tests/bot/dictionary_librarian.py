"""A librarian that looks up words in a dictionary instead of using models; the same names and errors."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256

from dictionary_overviews import Overviews
from dictionary_presences import Presences
from dictionary_questions import OpenQuestions
from dictionary_reviews import Reviews
from dictionary_upkeep import Upkeep
from retrieval.metering import Usage

from retrieval.domain import (
    Added,
    Answer,
    Article,
    ArticleId,
    Citation,
    Context,
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
    Version,
)
from retrieval.drafts import Tokens
from retrieval.errors import AnswerNotFound, ArticleNotFound, SourceUnavailable
from retrieval.sayings import Sayings, Wording, WordsCheck
from retrieval.seams import Progress
from retrieval.summarizing import unstored
from retrieval.wording import differences, nearest_stretch, warnings

TEXT = "It was quiet. The harbor was deepened in 1907. Ships came. “We dug by hand,” said Ada Berg."


class DictionaryLibrarian(Upkeep, Overviews, Reviews, OpenQuestions, Presences):
    def __init__(self):
        Upkeep.__init__(self)
        Reviews.__init__(self)
        OpenQuestions.__init__(self)
        self.texts: dict[int, str] = {}
        self.shelf: dict[int, Article] = {}
        self.answers: dict[int, tuple[str, Answer]] = {}
        self.notes: dict[str, str] = {}
        self.asked: list[tuple[str, str, Filters]] = []
        self.added: list[tuple[str, object]] = []
        self.failure: BaseException | None = None
        self.wait_s = 0.0
        self.place = 0
        self.after: Answer | None = None
        self.understood = ""
        self.entries = 3
        self.passwords: list[str | None] = []
        self.earlier: list[Version] = []
        self.progress: Progress | None = None
        self.answer_with: Callable[[Answer], Answer] = lambda answer: answer
        self.status = "added"
        self.attempt = ""
        self.read: list[str] = []
        self.focus: str | None = None
        self.text_words = 1_400

    def put(self, collection="", title="Harbor history", text=TEXT, **known):
        number = len(self.shelf) + 1
        known.setdefault("public_id", f"a{number}")
        known.setdefault("site", "harbor.example")
        known.setdefault("url", f"https://harbor.example/{number}")
        known.setdefault("published", date(2024, 3, number % 28 + 1))
        article = Article(
            id=ArticleId(number),
            collection=collection,
            title=title,
            author=known.pop("author", None),
            added_at=datetime(2026, 1, 1, tzinfo=UTC),
            language="en",
            digest=sha256(text.encode()).hexdigest(),
            chars=len(text),
            **known,
        )
        self.shelf[number] = article
        self.texts[number] = text
        return article

    waiting = 0
    model = ""
    spent = Tokens()

    async def usage(self, *, collection):
        return Usage(date(2026, 1, 1), 2, self.spent, 5_000)

    async def tokens_today(self):
        return self.spent

    async def size(self):
        if self.failure:
            raise self.failure
        return len(self.shelf)

    def _in(self, collection):
        return [article for article in reversed(self.shelf.values()) if article.collection == collection]

    async def _work(self, on_place=None, on_progress=None):
        if on_place and self.place:
            on_place(self.place)
        if on_progress and self.progress:
            on_progress(self.progress)
        if self.wait_s:
            await asyncio.sleep(self.wait_s)
        if self.failure:
            raise self.failure

    async def ask(
        self,
        question,
        *,
        collection,
        filters=Filters(),  # noqa: B008
        after=None,
        on_place=None,
        on_draft=None,
        extractive=False,
    ):
        self.asked.append((question, collection, filters))
        self.after = after
        await self._work(on_place)
        articles = self._in(collection)
        searched = [a for a in articles if not filters.article_ids or a.public_id in filters.article_ids]
        hits = tuple(
            Hit(Passage(PassageId(a.id), a.id, Span(0, len(self.texts[a.id]))), a, self.texts[a.id], 1.0)
            for a in searched
        )
        answer = Answer(
            question=question, nearest=hits, library_size=len(articles), understood=self.understood
        )
        words = [word for word in question.strip("?").split() if len(word) > 4]
        found = next((hit for hit in hits if any(word in hit.text for word in words)), None)
        if found:
            start = found.text.find("The harbor")
            span = Span(start, found.text.find(".", start) + 1) if start >= 0 else found.passage.span
            quote = span.of(found.text)
            answer = replace(
                answer,
                statements=(Statement(quote, (1,)),),
                citations=(Citation(1, found.article, span, quote),),
            )
        return self.answer_with(answer)

    async def record(self, answer, *, collection):
        answer = replace(answer, id=len(self.answers) + 1)
        self.answers[answer.id] = (collection, answer)
        return answer

    async def recall(self, answer_id, *, collection):
        if self.failure:
            raise self.failure
        owner, answer = self.answers.get(answer_id, (None, None))
        if owner != collection:
            raise AnswerNotFound("That answer is too old, or was not given here. Please ask again.")
        self._shown(answer_id)
        present = tuple(one for one in answer.citations if one.article.id in self.shelf)
        return replace(answer, citations=present)

    async def context(self, citation, *, collection, sentences=2):
        article = self.shelf.get(citation.article.id)
        if article is None or article.collection != collection:
            raise ArticleNotFound("That article was removed.")
        text, span = self.texts[article.id], citation.span
        return Context(
            text[: span.start], citation.quote, text[span.end :], article.digest == citation.article.digest
        )

    async def summarize(
        self, public_id_or_url, *, collection, length="medium", words=None, focus=None, extractive=False
    ):
        await self._work()
        article = next((a for a in self._in(collection) if public_id_or_url in (a.public_id, a.url)), None)
        if article is None:
            raise ArticleNotFound(f"There is no article {public_id_or_url} here. See /article list.")
        text = self.texts[article.id]
        quote = text[:13]
        statements = (Statement(quote, (1,)),) * {"short": 1, "medium": 2, "long": 3}[length]
        self.focus = focus
        notes = ("I found nothing about “whales”.",) if focus == "whales" else ()
        citations = (Citation(1, article, Span(0, 13), quote),)
        return Summary(article, statements, citations, notes, self.text_words)

    async def quotes(self, query=None, *, collection, speaker=None, article=None, limit=20, since=None):
        await self._work()
        found = []
        for one in self._in(collection):
            text = self.texts[one.id]
            start, end = text.find("“") + 1, text.find("”")
            wanted = (query or "") in text and (speaker or "") in text and article in (None, one.public_id)
            wanted = wanted and (since is None or one.published >= since)
            if start and wanted:
                found.append(Quotation(one, Span(start, end), text[start:end], "Ada Berg"))
        return found[:limit]

    async def check_words(self, words, *, collection, filters=Filters()):  # noqa: B008
        await self._work()
        wordings = []
        for one in self._in(collection):
            if filters.article_ids and one.public_id not in filters.article_ids:
                continue
            text = self.texts[one.id]
            near = nearest_stretch(words, text, Span(0, len(text)))
            if near:
                changed = () if words in text else differences(words, near.span.of(text))
                words_there = near.span.of(text)
                wordings.append(
                    Wording(one, near.span, words_there, near.span, False, None, changed, warnings(changed))
                )
        return WordsCheck(words, tuple(wordings[:5]), len(wordings), len(self._in(collection)))

    async def who(self, speaker, *, collection, filters=Filters()):  # noqa: B008
        found = await self.quotes(collection=collection, limit=None, since=filters.since)
        if speaker == "Berg":
            return Sayings(speaker, (), ("Ada Berg", "Peter Berg"))
        found = [one for one in found if one.speaker == speaker]
        return Sayings(speaker, tuple(found))

    async def suggest_speakers(self, typed, *, collection, limit=25):
        return [f"{typed} {number} " + "long " * 30 for number in range(40)][:limit]

    async def article(self, public_id, *, collection):
        for article in self._in(collection):
            if article.public_id == public_id:
                return article
        raise ArticleNotFound(f"There is no article {public_id} here. See /article list.")

    async def text(self, public_id, *, collection):
        return self.texts[(await self.article(public_id, collection=collection)).id]

    async def article_numbered(self, number, *, collection):
        for article in self._in(collection):
            if article.id == number:
                return article
        raise ArticleNotFound("That article is no longer here. See the list of articles.")

    async def versions(self, public_id, *, collection):
        await self.article(public_id, collection=collection)
        return self.earlier

    async def times_cited(self, public_id, *, collection):
        article = await self.article(public_id, collection=collection)
        given = [answer for _, answer in self.answers.values()]
        return sum(any(one.article.id == article.id for one in answer.citations) for answer in given)

    async def remove(self, public_id, *, collection):
        article = await self.article(public_id, collection=collection)
        del self.shelf[article.id]
        return article

    async def articles(self, *, collection, offset=0, limit=50, filters=Filters()):  # noqa: B008
        return self._in(collection)[offset : offset + limit]

    async def count(self, *, collection):
        return len(self._in(collection))

    async def suggest(self, typed, *, collection, limit=25):
        found = [a for a in self._in(collection) if typed.lower() in a.title.lower() or typed == a.public_id]
        return found[:limit]

    async def suggest_names(self, column, typed, *, collection, limit=25):
        names = {getattr(article, column) for article in self._in(collection)} - {None}
        return sorted(name for name in names if typed.lower() in name.lower())[:limit]

    async def add_url(
        self,
        url,
        *,
        collection,
        corrections=Corrections(),  # noqa: B008
        password=None,
        on_progress=None,
    ):
        return await self._add(url, collection, "From the web", TEXT, on_progress)

    async def add_file(
        self,
        name,
        body,
        *,
        collection,
        corrections=Corrections(),  # noqa: B008
        password=None,
        on_progress=None,
    ):
        self.passwords.append(password)
        title = corrections.title or name
        return await self._add((name, body), collection, title, body.decode(), on_progress)

    async def add_all_at(
        self,
        url,
        *,
        collection,
        corrections=Corrections(),  # noqa: B008
        password=None,
        limit=50,
        on_progress=None,
    ):
        if "feed" not in url:
            yield Outcome(url, await self.add_url(url, collection=collection, on_progress=on_progress))
            return
        for number in range(self.entries):
            yield Outcome(
                f"{url}/{number}", await self._add(url, collection, f"Entry {number}", TEXT, on_progress)
            )
        yield Outcome(f"{url}/last", error=SourceUnavailable("The page did not answer. Try again later."))

    async def add_all_in(
        self,
        name,
        body,
        *,
        collection,
        corrections=Corrections(),  # noqa: B008
        password=None,
        limit=50,
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
        yield Outcome(name, await adding)

    async def read_url(self, url, *, password=None, on_progress=None):
        await self._work(None, on_progress)
        if "down" in url:
            raise SourceUnavailable("The page did not answer. Try again later.")
        self.read.append(url)
        return NewArticle(TEXT, title="From the web", url=url, author="Ida Lind", published=date(2025, 5, 6))

    async def read_file(self, name, body, *, password=None, on_progress=None):
        await self._work(None, on_progress)
        self.read.append(name)
        return NewArticle(body.decode(), title=name)

    async def summarize_new(
        self, article, *, collection, length="medium", words=None, focus=None, extractive=False
    ):
        await self._work()
        self.focus = focus
        shown = unstored(article, collection)
        quote = article.text[:13]
        citations = (Citation(1, shown, Span(0, 13), quote),)
        return Summary(shown, (Statement(quote, (1,)),), citations, (), len(article.text.split()))

    async def _add(self, source, collection, title, text, on_progress):
        self.added.append((collection, source))
        await self._work(None, on_progress)
        article = self.put(collection, title, text)
        return Added(article, 3, self.status, ("Only the first 40 pages could be read.",), self.attempt)

    async def note(self, key):
        return self.notes.get(key)

    async def set_note(self, key, value):
        self.notes[key] = value
