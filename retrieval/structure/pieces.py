"""Cuts a text into pieces, each of one kind by its look: the first step of reading its structure.

What depends on the pieces around (whether a short line is a heading, whose answer a paragraph is) is
decided in ``inference``.
"""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field

from retrieval.domain import BlockKind, Span
from retrieval.structure.lines import ITEM, MAX_SHORT_CHARS, Line, is_stopped, leads_on, lines_in
from retrieval.structure.marked_lines import MarkedLine
from retrieval.text import OPENING_ENGLISH

CELL = " | "
"""What stands between the cells of a row, as the readers of tables write it."""
_HASHES = re.compile(r"(?P<hashes>#{1,6})[^\S\n]+(?=\S)")
_FENCE = re.compile(r"(?:```|~~~)")
_RULE = re.compile(r"(?:[-=_*]\s?){3,}$")
_UNDERLINE = re.compile(r"(?:={3,}|-{3,})$")
_QUOTED = re.compile(r">\s?")
_SEPARATOR = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?$")
_COLUMNS = re.compile(r"[^\S\n]{2,}|\t")
_CODE_SIGNS = re.compile(
    r"[{};]\s*$|^(?:\$|>>>|\.\.\.|#!)\s?|^(?:def|class|import|from|return|const|let|var|function|sudo|pip|npm|git|docker|curl)\s\S|[\w\])]\s?(?:==?|\+=|->|=>|&&|\|\|)\s?[\w\"'(\[{]|\w\(.*\)\s*[:;{]?$|\s--?[a-z][\w-]+|^</?\w+[^<>]*>"
)
_STARTS_ANEW = re.compile(rf"[{OPENING_ENGLISH}(\[]?[^\W_]")
_MIN_LINES_OF_COLUMNS = 2
_MIN_UNDERLINE_CHARS = 8
_MAX_FENCED_LINES = 2_000
NOTE = re.compile(
    r"\[(?:\^[\w-]{1,20}|\d{1,3}|[a-z]|\*+)\]:?\s|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}\s?\S|(?:[a-e]|\*{1,3}|[†‡])\s(?=[A-ZÀ-Þ])"
)
"""The beginning of a line that may be a footnote."""


@dataclass(slots=True)
class Piece:
    """One or more lines that belong together, and what they are as far as is known."""

    kind: BlockKind
    start: int
    end: int
    lines: list[Line]
    level: int = 0
    number: str = ""
    cells: list[Span] = field(default_factory=list)
    """Of a row."""
    sure: bool = False
    """Whether the markup says what it is, not only its look."""
    time: str = ""
    speaker: str = ""
    headers: list[tuple[Span, ...]] = field(default_factory=list)
    """Of each cell of a row."""
    marks: tuple[Span, ...] = ()
    place: int | None = None
    """Among the marked lines, of the one that it is."""
    columns: tuple[tuple[int, int], ...] = ()
    is_head: bool = False

    @property
    def gap(self) -> bool:
        """Whether an empty line stands above."""
        return self.lines[0].gap

    @property
    def is_line(self) -> bool:
        """Whether it is one short line."""
        return len(self.lines) == 1 and self.lines[0].is_short

    @property
    def words(self) -> str:
        """Its first line, or the beginning of it."""
        return self.lines[0].words


def cut_pieces(text: str, marked: Sequence[MarkedLine] = ()) -> list[Piece]:
    """Return the pieces of *text* in order; every line that says something lies in one.

    The lines that *marked* names are what it says.
    """
    known = {one.span.start: at for at, one in enumerate(marked)}
    lines = list(lines_in(text))
    pieces: list[Piece] = []
    at = 0
    while at < len(lines):
        place = known.get(lines[at].start)
        if place is not None:
            at += _read_marked(text, lines, at, pieces, marked[place], known)
            pieces[-1].place = place
            continue
        end = _code_end(text, lines, at)
        if end > at:
            pieces.append(_piece("code", lines[at:end], sure=True))
        elif (end := _columns_end(text, lines, at)) > at:
            pieces += _rows_of_columns(text, lines[at:end])
        else:
            end = at + _read_line(text, lines, at, pieces)
        at = end
    return pieces


def _read_marked(
    text: str, lines: Sequence[Line], at: int, pieces: list[Piece], mark: MarkedLine, known: Container[int]
) -> int:
    """Add the piece that a mark names; return how many lines it has."""
    count = 1
    while at + count < len(lines) and lines[at + count].start < mark.span.end:
        count += 1
    if mark.kind == "code" and _columns_end(text, lines, at) == at + count:
        pieces += _rows_of_columns(text, lines[at : at + count])
        return count
    row = mark.kind == "row" or (
        CELL in text[lines[at].start : lines[at].end] and mark.kind in ("paragraph", "caption")
    )
    if row:
        pieces.append(_row(text, lines[at]))
        pieces[-1].columns, pieces[-1].is_head = mark.columns, mark.is_head
        return 1
    while mark.kind in ("paragraph", "item", "quotation") and at + count < len(lines):
        if lines[at + count].start in known or not _goes_on(text, lines, at + count, breaks=False):
            break
        count += 1
    number = ITEM.match(lines[at].words)
    pieces.append(
        _piece(
            mark.kind,
            lines[at : at + count],
            level=mark.level,
            sure=True,
            marks=mark.marks,
            number=(number["number"] or "") if number and mark.kind == "item" else "",
        )
    )
    return count


def _piece(kind: BlockKind, lines: Sequence[Line], **more: object) -> Piece:
    return Piece(kind, lines[0].start, lines[-1].end, list(lines), **more)  # type: ignore[arg-type]


def _read_line(text: str, lines: Sequence[Line], at: int, pieces: list[Piece]) -> int:
    """Add the piece that begins with a line; return how many lines it has, markup below it included."""
    line = lines[at]
    if line.is_short and (count := _read_heading(lines, at, pieces)):
        return count
    is_separator = _SEPARATOR.match(line.words[:MAX_SHORT_CHARS]) is not None
    if is_separator or CELL in text[line.start : line.end]:
        pieces += () if is_separator else (_row(text, line),)
        return 1
    count = 1
    if _QUOTED.match(line.words):
        while (
            at + count < len(lines) and not lines[at + count].gap and _QUOTED.match(lines[at + count].words)
        ):
            count += 1
        pieces.append(_piece("quotation", lines[at : at + count], sure=True))
        return count
    item = ITEM.match(line.words)
    while at + count < len(lines) and _goes_on(text, lines, at + count, item=line if item else None):
        count += 1
    number = (item["number"] or "") if item else ""
    pieces.append(_piece("item" if item else "paragraph", lines[at : at + count], number=number))
    return count


def _read_heading(lines: Sequence[Line], at: int, pieces: list[Piece]) -> int:
    """Add a heading in Markdown; return how many lines it has, 0 for none. A ruled line is no piece."""
    line = lines[at]
    if _RULE.match(line.words):
        return 1
    if hashes := _HASHES.match(line.words):
        pieces.append(_piece("heading", [line], level=len(hashes["hashes"]), sure=True))
        pieces[-1].start += hashes.end()
        return 1
    below = lines[at + 1] if at + 1 < len(lines) else None
    if below is None or below.gap or not line.gap or not _UNDERLINE.match(below.words):
        return 0
    if below.chars < min(line.chars, _MIN_UNDERLINE_CHARS):
        return 0
    pieces.append(_piece("heading", [line], level=1 if below.words.startswith("=") else 2, sure=True))
    return 2


def _goes_on(
    text: str, lines: Sequence[Line], at: int, item: Line | None = None, *, breaks: bool = True
) -> bool:
    """Tell whether a line is the next of a wrapped paragraph or item, and begins nothing of its own."""
    line, before = lines[at], lines[at - 1]
    if line.gap or CELL in text[line.start : line.end] or ITEM.match(line.words) or _FENCE.match(line.words):
        return False
    if _HASHES.match(line.words) or _QUOTED.match(line.words) or _RULE.match(line.words):
        return False
    if NOTE.match(line.words):
        return False
    if not breaks:
        return True
    if is_stopped(text, before) and text[before.end - 1] not in ",;":
        # A line that begins anew behind the end of a sentence is a paragraph of its own.
        anew = _STARTS_ANEW.match(line.words)
        return not (anew and (line.words[anew.end() - 1].isupper() or line.words[anew.end() - 1].isdigit()))
    if item is not None:
        return line.indent > item.indent or line.words[:1].islower()
    # A short line above a longer one that begins anew heads it; a wrapped line would hold its first word.
    first = line.words.split(maxsplit=1)[0]
    fits = before.chars + 1 + len(first) <= line.chars
    return not (
        fits
        and line.words[:1].isupper()
        and not leads_on(before.words)
        and before.words[:1].isupper()
        and before.is_short
    )


def _row(text: str, line: Line) -> Piece:
    cells: list[Span] = []
    at = line.start
    end = line.end
    while at < end and text[at] == "|":
        at += 1
    while end > at and text[end - 1] == "|":
        end -= 1
    for part in re.split(r"(?<=\s)\|(?=\s)", text[at:end]):
        stripped = part.strip()
        if stripped:
            start = at + len(part) - len(part.lstrip())
            cells.append(Span(start, start + len(stripped)))
        at += len(part) + 1
    return Piece("row", line.start, line.end, [line], cells=cells)


def _code_end(text: str, lines: Sequence[Line], at: int) -> int:
    """Return the end of the code that begins at a line; *at* if none does."""
    if _FENCE.match(lines[at].words):
        fence = lines[at].words[:3]
        for end in range(at + 1, min(len(lines), at + _MAX_FENCED_LINES)):
            if lines[end].words.startswith(fence):
                return end + 1
        return at
    begins = lines[at].gap or (at > 0 and text[lines[at - 1].end - 1] in ":：")
    if not begins:
        return at
    end = at
    signs = 0
    while end < len(lines) and (end == at or not lines[end].gap or lines[end].indent >= 2):
        line = lines[end]
        has_signs = _CODE_SIGNS.search(line.words) is not None and not ITEM.match(line.words)
        if not (has_signs or (end > at and line.indent >= 2)) or CELL in line.words:
            break
        signs += has_signs
        end += 1
    alone = end >= len(lines) or lines[end].gap or lines[end].indent == 0
    prose = any(is_stopped(text, line) and line.words[:1].isupper() for line in lines[at:end])
    return end if end > at and 2 * signs >= end - at and alone and not prose else at


def _columns_end(text: str, lines: Sequence[Line], at: int) -> int:
    """Return the end of a table that is typed in columns of spaces or tabs; *at* if none begins."""
    if not lines[at].gap or not _COLUMNS.search(lines[at].words):
        return at
    end = at
    while end < len(lines) and (end == at or not lines[end].gap) and lines[end].chars <= 2 * MAX_SHORT_CHARS:
        end += 1
    count = len(_COLUMNS.split(lines[at].words))
    if end - at < _MIN_LINES_OF_COLUMNS or any(
        ITEM.match(line.words) or is_stopped(text, line) for line in lines[at:end]
    ):
        return at
    split = [_columns_of(text, line, count) for line in lines[at:end]]
    wide = sum(_COLUMNS.search(line.words) is not None for line in lines[at:end])
    return end if all(split) and 2 * wide >= end - at else at


def _columns_of(text: str, line: Line, count: int) -> list[Span]:
    """Return the cells of a line that has *count* of them; else nothing."""
    for gaps in (r"[^\S\n]{2,}|\t", r"[^\S\n]+"):
        cells = [Span(line.start + one.start(), line.start + one.end()) for one in _between(gaps, line.words)]
        if len(cells) == count:
            return cells
    return []


def _between(gaps: str, words: str) -> Iterator[re.Match[str]]:
    inner = r"(?:\S|[^\S\n\t](?=\S))+" if "{2,}" in gaps else r"\S+"
    return re.finditer(inner, words)


def _rows_of_columns(text: str, lines: Sequence[Line]) -> list[Piece]:
    count = len(_COLUMNS.split(lines[0].words))
    return [
        Piece("row", line.start, line.end, [line], cells=_columns_of(text, line, count)) for line in lines
    ]
