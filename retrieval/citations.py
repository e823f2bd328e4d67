"""Citations: the only place that decides what counts as a source.

A draft sentence passes if the words it cites stand in the article exactly where it says, and its
own words are those words. What does not pass is dropped; if nothing is left, nothing was found.
"""

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retrieval.domain import Answer, Article, ArticleId, Citation, Hit, Span, Statement
from retrieval.text import fold_text

log = logging.getLogger(__name__)

_TIME = re.compile(r"\(at (\d{1,3}(?::\d\d){1,2})\) ")
"""How each paragraph of a transcript begins; ``sources/documents/transcripts.py`` writes it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence somebody wants to say, and the span that is to support it."""

    article: Article
    span: Span
    text: str


def resolve(
    question: str,
    drafts: Sequence[Draft],
    *,
    text_of: Callable[[ArticleId], str],
    nearest: Sequence[Hit] = (),
    notes: Sequence[str] = (),
) -> Answer:
    """Return the answer that is left when every draft was checked against its article.

    Citations are numbered from 1 in order of first use; a span cited twice has one number.
    """
    statements, citations = cite(drafts, text_of=text_of)
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
    """Turn drafts into statements and the citations that support them; drop what is not verbatim."""
    statements: list[Statement] = []
    citations: dict[tuple[ArticleId, Span], Citation] = {}
    for draft in drafts:
        text = text_of(draft.article.id)
        quote = draft.span.of(text)
        if not is_verbatim(draft.text, quote):
            log.error("dropped a sentence that article %s does not hold at %s", draft.article.id, draft.span)
            continue
        key = (draft.article.id, draft.span)
        if key not in citations:
            time = time_at(text, draft.span.start)
            citations[key] = Citation(len(citations) + 1, draft.article, draft.span, quote, time)
        statements.append(Statement(_one_line(draft.text), (citations[key].number,)))
    return tuple(statements), tuple(citations.values())


def is_verbatim(words: str, quote: str) -> bool:
    """Tell whether *words* stand in *quote*, equal up to typography and line breaks only."""
    wanted = fold_text(words)[0].strip()
    return bool(wanted) and wanted in fold_text(quote)[0]


def time_at(text: str, at: int) -> str:
    """Return when the words at *at* of a transcript are said, as "12:40"; empty for every other text."""
    match = _TIME.match(text, text.rfind("\n", 0, at) + 1)
    return match[1] if match else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
