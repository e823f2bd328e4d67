"""Lines of a digest in a language model's words: beside the exact words that support them, never instead.

The model reads the line of a story and how its other articles begin, and writes one sentence. It is
shown if the gate finds one sentence that supports it, and that one becomes the line. Disagreements
stay word for word.
"""

import logging
from collections.abc import Callable
from dataclasses import replace

from retrieval.claims import judge
from retrieval.domain import Article, ArticleId, Digest, Hit, Passage, PassageId, Span, Story, Tokens
from retrieval.errors import ModelFailed
from retrieval.llm.answers import unusable
from retrieval.llm.client import LanguageModel
from retrieval.llm.draft_check import check_draft
from retrieval.llm.prompts import summary_messages
from retrieval.runtime import Lane
from retrieval.safety import readable
from retrieval.text import sentences

MOST_STORIES = 8
"""Of a digest that are worded: as many as a card shows at first."""
MOST_ARTICLES = 3
LEAD_CHARS = 700
_log = logging.getLogger(__name__)


class LlmDigester:
    """Has lines worded. Lives on the event loop."""

    def __init__(self, model: LanguageModel, *, lane: Lane, text_of: Callable[[ArticleId], str]) -> None:
        self._model = model
        self._lane = lane
        self._text_of = text_of

    async def write(self, digest: Digest) -> tuple[Digest, Tokens]:
        """Return the digest with the lines that the model words and an article supports, and the cost.

        A line that fails stays as it is; if the model itself fails, so do all that follow.
        """
        stories, spent = list(digest.stories), Tokens()
        for number, story in enumerate(stories[:MOST_STORIES]):
            try:
                stories[number], cost = await self._write_line(story, digest.topic)
            except ModelFailed as error:
                _log.info("The language model was of no use: %s", error)
                break
            spent += cost
        written_by = self._model.name if any(story.worded for story in stories) else ""
        return replace(digest, stories=tuple(stories), written_by=written_by), spent

    async def _write_line(self, story: Story, topic: str | None) -> tuple[Story, Tokens]:
        hits = await self._lane.run(lambda: list(readable(story_hits(story, self._text_of), self._text_of)))
        if not hits:
            return story, Tokens()
        written = await self._model.write(summary_messages(hits, 1, topic))
        if unusable(written.text):
            return story, written.tokens
        checked = await self._lane.run(
            lambda: check_draft(written.text, hits, judge=judge, text_of=self._text_of)
        )
        for statement in checked.statements[: checked.kept]:
            if statement.text in checked.removed or len(statement.numbers) != 1:
                continue
            citation = next(one for one in checked.citations if one.number == statement.numbers[0])
            line = replace(citation, number=story.line.number)
            return replace(story, line=line, worded=statement.text), written.tokens
        return story, written.tokens


def story_hits(story: Story, text_of: Callable[[ArticleId], str]) -> list[Hit]:
    """Return the line of a story, and how its articles begin, as passages."""
    spans: list[tuple[Article, Span]] = [(story.line.article, story.line.span)]
    for article in story.articles[:MOST_ARTICLES]:
        lead = [span for span in sentences(text_of(article.id)) if span.end <= LEAD_CHARS]
        if lead:
            spans.append((article, Span(lead[0].start, lead[-1].end)))
    return [
        Hit(Passage(PassageId(-at), article.id, span), article, span.of(text_of(article.id)), 0.0)
        for at, (article, span) in enumerate(spans, start=1)
    ]
