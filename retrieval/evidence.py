"""Which sentences answer: every sentence of the best passages, scored by the cross-encoder."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retrieval.domain import Article, ArticleId, Hit, Span
from retrieval.seams import Reranker
from retrieval.text import sentences

PASSAGES = 4
"""Passages whose sentences are read: the right one is among four for .977 of 300 questions."""
_LEANS = re.compile(
    r"[\W_]*(?:(?:but|and|so|yet|also|still|then|later|however|moreover|meanwhile|there|instead|therefore|thus)\b"
    r"[,\s]+)?(?:he|she|it|they|his|her|hers|its|their|theirs|this|these|those|that|such|both|neither|"
    r"the (?:latter|former|two|pair|same))\b",
    re.IGNORECASE,
)
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
) -> list[Evidence]:
    """Return the sentences of the best passages, best first."""
    found: list[tuple[Article, Span, Span, str]] = []
    asked: list[str] = []
    for hit in hits[:PASSAGES]:
        text = text_of(hit.article.id)
        spans = [
            Span(hit.passage.span.start + s.start, hit.passage.span.start + s.end)
            for s in sentences(hit.text)
        ]
        for at, core in enumerate(spans):
            if sum(char.isalpha() for char in core.of(text)) < MIN_LETTERS:
                continue
            span = with_context(text, core, spans[at - 1] if at else None)
            found.append((hit.article, span, core, span.of(text)))
            asked.append(f"{hit.article.title}. {span.of(text)}" if hit.article.title else span.of(text))
    scores = reranker.scores(question, asked)
    evidence = [
        Evidence(article, span, core, text, float(score))
        for (article, span, core, text), score in zip(found, scores, strict=True)
    ]
    return sorted(evidence, key=lambda one: -one.score)


def leans(sentence: str) -> bool:
    """Tell whether a sentence opens with a word that points back, such as "He" or "This"."""
    return bool(_LEANS.match(sentence))


def with_context(text: str, core: Span, before: Span | None) -> Span:
    """Return *core*, begun with the sentence before it if it leans on that."""
    if before is None or not leans(core.of(text)):
        return core
    return Span(before.start, core.end)
