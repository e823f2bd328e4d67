"""Which sentences answer: what the best passages show, scored by the cross-encoder and the reader."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from retrieval.answers.answerability import answerability
from retrieval.answers.candidates import Candidate, SpeakersOf, candidates_of
from retrieval.answers.coverage import asked_words, rarity_shares, unmet, word_keys
from retrieval.answers.parts import Parts, asked_place
from retrieval.answers.penalties import Penalties
from retrieval.answers.question_types import Question, missing_names, read_question
from retrieval.answers.sentence_context import StructureOf
from retrieval.answers.spelling import names_like
from retrieval.domain import Article, ArticleId, Hit, Span
from retrieval.nlp import heading_above
from retrieval.protocols import Reader, Reading, Reranker
from retrieval.safety import asks_about_machines, find_injections, touches
from retrieval.text import (
    Identifier,
    has_sibling,
    holds_code,
    identifiers_in,
    siblings_in,
    unknown_designations,
    words_of,
)

PASSAGES = 4
"""Passages whose sentences are read: the right one is among four for .977 of 300 questions."""
A_PASSAGE = 3
"""Candidates that the cross-encoder reads for each passage; with fewer than ``PASSAGES`` passages, as many
altogether as for so many. With all of some 20, with 4 and with 3 a passage: right answers to questions of
context .800 each, of people .686 each, of texts nobody tuned on .557, .557 and .564; squad2_open and
hotpotqa_100 as before."""
WORDS_WEIGHT = 6.0
"""Logits that all words of a question are worth before the cross-encoder has read anything: a regression of
its scores on 4,000 sentences gave 6.5 to 9 for words of the sentence and of what stands around it."""
READ_AGAIN = 6
"""Sentences that the cross-encoder scores a second time, behind the one before, as are all that refer back to
it: right sentence first .80 to .85 of 60."""
MISSING_NAMES = 2.0
"""Taken off for names and numbers of the question that neither passage nor title holds, by their share.
On 130 questions each: absent titles refused .954 to .977 at the same share of present ones answered."""
FOR_MACHINES = 8.0
"""Taken off for a sentence that gives orders to language models, unless the question is about such."""
SENTENCES_READ = 5
"""Sentences that the trained reader reads, the best ones; the others stay below them. Right answers to
people's questions .640, .657 and .657 with 3, 5 and 8; to those of context .804, .800 and .796."""
WITHIN = 8.0
"""Further than this below the best one a sentence is not read: hardly any reading makes up for that."""
WEIGHT, LIMIT = 2.0, 12.0
"""What a reading adds to a score when sentences are ranked: ``WEIGHT * reading``, at most ``LIMIT`` either
way. The best sentence is right for .85 of 175 questions of squad2_open, .67 of 86 of people and .74 of 164 of
context; at 1 it is right for .68 and .77 of people and context, at 4 for .71 and .74."""
ELSEWHERE = 1.5
"""Taken off for a sentence whose window answers with words of another one."""
MARKED = 0.0
"""Least reading whose words are marked."""
MAX_MARKED_SHARE = 0.7
"""Marking nearly a whole sentence points at nothing."""


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
    """The cross-encoder's logit less the penalties, moved by the reader: which sentence answers best."""
    candidate: Candidate
    penalty: float = 0.0
    answerability: float | None = None
    """Whether it answers at all; ``None`` if it was not read. See ``answerability.py``."""
    answering: Span | None = None
    """The words of the sentence that answer, as the reader reads it."""


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
    words = word_keys(" ".join(f"{hit.article.title} {hit.text}" for hit in hits))
    penalties = Penalties(asks, asked_identifiers(asks.text), words)
    for hit in hits if known else ():
        article = hit.article.id
        if article not in parts:
            parts[article] = Parts(structure_of(article))
        units = candidates_of(hit, text_of(article), parts[article], speakers_of(article))
        found += _penalized(hit, units, asks, penalties, text_of(article), parts[article])
    found = _likeliest(asks.text, found, A_PASSAGE * max(PASSAGES, len(hits)))
    alone = reranker.scores(asks.text, [one.read() for one, _ in found])
    scores = [float(score) - penalty for score, (_, penalty) in zip(alone, found, strict=True)]
    ranked = sorted(range(len(found)), key=lambda at: -scores[at])
    first = frozenset(ranked[:READ_AGAIN])
    again = [
        at for at in ranked if found[at][0].before and (at in first or found[at][0].refers_back)
    ]  # "He never did." says nothing alone
    after = reranker.scores(asks.text, [found[at][0].read(after=True) for at in again])
    own = {(one.article.id, one.core.start): scores[at] for at, (one, _) in enumerate(found)}
    for at, score in zip(again, after, strict=True):
        candidate, penalty = found[at]
        together = float(score) - penalty
        ahead = own.get((candidate.article.id, candidate.span.start), -np.inf)
        # Where the sentence before fits better alone, that one is the answer.
        adds = candidate.refers_back and ahead < together
        scores[at] = together if adds else (scores[at] + together) / 2
    evidence = [
        Evidence(one.article, one.span, one.core, one.text, score, one, penalty)
        for (one, penalty), score in zip(found, scores, strict=True)
    ]
    return sorted(evidence, key=lambda one: -one.score)


def _likeliest(
    question: str, found: Sequence[tuple[Candidate, float]], most: int
) -> list[tuple[Candidate, float]]:
    """Return the candidates that the cross-encoder reads, in their order: those with the rarest words asked.

    Both the words of a sentence and those of all that stands around it count, and what is taken off.
    """
    if len(found) <= most:
        return list(found)
    own = rarity_shares(question, [one.words for one, _ in found])
    around = rarity_shares(question, [f"{one.whole} {one.before}" for one, _ in found])
    hopes = [WORDS_WEIGHT * (own[at] + around[at]) - penalty for at, (_, penalty) in enumerate(found)]
    best = sorted(range(len(found)), key=lambda at: -hopes[at])[:most]
    return [found[at] for at in sorted(best)]


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
    """Return the identifiers of a question that no article here knows, and those like each that they do."""
    texts = list({hit.article.id: f"{hit.article.title}\n{text_of(hit.article.id)}" for hit in hits}.values())
    codes = [
        (one.text if not one.kind else f"{one.kind} {one.text}", known)
        for one in asked_identifiers(question)
        if not any(one.stands_in(text) for text in texts)
        and (known := list(dict.fromkeys(other for text in texts for other in siblings_in(one, text))))
    ]
    return [*codes, *unknown_designations(question, texts), *names_like(question, hits)]


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
    hit: Hit, units: Iterable[Candidate], asks: Question, penalties: Penalties, text: str, parts: Parts
) -> Iterator[tuple[Candidate, float]]:
    """Yield the candidates of a passage that are about what the question names, with what to take off."""
    identifiers = asked_identifiers(asks.text)
    elsewhere = MISSING_NAMES * missing_names(
        asks.text, f"{hit.article.title} {hit.text} {parts.interviewee}"
    )
    start = hit.passage.span.start
    orders = [] if asks_about_machines(asks.text) else find_injections(hit.text)
    orders = [Span(start + one.start, start + one.end) for one in orders]
    for one in units:
        if is_about(identifiers, hit, text, one.text, "\n".join(one.setting)):
            for_machines = FOR_MACHINES if touches(one.span, orders) else 0.0
            yield one, elsewhere + for_machines + penalties.of(one, parts)


def reread(question: str, evidence: Sequence[Evidence], reader: Reader) -> list[Evidence]:
    """Return the evidence with scores that the reader has part in, best first, and its answering words.

    The cross-encoder says how well a sentence fits a question; it cannot tell an answer from a lookalike,
    such as the same fact about another person. The reader was trained on lookalikes, so its score of a
    sentence, read between those around it, raises or lowers the cross-encoder's, on the same scale.

    Args:
        question: As it is asked of the articles.
        evidence: Best first, scored by the cross-encoder.
        reader: Reads the best ``SENTENCES_READ``, each with what stands over it and around it.
    """
    if not evidence:
        return []
    best = [one for one in evidence[:SENTENCES_READ] if one.score >= evidence[0].score - WITHIN]
    windows = [one.candidate.window() for one in best]
    readings = reader.read(question, [text for text, _ in windows])
    asks = read_question(question)
    read = [
        _rescore(one, asks, text, words, reading)
        for one, (text, words), reading in zip(best, windows, readings, strict=True)
    ]
    fall = min(0.0, *(after.score - before.score for before, after in zip(best, read, strict=True)))
    rest = [replace(one, score=one.score + fall) for one in evidence[len(best) :]]
    return sorted([*read, *rest], key=lambda one: -one.score)


def _rescore(one: Evidence, asks: Question, window: str, words: Span, reading: Reading) -> Evidence:
    read = reading.score
    if not one.candidate.is_sentence:
        read = max(0.0, read)  # it was taught sentences: rows, fields and items it reads too low
    surely = answerability(
        asks,
        logit=one.score + one.penalty,
        penalty=one.penalty,
        reading=read,
        answering=window[reading.start : reading.end],
    )
    one = replace(one, answerability=surely)
    change = min(LIMIT, max(-LIMIT, WEIGHT * read))
    if not (words.start <= reading.start < words.end):
        return replace(one, score=one.score + change - ELSEWHERE)
    marked = reading.score >= MARKED
    found = _place(one, window[reading.start : min(reading.end, words.end)]) if marked else None
    return replace(one, score=one.score + change, answering=found)


def _place(one: Evidence, words: str) -> Span | None:
    """Return where answering words stand in a sentence, if they are less than nearly all of it."""
    offset = one.span.start
    at = one.text.find(words, one.core.start - offset)
    if not words.strip() or at < 0 or offset + at + len(words) > one.core.end:
        return None
    if len(words) > MAX_MARKED_SHARE * (one.core.end - one.core.start):
        return None
    return Span(offset + at, offset + at + len(words))


def says_more(question: str, one: Evidence, best: Evidence) -> bool:
    """Tell whether a sentence has words of a question that a better one lacks, or lacks none that it has."""
    asked = asked_words(question)
    missing, known = (
        unmet(asked, word_keys(f"{each.candidate.before} {each.candidate.whole}")) for each in (one, best)
    )
    return not missing > known


def overlap(one: Evidence, other: Evidence) -> bool:
    """Tell whether two sentences share words of the text, or one says no word that the other does not."""
    if one.article.id == other.article.id and (
        one.span.start < other.span.end and other.span.start < one.span.end
    ):
        return True
    words, others = (f" {' '.join(words_of(each.text))} " for each in (one, other))
    return words in others or others in words
