"""The text of an answer: its question, its statements with their markers, and excerpts of passages."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from bot.formatting import (
    citation_link,
    cited_articles,
    cut,
    day,
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
    title_markdown,
)
from bot.i18n import gettext_noop, t, translate_message
from retrieval.domain import Answer, Citation, Piece, ShownLine, Statement, lay_out
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
COUNTED = gettext_noop("counted from the items shown")
COUNTED_IN_LIST = gettext_noop("counted from the list in the article")
_SOURCES_ROOM = 1_200
_BULLET = re.compile(r"\\?[-*•▪–]\s+")
_NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-z])\\?[.)]\s")
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
            f"**{_ranges([one.number for one in cited])}** {title_link(article, linked=linked)}"
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


def _ranges(numbers: Sequence[int]) -> str:
    """Return numbers with the runs among them as ranges: "1, 3–5"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


def statement_text(statement: Statement) -> str:
    """Return what a statement says; the one in place of a removed article's is in the reader's language."""
    return translate_message(ARTICLE_REMOVED) if statement.text == ARTICLE_REMOVED else statement.text


def statements(answer: Answer, room: int) -> str:
    """Return the statements in their context with their markers, with the most exact links that fit.

    Of an unsure answer, that is what comes nearest.
    """
    citations = {citation.number: citation for citation in answer.citations}
    links: Sequence[Link] = (
        citation_link,
        lambda citation: page_link(citation.article.url),
        lambda citation: None,
    )
    laid_out = lay_out(answer.shown_statements, answer.citations)
    lines: list[str] = []
    for link in links:
        lines = [_line(one, citations, link) for one in laid_out]
        for at, values in _rows_with_names(laid_out):
            lines[at] = ""
            lines[at + 1] = _named_values(laid_out[at], values, citations, link)
        if len("\n".join(filter(None, lines))) <= room:
            return "\n".join(filter(None, lines))
    return _what_fits(laid_out, lines, room - _REST_ROOM)


def _rows_with_names(laid_out: Sequence[ShownLine]) -> list[tuple[int, ShownLine]]:
    """Return the places of header rows right above a row of as many cells, with that row."""
    found = []
    for at, (header, row) in enumerate(pairwise(laid_out)):
        single = header.kind == "header_row" and (not at or laid_out[at - 1].kind != "header_row")
        if single and len(row.pieces) == 1 and len(_cells(header)) == len(_cells(row)) > 1:
            found.append((at, row))
    return found


def _cells(line: ShownLine) -> list[str]:
    return line.pieces[0].text.split(" | ")


def _named_values(header: ShownLine, row: ShownLine, citations: dict[int, Citation], link: Link) -> str:
    """Return a row on one line, each value behind the name of its column."""
    values = [
        f"{plain(name)}: **{plain(value)}**" for name, value in zip(_cells(header), _cells(row), strict=True)
    ]
    return " · ".join(values) + "".join(_markers(one.pieces[0], citations, link) for one in (header, row))


def _line(line: ShownLine, citations: dict[int, Citation], link: Link) -> str:
    """Return a line as markdown: a path, a time and a footnote small, a question in italics."""
    pieces = [_piece(piece, citations, link) for piece in line.pieces]
    match line.kind:
        case "path":
            return small(" › ".join(pieces))
        case "question":
            return small(f"*{plain(line.pieces[0].text)}*{_markers(line.pieces[0], citations, link)}")
        case "time" | "footnote" | "header_row":
            return small(" ".join(pieces))
        case "item":
            return _as_item(" ".join(pieces))
        case "lead_in" | "row" | "text":
            return " ".join(pieces)


def _piece(piece: Piece, citations: dict[int, Citation], link: Link) -> str:
    markers = _markers(piece, citations, link)
    if piece.statement is None and not piece.numbers:
        title = title_markdown(piece.text)
        return f"{title} · {day(piece.day)}" if piece.day is not None else title
    if piece.statement is None:
        return f"{plain(one_line(piece.text))}{markers}"
    return f"{_emphasized(piece.statement)}{markers}{_translation(piece.statement)}"


def _as_item(markdown: str) -> str:
    """Return an item of a list behind a bullet, or behind its number as it is."""
    words = _BULLET.sub("", markdown)
    return words if _NUMBER.match(words) else f"- {words}"


def _markers(piece: Piece, citations: dict[int, Citation], link: Link) -> str:
    markers = "" if piece.statement is None and not piece.numbers else " "
    for number in piece.numbers:
        target = link(citations[number]) if number in citations else None
        markers += f"[[{number}]](<{target}>)" if target else f"[{number}]"
    return markers


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
    """Return how the sentences below are read: yes, no, a count, or that they deny it; and by whom."""
    if not answer.reading:
        return ""
    said = t(_READINGS[answer.reading]) if answer.reading in _READINGS else f"**{plain(answer.reading)}**"
    if not answer.chosen_by and answer.reading.isdigit():
        whole = len(answer.statements) >= int(answer.reading)
        return f"{said} · {t(COUNTED if whole else COUNTED_IN_LIST)}"
    if not answer.chosen_by:
        return said
    mark = t("a language model reads it so; check it in the words below")
    return f"{said} · {mark}"


def _what_fits(laid_out: Sequence[ShownLine], lines: Sequence[str], room: int) -> str:
    shown = 0
    while len("\n".join(lines[: shown + 1])) <= room:
        shown += 1
    ours = [at for at, line in enumerate(laid_out) if any(piece.statement for piece in line.pieces)]
    if shown <= ours[0]:  # not even one statement, with what stands above it
        first = next(piece.statement for piece in laid_out[ours[0]].pieces if piece.statement)
        markers = "".join(f"[{number}]" for number in first.numbers)
        words = fit(one_line(statement_text(first)), room - len(markers) - 1)
        return f"{words} {markers}\n" + small(t("That sentence goes on, and more may follow: press Quotes."))
    left = format_sentence_count(sum(at >= shown for at in ours) or 1)
    return "\n".join(lines[:shown]) + "\n" + small(t("+ {left}: press Quotes.", left=left))
