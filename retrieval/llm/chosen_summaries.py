"""Summaries and lines of digests whose sentences a language model chose among the articles' own.

A long article is read in parts: the model chooses in each, and then among what it chose.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval.citations import Draft, cite
from retrieval.domain import ArticleId, Digest, Hit, Story, Summary, Tokens
from retrieval.llm.choice import PICK_SCHEMA, read_pick
from retrieval.llm.choice_prompts import line_messages, summary_choice_messages
from retrieval.llm.chooser import Chooser, Unchosen
from retrieval.llm.digests import MOST_STORIES, story_hits
from retrieval.llm.numbered_sentences import NumberedSentences
from retrieval.llm.summaries import MOST_PARTS, article_hits
from retrieval.messages import message
from retrieval.runtime import Lane
from retrieval.safety import readable
from retrieval.structure import Structure, read_structure

MORE_THAN_ASKED = 2
"""Sentences that a summary may have beyond those asked for; of more, the last are left out."""
MOST_TIMES_THE_WORDS = 1.25
"""Length, by the words asked for, from which what was chosen of the parts is chosen from again."""
MOST_WORDS = 1.5
"""Length, by the words asked for, over which the last sentences are left out. Of 20 summaries that a careful
reader chose, for 65 words, the mean was 76 words; one had 141."""
_log = logging.getLogger(__name__)


class ChosenSummaries:
    """Has the sentences of summaries chosen. Lives on the event loop."""

    def __init__(self, chooser: Chooser, *, lane: Lane, passages: int) -> None:
        self._chooser = chooser
        self._lane = lane
        self._passages = passages

    async def choose(self, summary: Summary, text: str, focus: str | None = None) -> tuple[Summary, Tokens]:
        """Return the summary in the sentences of *text* that the model chooses, and what it cost.

        *summary* is the extractive one, which says how long; it is returned with a note when the model fails.
        """
        texts = {summary.article.id: text}
        structure = await self._lane.run(lambda: read_structure(text))
        hits = await self._lane.run(lambda: article_hits(summary, text, MOST_PARTS * self._passages))
        parts = [hits[at : at + self._passages] for at in range(0, len(hits), self._passages)]
        spent = Tokens()
        wanted, words = len(summary.statements), summary.wanted_words or summary.words
        try:
            for number, part in enumerate(parts):
                parts[number], cost = await self._pick_sentences(part, structure, wanted, words, focus)
                spent += cost
            picked = [hit for part in parts for hit in part]
            long = sum(len(hit.text.split()) for hit in picked) > MOST_TIMES_THE_WORDS * words
            if len(parts) > 1 and (len(picked) > wanted or long):
                picked, cost = await self._pick_sentences(picked, structure, wanted, words, focus)
                spent += cost
        except Unchosen as failure:
            return _not_chosen(summary, failure.why), spent + failure.tokens
        if not picked:
            return _not_chosen(summary, message("it chose no sentence")), spent
        shown = picked[: wanted + MORE_THAN_ASKED]

        def cited() -> Summary:
            whole = NumberedSentences(hits, texts, lambda _: structure)
            drafts = whole.drafts([whole.number_at(hit.passage.span) for hit in shown])
            drafts = _shorten(drafts, round(MOST_WORDS * words))
            statements, citations = cite(drafts, text_of=lambda article: texts[article])
            return replace(
                summary, statements=statements, citations=citations, chosen_by=self._chooser.model.name
            )

        return await self._lane.run(cited), spent

    async def _pick_sentences(
        self,
        hits: Sequence[Hit],
        structure: Structure,
        wanted: int,
        words: int,
        focus: str | None,
    ) -> tuple[list[Hit], Tokens]:
        """Return the sentences that the model picks, each as a passage of its own, in the article's order."""
        texts = {hit.article.id: structure.text for hit in hits}
        sentences = await self._lane.run(lambda: NumberedSentences(hits, texts, lambda _: structure))
        if not len(sentences):
            return [], Tokens()
        numbers, cost = await self._chooser.ask(
            summary_choice_messages(sentences.format_for_model(), sentences=wanted, words=words, focus=focus),
            PICK_SCHEMA,
            lambda text: read_pick(text, len(sentences)),
        )
        return [sentences.as_hit(number) for number in numbers], cost


class ChosenLines:
    """Has the lines of a digest chosen. Lives on the event loop."""

    def __init__(self, chooser: Chooser, *, lane: Lane, text_of: Callable[[ArticleId], str]) -> None:
        self._chooser = chooser
        self._lane = lane
        self._text_of = text_of

    async def choose(self, digest: Digest) -> tuple[Digest, Tokens]:
        """Return the digest with the lines that the model chooses, and the cost.

        A line that it does not choose stays as it is; if the model fails, so do all that follow.
        """
        stories, spent, chosen_by = list(digest.stories), Tokens(), ""
        for number, story in enumerate(stories[:MOST_STORIES]):
            try:
                stories[number], cost = await self._choose_line(story, digest.topic)
            except Unchosen as failure:
                _log.info("The language model chose no line: %s", failure)
                spent += failure.tokens
                break
            spent += cost
            chosen_by = self._chooser.model.name
        return replace(digest, stories=tuple(stories), chosen_by=chosen_by), spent

    async def _choose_line(self, story: Story, topic: str | None) -> tuple[Story, Tokens]:
        def number() -> tuple[dict[ArticleId, str], NumberedSentences]:
            hits = story_hits(story, self._text_of)
            texts = {hit.article.id: self._text_of(hit.article.id) for hit in hits}
            return texts, NumberedSentences(readable(hits, lambda article: texts[article]), texts)

        texts, sentences = await self._lane.run(number)
        if not len(sentences):
            return story, Tokens()
        numbers, cost = await self._chooser.ask(
            line_messages(sentences.format_for_model(), topic),
            PICK_SCHEMA,
            lambda text: read_pick(text, len(sentences)),
        )
        if len(numbers) != 1:
            return story, cost
        drafts = sentences.drafts(numbers)
        _, [line] = cite(drafts, text_of=lambda article: texts[article])
        return replace(story, line=replace(line, number=story.line.number)), cost


def _shorten(drafts: Sequence[Draft], most_words: int) -> list[Draft]:
    """Return the sentences that fit into *most_words*, in their order; the first one whatever its length."""
    kept: list[Draft] = []
    words = 0
    for draft in drafts:
        length = len(draft.text.split())
        if not kept or words + length <= most_words:
            kept.append(draft)
            words += length
    return kept


def _not_chosen(summary: Summary, reason: str) -> Summary:
    note = message(
        "The language model was not used: {reason}. These sentences were chosen without it.", reason=reason
    )
    return replace(summary, notes=(*summary.notes, note))
