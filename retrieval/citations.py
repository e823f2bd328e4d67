"""Citations: the only place that decides what counts as a source.

A draft sentence passes if the words it cites stand in the article exactly where it says, and its
own words are those words. What does not pass is dropped; if nothing is left, nothing was found.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retrieval.domain import Answer, Article, ArticleId, Citation, Hit, Span, Statement
from retrieval.text import fold_text

log = logging.getLogger(__name__)


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
        quote = draft.span.of(text_of(draft.article.id))
        if not is_verbatim(draft.text, quote):
            log.error("dropped a sentence that article %s does not hold at %s", draft.article.id, draft.span)
            continue
        key = (draft.article.id, draft.span)
        if key not in citations:
            citations[key] = Citation(len(citations) + 1, draft.article, draft.span, quote)
        statements.append(Statement(_one_line(draft.text), (citations[key].number,)))
    return tuple(statements), tuple(citations.values())


def is_verbatim(words: str, quote: str) -> bool:
    """Tell whether *words* stand in *quote*, equal up to typography and line breaks only."""
    wanted = fold_text(words)[0].strip()
    return bool(wanted) and wanted in fold_text(quote)[0]


def _one_line(text: str) -> str:
    return " ".join(text.split())
