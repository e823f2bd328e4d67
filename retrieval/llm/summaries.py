"""Summaries written by a language model, as far as the article supports them.

A long article is read in parts: what passes the gate of each part (map) leaves the sentences that
support it, and from these, word for word, the summary is written (reduce) and checked against them again.
So every sentence shown cites sentences of the article, through both steps. The extractive summary
comes first, and stays when the model is of no use.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval.claims import judge
from retrieval.domain import (
    Article,
    ArticleId,
    Checked,
    Citation,
    Hit,
    Passage,
    PassageId,
    Span,
    Summary,
    Tokens,
)
from retrieval.errors import ModelFailed
from retrieval.llm.answers import unusable
from retrieval.llm.client import LanguageModel
from retrieval.llm.draft_check import check_draft
from retrieval.llm.prompts import PASSAGE_CHARS, summary_messages
from retrieval.messages import message
from retrieval.runtime import Lane
from retrieval.safety import readable
from retrieval.text import sentences

MOST_PARTS = 8
"""Calls for one article, beside the last one; of a longer article the most telling passages are read."""
LEAST_SENTENCES = 2
_log = logging.getLogger(__name__)


class LlmSummarizer:
    """Has summaries written. Lives on the event loop."""

    def __init__(self, model: LanguageModel, *, lane: Lane, passages: int) -> None:
        self._model = model
        self._lane = lane
        self._passages = passages

    async def write(self, summary: Summary, text: str, focus: str | None = None) -> tuple[Summary, Tokens]:
        """Return the summary in the model's words where *text* supports them, and what it cost.

        *summary* is the extractive one; it is returned with a note when the model is of no use.
        """
        hits = await self._lane.run(lambda: article_hits(summary, text, MOST_PARTS * self._passages))
        wanted = max(LEAST_SENTENCES, len(summary.statements))
        parts = [hits[at : at + self._passages] for at in range(0, len(hits), self._passages)]
        spent, removed = Tokens(), list[str]()
        checked = Checked()
        try:
            for number, part in enumerate(parts):
                more = wanted if len(parts) == 1 else LEAST_SENTENCES
                checked, cost = await self._part(part, more, focus, text)
                spent += cost
                removed += checked.removed
                parts[number] = _cited_passages(checked.citations)
            if len(parts) > 1:
                carrying = [hit for part in parts for hit in part]
                checked, cost = await self._part(carrying, wanted, focus, text)
                spent += cost
                removed += checked.removed
        except ModelFailed as error:
            _log.info("The language model was of no use: %s", error)
            return extractive_summary(summary, error.text), spent
        if not checked.enough:
            return extractive_summary(
                summary, message("the article does not carry enough of what it wrote")
            ), spent
        written = replace(
            summary,
            statements=checked.statements,
            citations=checked.citations,
            written_by=self._model.name,
            removed=tuple(dict.fromkeys(removed)),
        )
        return written, spent

    async def _part(
        self, hits: Sequence[Hit], wanted: int, focus: str | None, text: str
    ) -> tuple[Checked, Tokens]:
        """Have one part summarized, and hold it against the article.

        Raises:
            ModelFailed: There is no usable text.
        """
        if not hits:
            return Checked(), Tokens()
        written = await self._model.write(summary_messages(hits, wanted, focus))
        if problem := unusable(written.text):
            raise ModelFailed(problem)

        def text_of(_: ArticleId) -> str:
            return text

        checked = await self._lane.run(lambda: check_draft(written.text, hits, judge=judge, text_of=text_of))
        return checked, written.tokens


def extractive_summary(summary: Summary, reason: str) -> Summary:
    """Return an extractive summary with a note that says why the language model did not word it."""
    note = message(
        "The language model was not used: {reason}. These are the article's own sentences.", reason=reason
    )
    return replace(summary, notes=(*summary.notes, note))


def article_hits(summary: Summary, text: str, most: int) -> list[Hit]:
    """Cut the article into passages, at most *most*, as a model may read them, in its order.

    If there are more, those that the extractive summary cites come first.
    """
    hits = _passages(summary.article, text)
    if len(hits) > most:
        cited = [one.span for one in summary.citations]
        telling = [hit for hit in hits if any(_touch(hit.passage.span, span) for span in cited)]
        others = [hit for hit in hits if hit not in telling]
        chosen = {hit.passage.id for hit in (*telling, *others)[:most]}
        hits = [hit for hit in hits if hit.passage.id in chosen]
    text_of: Callable[[ArticleId], str] = lambda _: text  # noqa: E731 - one text, whatever is asked
    return list(readable(hits, text_of))


def _passages(article: Article, text: str) -> list[Hit]:
    groups: list[Span] = []
    for span in sentences(text):
        if groups and span.end - groups[-1].start <= PASSAGE_CHARS:
            groups[-1] = Span(groups[-1].start, span.end)
        else:
            groups.append(span)
    return [
        Hit(Passage(PassageId(-number), article.id, span), article, span.of(text), 0.0)
        for number, span in enumerate(groups, start=1)
    ]


def _cited_passages(citations: Sequence[Citation]) -> list[Hit]:
    """Return the cited sentences as passages, in the article's order."""
    ordered = sorted(citations, key=lambda one: one.span.start)
    return [
        Hit(Passage(PassageId(-one.span.start - 1), one.article.id, one.span), one.article, one.quote, 0.0)
        for one in ordered
    ]


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
