"""The librarian's answers: questions, searches, summaries and quotations."""

from dataclasses import replace
from datetime import UTC, date, datetime

from retrieval.conversation import understood
from retrieval.domain import Answer, Filters, Hit, NewArticle, Quotation, Summary
from retrieval.freshness import warning
from retrieval.ingest import check_readable
from retrieval.interpreting import Interpreting, Put
from retrieval.llm_answerer import OnDraft, extracted
from retrieval.llm_summarizer import LlmSummarizer
from retrieval.llm_summarizer import extracted as not_worded
from retrieval.questions import MAX_QUESTION_CHARS, checked_question
from retrieval.rewriting import rewritten
from retrieval.seams import OnPlace
from retrieval.summaries import Length
from retrieval.summarizing import summarized, unstored


class Enquiries(Interpreting):
    """Answers from the articles; every sentence it returns is cited."""

    async def ask(
        self,
        question: str,
        *,
        collection: str,
        filters: Filters = Filters(),  # noqa: B008 - frozen and empty
        after: Answer | None = None,
        on_place: OnPlace | None = None,
        on_draft: OnDraft | None = None,
        extractive: bool = False,
    ) -> Answer:
        """Answer from the articles, or say that they do not.

        *after* is the answer that the question follows up; what was understood is in the answer.
        With a language model, it words the answer unless *extractive*, within the budgets of the
        collection and of whoever asks; *on_draft* hears how far it is. A question in a language that
        the articles are not in is put into theirs by the model, and what it drafts, once the articles
        carry it, into that of the question.

        Raises:
            BadQuestion: Not between 3 and 500 characters, or without a letter.
            ArticleNotFound: The filters name an article that is not here.
            LibraryBusy: Too many people are waiting.
        """
        question = checked_question(question)
        worded = self._writer is not None and not extractive
        reason = await self._overspent(collection) if worded else ""
        by_model = worded and not reason
        put = Put(question)
        if by_model:
            put = await self._in_their_language(question, collection, filters, after)
        whole = put.question
        if after is not None:
            whole = await self._standing_alone(whole, after, collection, by_model=by_model)
        answer = await self._lane.run(
            lambda: self._workshop.ask(whole, collection=collection, filters=filters), on_place=on_place
        )
        if whole != question:
            answer = replace(answer, question=question, understood=whole)
        if worded and answer.found:
            # A draft in another language would be replaced word by word before the eyes of who reads it.
            answer = await self._worded(answer, collection, reason, None if put.asked else on_draft)
            answer = await self._translated_back(answer, put, collection)
        return replace(answer, warning=warning(answer, datetime.now(UTC).date()))

    async def _worded(self, answer: Answer, collection: str, reason: str, on_draft: OnDraft | None) -> Answer:
        """Return the answer in the model's words, or as it is if there is a *reason* against that."""
        assert self._writer is not None
        if reason:
            return extracted(answer, reason)
        answer, tokens = await self._writer.write(answer, on_draft)
        await self._spent(tokens, collection)
        return answer

    async def _standing_alone(self, question: str, after: Answer, collection: str, *, by_model: bool) -> str:
        """Return a follow-up with what it leaves out: by the model if it can, else by rules."""
        if by_model and self._writer is not None:
            title = after.citations[0].article.title if after.citations else ""
            said = after.originals or [one.text for one in after.statements]
            before = [(after.understood or after.question, " ".join(said))]
            whole, tokens = await rewritten(self._writer.model, question, before, title)
            await self._spent(tokens, collection)
            if whole:
                return whole
        return _in_full(question, after)

    async def search(
        self,
        query: str,
        *,
        collection: str,
        limit: int = 10,
        filters: Filters = Filters(),  # noqa: B008 - frozen and empty
    ) -> list[Hit]:
        """Return passages, best first, enough of them to name *limit* articles if there are as many.

        Raises:
            BadQuestion, ArticleNotFound, LibraryBusy: As for ``ask``, but of any length.
        """
        query = checked_question(query, longest=None)
        return await self._lane.run(
            lambda: self._workshop.search(query, collection=collection, limit=limit, filters=filters)
        )

    async def summarize(
        self,
        public_id_or_url: str,
        *,
        collection: str,
        length: Length = "medium",
        words: int | None = None,
        focus: str | None = None,
        extractive: bool = False,
    ) -> Summary:
        """Return sentences that stand for an article of the library, in its order.

        With *focus*, those that stand for what it says about that; its notes tell if that is nothing.
        With a language model, it words them unless *extractive*, within the budgets.

        Raises:
            ArticleNotFound: There is none under this id or address.
        """
        summary = await self._lane.run(
            lambda: self._workshop.summarize(
                public_id_or_url, collection=collection, length=length, words=words, focus=focus
            )
        )
        if self._writer is None or extractive:
            return summary
        article = summary.article
        text = await self._lane.run(lambda: self._workshop.store.text(article.id, article.digest))
        return await self._in_its_words(summary, text, collection, focus)

    async def _in_its_words(self, summary: Summary, text: str, collection: str, focus: str | None) -> Summary:
        """Return the summary in the model's words, as far as the article carries them."""
        assert self._writer is not None
        if not summary.statements:
            return summary
        if reason := await self._overspent(collection):
            return not_worded(summary, reason)
        passages = self._workshop.settings.llm_passages
        summarizer = LlmSummarizer(self._writer.model, lane=self._lane, passages=passages)
        summary, tokens = await summarizer.write(summary, text, focus)
        await self._spent(tokens, collection)
        return summary

    async def summarize_new(
        self,
        article: NewArticle,
        *,
        collection: str,
        length: Length = "medium",
        words: int | None = None,
        focus: str | None = None,
        extractive: bool = False,
    ) -> Summary:
        """Summarize a text without keeping it; the summary's article has no id.

        Raises:
            NotReadable: It holds no text.
        """
        check_readable(article)
        shown = unstored(article, collection)
        summary = await self._lane.run(
            lambda: summarized(
                shown,
                article.text,
                length=length,
                words=words,
                focus=focus,
                load_reranker=lambda: self._workshop.reranker,
            )
        )
        if self._writer is None or extractive:
            return summary
        return await self._in_its_words(summary, article.text, collection, focus)

    async def quotes(
        self,
        query: str | None = None,
        *,
        collection: str,
        speaker: str | None = None,
        article: str | None = None,
        limit: int | None = 20,
        since: date | None = None,
    ) -> list[Quotation]:
        """Return quotations: the best matches of *query*, or all in the order of the articles.

        With *since*, only those of articles that are known to be of that day or later.

        Raises:
            ArticleNotFound: *article* is not here.
        """
        return await self._lane.run(
            lambda: self._workshop.quotes(
                query, collection=collection, speaker=speaker, article=article, limit=limit, since=since
            )
        )


def _in_full(question: str, after: Answer) -> str:
    """Return a follow-up with what it leaves out, never longer than a question may be."""
    title = after.citations[0].article.title if after.citations else ""
    said = after.originals or [statement.text for statement in after.statements]
    return understood(question, after.understood or after.question, said, title)[:MAX_QUESTION_CHARS]
