"""Summaries of articles, in the library or not."""

from retrieval.domain import NewArticle, Summary
from retrieval.indexing import check_readable
from retrieval.librarian.articles import find_article
from retrieval.librarian.context import Context
from retrieval.librarian.usage import TokenBudget
from retrieval.storage import unstored_article
from retrieval.summaries import Length, summarize_text


class Summaries:
    """Summarizes in sentences that are cited each."""

    def __init__(self, context: Context, budget: TokenBudget) -> None:
        self._context = context
        self._budget = budget

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

        With *focus*, those that stand for what it says about that; its notes say if that is nothing.
        With a language model, it chooses the sentences unless *extractive*, or writes the summary if it
        is set to, within the budgets.

        Raises:
            ArticleNotFound: There is none under this id or address.
        """

        def choose() -> tuple[Summary, str]:
            store = self._context.store
            article = find_article(store, public_id_or_url, collection)
            text = store.text(article.id)
            summary = summarize_text(
                article,
                text,
                length=length,
                words=words,
                focus=focus,
                load_reranker=lambda: self._context.resources.reranker,
            )
            return summary, text

        summary, text = await self._context.lane.run(choose)
        return summary if extractive else await self._write(summary, text, collection, focus)

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
        shown = unstored_article(article, collection)
        summary = await self._context.lane.run(
            lambda: summarize_text(
                shown,
                article.text,
                length=length,
                words=words,
                focus=focus,
                load_reranker=lambda: self._context.resources.reranker,
            )
        )
        return summary if extractive else await self._write(summary, article.text, collection, focus)

    async def _write(self, summary: Summary, text: str, collection: str, focus: str | None) -> Summary:
        """Return the summary as the model chooses or writes it, if there is a model."""
        if self._context.llm is None or not summary.statements:
            return summary
        from retrieval.llm import (  # late: only where there is a model
            ChosenSummaries,
            LlmSummarizer,
            extractive_summary,
        )

        if reason := await self._budget.find_exhausted(collection):
            return extractive_summary(summary, reason)
        lane, passages = self._context.lane, self._context.settings.llm_passages
        if self._context.chosen is not None:
            summaries = ChosenSummaries(self._context.chosen.chooser, lane=lane, passages=passages)
            summary, tokens = await summaries.choose(summary, text, focus)
        else:
            summarizer = LlmSummarizer(self._context.llm.model, lane=lane, passages=passages)
            summary, tokens = await summarizer.write(summary, text, focus)
        await self._budget.charge(tokens, collection)
        return summary
