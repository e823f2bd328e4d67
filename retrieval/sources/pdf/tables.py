"""Finds the columns of the tables of a PDF page, and writes each row with the heads of its columns."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from retrieval.sources.pdf.columns import Line
from retrieval.sources.tables import table_lines


def with_heads(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page, the rows of its tables saying what each figure is.

    The row that names the columns is left out where its words stand in every other.
    """
    written: list[Line] = []
    for (is_table, _), group in groupby(lines, key=lambda line: (line.is_table, line.column)):
        rows = list(group)
        written += _format_rows(rows) if is_table and len(rows) > 1 else rows
    return written


def _format_rows(rows: list[Line]) -> list[Line]:
    columns = _columns(rows)
    grid = [_in_columns(row, columns) for row in rows]
    is_bold = rows[0].bold and not any(row.bold for row in rows[1:])
    texts = table_lines(grid, has_head=is_bold or None)
    return [replace(row, text=text) for row, text in zip(rows[len(rows) - len(texts) :], texts, strict=True)]


def _columns(rows: Sequence[Line]) -> list[tuple[float, float]]:
    """Return the left and right edges of the columns: cells that overlap stand in the same one."""
    columns: list[tuple[float, float]] = []
    for left, right in sorted((left, right) for row in rows for _, left, right in row.cells):
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _in_columns(row: Line, columns: Sequence[tuple[float, float]]) -> list[str]:
    cells = ["" for _ in columns]
    for text, left, right in row.cells:
        at = next(n for n, (begin, end) in enumerate(columns) if begin <= left and right <= end)
        cells[at] = f"{cells[at]} {text}".strip()
    return cells
