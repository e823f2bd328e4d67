"""What a sentence of an article depends on: asked of its blocks."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from retrieval.domain import Block, BlockKind, Span
from retrieval.structure.inference import infer_blocks

_LEAD_IN = (":", "：")
_MARK_DISTANCE = 3
"""Characters behind a sentence within which its mark may stand, as in "word.¹"."""
_LED: frozenset[BlockKind] = frozenset(("item", "row", "code", "quotation"))
_LEADS: frozenset[BlockKind] = frozenset(("paragraph", "item", "answer", "turn", "caption"))


def read_structure(text: str, blocks: Sequence[Block] = ()) -> "Structure":
    """Return the structure of a text: of the blocks that were read with it, else of those it shows itself.

    Without *blocks* takes about a second for ten million characters.
    """
    return Structure(text, blocks or infer_blocks(text))


class Structure:
    """The blocks of one text, and what each span of it depends on.

    Every question takes a span of the text (a sentence, a passage, a cell) and means the innermost block
    in which it begins. Answers are spans of the same text. Each takes logarithmic time, or the depth.
    """

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self.text = text
        self.blocks = tuple(blocks)
        self._order = sorted(
            range(len(self.blocks)), key=lambda at: (self.blocks[at].span.start, -self.blocks[at].span.end)
        )
        self._starts = [self.blocks[at].span.start for at in self._order]
        self._outer = self._enclosing()
        self._children: dict[int, list[int]] = {}
        self._notes: list[int] = []
        for at in self._order:
            block = self.blocks[at]
            if block.parent is not None:
                self._children.setdefault(block.parent, []).append(at)
            if block.kind == "footnote":
                self._notes.append(at)
        marked = [(mark.start, at) for at in self._notes for mark in self.blocks[at].marks]
        self._marks = sorted(marked)

    def _enclosing(self) -> list[int]:
        """Return for each place in the order the place of the block around it; -1 for none."""
        outer: list[int] = []
        stack: list[int] = []
        for place, at in enumerate(self._order):
            span = self.blocks[at].span
            while stack and self.blocks[self._order[stack[-1]]].span.end < span.end:
                stack.pop()
            while stack and self.blocks[self._order[stack[-1]]].span.end <= span.start:
                stack.pop()
            outer.append(stack[-1] if stack else -1)
            stack.append(place)
        return outer

    def block_at(self, span: Span) -> int | None:
        """Return the index of the innermost block in which *span* begins; of the next, between two.

        Of a whole row it is the row, not its first cell.
        """
        place = bisect_right(self._starts, span.start) - 1
        while place >= 0 and self.blocks[self._order[place]].span.end <= span.start:
            place = self._outer[place]
        if place < 0:
            place = bisect_right(self._starts, span.start)
            if place >= len(self._order) or self._starts[place] >= span.end:
                return None
            last = bisect_right(self._starts, self._starts[place]) - 1
            place = last
        at = self._order[place]
        while self.blocks[at].kind == "cell" and self.blocks[at].span.end < span.end:
            parent = self.blocks[at].parent
            if parent is None:
                break
            at = parent
        return at

    def _chain(self, span: Span) -> Iterator[int]:
        """Yield the block of *span* and all above it, innermost first."""
        at = self.block_at(span)
        while at is not None:
            yield at
            at = self.blocks[at].parent

    def _first(self, span: Span, *kinds: BlockKind) -> int | None:
        return next((at for at in self._chain(span) if self.blocks[at].kind in kinds), None)

    def kind_of(self, span: Span) -> BlockKind:
        """Return what *span* is a part of; a paragraph if nothing else is known."""
        at = self.block_at(span)
        return "paragraph" if at is None or self.blocks[at].kind == "entry" else self.blocks[at].kind

    def heading_path(self, span: Span) -> tuple[Span, ...]:
        """Return the headings above *span*, outermost first; a heading is not above itself."""
        own = self.block_at(span)
        above = [at for at in self._chain(span) if self.blocks[at].kind == "heading" and at != own]
        return tuple(self.blocks[at].span for at in reversed(above))

    def question_of(self, span: Span) -> Span | None:
        """Return the question that *span* is an answer to, or a part of."""
        own = self.block_at(span)
        at = self._first(span, "question")
        return None if at is None or at == own else self.blocks[at].span

    def lead_ins_of(self, span: Span) -> tuple[Span, ...]:
        """Return what leads to *span*, outermost first: the words before its list, the items above it."""
        own = self.block_at(span)
        found: list[int] = []
        for at in self._chain(span):
            block = self.blocks[at]
            if at != own and block.kind in _LEADS and self._leads(at):
                found.append(at)
        if not found and own is not None and (before := self._before(own)) is not None:
            found = [before]
        return tuple(self.blocks[at].span for at in reversed(found))

    def lead_in_of(self, span: Span) -> Span | None:
        """Return the nearest of what leads to *span*."""
        return next(reversed(self.lead_ins_of(span)), None)

    def _leads(self, at: int) -> bool:
        return any(self.blocks[child].kind in _LED for child in self._children.get(at, ()))

    def _before(self, at: int) -> int | None:
        """Return the paragraph that ends with a colon right before a paragraph."""
        block = self.blocks[at]
        if block.kind not in ("paragraph", "answer"):
            return None
        place = bisect_right(self._starts, block.span.start - 1) - 1
        if place < 0:
            return None
        before = self._order[place]
        words = self.blocks[before].span.of(self.text)
        return before if self.blocks[before].kind in _LEADS and words.endswith(_LEAD_IN) else None

    def items_under(self, lead_in: Span) -> tuple[Span, ...]:
        """Return the items that *lead_in* leads to, those of inner lists behind the item above them."""
        at = self.block_at(lead_in)
        found: list[Span] = []
        waiting = list(reversed(self._children.get(at, ()))) if at is not None else []
        while waiting:
            child = waiting.pop()
            if self.blocks[child].kind == "item":
                found.append(self.blocks[child].span)
                waiting += reversed(self._children.get(child, ()))
        return tuple(found)

    def row_of(self, span: Span) -> Span | None:
        """Return the row in which *span* stands."""
        at = self._first(span, "row")
        return None if at is None else self.blocks[at].span

    def header_row_of(self, span: Span) -> Span | None:
        """Return the row or rows that name the columns of the row in which *span* stands.

        ``None`` if each cell has the name of its column beside it, or nothing names them.
        """
        at = self._first(span, "row")
        if at is None:
            return None
        own = self.blocks[at].span
        heads = [
            head
            for child in self._children.get(at, ())
            for head in self.blocks[child].headers
            if not own.start <= head.start < own.end
        ]
        if not heads:
            return None
        first, last = self.row_of(min(heads)), self.row_of(max(heads))
        return Span(first.start, last.end) if first is not None and last is not None else None

    def footnotes_of(self, span: Span) -> tuple[Span, ...]:
        """Return the footnotes that *span* refers to, or that belong to the whole paragraph around it."""
        low = bisect_right(self._marks, (span.start - 1, len(self.blocks)))
        high = bisect_right(self._marks, (span.end + _MARK_DISTANCE, -1))
        found = dict.fromkeys(at for _, at in self._marks[low:high])
        for above in self._chain(span):
            for child in self._children.get(above, ()):
                block = self.blocks[child]
                if block.kind == "footnote" and not block.marks and self.blocks[above].kind != "heading":
                    found[child] = None
        return tuple(self.blocks[at].span for at in sorted(found, key=lambda one: self.blocks[one].span))

    def entry_of(self, span: Span) -> Span | None:
        """Return the time, date or version of the entry in which *span* stands, where it is printed.

        Of an entry with a line of its own above it, that line: "3.2.0 – 2026-05-18".
        """
        at = self._first(span, "entry")
        if at is None:
            return None
        block = self.blocks[at]
        start = self.text.find(block.time, block.span.start, block.span.end) if block.time else -1
        if start < 0:
            return block.span
        line = self.text[block.span.start : block.span.end].partition("\n")[0].rstrip()
        if block.level and start < block.span.start + len(line):
            return Span(block.span.start, block.span.start + len(line))
        return Span(start, start + len(block.time))

    def speaker_of(self, span: Span) -> str:
        """Return who speaks in the turn in which *span* stands; empty if none does."""
        at = self._first(span, "turn")
        return "" if at is None else self.blocks[at].speaker

    def read_row(self, span: Span) -> str:
        """Return how the row or cell in which *span* stands is read: "row – column: value unit".

        The cells of a row are divided by semicolons; empty if *span* stands in no table.
        """
        at = self.block_at(span)
        if at is None or self.blocks[at].kind not in ("row", "cell"):
            return ""
        if self.blocks[at].kind == "cell":
            return self._read_cell(self.blocks[at], with_row=True)
        cells = [
            self.blocks[child] for child in self._children.get(at, ()) if self.blocks[child].kind == "cell"
        ]
        return "; ".join(self._read_cell(cell, with_row=False) for cell in cells)

    def _read_cell(self, cell: Block, *, with_row: bool) -> str:
        row = self.row_of(cell.span)
        heads = [head for head in cell.headers if head != cell.span]
        name = next(
            (
                head
                for head in heads
                if row and row.start <= head.start < row.end and self.kind_of(head) == "cell"
            ),
            None,
        )
        columns = " ".join(dict.fromkeys(head.of(self.text) for head in heads if head != name))
        value = cell.span.of(self.text)
        if cell.unit and cell.unit not in value and f"({cell.unit})" not in columns:
            value = f"{value} {cell.unit}"
        said = f"{columns}: {value}" if columns else value
        return f"{name.of(self.text)} – {said}" if name is not None and with_row else said
