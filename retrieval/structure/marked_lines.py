"""What a source says of the lines of its text: the markup of a page, the styles of a document."""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.domain import BlockKind, Span


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line, or several, of a text whose kind its source knows.

    A source that marks any line is taken to mark all headings that it has.
    """

    kind: BlockKind
    span: Span
    """From the first letter of its first line to the last of its last."""
    level: int = 0
    """Of a heading, 1 to 6; of a question that heads a section, the same; depth of an item."""
    section: int | None = None
    """Place, among the marked lines, of the heading or question that it stands under."""
    entry: int = 0
    """Number of the entry that it belongs to, from 1; 0 for none."""
    time: str = ""
    """Of its entry."""
    marks: tuple[Span, ...] = ()
    """Of a footnote."""
    columns: tuple[tuple[int, int], ...] = ()
    """Of a row: first and last column of each cell, from 0."""
    is_head: bool = False
    """Of a row: whether it names the columns."""


def sections_above(marked: Sequence[MarkedLine], at: int) -> set[int]:
    """Return the places of the headings and questions that a marked line stands under."""
    found: set[int] = set()
    above = marked[at].section
    while above is not None and above not in found:
        found.add(above)
        above = marked[above].section
    return found
