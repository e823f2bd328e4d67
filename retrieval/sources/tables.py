"""Writes the rows of a table as lines that say of each figure what it is.

A row that is read alone, as in an answer, needs the heads of its columns: "Valley: Kelder | 2022: 211".
"""

import re
from collections.abc import Iterable, Sequence

CELL = " | "
"""What stands between the cells of a row; ``retrieval.text`` ends a sentence where such a line ends."""
MAX_HEAD_CHARS = 60
"""A longer cell in the first row is no head of a column but text."""
_FIGURE = re.compile(r"[^\w\s]{0,3}\d[\d.,'\s%]*\S{0,3}")
_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d(?:[-–/]\d{2,4})?")

Rows = Sequence[Sequence[str]]


def table_lines(rows: Rows, *, has_head: bool | None = None) -> list[str]:
    """Return the rows of a table as lines, each figure behind the head of its column.

    *has_head* says whether the first row names the columns; ``None`` if only its look can tell.
    Empty cells and rows are left out, and a head without rows under it is a row.
    """
    cleaned = [[" ".join(cell.split()) for cell in row] for row in rows]
    cleaned = [row for row in cleaned if any(row)]
    if has_head is None:
        has_head = looks_headed(cleaned)
    if not has_head or len(cleaned) < 2 or not _are_heads(cleaned[0]):
        return [row_line(row) for row in cleaned]
    heads = [head.rstrip(" :：") for head in cleaned[0]]
    return [row_line(_label_cells(row, heads)) for row in cleaned[1:]]


def looks_headed(rows: Rows) -> bool:
    """Tell whether the first row names what stands below: words or years over a column of figures."""
    if len(rows) < 2 or not _are_heads(rows[0]):
        return False
    head, below = rows[0], rows[1:]
    if any(_is_figure(cell) and not _YEAR.fullmatch(cell) for cell in head):
        return False
    columns = ([row[at] for row in below if at < len(row) and row[at]] for at in range(len(head)))
    return any(
        column and all(_is_figure(cell) for cell in column) and not all(map(_YEAR.fullmatch, column))
        for column in columns
    ) or any(
        # A column of years under a word is named by it; under a year it may be anything.
        head[at] and not _is_figure(head[at]) and all(len(row) > at and _is_figure(row[at]) for row in below)
        for at in range(len(head))
    )


def _are_heads(row: Sequence[str]) -> bool:
    named = [cell for cell in row if cell]
    return len(named) > 1 and len(set(named)) == len(named) and max(map(len, named)) <= MAX_HEAD_CHARS


def _is_figure(cell: str) -> bool:
    return _FIGURE.fullmatch(cell) is not None


def _label_cells(row: Sequence[str], heads: Sequence[str]) -> Iterable[str]:
    if len([cell for cell in row if cell]) < 2:  # a heading between the rows
        return row
    return [
        f"{heads[at]}: {cell}" if cell and at < len(heads) and heads[at] else cell
        for at, cell in enumerate(row)
    ]


def row_line(cells: Iterable[str]) -> str:
    """Return the cells of a row as one line, empty ones left out."""
    line = ""
    for cell in cells:
        if cell:  # "Home port:" is the label of what stands beside it
            line += (" " if line.endswith(":") else CELL if line else "") + cell
    return line
