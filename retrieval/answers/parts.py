"""The parts of an article that are alike but for their names: sections, rows, items, and which one is meant.

"The last climber must leave by 21:45" stands under "Rope hall" and, with another time, under "Cave". A
question that names one of them is not answered by the other, however alike the words.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from retrieval.domain import Block, Span
from retrieval.structure import Structure
from retrieval.text import STOP_WORDS, stem

_WORD = re.compile(r"(?<![\w.])v?(?P<number>\d+(?:[.,:]\d+)*)(?P<open>\.x\b)?|[^\W\d_]+")
_LETTERED = re.compile(
    r"\b(?:room|hall|class|type|annex|appendix|section|part|gate|platform|block|building|group|zone|option"
    r"|plan|model|form|schedule|exhibit|team|line|route|stage|level|unit|wing|terminal|grade|category"
    r"|version|edition|series|variant|house|tower|court|lane|pool|track|ward|floor)\s+(?P<letter>[a-z])\b(?!['’])",
    re.IGNORECASE,
)
_NUMBERING = re.compile(r"^\W*\d+(?:\.\d+)*[.)]?\s+(?=[^\W\d_])")
_ASIDE = re.compile(r"\s*\([^()]*\)")
_MAX_NAME_CHARS = 80
_OPEN = ".x"


def label_words(text: str) -> frozenset[str]:
    """Return the words of a name or a question by which parts are told apart; numbers and letters count."""
    found: set[str] = set()
    for match in _WORD.finditer(text.lower()):
        if match["number"]:
            found.add(match["number"] + (match["open"] or ""))
        elif len(match[0]) > 1 and match[0] not in STOP_WORDS:
            found.add(_root(match[0]))
    found |= {match["letter"].lower() for match in _LETTERED.finditer(text)}
    return frozenset(found)


def is_named(name: Iterable[str], asked: frozenset[str]) -> bool:
    """Tell whether all words of a name are asked for; "3.x" is by "3" and by "3.2"."""
    return all(
        word in asked
        or (word.endswith(_OPEN) and any(_is_within(one, word.removesuffix(_OPEN)) for one in asked))
        for word in name
    )


def _is_within(number: str, major: str) -> bool:
    return number == major or number.startswith(f"{major}.")


def _root(word: str) -> str:
    single = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    return stem(single)


@dataclass(frozen=True, slots=True)
class _Group:
    """Sections under one heading, or rows of one table."""

    names: dict[int, tuple[frozenset[str], ...]]
    """By the index of the block: the sets of words each of which names it."""


@dataclass(slots=True)
class Parts:
    """The sections, rows and items of one article, found by their place."""

    structure: Structure
    items: list[Block] = field(init=False)
    header_rows: frozenset[int] = field(init=False)
    """Indices of the rows that name the columns of others."""
    _groups: list[_Group] = field(init=False)
    _group_of: dict[int, int] = field(init=False)
    _item_starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        """Group the blocks."""
        blocks = self.structure.blocks
        self.items = sorted((one for one in blocks if one.kind == "item"), key=lambda one: one.span)
        self._item_starts = [one.span.start for one in self.items]
        rows = {at: block for at, block in enumerate(blocks) if block.kind == "row"}
        self.header_rows = frozenset(self._header_rows(rows))
        self._groups, self._group_of = [], {}
        self._group_sections()
        self._group_rows(rows)

    def items_in(self, span: Span) -> list[Span]:
        """Return the items that begin within *span*."""
        low, high = bisect_left(self._item_starts, span.start), bisect_right(self._item_starts, span.end - 1)
        return [one.span for one in self.items[low:high]]

    def is_header_row(self, span: Span) -> bool:
        """Tell whether *span* is a row that names columns."""
        return self.structure.block_at(span) in self.header_rows

    def list_of(self, span: Span) -> list[Span]:
        """Return the items of the list in which *span* is one, inner ones too; empty if it is no item."""
        at = self.structure.block_at(span)
        if at is None or self.structure.blocks[at].kind != "item":
            return []
        while (above := self.structure.blocks[at].parent) is not None and self.structure.blocks[
            above
        ].kind == "item":
            at = above
        parent = self.structure.blocks[at].parent
        inside = {
            at
            for at, block in enumerate(self.structure.blocks)
            if self._top_parent(at) == parent and block.kind == "item"
        }
        return [self.structure.blocks[one].span for one in sorted(inside)]

    def rows_like(self, span: Span, asked: frozenset[str]) -> list[Span]:
        """Return the rows of the table of *span* that the question means: all, if it names none."""
        at = self.structure.block_at(span)
        while at is not None and self.structure.blocks[at].kind != "row":
            at = self.structure.blocks[at].parent
        if at is None or at not in self._group_of:
            return []
        rows = self._groups[self._group_of[at]].names
        meant = [one for one in rows if self._is_meant(one, asked)] or list(rows)
        return [self.structure.blocks[one].span for one in meant] if at in meant else []

    def place_in_list(self, span: Span) -> tuple[int, int] | None:
        """Return which item of how many *span* is, counted from 1; ``None`` if it is no item of a list."""
        at = self.structure.block_at(span)
        if at is None or self.structure.blocks[at].kind != "item":
            return None
        block = self.structure.blocks[at]
        beside = [one for one in self.items if self._same_list(one, block)]
        return beside.index(block) + 1, len(beside)

    def _same_list(self, one: Block, other: Block) -> bool:
        return one.parent == other.parent and one.level == other.level

    def _top_parent(self, at: int) -> int | None:
        """Return what an item's outermost list stands under."""
        above = self.structure.blocks[at].parent
        while above is not None and self.structure.blocks[above].kind == "item":
            above = self.structure.blocks[above].parent
        return above

    def is_elsewhere(self, span: Span, asked: frozenset[str]) -> bool:
        """Tell whether *span* stands in one of several like parts, and the question names another of them."""
        return any(self._names_other(at, asked) for at in self._chain(span))

    def named_parts(self, span: Span, asked: frozenset[str]) -> int:
        """Return how many of the parts around *span* the question names."""
        return sum(self._is_meant(at, asked) for at in self._chain(span))

    def _chain(self, span: Span) -> Sequence[int]:
        at, found = self.structure.block_at(span), []
        while at is not None:
            if at in self._group_of:
                found.append(at)
            at = self.structure.blocks[at].parent
        return found

    def _is_meant(self, at: int, asked: frozenset[str]) -> bool:
        return any(is_named(name, asked) for name in self._groups[self._group_of[at]].names[at])

    def _names_other(self, at: int, asked: frozenset[str]) -> bool:
        if self._is_meant(at, asked):
            return False
        group = self._groups[self._group_of[at]]
        return any(
            is_named(name, asked) for other, names in group.names.items() if other != at for name in names
        )

    def _header_rows(self, rows: dict[int, Block]) -> set[int]:
        starts = sorted((block.span.start, block.span.end, at) for at, block in rows.items())
        first = [one[0] for one in starts]
        found: set[int] = set()
        for block in self.structure.blocks:
            for head in block.headers:
                place = bisect_right(first, head.start) - 1
                if place >= 0 and head.start < starts[place][1] and starts[place][2] != block.parent:
                    found.add(starts[place][2])
        return found

    def _group_sections(self) -> None:
        sections: dict[tuple[int | None, int], dict[int, list[str]]] = {}
        for at, block in enumerate(self.structure.blocks):
            if block.kind == "heading":
                words = block.span.of(self.structure.text)[:_MAX_NAME_CHARS]
                sections.setdefault((block.parent, block.level), {})[at] = [words]
        for names in sections.values():
            self._add(names)

    def _group_rows(self, rows: dict[int, Block]) -> None:
        cells: dict[int, list[str]] = {}
        for block in self.structure.blocks:
            if block.kind == "cell" and block.parent is not None and block.parent not in self.header_rows:
                words = block.span.of(self.structure.text)[:_MAX_NAME_CHARS]
                if any(char.isalpha() for char in words):
                    cells.setdefault(block.parent, []).append(words)
        tables: list[dict[int, list[str]]] = []
        last: int | None = None
        for at in sorted(rows, key=lambda one: rows[one].span):
            if last is None or rows[at].parent != rows[last].parent or not tables:
                tables.append({})
            if at in cells:
                tables[-1][at] = cells[at]
            last = at
        for names in tables:
            self._add(names)

    def _add(self, names: dict[int, list[str]]) -> None:
        """Add a group with what tells its parts from each other; none of one part."""
        words = {
            at: [label_words(_ASIDE.sub("", _NUMBERING.sub("", name))) for name in found]
            for at, found in names.items()
        }
        if len(words) < 2:
            return
        common = frozenset.intersection(*(frozenset().union(*sets) for sets in words.values()))
        group = {at: tuple(own for one in sets if (own := one - common)) for at, sets in words.items()}
        for at in group:
            self._group_of[at] = len(self._groups)
        self._groups.append(_Group(group))
