"""Answer in the articles' own sentences, as few as answer, or say that they do not.

No language model is involved: every statement is a slice of a stored text.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from retrieval.answers.bridges import UNMET_SHARE, find_bridge, linked_passages
from retrieval.answers.candidates import SpeakersOf
from retrieval.answers.coverage import share_unmet
from retrieval.answers.evidence import (
    PASSAGES,
    Evidence,
    naming_first,
    overlap,
    read_evidence,
    reread,
    says_more,
    unknown_names,
)
from retrieval.answers.freshness import add_date
from retrieval.answers.methods import (
    asks_for_ending,
    choose_by_article,
    choose_ending,
    choose_pair,
    find_disagreement,
    last_passages,
    topic_of_articles,
)
from retrieval.answers.parts import (
    MAX_LIST_CHARS,
    Parts,
    asks_for_all,
    counted,
    label_words,
    whole_list,
    within_limit,
)
from retrieval.answers.polarity import asks_yes_no, read_polarity
from retrieval.answers.question_types import answer_type
from retrieval.answers.recency import newest_first
from retrieval.answers.sentence_context import StructureOf, add_context
from retrieval.answers.subquestions import Sides, is_about_side, is_firm, own_words, sides_of
from retrieval.citations import Draft, resolve
from retrieval.domain import Answer, ArticleId, Hit, Span
from retrieval.messages import message
from retrieval.protocols import Reader, Reranker
from retrieval.runtime import stage
from retrieval.structure import find_prose_list
from retrieval.text import (
    quantities,
)

THRESHOLD = 0.0
"""Least answerability of a sentence that answers, on the scale that answerability.py sets to 0. Of a sentence
that no reader has read, as for More, it is the least score: the cross-encoder's logit less the penalties."""
UNSURE = -0.75
"""Least answerability of a sentence that is shown as the nearest where none answers. Between the two lie
.06, .07 and .02 of the right sentences of squad2_open, people and context, and .16, .13 and .16 of their
lookalikes; below it .01, .05 and .03 of the right ones, and .41, .57 and .57 of the lookalikes."""
KNOWN_NAMED = 5
"""Codes that are named where the one asked for is unknown."""
MAX_SENTENCES = 3
SIDE_SLACK = 4.0
"""A side of a comparison may score so much less than an answer: its question is made, not asked."""
ROWS_SLACK = 1.0
"""Rows that a question for all of a kind names may be so much less sure: the cross-encoder reads prose."""
ENDING_SLACK = 0.5
"""The end of a story may be so much less sure: it seldom has the words of a question about it."""
ENDING_SLACK_ALONE = 2.5
"""The same where one article is asked, whose end can only be that of its story."""
MOST_ARTICLES = 6
"""Articles that are shown for a question about which of them speak of something."""
COUNTED_IN = 8
"""Sentences that are looked at for a list whose items are counted: an item says no number itself."""
INTERVIEW_PASSAGES = 3
"""Passages of an interview that are read besides."""
MEASURES = frozenset(("weight", "distance", "money", "share"))
CLOSE = 4.0
"""A further sentence is shown if its logit is no further than this below the best one's."""


@dataclass(frozen=True, slots=True)
class AnswerLength:
    """How much an extractive answer may say."""

    sentences: int = MAX_SENTENCES
    passages: int = PASSAGES
    """Passages that the cross-encoder reads, the best ones."""
    close: float = CLOSE
    """Logits that a further sentence may lie below the best one."""
    omitted: frozenset[tuple[ArticleId, Span]] = frozenset()
    """Sentences that are not shown, such as those of the answer before."""


SHORT = AnswerLength()


@dataclass(frozen=True, slots=True)
class _Choice:
    """What is shown of the evidence."""

    evidence: Sequence[Evidence] = ()
    notes: tuple[str, ...] = ()
    reading: str = ""
    """How many there are, where that is counted."""
    warning: str = ""
    """What must be said before it."""


class ExtractiveAnswerer:
    """Chooses sentences with a cross-encoder. Belongs to the lane."""

    def __init__(
        self,
        reranker: Reranker,
        *,
        text_of: Callable[[ArticleId], str],
        speakers_of: SpeakersOf,
        structure_of: StructureOf,
        threshold: float | None = None,
        length: AnswerLength = SHORT,
        search: Callable[[str], Sequence[Hit]] = lambda question: (),
        reader: Reader | None = None,
    ) -> None:
        self._reranker = reranker
        self._reader = reader
        self._text_of = text_of
        self._speakers_of = speakers_of
        self._structure_of = structure_of
        self._threshold = THRESHOLD if threshold is None else threshold
        self._length = length
        self._search = search

    @stage("rerank")
    def answer(self, question: str, hits: Sequence[Hit]) -> Answer:
        """Return a few sentences that answer, or none with the nearest passages."""
        evidence = self._read(question, hits)
        choice = self._choose(question, evidence, hits)
        drafts = self._in_context(question, choice.evidence, hits)
        if not drafts:
            nearest = choose(evidence, min(UNSURE, self._threshold))
            near = resolve(
                question, self._in_context(question, nearest, ())[:1], text_of=self._text_of, nearest=hits
            )
            near = as_unsure(near) if near.found else near
            return replace(near, notes=(*near.notes, *self._unknown(question, hits)))
        notes = list(choice.notes)
        add_date(question, drafts, notes, text_of=self._text_of)
        found = resolve(question, drafts, text_of=self._text_of, nearest=hits, notes=notes)
        best = choice.evidence[0]
        reading = choice.reading or _polarity_of(question, found)
        return replace(found, score=_sureness(best), reading=reading, warning=choice.warning)

    def _in_context(self, question: str, chosen: Sequence[Evidence], hits: Sequence[Hit]) -> list[Draft]:
        """Return chosen sentences with what has to be read with them."""
        texts = {one.article.id: self._text_of(one.article.id) for one in chosen}
        drafts = [
            Draft(
                one.article,
                one.core,
                one.core.of(texts[one.article.id]),
                emphasis=one.answering.of(texts[one.article.id]) if one.answering else "",
            )
            for one in chosen
        ]
        return add_context(
            question, drafts, text_of=self._text_of, structure_of=self._structure_of, hits=hits
        )

    def _unknown(self, question: str, hits: Sequence[Hit]) -> list[str]:
        """Return a note for each code or number of the question that the articles know others like."""
        return [
            message(
                "The articles know {known}, not {asked}.", known=", ".join(known[:KNOWN_NAMED]), asked=asked
            )
            for asked, known in unknown_names(question, hits[: self._length.passages], text_of=self._text_of)
        ]

    def _choose(self, question: str, evidence: Sequence[Evidence], hits: Sequence[Hit]) -> _Choice:
        choice = self._choose_by_method(question, evidence, hits)
        return self._choose_best(question, evidence) if choice is None else choice

    def _choose_by_method(
        self, question: str, evidence: Sequence[Evidence], hits: Sequence[Hit]
    ) -> _Choice | None:
        """Return what a method of its own finds for a question of its kind; ``None`` for other questions."""
        sides = sides_of(question)
        if sides is not None and (both := self._choose_sides(sides, evidence, hits)) is not None:
            return _Choice(both)
        if topic := topic_of_articles(question):
            return self._choose_articles(topic)
        if self._asks_for_ending(question, evidence):
            ending = self._choose_ending(question, evidence, hits)
            if ending:
                return _Choice(ending)
        bridge = self._bridge(question, evidence, hits)
        return None if bridge is None else _Choice(bridge)

    def _choose_best(self, question: str, evidence: Sequence[Evidence]) -> _Choice:
        """Return the best sentences, or the whole list or table that the best one is of."""
        threshold = self._threshold
        for_all = asks_for_all(question)
        if for_all and evidence and self._is_named_row(question, evidence[0]):
            threshold -= ROWS_SLACK
        chosen = choose(evidence, threshold, most=self._length.sentences, close=self._length.close)
        if asks_yes_no(question):
            chosen = [one for one in chosen if one is chosen[0] or says_more(question, one, chosen[0])]
        if answer_type(question) == "count" and (number := self._count(question, chosen or evidence)):
            return number
        if chosen and for_all:
            return self._with_all(question, chosen)
        answering = [one for one in evidence if answers(one, threshold)]
        chosen = newest_first(question, chosen, answering, structure_of=self._structure_of)
        other = find_disagreement(question, chosen, answering)
        if other is None:
            return _Choice(chosen)
        rest = [one for one in chosen[1:] if one is not other]
        newer = _day(other) > _day(chosen[0])
        both = [other, chosen[0]] if newer else [chosen[0], other]
        return _Choice(
            [*both, *rest][: self._length.sentences],
            warning=message("The articles disagree: they give different figures for this."),
        )

    def _choose_articles(self, topic: str) -> _Choice:
        """Return a sentence of each article that speaks of a topic."""
        found = choose_by_article(topic, self._read(topic, self._search(topic)))
        shown = found[:MOST_ARTICLES]
        notes = [message("{shown} of at least {count} are shown.", shown=len(shown), count=len(found))]
        return _Choice(shown, tuple(notes) if len(shown) < len(found) else ())

    def _asks_for_ending(self, question: str, evidence: Sequence[Evidence]) -> bool:
        """Tell whether a question is about how a story ended; the entries of a diary may run backwards."""
        if not evidence or not asks_for_ending(question) or answer_type(question) is not None:
            return False
        best = evidence[0]
        return self._structure_of(best.article.id).entry_of(best.core) is None

    def _choose_ending(
        self, question: str, evidence: Sequence[Evidence], hits: Sequence[Hit]
    ) -> list[Evidence]:
        """Return the last developments of the article that answers best."""
        length = len(self._text_of(evidence[0].article.id))
        further = last_passages(evidence, hits, length=length)
        if further:
            evidence = sorted([*evidence, *self._read(question, further)], key=lambda one: -one.score)
        alone = len({hit.article.id for hit in hits}) == 1
        least = self._threshold - (ENDING_SLACK_ALONE if alone else ENDING_SLACK)
        return choose_ending(evidence, lambda one: answers(one, least), text_of=self._text_of)

    def _count(self, question: str, evidence: Sequence[Evidence]) -> _Choice | None:
        """Return the items of a list whose number is asked for; ``None`` if none is, or the text gives it."""
        for one in evidence[:COUNTED_IN]:
            parts = Parts(self._structure_of(one.article.id))
            spans = counted(one.core, question, parts, " ".join(one.candidate.setting))
            if spans:
                return self._show_items(one, spans, reading=str(len(spans)))
        return None

    def _is_named_row(self, question: str, one: Evidence) -> bool:
        """Tell whether a row, or what announces a list in prose, holds what the question says of it."""
        parts = Parts(self._structure_of(one.article.id))
        listed = find_prose_list(parts.structure, one.core)
        if listed is not None and listed.lead_in == one.core:
            return share_unmet(question, one.candidate.whole) < UNMET_SHARE
        return one.candidate.is_row and parts.named_parts(one.core, label_words(question)) > 0

    def _bridge(
        self, question: str, evidence: Sequence[Evidence], hits: Sequence[Hit]
    ) -> list[Evidence] | None:
        """Return two sentences of different articles that answer together, the first step first."""
        best = evidence[:1]
        if not best or share_unmet(question, best[0].candidate.whole) < UNMET_SHARE:
            return None
        further = linked_passages(evidence, naming_first(question, hits)[self._length.passages :])
        more = self._read(question, further) if further else []
        pair = find_bridge(question, [*evidence, *more], reranker=self._reranker)
        if pair is None or max(one.score for one in pair) < self._threshold - SIDE_SLACK:
            return None
        return list(pair)

    def _with_all(self, question: str, chosen: Sequence[Evidence]) -> _Choice:
        """Return the whole list or all rows that the best sentence is of, or the sentences as they are."""
        best = chosen[0]
        parts = Parts(self._structure_of(best.article.id))
        spans = whole_list(best.core, question, parts, " ".join(best.candidate.setting))
        if len(spans) < 2:
            return _Choice(chosen)
        return self._show_items(best, spans)

    def _show_items(self, best: Evidence, spans: Sequence[Span], reading: str = "") -> _Choice:
        """Return as many of the items of a list as there is room for, and say so where they are not all."""
        shown = within_limit(spans, self._room)
        notes = [message("{shown} of at least {count} are shown.", shown=len(shown), count=len(spans))]
        return _Choice(self._all_of(best, shown), tuple(notes) if len(shown) < len(spans) else (), reading)

    @property
    def _room(self) -> int:
        """Characters of a list that are shown."""
        return MAX_LIST_CHARS * self._length.sentences // MAX_SENTENCES

    def _all_of(self, best: Evidence, spans: Sequence[Span]) -> list[Evidence]:
        """Return items of the list that the best sentence is of."""
        text = self._text_of(best.article.id)
        return [replace(best, span=span, core=span, text=span.of(text), answering=None) for span in spans]

    def _read(self, question: str, hits: Sequence[Hit]) -> list[Evidence]:
        evidence = read_evidence(
            question,
            self._passages(question, hits),
            reranker=self._reranker,
            text_of=self._text_of,
            speakers_of=self._speakers_of,
            structure_of=self._structure_of,
        )
        evidence = [one for one in evidence if (one.article.id, one.core) not in self._length.omitted]
        return reread(question, evidence, self._reader) if self._reader is not None else evidence

    def _passages(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        """Return the passages that are read: the best, and more of an interview with whom is asked about.

        Its answers do not name the person, so the words of the question find few of them.
        """
        best = naming_first(question, hits)[: self._length.passages]
        asked = label_words(question)
        interviews = {
            article
            for article in {hit.article.id for hit in best}
            if asked & label_words(Parts(self._structure_of(article)).interviewee)
        }
        further = [hit for hit in hits if hit.article.id in interviews and hit not in best]
        return [*best, *further[:INTERVIEW_PASSAGES]]

    def _choose_sides(
        self, sides: Sides, whole: Sequence[Evidence], hits: Sequence[Hit]
    ) -> list[Evidence] | None:
        """Return the best sentence for each of two things; ``None`` if the question is better read as one."""
        pair = (sides.first, sides.second)
        if sides.kind == "comparison":
            own = own_words(sides)
            best = whole[0] if whole and answers(whole[0], self._threshold) else None
            measured = answer_type(sides.first.question) in MEASURES
            both = best is not None and all(is_about_side(words, best.candidate.whole) for words in own)
            if best is not None and both and (not measured or len(quantities(best.text)) > 1):
                return None
            texts = " ".join(f"{hit.article.title} {hit.text}" for hit in hits)
            unknown = [side for side, words in zip(pair, own, strict=True) if not is_about_side(words, texts)]
            if unknown:
                return [] if any(is_firm(side.name) for side in unknown) else None
        if sides.kind == "comparison":
            sided = _about(own, (whole, whole))
            if not sides.is_bare or not all(sided):  # "compare A and B" asks nothing of each
                sided = _about(own, [self._read(side.question, self._search(side.question)) for side in pair])
            # To "compare" two names asks nothing that a sentence could answer; what names them is compared.
            named = sides.is_bare and all(is_firm(side.name) for side in pair)
            least = -math.inf if named else self._threshold - SIDE_SLACK
            return choose_pair(sided[0], sided[1], least=least, measured=measured)
        found: list[Evidence] = []
        for evidence in (self._read(side.question, self._search(side.question)) for side in pair):
            enough = [one for one in evidence if one.score >= self._threshold - SIDE_SLACK]
            if enough and found and _says_same(enough[0], found[0]):
                enough = [one for one in enough[1:] if one.score >= enough[0].score - CLOSE]
            found += [one for one in enough[:1] if all(one.core != other.core for other in found)]
        return found or None


def _says_same(one: Evidence, other: Evidence) -> bool:
    """Tell whether one sentence answers two questions, and the second with no words of its own."""
    return one.core == other.core and (one.answering is None or one.answering == other.answering)


def _polarity_of(question: str, found: Answer) -> str:
    """Return "yes" or "no" if the first statement says so; empty otherwise."""
    if not found.statements:
        return ""
    titles = {one.number: one.article.title for one in found.citations}
    first = found.statements[0]
    return read_polarity(question, first, titles[first.numbers[0]])


def _about(own: Sequence[frozenset[str]], read: Sequence[Sequence[Evidence]]) -> list[list[Evidence]]:
    """Return the evidence about each side of a comparison."""
    return [
        [one for one in evidence if is_about_side(words, one.candidate.whole)]
        for words, evidence in zip(own, read, strict=True)
    ]


def as_unsure(answer: Answer) -> Answer:
    """Return an answer as one that the articles do not clearly give: its first statement is the nearest."""
    near = answer.statements[0]
    numbers = {*near.numbers, *(part.number for part in near.context)}
    kept = [one for one in answer.citations if one.number in numbers]
    renumbered = {one.number: at for at, one in enumerate(kept, start=1)}
    return replace(
        answer,
        statements=(),
        citations=tuple(replace(one, number=renumbered[one.number]) for one in kept),
        near=near.renumber(renumbered),
        notes=(),
        score=None,
        unsure=True,
    )


def _day(one: Evidence) -> date:
    return one.article.published or date.min


def _sureness(one: Evidence) -> float:
    """Return how surely a sentence answers; its score where no reader has read it."""
    return one.score if one.answerability is None else one.answerability


def answers(one: Evidence, threshold: float) -> bool:
    """Tell whether a sentence answers."""
    return _sureness(one) >= threshold


def choose(
    evidence: Sequence[Evidence], threshold: float, *, most: int = MAX_SENTENCES, close: float = CLOSE
) -> list[Evidence]:
    """Return the sentences to show, best first; none if the best is below *threshold*."""
    chosen: list[Evidence] = []
    shown = 0
    for one in evidence:
        if not answers(one, threshold) or shown >= most:
            break
        if chosen and one.score < chosen[0].score - close:
            break
        sentences = 1 if one.span == one.core else 2
        if shown + sentences > most or any(overlap(one, other) for other in chosen):
            continue
        if one.candidate.is_row and any(other.candidate.is_row for other in chosen):
            continue  # another row is another thing
        chosen.append(one)
        shown += sentences
    return chosen
