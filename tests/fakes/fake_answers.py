"""Answers of the fake librarian: where a question stands word for word, else where one of its words does."""

from collections.abc import Callable
from dataclasses import replace

from retrieval.domain.answers import Answer, Citation, Context, Statement
from retrieval.domain.articles import Filters, Hit, Passage, PassageId
from retrieval.domain.spans import Span
from retrieval.errors import AnswerHidden, ArticleNotFound, BadQuestion
from retrieval.runtime.current_user import asking, privately
from retrieval.storage import unstored_article
from retrieval.text import surroundings

NO_FILTERS = Filters()


class FakeAnswers:
    def __init__(self, library):
        self._library = library
        self.asked: list[tuple[str, str, Filters]] = []
        self.after: Answer | None = None
        self.filters: Filters | None = None
        """Of the last question or search."""
        self.asked_texts = []
        self.recorded: dict[int, tuple[str, Answer]] = {}
        self.only_for: dict[int, str] = {}
        """Number of a private answer to its asker."""
        self.understood = ""
        self.notes: tuple[str, ...] = ()
        self.leads_to = ("Who is Ada Berg?", "What happened in 1907?")
        self.answer_with: Callable[[Answer], Answer] = lambda answer: answer

    async def ask(
        self,
        question,
        *,
        collection,
        filters=NO_FILTERS,
        after=None,
        on_place=None,
        on_draft=None,
        extractive=False,
    ):
        """Answer; "nearest" has passages but no answer, and "crash" meets a bug."""
        self.asked.append((question, collection, filters))
        self.after, self.filters = after, filters
        await self._library.work(on_place)
        if len(question) < 2:
            raise BadQuestion("The question is too short. Ask a whole question.")
        if question == "crash":
            raise ZeroDivisionError("a bug")
        hits = self._phrase_hits(question, collection)
        found = [] if question == "nearest" else hits
        if not hits:
            hits = self._article_hits(collection, filters)
            words = [word for word in question.strip("?").split() if len(word) > 4]
            answering = [hit for hit in hits if any(word in hit.text for word in words)]
            found = [_sentence(hit) for hit in answering[:1]]
        citations = tuple(
            Citation(n, hit.article, hit.passage.span, hit.text) for n, hit in enumerate(found, start=1)
        )
        answer = Answer(
            question=question,
            statements=tuple(Statement(one.quote, (one.number,)) for one in citations),
            citations=citations,
            nearest=tuple(hits),
            notes=self.notes,
            library_size=len(self._library.newest_first(collection)),
            understood=self.understood,
        )
        return self.answer_with(answer)

    async def ask_new(self, question, articles, *, collection, on_place=None):
        await self._library.work(on_place)
        self.asked_texts = list(articles)
        shown = [unstored_article(one, collection) for one in articles]
        span = Span(0, len(articles[0].text))
        hit = Hit(Passage(PassageId(-1), shown[0].id, span), shown[0], articles[0].text, 1.0)
        answer = Answer(question=question, nearest=(hit,), library_size=len(articles))
        if "nothing" in question:
            return answer
        citation = Citation(1, shown[0], span, articles[0].text)
        return replace(answer, statements=(Statement(articles[0].text, (1,)),), citations=(citation,))

    async def elaborate(self, answer, *, collection, on_place=None):
        more = (Statement("Ships came.", (1,)),) if answer.citations else ()
        return replace(answer, statements=answer.statements + more, follow_ups=self.leads_to)

    async def search(self, query, *, collection, limit=10, filters=NO_FILTERS):
        self.filters = filters
        return [hit for hit in self._phrase_hits(query, collection) for _ in range(2)]

    async def record(self, answer, *, collection):
        answer = replace(answer, id=len(self.recorded) + 1)
        self.recorded[answer.id] = (collection, answer)
        if privately():
            self.only_for[answer.id] = asking()
        return answer

    async def recall(self, answer_id, *, collection):
        if self._library.failure:
            raise self._library.failure
        answer = self._library.find_answer(answer_id, collection, asking())
        if answer_id in self._library.feedback.hidden:
            raise AnswerHidden("This answer is hidden until a moderator has looked at it.")
        present = tuple(one for one in answer.citations if one.article.id in self._library.shelf)
        return replace(answer, citations=present)

    async def context(self, citation, *, collection, sentences=2):
        article = self._library.shelf.get(citation.article.id)
        if article is None or article.collection != collection:
            raise ArticleNotFound("That article was removed.")
        text, span = self._library.texts[article.id], citation.span
        start, end = surroundings(text, span, sentences)
        current = article.digest == citation.article.digest
        return Context(text[start : span.start], citation.quote, text[span.end : end], current)

    def _phrase_hits(self, phrase, collection):
        """Return the first place of the phrase in each article, the oldest first."""
        hits = []
        for article in reversed(self._library.newest_first(collection)):
            text = self._library.texts[article.id]
            at = text.lower().find(phrase.lower())
            if at >= 0:
                hits.append(_hit(article, text, Span(at, min(len(text), at + len(phrase))), 1.5))
        return hits

    def _article_hits(self, collection, filters):
        articles = self._library.newest_first(collection)
        return [
            _hit(one, self._library.texts[one.id], Span(0, len(self._library.texts[one.id])), 1.0)
            for one in articles
            if not filters.article_ids or one.public_id in filters.article_ids
        ]


def _hit(article, text, span, score):
    return Hit(Passage(PassageId(article.id), article.id, span), article, span.of(text), score)


def _sentence(hit):
    """Return the sentence on the harbor, or else all of the text."""
    start = hit.text.find("The harbor")
    span = Span(start, hit.text.find(".", start) + 1) if start >= 0 else hit.passage.span
    return _hit(hit.article, hit.text, span, 1.0)
