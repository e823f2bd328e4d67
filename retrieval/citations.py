"""Citations: the only place that decides what counts as a source.

A draft sentence passes if the words it cites stand in the article exactly where it says, and its
own words are those words. What does not pass is dropped; if nothing is left, nothing was found.
"""

import logging
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from retrieval.domain import (
    Answer,
    Article,
    ArticleId,
    Citation,
    ContextKind,
    ContextPart,
    Hit,
    Span,
    Statement,
    lay_out,
)
from retrieval.text import fold_text

log = logging.getLogger(__name__)

_TIME = re.compile(r"\(at (\d{1,3}(?::\d\d){1,2})\) ")
"""How each paragraph of a transcript begins; ``sources/documents/transcripts.py`` writes it."""


@dataclass(frozen=True, slots=True)
class DraftContext:
    """Words that have to be read with a sentence, as a span of a stored text."""

    kind: ContextKind
    article: Article
    span: Span


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence somebody wants to say, and the span that is to support it."""

    article: Article
    span: Span
    text: str
    context: tuple[DraftContext, ...] = ()
    emphasis: str = ""
    """Words of it that answer."""


def resolve(
    question: str,
    drafts: Sequence[Draft],
    *,
    text_of: Callable[[ArticleId], str],
    nearest: Sequence[Hit] = (),
    notes: Sequence[str] = (),
) -> Answer:
    """Return the answer that is left when every draft was checked against its article.

    Citations are numbered from 1 as the answer is read; a span cited twice has one number.
    """
    statements, citations = _number_as_read(*cite(drafts, text_of=text_of))
    return Answer(
        question=question,
        statements=statements,
        citations=citations,
        nearest=tuple(nearest),
        notes=tuple(notes) if statements else (),
    )


def cite(
    drafts: Sequence[Draft], *, text_of: Callable[[ArticleId], str]
) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """Turn drafts into statements and the citations that support them; drop what is not verbatim.

    The citations of all statements come first, then those of their context.
    """
    kept: list[tuple[Draft, int]] = []
    citations: dict[tuple[ArticleId, Span], Citation] = {}
    for draft in drafts:
        text = text_of(draft.article.id)
        quote = draft.span.of(text)
        if not is_verbatim(draft.text, quote):
            log.error("dropped a sentence that article %s does not hold at %s", draft.article.id, draft.span)
            continue
        kept.append((draft, _cited(draft.article, draft.span, text, citations).number))
    statements = tuple(
        Statement(
            _one_line(draft.text),
            (number,),
            emphasis=_emphasis(draft),
            context=_cite_context(draft, citations, text_of=text_of),
        )
        for draft, number in kept
    )
    return statements, tuple(citations.values())


def _number_as_read(
    statements: Sequence[Statement], citations: Sequence[Citation]
) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """Return both with numbers in the order in which people come upon them."""
    pieces = (piece for line in lay_out(statements, citations) for piece in line.pieces)
    read = [number for piece in pieces for number in piece.numbers]
    numbers: dict[int, int] = {}
    for number in (*read, *(citation.number for citation in citations)):
        numbers.setdefault(number, len(numbers) + 1)
    renumbered = (replace(citation, number=numbers[citation.number]) for citation in citations)
    return (
        tuple(statement.renumber(numbers) for statement in statements),
        tuple(sorted(renumbered, key=lambda citation: citation.number)),
    )


def _emphasis(draft: Draft) -> tuple[str, ...]:
    """Return the answering words of a draft as they stand in its statement."""
    words = _one_line(draft.emphasis)
    return (words,) if words and words in _one_line(draft.text) else ()


def _cite_context(
    draft: Draft,
    citations: dict[tuple[ArticleId, Span], Citation],
    *,
    text_of: Callable[[ArticleId], str],
) -> tuple[ContextPart, ...]:
    """Return the context of a draft with its citations, which are added; drop what no text holds."""
    parts: list[ContextPart] = []
    for part in draft.context:
        text = text_of(part.article.id)
        quote = part.span.of(text)
        if len(quote) != part.span.end - part.span.start or not is_verbatim(quote, quote):
            log.error("dropped a context that article %s does not hold at %s", part.article.id, part.span)
            continue
        cited = _cited(part.article, part.span, text, citations)
        parts.append(ContextPart(part.kind, part.article, part.span, quote, cited.number))
    return tuple(parts)


def _cited(
    article: Article, span: Span, text: str, citations: dict[tuple[ArticleId, Span], Citation]
) -> Citation:
    """Return the citation of a span, added under the next number if there is none."""
    number, time = len(citations) + 1, time_at(text, span.start)
    return citations.setdefault((article.id, span), Citation(number, article, span, span.of(text), time))


def is_verbatim(words: str, quote: str) -> bool:
    """Tell whether *words* stand in *quote*, equal up to typography and line breaks only."""
    wanted, text = fold_text(words)[0].strip(), fold_text(quote)[0]
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        end = at + len(wanted)
        if end == len(text) or not unicodedata.combining(text[end]):  # "cafe" is not in "café"
            return True
        at = text.find(wanted, at + 1)
    return False


def time_at(text: str, at: int) -> str:
    """Return when the words at *at* of a transcript are said, as "12:40"; empty for every other text."""
    match = _TIME.match(text, text.rfind("\n", 0, at) + 1)
    return match[1] if match else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
