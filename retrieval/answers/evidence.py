"""Which sentences answer: every sentence of the best passages, scored by the cross-encoder."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retrieval.answers.question_types import Question, can_answer, missing_names, read_question
from retrieval.domain import Article, ArticleId, Hit, Span
from retrieval.nlp import can_stand, heading_above, leads_in, with_context
from retrieval.protocols import Reranker
from retrieval.safety import asks_about_machines, find_injections, touches
from retrieval.text import Identifier, has_sibling, holds_code, identifiers_in, is_own_title, sentences

SpeakersOf = Callable[[ArticleId], Sequence[tuple[Span, str]]]
"""Gives the quotations of an article whose speaker is known: the words' span, and who."""
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
MIN_LETTERS = 12
"""A shorter "sentence" is a heading, a number or a caption's end."""
MAX_LED_TO = 400
"""Characters of what follows a lead-in and is shown with it; of more, none is."""


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
    """The cross-encoder's logit."""


def read_evidence(
    question: str,
    hits: Sequence[Hit],
    *,
    reranker: Reranker,
    text_of: Callable[[ArticleId], str],
    speakers_of: SpeakersOf,
) -> list[Evidence]:
    """Return the sentences of these passages, best first."""
    asks = read_question(question)
    found: list[_Candidate] = []
    for hit in hits if are_all_named(asks.text, hits, text_of=text_of) else ():
        found += _candidates(hit, asks, text_of(hit.article.id), speakers_of(hit.article.id))
    alone = reranker.scores(asks.text, [one.read for one in found])
    scores = [float(score) - one.penalty for score, one in zip(alone, found, strict=True)]
    ranked = sorted(range(len(found)), key=lambda at: -scores[at])
    again = [at for at in ranked[:READ_AGAIN] if found[at].read_after != found[at].read]
    after = reranker.scores(asks.text, [found[at].read_after for at in again])
    for at, score in zip(again, after, strict=True):
        scores[at] = (scores[at] + float(score) - found[at].penalty) / 2
    evidence = [
        Evidence(one.article, one.span, one.core, one.text, score)
        for one, score in zip(found, scores, strict=True)
    ]
    return sorted(evidence, key=lambda one: -one.score)


def naming_first(question: str, hits: Sequence[Hit]) -> list[Hit]:
    """Return passages that name the identifiers of a question before the others, else in their order."""
    asked = identifiers_in(question)
    return sorted(hits, key=lambda hit: -sum(one.stands_in(hit.text) for one in asked))


def are_all_named(question: str, hits: Sequence[Hit], *, text_of: Callable[[ArticleId], str]) -> bool:
    """Tell whether each identifier of a question stands somewhere in these passages or above them."""
    asked = identifiers_in(question)
    if not asked:
        return True
    read = [
        f"{hit.article.title}\n{heading_above(text_of(hit.article.id), hit.passage.span.start)}\n{hit.text}"
        for hit in hits
    ]
    return all(any(one.stands_in(words) for words in read) for one in asked)


def is_about(asked: Sequence[Identifier], hit: Hit, text: str, span: Span) -> bool:
    """Tell whether a sentence is about what a question names by a code or a number.

    One of the identifiers stands in the sentence, its heading or the title; or it stands in the passage,
    the article names no other of its kind, and the sentence names none at all.
    """
    if not asked:
        return True
    words = span.of(text)
    if any(one.stands_in(words) for one in asked):
        return True
    above = f"{hit.article.title}\n{heading_above(text, span.start)}"
    for one in asked:
        if has_sibling(one, words):
            continue
        if one.stands_in(above) and not has_sibling(one, hit.article.title):
            return True
        if one.stands_in(hit.text) and not has_sibling(one, text) and not holds_code(words):
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Candidate:
    article: Article
    span: Span
    core: Span
    text: str
    read: str
    """The sentence as the cross-encoder reads it."""
    read_after: str
    """The same behind the sentence before it."""
    penalty: float


def _candidates(hit: Hit, asks: Question, text: str, said: Sequence[tuple[Span, str]]) -> list[_Candidate]:
    start = hit.passage.span.start
    elsewhere = MISSING_NAMES * missing_names(asks.text, f"{hit.article.title} {hit.text}")
    wrong = WRONG_SPEAKER if asks.kind in ("speech", "quote") else WRONG_KIND
    spans = [Span(start + s.start, start + s.end) for s in sentences(hit.text)]
    title = hit.article.title if is_own_title(hit.article.title, text) else ""
    orders = [] if asks_about_machines(asks.text) else find_injections(hit.text)
    orders = [Span(start + one.start, start + one.end) for one in orders]
    asked = identifiers_in(asks.text)
    found = []
    for at, core in enumerate(spans):
        if sum(char.isalpha() for char in core.of(text)) < MIN_LETTERS:
            continue
        before = spans[at - 1] if at else None
        if before and heading_above(text, before.start) != heading_above(text, core.start):
            before = None  # what stands under another heading explains nothing here
        span = _shown(text, core, before, spans[at + 1] if at + 1 < len(spans) else None)
        if span is None or not is_about(asked, hit, text, span):
            continue
        speakers = [who for words, who in said if words.start < core.end and core.start < words.end]
        alone = span if leads_in(core.of(text)) else core
        whole = Span(before.start, alone.end) if before else alone
        found.append(
            _Candidate(
                article=hit.article,
                span=span,
                core=core,
                text=span.of(text),
                read=_as_read(title, alone.of(text), speakers),
                read_after=_as_read(title, whole.of(text), speakers),
                penalty=elsewhere
                + (0.0 if can_answer(asks, span.of(text), speakers) else wrong)
                + (FOR_MACHINES if touches(span, orders) else 0.0),
            )
        )
    return found


def _shown(text: str, core: Span, before: Span | None, after: Span | None) -> Span | None:
    """Return a sentence with what must be read with it; ``None`` if it says nothing by itself."""
    if leads_in(core.of(text)):
        follows = after is not None and not leads_in(after.of(text)) and after.end - core.end <= MAX_LED_TO
        return Span(core.start, after.end) if after is not None and follows else None
    if not can_stand(text, core):
        return None
    return with_context(text, core, before if before is not None and can_stand(text, before) else None)


def _as_read(title: str, sentence: str, speakers: Sequence[str]) -> str:
    """Put in front of a sentence what the reader of the article knows: its title, and who speaks."""
    unnamed = [who for who in dict.fromkeys(speakers) if who not in sentence]
    said = f"{unnamed[0]} said: {sentence}" if unnamed else sentence
    return f"{title}. {said}" if title else said
