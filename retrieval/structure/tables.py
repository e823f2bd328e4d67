"""The cells of a table's rows, and the header cells that each of them depends on."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from retrieval.domain import Span
from retrieval.structure.lines import is_stopped
from retrieval.structure.pieces import Piece

_LABEL = re.compile(r"(?P<label>[^:\n]{1,60}):\s+(?=\S)")
_FIGURE = re.compile(r"[^\w\s]{0,3}\d[\d.,'\s%–-]*\S{0,4}(?:\s[a-z*†‡]{1,2})?")
_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d(?:[-–/]\d{2,4})?")
_UNIT = re.compile(r"[(\[](?:in )?(?P<unit>[^()\[\]]{1,24})[)\]]\s*$|,?\s\bin (?P<after>%|[^\W\d_]{1,12})$")
_OWN_UNIT = re.compile(
    r"[\d.,\s]*\d\s?(?P<unit>%|°[CF]?|[^\W\d_/]{1,12}(?:/[^\W\d_]{1,4})?)$|^(?P<before>[€$£¥])"
)
_MAX_HEAD_CHARS = 60
_MIN_COLUMNS_OF_WORDS = 3


def tables_in(text: str, pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield the rows of each table, in order."""
    table: list[Piece] = []
    for piece in pieces:
        if piece.kind == "row" and (not table or _is_next_row(text, table[-1], piece)):
            table.append(piece)
            continue
        if table:
            yield table
        table = [piece] if piece.kind == "row" else []
    if table:
        yield table


def _is_next_row(text: str, before: Piece, row: Piece) -> bool:
    if not row.gap:
        return True
    if len(before.cells) == len(row.cells) or len(before.cells) == len(
        _twins([cell.of(text) for cell in row.cells])
    ):
        return True
    return bool(set(_labels(text, before)) & set(_labels(text, row)))


def read_table(text: str, table: Sequence[Piece]) -> None:
    """Set the cells of each row to the values, and the header cells of each."""
    if any(row.columns for row in table):
        if not any(row.is_head for row in table):
            for row in table[: _header_rows(text, table)]:
                row.is_head = True
        if any(row.is_head for row in table):
            _read_columns(table)
            return
    labels = Counter(label for row in table for label in set(_labels(text, row)))
    shared = {label for label, count in labels.items() if count > 1 or len(table) == 1}
    is_labelled = bool(shared) and all(
        set(_labels(text, row)) & shared for row in table if len(row.cells) > 1
    )
    if is_labelled:
        for row in table:
            _read_labels(text, row, shared)
        return
    heads = _header_rows(text, table)
    columns = _columns(text, table[:heads])
    for row in table[:heads]:
        row.headers = [() for _ in row.cells]
        row.level = 1
    for row in table[heads:]:
        name = row.cells[0]
        whole = len(row.cells) == len(columns) or (not columns and len(row.cells) > 1)
        row.headers = [
            (*(columns[at] if whole and columns else ()), *((name,) if at else ()))
            for at in range(len(row.cells))
        ]


def _read_columns(table: Sequence[Piece]) -> None:
    """Set the header cells by the columns over which each cell stands, as the source says."""
    heads: dict[int, tuple[Span, ...]] = {}
    for row in table:
        row.headers = [() for _ in row.cells]
        if len(row.columns) != len(row.cells):
            continue
        for at, (cell, (first, last)) in enumerate(zip(row.cells, row.columns, strict=True)):
            if row.is_head:
                heads |= {column: (*heads.get(column, ()), cell) for column in range(first, last + 1)}
                continue
            row.headers[at] = (*_shared(heads, first, last), *((row.cells[0],) if at else ()))


def _shared(heads: dict[int, tuple[Span, ...]], first: int, last: int) -> tuple[Span, ...]:
    """Return the header cells that stand over all of some columns."""
    found = heads.get(first, ())
    return tuple(head for head in found if all(head in heads.get(at, ()) for at in range(first, last + 1)))


def _labels(text: str, row: Piece) -> list[str]:
    return [match["label"] for cell in row.cells if (match := _LABEL.match(cell.of(text)[:80]))]


def _read_labels(text: str, row: Piece, shared: set[str]) -> None:
    cells: list[Span] = []
    heads: list[tuple[Span, ...]] = []
    for cell in row.cells:
        match = _LABEL.match(cell.of(text)[:80])
        if match is None or match["label"] not in shared:
            cells.append(cell)
            heads.append(())
            continue
        cells.append(Span(cell.start + match.end(), cell.end))
        heads.append((Span(cell.start, cell.start + match.end("label")),))
    row.headers = [(*head, cells[0]) if at else head for at, head in enumerate(heads)]
    row.cells = cells


def _header_rows(text: str, table: Sequence[Piece]) -> int:
    """Return how many rows on top name the columns."""
    rows = [[cell.of(text) for cell in row.cells] for row in table]
    if (
        len(rows) > 2
        and rows[0][0] == rows[1][0]
        and _is_head(rows[1], distinct=False)
        and _is_head(rows[0], distinct=False)
    ):
        return 2  # the head of the first column stands in both
    if (
        len(rows) > 2
        and len(rows[0]) == len(_twins(rows[1]))
        and _is_head(rows[0])
        and _names_figures(rows[1], rows[2:])
    ):
        return 2  # without the upper row nothing would tell columns of one name apart
    if len(rows) < 2 or not _is_head(rows[0], distinct=False):
        return 0
    below = rows[1:]
    if _names_figures(rows[0], below):
        return 1
    same = sum(len(row) == len(rows[0]) for row in below)
    is_full = len(rows[0]) >= _MIN_COLUMNS_OF_WORDS and 2 * same >= len(below) and len(below) > 1
    return int(is_full and _is_head(rows[0]) and not is_stopped(text, table[0].lines[0]))


def _twins(row: Sequence[str]) -> list[int]:
    """Return the places of the cells that say the same as another."""
    counts = Counter(row)
    return [at for at, cell in enumerate(row) if counts[cell] > 1]


def _is_head(row: Sequence[str], *, distinct: bool = True) -> bool:
    if len(row) < 2 or (distinct and len(set(row)) < len(row)) or max(map(len, row)) > _MAX_HEAD_CHARS:
        return False
    return not any(_FIGURE.fullmatch(cell) and not _YEAR.fullmatch(cell) for cell in row)


def _names_figures(head: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    for at, name in enumerate(head):
        column = [row[at] for row in below if len(row) == len(head)]
        if not column or not all(_FIGURE.fullmatch(cell) for cell in column):
            continue
        if not _FIGURE.fullmatch(name) or (_YEAR.fullmatch(name) and not all(map(_YEAR.fullmatch, column))):
            return True
    return False


def _columns(text: str, heads: Sequence[Piece]) -> list[tuple[Span, ...]]:
    """Return the header cells of each column; those of an upper row may each stand over several."""
    if not heads:
        return []
    columns: list[tuple[Span, ...]] = [(cell,) for cell in heads[-1].cells]
    if len(heads) == 1:
        return columns
    upper = heads[0].cells
    twins = _twins([cell.of(text) for cell in heads[-1].cells])
    if len(upper) == len(twins) and heads[0].cells[0].of(text) != heads[-1].cells[0].of(text):
        for name, at in zip(upper, twins, strict=True):
            columns[at] = (name, *columns[at])
        return columns
    over, rest = divmod(len(columns) - 1, len(upper) - 1) if len(upper) > 1 else (0, 1)
    if rest:
        return columns
    return [
        columns[0],
        *((upper[1 + (at - 1) // over], *columns[at]) for at in range(1, len(columns))),
    ]


def unit_of(text: str, cell: Span, headers: Sequence[Span]) -> str:
    """Return the unit of a figure: its own, or the one that its column names; empty if none is printed."""
    value = cell.of(text)[:80].strip()
    if not any(char.isdigit() for char in value):
        return ""
    own = _OWN_UNIT.search(value)
    if own:
        return own["unit"] or own["before"] or ""
    if not _FIGURE.fullmatch(value):
        return ""
    for header in headers:
        if said := _UNIT.search(header.of(text)):
            return said["unit"] or said["after"]
    return ""
