"""Puts the pieces of a PDF page into reading order: columns one after the other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from statistics import median

from retrieval.sources.pdf.glyphs import SMALLER, Segment, is_note_sign, to_superscript
from retrieval.sources.tables import row_line

_GRID = 2.0
"""Points; a gap between columns is at least two of these wide."""
_MIN_COLUMN_LINES = 3
_MIN_COLUMN_CHARS = 16
"""Below this the right side is figures of a table, not a column of prose."""
_MOST_CROSSING = 0.4
"""Share of the pieces that may lie across the gap: titles, tables, wide pictures' captions."""
_SAME_ROW = 0.45
_SIGN_CHARS, _SIGN_GAP = 6, 0.3
"""What a raised or lowered sign has at most, and how far from its word it stands, in sizes."""
_CELL_GAP, _WIDE_CELL_GAP = 1.2, 3.0
"""Two gaps of the first kind, or one of the second, make a row of a table, in sizes."""
_WORD_GAP = 0.12


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one column; *column* numbers the stretches of text on a page in reading order."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    column: int = 0
    is_table: bool = False
    cells: tuple[tuple[str, float, float], ...] = ()
    """Of a row of a table: text, left and right edge of each."""


def rows(segments: Iterable[Segment]) -> list[list[Segment]]:
    """Return the pieces in rows from top to bottom, each from left to right."""
    ordered = sorted(segments, key=lambda segment: -segment.base)
    sizes = sorted(segment.size for segment in ordered)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    found: list[list[Segment]] = []
    small: list[Segment] = []
    for segment in ordered:
        last = found[-1] if found else None
        if last and abs(last[0].base - segment.base) < _SAME_ROW * min(last[0].size, segment.size):
            last.append(segment)
        elif segment.size < SMALLER * usual and len(segment.text) <= _SIGN_CHARS:
            small.append(segment)
        else:
            found.append([segment])
    found += _attach_raised_signs(small, found)
    found.sort(key=lambda row: -row[0].base)
    return [sorted(row, key=lambda segment: segment.left) for row in found]


def _attach_raised_signs(small: list[Segment], found: list[list[Segment]]) -> list[list[Segment]]:
    """Put raised and lowered signs into the rows they belong to; return the others as rows."""
    own: list[list[Segment]] = []
    for sign in small:
        row = next((row for row in chain(found, own) if _belongs(sign, row)), None)
        if row is None:
            own.append([sign])
        else:
            row.append(sign)
    return own


def _belongs(sign: Segment, row: list[Segment]) -> bool:
    big = row[0]
    high = sign.base - big.base
    if abs(high) < _SAME_ROW * min(big.size, sign.size) and sign.size > SMALLER * big.size:
        return True
    return -0.4 < high / big.size < 0.7 and sign.size < SMALLER * big.size and _touches(sign, row)


def _touches(sign: Segment, row: list[Segment]) -> bool:
    near = _SIGN_GAP * row[0].size
    return any(segment.left - near < sign.right and sign.left < segment.right + near for segment in row)


def row_text(row: Sequence[Segment]) -> str:
    """Return what stands in a row, without the raised signs that point to notes."""
    text, right, opens = "", 0.0, False
    big = max(row, key=lambda segment: segment.size)
    for segment in row:
        raised = segment.size < SMALLER * big.size and segment.base > big.base
        if raised and is_note_sign(text, segment.text):
            right = segment.right
            continue
        shown = to_superscript(segment.text) if raised else segment.text
        near = _SIGN_GAP if raised else _WORD_GAP
        glued = not text or (segment.left - right < near * big.size and not opens)
        opens = raised and not text  # the sign of a note at the foot of the page
        text += shown if glued else f" {shown}"
        right = segment.right
    return text


def lines_in_order(segments: Sequence[Segment]) -> list[Line]:
    """Return the lines of a page in the order in which they are read."""
    return [
        _line(row, number) for number, block in enumerate(_blocks(list(segments), 0)) for row in rows(block)
    ]


def _line(row: list[Segment], column: int) -> Line:
    longest = max(row, key=lambda segment: len(segment.text))
    cells = tuple(_cells(row, longest.size)) if _has_cells(row, longest.size) else ()
    return Line(
        text=row_line(text for text, _, _ in cells) or row_text(row),
        left=row[0].left,
        right=max(segment.right for segment in row),
        base=longest.base,
        size=longest.size,
        bold=all(segment.bold for segment in row),
        column=column,
        is_table=bool(cells),
        cells=cells,
    )


def _cells(row: list[Segment], size: float) -> Iterator[tuple[str, float, float]]:
    cell = row[:1]
    for segment in row[1:]:
        if segment.left - cell[-1].right > _CELL_GAP * size:
            yield row_text(cell), cell[0].left, cell[-1].right
            cell = []
        cell.append(segment)
    yield row_text(cell), cell[0].left, cell[-1].right


def _has_cells(row: list[Segment], size: float) -> bool:
    gaps = [(after.left - before.right) / size for before, after in pairwise(row)]
    return sum(gap > _CELL_GAP for gap in gaps) > 1 or any(gap > _WIDE_CELL_GAP for gap in gaps)


def _blocks(segments: list[Segment], depth: int) -> list[list[Segment]]:
    """Return stretches without columns: what lies across a gap parts what is above from below."""
    gap = _gap(segments) if depth < 4 else None
    if gap is None:
        return [segments] if segments else []
    blocks: list[list[Segment]] = []
    band: list[Segment] = []

    def close() -> None:
        for side in (True, False):
            blocks.extend(_blocks([s for s in band if (s.right <= gap) == side], depth + 1))
        band.clear()

    across: list[Segment] = []
    for row in rows(segments):
        if any(segment.left < gap < segment.right for segment in row):
            if band:
                close()
            across += row
        else:
            if across:
                blocks.append(across)
                across = []
            band += row
    close()
    return [*blocks, across] if across else blocks


def _gap(segments: list[Segment]) -> float | None:
    """Return where a gap runs down between two columns of prose."""
    if len(segments) < 2 * _MIN_COLUMN_LINES:
        return None
    left, right = min(s.left for s in segments), max(s.right for s in segments)
    cells = int((right - left) / _GRID) + 1
    if not 10 < cells < 10_000:
        return None
    crossing = _count_crossings(segments, left, cells)
    inner = range(int(0.15 * cells), int(0.85 * cells))
    fewest = min(crossing[cell] for cell in inner)
    runs = _runs([cell for cell in inner if crossing[cell] == fewest])
    first, last = max(runs, key=lambda run: (run[1] - run[0], -run[0]))
    gap = left + (first + last + 1) / 2 * _GRID
    before = [s for s in segments if s.right <= gap]
    after = [s for s in segments if s.left >= gap]
    wide = last - first + 1 >= 2
    most = _MOST_CROSSING * len(segments)
    return gap if wide and fewest <= most and _is_prose(before) and _is_prose(after) else None


def _count_crossings(segments: list[Segment], left: float, cells: int) -> list[int]:
    """Count for each cell of the width how many pieces lie over it."""
    steps = [0] * (cells + 2)
    for segment in segments:
        steps[max(0, int((segment.left - left) / _GRID))] += 1
        steps[min(cells, int((segment.right - left) / _GRID)) + 1] -= 1
    counts, now = [], 0
    for step in steps[:cells]:
        now += step
        counts.append(now)
    return counts


def _runs(cells: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for cell in cells:
        if runs and runs[-1][1] == cell - 1:
            runs[-1] = (runs[-1][0], cell)
        else:
            runs.append((cell, cell))
    return runs


def _is_prose(side: list[Segment]) -> bool:
    texts = [len(row_text(row)) for row in rows(side)]
    return len(texts) >= _MIN_COLUMN_LINES and median(texts) >= _MIN_COLUMN_CHARS
