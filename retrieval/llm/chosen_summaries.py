"""Summaries and lines of digests whose sentences a language model chose among the articles' own.

The model sees how long each sentence is and which ones it needs, and names sentences by importance;
what fits into the length asked for is shown. A long article is read in parts: the model names sentences
of each, and then some of those.
"""

import logging
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval.citations import cite
from retrieval.domain import ArticleId, Digest, Story, Summary, Tokens
from retrieval.llm.choice import PICK_SCHEMA, RANKING_SCHEMA, Ranking, read_pick, read_ranking
from retrieval.llm.choice_prompts import line_messages, part_of_article, summary_choice_messages
from retrieval.llm.chooser import Chooser, Unchosen
from retrieval.llm.digests import MOST_STORIES, story_hits
from retrieval.llm.numbered_sentences import NumberedSentences
from retrieval.llm.summaries import MOST_PARTS, article_hits
from retrieval.llm.summary_length import fit, total_words
from retrieval.messages import message
from retrieval.runtime import Lane
from retrieval.safety import readable
from retrieval.structure import read_structure
from retrieval.summaries import most_words, split_for_summary

LEAST_NAMED = 5
"""Sentences that a model is to name at least: in the place of one that does not fit, the next one is shown. A
reader who was allowed fewer named those planned, and left up to 18 of 74 words free."""
NAMED = 2
"""Length of what a model may name, by the words asked for, as sentences of the article's mean length."""
LEAST_OF_PART = 100
"""Words of a summary of one part of an article, if so many are asked for; of a long one, a share of them."""
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
        words = summary.wanted_words or summary.words
        sentences, parts = await self._lane.run(lambda: self._number_parts(summary, text))
        spent, ranking = Tokens(), Ranking(())
        try:
            for at, part in enumerate(parts):
                line = _part(sentences, parts, at)
                one, cost = await self._rank(sentences, part, _share(words, len(parts)), focus, line)
                spent += cost
                ranking = Ranking(ranking.sentences + one.sentences, ranking.alone | one.alone)
            if len(parts) > 1 and total_words(sentences, ranking.sentences) > most_words(words):
                ranking, cost = await self._rank(sentences, ranking.sentences, words, focus)
                spent += cost
        except Unchosen as failure:
            return _not_chosen(summary, failure.why), spent + failure.tokens
        if not ranking.sentences:
            return _not_chosen(summary, message("it chose no sentence")), spent

        def cited() -> Summary:
            shown = fit(ranking, sentences, words)
            statements, citations = cite([sentences.draft(one) for one in shown], text_of=lambda _: text)
            return replace(
                summary, statements=statements, citations=citations, chosen_by=self._chooser.model.name
            )

        return await self._lane.run(cited), spent

    def _number_parts(self, summary: Summary, text: str) -> tuple[NumberedSentences, list[list[int]]]:
        """Return the article's sentences, and the numbers of those of each part that is read at once."""
        structure = read_structure(text)
        hits = article_hits(summary, text, MOST_PARTS * self._passages)
        texts = {summary.article.id: text}
        sentences = NumberedSentences(hits, texts, lambda _: structure, split=split_for_summary)
        parts: dict[int, list[int]] = {}
        ends = [hit.passage.span.end for hit in hits]
        for number in range(1, len(sentences) + 1):
            passage = bisect_right(ends, sentences[number].span.start)
            parts.setdefault(passage // self._passages, []).append(number)
        return sentences, list(parts.values())

    async def _rank(
        self,
        sentences: NumberedSentences,
        numbers: Sequence[int],
        words: int,
        focus: str | None,
        part: str = "",
    ) -> tuple[Ranking, Tokens]:
        """Return those of *numbers* that the model names for a summary of *words*, by importance."""
        offered = {one for number in numbers for one in (*sentences.needs(number), number)}
        mean = max(1.0, total_words(sentences, offered) / len(offered))
        least = min(LEAST_NAMED, len(offered))
        most = min(len(offered), max(LEAST_NAMED + 1, round(NAMED * words / mean)))
        listed = await self._lane.run(lambda: sentences.format_for_model(sorted(offered), lengths=True))
        ranked, cost = await self._chooser.ask(
            summary_choice_messages(
                listed, sentences=(least, most), words=(words, most_words(words)), focus=focus, part=part
            ),
            RANKING_SCHEMA,
            lambda text: read_ranking(text, len(sentences)),
        )
        numbers = [number for number in ranked.sentences if number in offered]
        return Ranking(tuple(numbers[:most]), ranked.alone), cost


def _share(words: int, parts: int) -> int:
    """Return the words of a summary of one of so many parts: together, they have more than is shown."""
    return min(words, max(LEAST_OF_PART, NAMED * words // parts))


def _part(sentences: NumberedSentences, parts: Sequence[Sequence[int]], at: int) -> str:
    """Return the line that tells a part of an article; empty if it is read whole."""
    return part_of_article(at + 1, len(parts), sentences[parts[0][0]].text) if len(parts) > 1 else ""


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


def _not_chosen(summary: Summary, reason: str) -> Summary:
    note = message(
        "The language model was not used: {reason}. These sentences were chosen without it.", reason=reason
    )
    return replace(summary, notes=(*summary.notes, note))
