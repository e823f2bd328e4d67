"""What stands beside an article's text: its blocks, each a span with what it depends on.

The stored text stays the truth; a block only says of a part of it that it is a heading, an item, a cell.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from retrieval.domain.spans import Span

BlockKind = Literal[
    "heading",
    "paragraph",
    "item",
    "row",
    "cell",
    "question",
    "answer",
    "turn",
    "code",
    "quotation",
    "caption",
    "footnote",
    "entry",
]
BLOCK_KINDS: tuple[BlockKind, ...] = get_args(BlockKind)
MAX_LEVEL = 99
"""Lists are rarely deeper than six; what says more is broken."""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of an article's text and its place in the structure.

    An entry spans all its paragraphs, a row its cells; every other block spans its own words only,
    the dash or number of an item among them.
    """

    kind: BlockKind
    span: Span
    parent: int | None = None
    """Index in the article's blocks of what this stands under: the heading of a section, the lead-in of an
    item or a row, the item above a nested one, the row of a cell, the question of an answer, the entry of a
    paragraph, the paragraph of a footnote."""
    level: int = 0
    """Of a heading, 1 to 6; of a question or an entry that heads a section, the same; depth of an item."""
    number: str = ""
    """Of an item or a footnote, as printed."""
    headers: tuple[Span, ...] = ()
    """Of a cell: the header cells of its column, then that of its row."""
    unit: str = ""
    """Of a cell."""
    marks: tuple[Span, ...] = ()
    """Of a footnote: where it is referred to; without any, it belongs to all of its parent."""
    time: str = ""
    """Of an entry: the time, date or version that it begins with, as printed. Of a turn: its time."""
    speaker: str = ""
    """Of a turn."""

    def __post_init__(self) -> None:
        """Refuse what no reader can have meant."""
        if self.kind not in BLOCK_KINDS:
            raise ValueError(f"unknown kind of block: {self.kind}")
        if not 0 <= self.level <= MAX_LEVEL:
            raise ValueError(f"level out of range: {self.level}")


def block_rows(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """Return blocks as JSON has them; what is empty is left out."""
    return [_block_row(block) for block in blocks]


def _block_row(block: Block) -> dict[str, Any]:
    row: dict[str, Any] = {"kind": block.kind, "start": block.span.start, "end": block.span.end}
    if block.parent is not None:
        row["parent"] = block.parent
    for name in ("level", "number", "unit", "time", "speaker"):
        if value := getattr(block, name):
            row[name] = value
    for name in ("headers", "marks"):
        if spans := getattr(block, name):
            row[name] = [[span.start, span.end] for span in spans]
    return row


def read_block_rows(rows: object, chars: int) -> tuple[Block, ...]:
    """Return the blocks that JSON describes, of a text of *chars* characters.

    Raises:
        ValueError: They are no blocks of such a text; the message says why.
    """
    if not isinstance(rows, list):
        raise ValueError("they are no list")
    blocks = tuple(_read_block(at, row) for at, row in enumerate(rows))
    for at, block in enumerate(blocks):
        if max(span.end for span in (block.span, *block.headers, *block.marks)) > chars:
            raise ValueError(f"block {at} ends behind the text")
        if block.parent is not None and not 0 <= block.parent < len(blocks):
            raise ValueError(f"block {at} has a parent that is not there")
    if any(_is_own_ancestor(blocks)):
        raise ValueError("a block stands under itself")
    return blocks


def _read_block(at: int, row: object) -> Block:
    try:
        if not isinstance(row, dict):
            raise TypeError("no object")
        return Block(
            kind=row["kind"],
            span=_read_span((row["start"], row["end"])),
            parent=None if row.get("parent") is None else _whole(row["parent"]),
            level=_whole(row.get("level", 0)),
            number=_words(row.get("number", "")),
            headers=tuple(map(_read_span, row.get("headers", ()))),
            unit=_words(row.get("unit", "")),
            marks=tuple(map(_read_span, row.get("marks", ()))),
            time=_words(row.get("time", "")),
            speaker=_words(row.get("speaker", "")),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"block {at} is none ({error})") from error


def _read_span(ends: Sequence[object]) -> Span:
    start, end = ends
    return Span(_whole(start), _whole(end))


def _whole(value: object) -> int:
    if type(value) is not int:
        raise TypeError(f"{value!r} is no whole number")
    return value


def _words(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _is_own_ancestor(blocks: Sequence[Block]) -> Iterator[bool]:
    """Yield whether a chain of parents ends in a circle; each block is visited once."""
    seen = [0] * len(blocks)  # the walk that visited a block first; 0 for none
    for at in range(len(blocks)):
        step: int | None = at
        while step is not None and 0 <= step < len(blocks) and not seen[step]:
            seen[step] = at + 1
            step = blocks[step].parent
        yield step is not None and 0 <= step < len(blocks) and seen[step] == at + 1
