"""Which sentences answer: what the best passages have to show, scored by the cross-encoder."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from retrieval.answers.answer_types import AnswerType, answer_type, holds
from retrieval.answers.candidates import Candidate, SpeakersOf, candidates_of
from retrieval.answers.coverage import conflicts, share_unmet
from retrieval.answers.listings import asked_place, is_at_place
from retrieval.answers.parts import Parts, label_words
from retrieval.answers.question_types import Question, can_answer, missing_names, read_question
from retrieval.answers.sentence_context import StructureOf
from retrieval.domain import Article, ArticleId, Hit, Span
from retrieval.nlp import heading_above
from retrieval.protocols import Reranker
from retrieval.safety import asks_about_machines, find_injections, touches
from retrieval.text import (
    Identifier,
    has_sibling,
    holds_code,
    identifiers_in,
    siblings_in,
    unknown_designations,
)

PASSAGES = 4
"""Passages whose sentences are read: the right one is among four for .977 of 300 questions."""
READ_AGAIN = 6
"""Sentences read a second time, behind the one before: right sentence first .80 to .85 of 60."""
WRONG_KIND = 3.0
"""Taken off the score of a sentence that cannot be what is asked for: no number for "how many"."""
MISSING_NAMES = 2.0
"""Taken off for names and numbers of the question that neither passage nor title holds, by their share.
On 130 questions each: absent titles refused .954 to .977 at the same share of present ones answered."""
WRONG_SPEAKER = 8.0
"""Taken off for "what did she say" when the words are somebody else's: worse than no answer."""
FOR_MACHINES = 8.0
"""Taken off for a sentence that gives orders to language models, unless the question is about such."""
WRONG_TYPE: dict[AnswerType, float] = {
    "person": 2.5,
    "place": 1.0,
    "reason": 1.0,
    "money": 3.0,
    "weight": 3.0,
    "distance": 2.0,
    "share": 2.0,
    "year": 3.0,
    "clock": 2.0,
    "date": 3.0,
    "count": 3.0,
}
"""Taken off for a sentence without what is asked for: no sum of money for "how much did it cost"."""
CONFLICT = 5.0
"""Taken off for a sentence about another year, day or number than the one asked about."""
IDENTIFIED = 3.0
"""Added where the code that is asked for stands, and for the field of a form that is."""
_LABEL = re.compile(r"(?P<label>[^:\n.?!]{2,40}):\s\S")
MIN_CAPITALS = 2
UNMET = 4.0
"""Taken off for words of the question that stand nowhere near a sentence, by their share."""
AT_PLACE = 3.0
"""Added for the third item if "the third step" is asked for."""
NAMED_PART = 1.0
"""Added for each heading or row around a sentence that the question names."""
MAX_NAMED = 2
OTHER_PART = 4.0
"""Taken off for a sentence under another heading, or of another row, than the one the question names."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence, what must be read with it, and how well it answers."""

    article: Article
    span: Span
    """The sentence, from the start of the one before it when it cannot stand alone."""
    core: Span
    """The sentence itself."""
    text: str
    """``span`` of the article's text."""
    score: float
    """The cross-encoder's logit less the penalties."""
    candidate: Candidate


def read_evidence(
    question: str,
    hits: Sequence[Hit],
    *,
    reranker: Reranker,
    text_of: Callable[[ArticleId], str],
    speakers_of: SpeakersOf,
    structure_of: StructureOf,
) -> list[Evidence]:
    """Return what these passages have to show, best first."""
    asks = read_question(question)
    found: list[tuple[Candidate, float]] = []
    parts: dict[ArticleId, Parts] = {}
    known = are_all_named(asks.text, hits, text_of=text_of) and not unknown_names(
        asks.text, hits, text_of=text_of
    )
    for hit in hits if known else ():
        article = hit.article.id
        if article not in parts:
            parts[article] = Parts(structure_of(article))
        units = candidates_of(hit, text_of(article), parts[article], speakers_of(article))
        found += _penalized(hit, units, asks, text_of(article), parts[article])
    alone = reranker.scores(asks.text, [one.read() for one, _ in found])
    scores = [float(score) - penalty for score, (_, penalty) in zip(alone, found, strict=True)]
    ranked = sorted(range(len(found)), key=lambda at: -scores[at])
    again = [at for at in ranked[:READ_AGAIN] if found[at][0].before]
    after = reranker.scores(asks.text, [found[at][0].read(after=True) for at in again])
    for at, score in zip(again, after, strict=True):
        scores[at] = (scores[at] + float(score) - found[at][1]) / 2
    evidence = [
        Evidence(one.article, one.span, one.core, one.text, score, one)
        for (one, _), score in zip(found, scores, strict=True)
    ]
    return sorted(evidence, key=lambda one: -one.score)


def naming_first(question: str, hits: Sequence[Hit]) -> list[Hit]:
    """Return passages that name the identifiers of a question before the others, else in their order."""
    asked = identifiers_in(question)
    return sorted(hits, key=lambda hit: -sum(one.stands_in(hit.text) for one in asked))


def asked_identifiers(question: str) -> tuple[Identifier, ...]:
    """Return the identifiers of a question, without "step 3", which is an item by its place."""
    places = ("step", "item") if asked_place(question) is not None else ()
    return tuple(one for one in identifiers_in(question) if one.kind not in places)


def are_all_named(question: str, hits: Sequence[Hit], *, text_of: Callable[[ArticleId], str]) -> bool:
    """Tell whether each identifier of a question stands somewhere in these passages or above them."""
    asked = asked_identifiers(question)
    if not asked:
        return True
    read = [
        f"{hit.article.title}\n{heading_above(text_of(hit.article.id), hit.passage.span.start)}\n{hit.text}"
        for hit in hits
    ]
    return all(any(one.stands_in(words) for words in read) for one in asked)


def unknown_names(
    question: str, hits: Sequence[Hit], *, text_of: Callable[[ArticleId], str]
) -> list[tuple[str, list[str]]]:
    """Return the identifiers of a question that these articles do not know, and those like them that they do."""
    texts = list({hit.article.id: f"{hit.article.title}\n{text_of(hit.article.id)}" for hit in hits}.values())
    codes = [
        (one.text if not one.kind else f"{one.kind} {one.text}", known)
        for one in asked_identifiers(question)
        if not any(one.stands_in(text) for text in texts)
        and (known := list(dict.fromkeys(other for text in texts for other in siblings_in(one, text))))
    ]
    return [*codes, *unknown_designations(question, texts)]


def is_about(asked: Sequence[Identifier], hit: Hit, text: str, words: str, above: str) -> bool:
    """Tell whether a sentence is about what a question names by a code or a number.

    One of the identifiers stands in the sentence, or in what stands over it; or it stands in the passage,
    the article names no other of its kind, and the sentence names none at all.

    Args:
        asked: The identifiers of the question.
        hit: The passage.
        text: The text of its article.
        words: The sentence.
        above: The title and headings over it, a line each, innermost last.
    """
    if not asked:
        return True
    if any(one.stands_in(words) for one in asked):
        return True
    for one in asked:
        if has_sibling(one, words):
            continue
        if one.stands_in(above) and not has_sibling(one, hit.article.title):
            return True
        if one.stands_in(hit.text) and not has_sibling(one, text) and not holds_code(words):
            return True
    return False


def _penalized(
    hit: Hit, units: Iterable[Candidate], asks: Question, text: str, parts: Parts
) -> Iterator[tuple[Candidate, float]]:
    """Yield the candidates of a passage that are about what the question names, with what to take off."""
    elsewhere = MISSING_NAMES * missing_names(asks.text, f"{hit.article.title} {hit.text}")
    wrong = WRONG_SPEAKER if asks.kind in ("speech", "quote") else WRONG_KIND
    start = hit.passage.span.start
    orders = [] if asks_about_machines(asks.text) else find_injections(hit.text)
    orders = [Span(start + one.start, start + one.end) for one in orders]
    words, place = label_words(asks.text), asked_place(asks.text)
    wanted = answer_type(asks.text)
    identifiers = asked_identifiers(asks.text)
    for one in units:
        above = "\n".join(one.setting)
        if not is_about(identifiers, hit, text, one.text, above):
            continue
        penalty = elsewhere
        if not can_answer(asks, f"{one.text} {one.notes}", one.speakers):
            penalty += wrong
        if wanted is not None and not _may_hold(wanted, asks.text, one):
            penalty += WRONG_TYPE[wanted]
        penalty += UNMET * share_unmet(asks.text, f"{one.whole} {one.before} {one.after}")
        if conflicts(
            asks.text, f"{one.words} {one.text}", f"{one.whole} {one.text} {one.before} {one.after}"
        ):
            penalty += CONFLICT
        if identifiers and any(name.stands_in(f"{above}\n{one.text}") for name in identifiers):
            penalty -= IDENTIFIED
        label = _LABEL.match(one.text)
        if label is not None and (named := label_words(label["label"])) and named <= words:
            penalty -= IDENTIFIED
        if touches(one.span, orders):
            penalty += FOR_MACHINES
        if parts.is_elsewhere(one.core, words):
            penalty += OTHER_PART
        else:
            penalty -= NAMED_PART * min(MAX_NAMED, parts.named_parts(one.core, words))
        if place is not None and (there := is_at_place(place, one.core, parts)) is not None:
            penalty += -AT_PLACE if there else OTHER_PART
        yield one, penalty


def _may_hold(wanted: AnswerType, question: str, one: Candidate) -> bool:
    """Tell whether a candidate holds what is asked for; in a text without capitals names cannot be seen."""
    words = f"{one.text} {one.words} {one.notes}"
    if wanted in ("person", "place") and sum(char.isupper() for char in words) <= MIN_CAPITALS:
        return True
    return holds(wanted, question, words)
