"""Summaries of the fake librarian: how a text begins, once or several times."""

from retrieval.domain.answers import Citation, Statement, Summary
from retrieval.domain.spans import Span
from retrieval.errors import ArticleNotFound
from retrieval.storage import unstored_article

TIMES = {"short": 1, "medium": 2, "long": 3}


class FakeSummaries:
    def __init__(self, library):
        self._library = library
        self.focus: str | None = None
        self.chars = 13
        """Of the one sentence, unless so many words are asked for."""
        self.text_words = 1_400

    async def summarize(
        self, public_id_or_url, *, collection, length="medium", words=None, focus=None, extractive=False
    ):
        await self._library.work()
        self.focus = focus
        articles = self._library.newest_first(collection)
        article = next((a for a in articles if public_id_or_url in (a.public_id, a.url)), None)
        if article is None:
            raise ArticleNotFound(f"There is no article {public_id_or_url!r} here.")
        text = self._library.texts[article.id]
        span = Span(0, min(len(text), words or self.chars))
        statements = (Statement(span.of(text), (1,)),) * (1 if words else TIMES[length])
        notes = ("I found nothing about “whales”.",) if focus == "whales" else ()
        return Summary(
            article, statements, (Citation(1, article, span, span.of(text)),), notes, self.text_words
        )

    async def summarize_new(
        self, article, *, collection, length="medium", words=None, focus=None, extractive=False
    ):
        await self._library.work()
        self.focus = focus
        shown, span = unstored_article(article, collection), Span(0, self.chars)
        quote = span.of(article.text)
        citations = (Citation(1, shown, span, quote),)
        return Summary(shown, (Statement(quote, (1,)),), citations, (), len(article.text.split()))
