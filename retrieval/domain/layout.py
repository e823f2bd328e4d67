"""The order in which statements and their context are read, the same in the terminal and on a card."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from retrieval.domain.answers import Citation, ContextKind, ContextPart, Statement

LineKind = Literal["path", "question", "lead_in", "item", "header_row", "row", "footnote", "time", "text"]
"""``path``: the title and the headings above; ``time``: the date or time of an entry; ``text``: prose."""
_LINE_OF: dict[ContextKind, LineKind] = {
    "question": "question",
    "lead_in": "lead_in",
    "item": "item",
    "header_row": "header_row",
    "row": "row",
    "footnote": "footnote",
    "entry_time": "time",
    "date": "time",
}
_NAMED = frozenset({"heading", "question", "entry_time", "date"})


@dataclass(frozen=True, slots=True)
class Piece:
    """Words on a line, with the numbers of the citations behind them; none for a title."""

    text: str
    numbers: tuple[int, ...] = ()
    statement: Statement | None = None
    """What it is the text of; ``None`` for context."""
    day: date | None = None
    """The date of the article whose title it is, which stands behind the title."""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """What stands on one line."""

    kind: LineKind
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The words with their ``[n]`` markers."""
        between = " › " if self.kind == "path" else " "
        return between.join(
            " ".join(filter(None, [_dated(piece), "".join(f"[{number}]" for number in piece.numbers)]))
            for piece in self.pieces
        )


def _dated(piece: Piece) -> str:
    return f"{piece.text} · {format_short_day(piece.day)}" if piece.day is not None else piece.text


def format_short_day(day: date) -> str:
    """Return a date as English people write it: "3 Mar 2024"."""
    return f"{day.day} {day:%b %Y}"


def lay_out(statements: Sequence[Statement], citations: Sequence[Citation]) -> list[ShownLine]:
    """Return statements with their context, line by line.

    Each is headed by the title and the headings above it, if there are headings; if there are statements
    of several articles, by the title and its date. A path, and any other part, that was shown before is
    not repeated.
    """
    cited = {citation.number: citation for citation in citations}
    articles = {cited[number].article.id for one in statements for number in one.numbers if number in cited}
    lines: list[ShownLine] = []
    shown: set[int] = {number for one in statements for number in one.numbers}
    path: ShownLine | None = None
    for statement in statements:
        first = next((cited[number] for number in statement.numbers if number in cited), None)
        over = _path(statement, first, titled=len(articles) > 1)
        if over is not None and over != path:
            lines.append(over)
        path = over
        parts = [part for part in statement.context if part.kind != "heading" and part.number not in shown]
        shown.update(part.number for part in parts)
        above = [part for part in parts if _stands_above(part, first)]
        below = [part for part in parts if not _stands_above(part, first)]
        core = Piece(statement.text, statement.numbers, statement)
        lines += _join_prose(
            above, core, below, is_item=any(one.kind == "lead_in" for one in statement.context)
        )
    return lines


def _path(statement: Statement, first: Citation | None, *, titled: bool) -> ShownLine | None:
    headings = [part for part in statement.context if part.kind == "heading"]
    if not headings and not (titled and first is not None and first.article.title):
        return None
    title = first.article.title.strip() if first is not None else ""
    day = first.article.published if first is not None and titled else None
    pieces = [Piece(title, day=day)] if title else []
    return ShownLine("path", (*pieces, *map(_piece, headings)))


def _stands_above(part: ContextPart, first: Citation | None) -> bool:
    if first is None or part.article.id != first.article.id:
        return part.kind in _NAMED
    return part.span.start < first.span.start


def _join_prose(
    above: Sequence[ContextPart], core: Piece, below: Sequence[ContextPart], *, is_item: bool
) -> list[ShownLine]:
    """Return a line for each part, but one for a statement and the sentences around it."""
    before = [_piece(part) for part in above if part.kind not in _LINE_OF]
    after = [_piece(part) for part in below if part.kind not in _LINE_OF]
    return [
        *(ShownLine(_LINE_OF[part.kind], (_piece(part),)) for part in above if part.kind in _LINE_OF),
        ShownLine("item" if is_item else "text", (*before, core, *after)),
        *(ShownLine(_LINE_OF[part.kind], (_piece(part),)) for part in below if part.kind in _LINE_OF),
    ]


def _piece(part: ContextPart) -> Piece:
    return Piece(" ".join(part.quote.split()), (part.number,))
