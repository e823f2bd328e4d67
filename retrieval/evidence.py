"""Which sentences answer: every sentence of the best passages, scored by the cross-encoder."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retrieval.domain import Article, ArticleId, Hit, Span
from retrieval.questions import can_answer, read_question
from retrieval.seams import Reranker
from retrieval.text import sentences

_SAID_BY_PRONOUN = re.compile(r"[”\"’»]\s*(?:he|she|they)\s+[a-z]+", re.IGNORECASE)
SpeakersOf = Callable[[ArticleId], Sequence[tuple[Span, str]]]
"""Gives the quotations of an article whose speaker is known: the words' span, and who."""
PASSAGES = 4
"""Passages whose sentences are read: the right one is among four for .977 of 300 questions."""
_LEANS = re.compile(
    r"[\W_]*(?:(?:but|and|so|yet|also|still|then|later|however|moreover|meanwhile|there|instead|therefore|thus)\b"
    r"[,\s]+)?(?:he|she|it|they|his|her|hers|its|their|theirs|this|these|those|that|such|both|neither|"
    r"the (?:latter|former|two|pair|same))\b",
    re.IGNORECASE,
)
WRONG_KIND = 8.0
"""Taken off the score of a sentence that cannot be what is asked for, such as a number for "how many"."""
MIN_LETTERS = 12
"""A shorter "sentence" is a heading, a number or a caption's end."""


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
    """Return the sentences of the best passages, best first."""
    asks = read_question(question)
    found: list[tuple[Article, Span, Span, str]] = []
    asked: list[str] = []
    penalties: list[float] = []
    for hit in hits[:PASSAGES]:
        text = text_of(hit.article.id)
        said = speakers_of(hit.article.id)
        spans = [
            Span(hit.passage.span.start + s.start, hit.passage.span.start + s.end)
            for s in sentences(hit.text)
        ]
        for at, core in enumerate(spans):
            if sum(char.isalpha() for char in core.of(text)) < MIN_LETTERS:
                continue
            span = with_context(text, core, spans[at - 1] if at else None)
            speakers = [who for words, who in said if words.start < core.end and core.start < words.end]
            found.append((hit.article, span, core, span.of(text)))
            asked.append(_as_read(hit.article, span.of(text), speakers))
            penalties.append(0.0 if can_answer(asks, span.of(text), speakers) else WRONG_KIND)
    scores = reranker.scores(asks.text, asked)
    evidence = [
        Evidence(article, span, core, text, float(score) - penalty)
        for (article, span, core, text), score, penalty in zip(found, scores, penalties, strict=True)
    ]
    return sorted(evidence, key=lambda one: -one.score)


def _as_read(article: Article, sentence: str, speakers: Sequence[str]) -> str:
    """Put in front of a sentence what the reader of the article knows: its title, and who speaks."""
    unnamed = [who for who in dict.fromkeys(speakers) if who not in sentence]
    said = f"{unnamed[0]} said: {sentence}" if unnamed else sentence
    return f"{article.title}. {said}" if article.title else said


def leans(sentence: str) -> bool:
    """Tell whether a sentence points back: it opens with "He" or "This", or ends in "she said"."""
    return bool(_LEANS.match(sentence) or _SAID_BY_PRONOUN.search(sentence))


def with_context(text: str, core: Span, before: Span | None) -> Span:
    """Return *core*, begun with the sentence before it if it leans on that."""
    if before is None or not leans(core.of(text)):
        return core
    return Span(before.start, core.end)
