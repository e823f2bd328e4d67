"""Makes the blocks of the pieces of a text, each under what it depends on."""

from collections.abc import Sequence

from retrieval.domain import Block, BlockKind, Span
from retrieval.structure.entries import Opening
from retrieval.structure.lines import is_stopped, leads_on
from retrieval.structure.marked_lines import MarkedLine, sections_above
from retrieval.structure.pieces import Piece
from retrieval.structure.tables import unit_of

_LOOSE_LEVEL = 6
"""Of a question that stands above its answer without being a heading by its tag."""
_LEAD_IN = (":", "：")


class BlockBuilder:
    """Takes the pieces of one text in order and returns their blocks."""

    def __init__(
        self,
        text: str,
        pieces: Sequence[Piece],
        openings: dict[int, Opening],
        title: Piece | None,
        marked: Sequence[MarkedLine],
    ) -> None:
        self._marked = marked
        self._marked_entry = 0
        self._entry_place: int | None = None
        self._question_place: int | None = None
        self._text = text
        self._title = title
        self._pieces = pieces
        self._openings = openings
        self._blocks: list[Block] = []
        self._headings: list[tuple[int, int, int | None]] = []  # level, index, place among the marked lines
        self._entry: int | None = None
        self._entry_level = 0
        self._question: int | None = None
        self._answered = 0
        self._most_answers = 1
        self._turn: int | None = None
        self._leads: list[tuple[int, int]] = []  # depth, index of what leads to an item
        self._last: int | None = None  # the last block that a footnote may belong to
        self._lengths: dict[int, int] = {}
        self._last_question = -1

    def build(self) -> list[Block]:
        """Return the blocks."""
        questions = [at for at, piece in enumerate(self._pieces) if piece.kind == "question"]
        lengths = [self._answer_length(at) for at in questions]
        self._lengths = dict(zip(questions, lengths, strict=True))
        self._last_question = questions[-1] if questions else -1
        self._most_answers = max(lengths[:-1], default=1)
        for at, piece in enumerate(self._pieces):
            opening = self._openings.get(at)
            if piece.place is not None:
                self._leave(piece.place)
            if opening is not None and not self._marked_entry:
                self._open_entry(piece, opening)
                if opening.heads:
                    continue
            self._add(at, piece)
        return self._closed()

    def _leave(self, place: int) -> None:
        """End what a marked line does not stand under any more; begin the entry that it is in."""
        above = sections_above(self._marked, place)
        while self._headings and self._headings[-1][2] is not None and self._headings[-1][2] not in above:
            self._headings.pop()
        if self._question_place is not None and self._question_place not in above:
            self._end_question()
        if self._entry_place is not None and self._entry_place not in above:
            self._entry = self._entry_place = None
        mark = self._marked[place]
        if mark.entry != self._marked_entry:
            self._end_question()
            self._marked_entry = mark.entry
            self._entry = None
            if mark.entry:
                self._entry = self._append(Block("entry", mark.span, self._section(), time=mark.time))

    def _answer_length(self, at: int) -> int:
        """Return how many pieces stand between a question and the next question or heading."""
        count = 0
        for piece in self._pieces[at + 1 : at + 51]:
            if piece.kind in ("question", "heading"):
                break
            count += 1
        return count

    def _section(self) -> int | None:
        return self._headings[-1][1] if self._headings else None

    def _parent(self) -> int | None:
        """Return the innermost of what a paragraph stands under: it was begun last."""
        above = (self._turn, self._question, self._entry, self._section())
        return max((one for one in above if one is not None), default=None)

    def _open_entry(self, piece: Piece, opening: Opening) -> None:
        self._end_question()
        self._turn = None
        if piece.kind == "heading":
            self._close_headings(piece.level or 2)
        level = (piece.level or 2) if opening.heads else 0
        self._entry_level = level
        self._entry_place = piece.place if opening.heads else None
        self._entry = self._append(
            Block("entry", Span(piece.start, piece.end), self._section(), level=level, time=opening.time)
        )

    def _close_headings(self, level: int) -> None:
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()

    def _end_question(self) -> None:
        self._question = self._question_place = None
        self._answered = 0
        self._leads = []

    def _append(self, block: Block) -> int:
        self._blocks.append(block)
        return len(self._blocks) - 1

    def _add(self, at: int, piece: Piece) -> None:
        span = Span(piece.start, piece.end)
        if piece.kind != "item" and piece.kind not in ("row", "code", "quotation", "footnote"):
            self._leads = []
        if piece.kind == "heading":
            self._add_heading(piece, span)
        elif piece.kind == "question":
            self._end_question()
            self._turn = None
            if piece.level:
                self._close_headings(piece.level)
            self._question = self._last = self._append(
                Block(
                    "question",
                    span,
                    self._entry if self._entry is not None else self._section(),
                    level=piece.level,
                )
            )
            if piece.place is not None and piece.level and piece.level < _LOOSE_LEVEL:
                self._question_place = piece.place
            last = self._lengths[at]
            self._answered = last if at != self._last_question else min(last, self._most_answers)
        elif piece.kind == "footnote":
            self._add_footnote(piece, span)
        elif piece.kind == "turn":
            self._turn = None
            self._turn = self._last = self._append(
                Block("turn", span, self._parent(), time=piece.time, speaker=piece.speaker)
            )
        else:
            self._add_text(at, piece, span)
            self._answered -= 1
            if self._question is not None and self._answered <= 0 and self._question_place is None:
                self._question = None

    def _add_heading(self, piece: Piece, span: Span) -> None:
        self._end_question()
        self._turn = None
        is_inside = self._marked_entry or (self._entry_level and piece.level > self._entry_level)
        if not is_inside:
            self._entry = None
        self._close_headings(piece.level)
        parent = self._section()
        if self._entry is not None and (parent is None or parent < self._entry):
            parent = self._entry
        heading = self._append(Block("heading", span, parent, level=piece.level))
        if piece is not self._title:  # the title is above everything, so it tells no part from another
            self._headings.append((piece.level, heading, piece.place))

    def _add_footnote(self, piece: Piece, span: Span) -> None:
        parent = self._section() if piece.marks else self._last
        self._append(Block("footnote", span, parent, number=piece.number, marks=piece.marks))

    def _add_text(self, at: int, piece: Piece, span: Span) -> None:
        kind: BlockKind = piece.kind
        parent = self._parent()
        if kind == "paragraph" and self._question is not None and parent == self._question:
            kind = "answer"
        if piece.kind == "item":
            while self._leads and self._leads[-1][0] >= piece.level:
                self._leads.pop()
        if piece.kind in ("item", "row", "code", "quotation") and self._leads:
            parent = self._leads[-1][1]
        index = self._append(
            Block(kind, span, parent, level=piece.level if kind == "item" else 0, number=piece.number)
        )
        if not (kind == "row" and self._leads and self._blocks[self._leads[-1][1]].kind == "row"):
            self._last = index
        if piece.kind == "row":
            self._add_cells(piece, index)
        elif piece.kind == "item":
            self._leads.append((piece.level, index))
        elif self._leads_on(at, piece):
            self._leads = [(-1, index)]

    def _add_cells(self, piece: Piece, row: int) -> None:
        for cell, headers in zip(piece.cells, piece.headers, strict=True):
            columns = [head for head in headers if head != piece.cells[0]]
            self._append(Block("cell", cell, row, headers=headers, unit=unit_of(self._text, cell, columns)))

    def _leads_on(self, at: int, piece: Piece) -> bool:
        """Tell whether a piece leads to the list, table or code below it."""
        below = self._pieces[at + 1] if at + 1 < len(self._pieces) else None
        if below is None or below.kind not in ("item", "row", "code", "quotation"):
            return False
        if piece.kind == "caption":
            return below.kind == "row"
        end = self._text[max(piece.start, piece.end - 40) : piece.end].rstrip("*_ ")
        if end.endswith(_LEAD_IN):
            return True
        return (
            below.kind == "item"
            and not below.gap
            and (leads_on(end) or not is_stopped(self._text, piece.lines[-1]))
        )

    def _closed(self) -> list[Block]:
        """Return the blocks, each entry as long as what stands under it."""
        ends = [block.span.end for block in self._blocks]
        for at in range(len(self._blocks) - 1, -1, -1):
            parent = self._blocks[at].parent
            if parent is not None:
                ends[parent] = max(ends[parent], ends[at])
        return [
            _with_end(block, ends[at]) if block.kind == "entry" else block
            for at, block in enumerate(self._blocks)
        ]


def _with_end(block: Block, end: int) -> Block:
    return Block(block.kind, Span(block.span.start, end), block.parent, level=block.level, time=block.time)
