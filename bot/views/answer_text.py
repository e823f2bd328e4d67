"""The text of an answer: its question, its statements with their markers, and excerpts of passages."""

from collections.abc import Callable, Sequence

from bot.formatting import (
    citation_link,
    cited_articles,
    cut,
    fit,
    format_block_quote,
    format_sentence_count,
    one_line,
    origin,
    page_link,
    places,
    plain,
    small,
    title_link,
)
from bot.i18n import gettext_noop, t, translate_message
from retrieval.domain import Answer, Citation, Statement
from retrieval.storage import ARTICLE_REMOVED

QUESTION_CHARS = 300
EXCERPT_CHARS = 200
_QUESTION_ROOM = 450
_REST_ROOM = 80
_READINGS = {
    "yes": gettext_noop("**Yes**"),
    "no": gettext_noop("**No**"),
    "denied": gettext_noop("**Not so, or not known**"),
}
_SOURCES_ROOM = 1_200
Link = Callable[[Citation], str | None]


def excerpt(text: str, room: int = 2 * EXCERPT_CHARS) -> str:
    """Return the beginning of a passage as a block quote of at most *room* characters."""
    return format_block_quote(
        fit(cut(one_line(text), EXCERPT_CHARS), room - len(format_block_quote("x")) + 1)
    )


def question_line(question: str) -> str:
    """Return the question as the small first line of a card."""
    return small(fit(cut(one_line(question), QUESTION_CHARS), _QUESTION_ROOM))


def source_lines(citations: Sequence[Citation], most: int, rest: str = "") -> str:
    """Return each cited article once, a line each with the numbers that cite it, as small print.

    Of more than *most* the number that is left is said, with *rest*, which says where those are.
    """
    articles = cited_articles(citations)
    for linked in (True, False):
        lines = [
            f"**{', '.join(str(one.number) for one in cited)}** {title_link(article, linked=linked)}"
            f"{places(cited)}{origin(article)}"
            for article, cited in articles[:most]
        ]
        if len("\n".join(lines)) <= _SOURCES_ROOM:
            break
    while len("\n".join(lines)) > _SOURCES_ROOM:
        lines.pop()
    if left := len(articles) - len(lines):
        lines.append(t("+ {number:,} more", number=left) + rest)
    return small("\n".join(lines))


def statement_text(statement: Statement) -> str:
    """Return what a statement says; the one in place of a removed article's is in the reader's language."""
    return translate_message(ARTICLE_REMOVED) if statement.text == ARTICLE_REMOVED else statement.text


def statements(answer: Answer, room: int) -> str:
    """Return the statements with their markers, with the most exact links that fit into *room*."""
    citations = {citation.number: citation for citation in answer.citations}
    links: Sequence[Link] = (
        citation_link,
        lambda citation: page_link(citation.article.url),
        lambda citation: None,
    )
    lines: list[str] = []
    for link in links:
        lines = [_statement(one, citations, link) for one in answer.statements]
        if len("\n".join(lines)) <= room:
            return "\n".join(lines)
    return _what_fits(answer.statements, lines, room - _REST_ROOM)


def _statement(statement: Statement, citations: dict[int, Citation], link: Link) -> str:
    markers = ""
    for number in statement.numbers:
        target = link(citations[number]) if number in citations else None
        markers += f"[[{number}]](<{target}>)" if target else f"[{number}]"
    return f"{_emphasized(statement)} {markers}{_translation(statement)}"


def _emphasized(statement: Statement) -> str:
    """Return what a statement says, with the words that answer in bold."""
    text = one_line(statement_text(statement))
    shown, at = "", 0
    for words in statement.emphasis:
        start = text.find(words, at)
        if start < 0 or not words.strip():
            continue
        shown += f"{plain(text[at:start])}**{plain(words)}**" if start > at or at else f"**{plain(words)}**"
        at = start + len(words)
    return shown + plain(text[at:]) if at < len(text) else shown


def _translation(statement: Statement) -> str:
    """Return the translation under a statement, marked as the language model's."""
    if not statement.translation:
        return ""
    return "\n" + small(
        t("Translated by a language model: {words}", words=plain(one_line(statement.translation)))
    )


def reading_line(answer: Answer) -> str:
    """Return how a language model reads the sentences below: yes, no, a count, or that they deny it."""
    if not answer.reading:
        return ""
    said = t(_READINGS[answer.reading]) if answer.reading in _READINGS else f"**{plain(answer.reading)}**"
    mark = t("a language model reads it so; check it in the words below")
    return f"{said} · {mark}"


def _what_fits(statements: Sequence[Statement], lines: Sequence[str], room: int) -> str:
    shown = 0
    while len("\n".join(lines[: shown + 1])) <= room:
        shown += 1
    if shown == 0:
        markers = "".join(f"[{number}]" for number in statements[0].numbers)
        first = fit(one_line(statement_text(statements[0])), room - len(markers) - 1)
        return f"{first} {markers}\n" + small(t("That sentence goes on, and more may follow: press Quotes."))
    left = format_sentence_count(len(lines) - shown)
    return "\n".join(lines[:shown]) + "\n" + small(t("+ {left}: press Quotes.", left=left))
