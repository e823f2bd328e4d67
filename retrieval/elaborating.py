"""More on an answer that was given: further sentences that answer, and questions that lead on."""

from dataclasses import replace

from retrieval.desk import Desk
from retrieval.domain import Answer, ArticleId, Filters, Span
from retrieval.errors import AnswerNotFound, ArticleNotFound
from retrieval.extractive_answerer import ExtractiveAnswerer
from retrieval.language import is_english
from retrieval.next_questions import QUESTIONS, candidates, different, leads_on
from retrieval.seams import OnPlace
from retrieval.workshop import Workshop

SENTENCES = 8
PASSAGES = 10
CLOSE = 8.0
"""A longer answer goes on to sentences that answer less well than those of a short one …"""
SURE = 0.0
"""… but not below this score: what is further off than that strays from the question."""


class Elaborating(Desk):
    """Goes on where an answer ended."""

    async def elaborate(self, answer: Answer, *, collection: str, on_place: OnPlace | None = None) -> Answer:
        """Return the answer at length, from the passages that were read for it, with questions to go on.

        Each of the questions was looked up: the articles answer it with words not shown yet.

        Raises:
            AnswerNotFound: The answer is from articles of another collection.
            LibraryBusy: Too many people are waiting.
        """
        articles = [one.article for one in answer.citations] + [hit.article for hit in answer.nearest]
        if any(article.collection != collection for article in articles):
            raise AnswerNotFound("That answer is too old, or was not given here. Please ask again.")
        longer = await self._lane.run(lambda: _longer(self._workshop, answer), on_place=on_place)
        answered: list[str] = []
        for question in candidates(longer) if is_english(answer.understood or answer.question) else ():
            reply = await self._lane.run(
                lambda question=question: self._workshop.ask(  # type: ignore[misc]
                    question, collection=collection, filters=Filters()
                )
            )
            if leads_on(reply, longer):
                answered.append(question)
            if len(different(answered)) == QUESTIONS:
                break
        return replace(longer, follow_ups=tuple(different(answered)))


def _longer(workshop: Workshop, answer: Answer) -> Answer:
    """Answer from the recorded passages, each in the version that was read; never with less than before."""
    versions = {hit.article.id: hit.article.digest for hit in answer.nearest}

    def text_of(article: ArticleId) -> str:
        return workshop.store.text(article, versions.get(article))

    def speakers_of(article: ArticleId) -> list[tuple[Span, str]]:
        current = workshop.store.articles_by_row([article]).get(article)
        same = current is not None and current.digest == versions.get(article)
        return workshop.store.speakers(article) if same else []

    if not answer.found or not is_english(answer.understood or answer.question):
        return answer
    answerer = ExtractiveAnswerer(
        workshop.reranker,
        text_of=text_of,
        speakers_of=speakers_of,
        threshold=max(SURE, workshop.settings.answer_threshold or SURE),
        sentences=SENTENCES,
        passages=PASSAGES,
        close=CLOSE,
    )
    try:
        longer = answerer.answer(answer.understood or answer.question, answer.nearest)
    except ArticleNotFound:  # removed, or its old version is gone
        return answer
    if not longer.found or (not answer.written_by and len(longer.statements) <= len(answer.statements)):
        return answer
    return replace(
        longer,
        question=answer.question,
        understood=answer.understood,
        warning=answer.warning,
        library_size=answer.library_size,
        removed=answer.removed,
    )
