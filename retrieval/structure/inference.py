"""Reads the structure of an article from its text alone: of what was pasted, imported, or added long ago.

A heading or question that is none misleads; one that is missed only says less. So each kind needs more
than its look: a heading something to head, a question an answer, a speaker turns of others.
"""

import re
from collections import Counter
from collections.abc import Sequence

from retrieval.domain import Block, BlockKind, Span
from retrieval.structure.entries import FEWEST, Opening, opening_of
from retrieval.structure.footnotes import choose_footnotes
from retrieval.structure.headings import choose_headings
from retrieval.structure.lines import is_stopped, leads_on
from retrieval.structure.pieces import Piece, cut_pieces
from retrieval.structure.tables import read_table, tables_in, unit_of
from retrieval.text import OPENING_ENGLISH

_MAX_QUESTION_WORDS = 35
_ASKS = re.compile(r"[?？؟]\W{0,3}$")
_LABELLED_QUESTION = re.compile(
    r"(?:\*\*)?(?:Q|Question|Frage|Claim|Myth|Statement|Rumou?r)\s?\d{0,3}\s?[:.](?:\*\*)?\s+(?=\S)",
    re.IGNORECASE,
)
_LABELLED_ANSWER = re.compile(
    r"(?:\*\*)?(?:A|Answer|Antwort|Fact|Reality|Truth|Verdict)\s?\d{0,3}\s?[:.](?:\*\*)?\s+(?=\S)"
)
_TURN = re.compile(
    r"(?:\*\*)?(?:[\[(]?(?P<time>\d{1,2}:\d{2}(?::\d{2})?)[\])]?\s+)?(?P<who>[^\W\d_a-z][\w.’'-]*(?:\s(?:[^\W\d_a-z]|de\b|van\b|von\b|of\b)[\w.’'-]*){0,4})(?:\s\([^()]{1,40}\))?\s?:(?:\*\*)?\s+(?=\S)"
)
_MIN_TURNS = 4
_STOPPED_TURNS = 0.6
"""Share of the turns of a conversation that end like sentences; in a form few lines do."""
_CAPTION = re.compile(
    r"(?:Fig(?:ure|\.)?|Table|Tab\.|Map|Chart|Graph|Diagram|Abbildung|Photo(?:graph)?|Image|Picture|Video|Plate)\s?(?:\d{1,3}(?:\.\d{1,3})?[a-z]?\s?[.:–—-]|:)\s",
    re.IGNORECASE,
)
_ONLY_QUOTED = re.compile(r"[“„«\"].{30,}[”“»\"][.,]?$", re.DOTALL)
_MAX_CAPTION_CHARS = 200
_MAX_DEPTH = 8
_LEAD_IN = (":", "：")


def infer_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of *text* in order, as far as it shows them. Takes linear time."""
    pieces = cut_pieces(text)
    _free_lone_numbers(text, pieces)
    openings = _find_entries(text, pieces)
    _choose_turns(text, pieces)
    choose_footnotes(text, pieces)
    _choose_captions(text, pieces)
    _choose_questions(text, pieces, before_headings=True)
    heads = {at for at, opening in openings.items() if opening.heads}
    title = choose_headings(text, pieces, heads)
    for table in tables_in(text, pieces):
        if len(table) > 1 or _is_table(table[0]):
            read_table(text, table)
        else:
            table[0].kind, table[0].cells = "paragraph", []
    _set_depths(pieces)
    return tuple(_Builder(text, pieces, openings, title).build())


def _is_table(row: Piece) -> bool:
    """Tell a row that stands alone and is one, not "Home | News | Sport" or the foot of a page."""
    return len(row.cells) > 1 and all(re.match(r"[^:]{1,60}:\s", cell) for cell in row.words.split(" | "))


def _free_lone_numbers(text: str, pieces: Sequence[Piece]) -> None:
    """Make a paragraph of a numbered line that is no item of a list: it may be a heading."""
    for at, piece in enumerate(pieces):
        if piece.kind != "item" or not piece.number or not piece.is_line or is_stopped(text, piece.lines[0]):
            continue
        before = pieces[at - 1] if at else None
        after = pieces[at + 1] if at + 1 < len(pieces) else None
        beside = any(one is not None and one.kind == "item" and one.number for one in (before, after))
        if not beside and piece.gap and after is not None and after.gap:
            piece.kind, piece.number = "paragraph", ""


def _find_entries(text: str, pieces: Sequence[Piece]) -> dict[int, Opening]:
    """Return the openings of entries by the place of their piece."""
    found = {
        at: opening
        for at, piece in enumerate(pieces)
        if piece.kind in ("paragraph", "heading")
        and (opening := opening_of(text[piece.start : piece.lines[0].end][:200]))
    }
    found = {
        at: one for at, one in found.items() if not one.heads or (pieces[at].is_line and at + 1 < len(pieces))
    }
    counts = Counter(one.shape for one in found.values())
    return {at: one for at, one in found.items() if counts[one.shape] >= FEWEST[one.shape]}


def _choose_turns(text: str, pieces: Sequence[Piece]) -> None:
    """Make turns of the paragraphs of a conversation, which begin with names that recur."""
    found = {
        at: match
        for at, piece in enumerate(pieces)
        if piece.kind == "paragraph"
        and (match := _TURN.match(piece.words))
        and not _LABELLED_QUESTION.match(piece.words)
        and not _LABELLED_ANSWER.match(piece.words)
        and not _CAPTION.match(piece.words)
    }
    counts = Counter(match["who"] for match in found.values())
    recurring = {who for who, count in counts.items() if count > 1}
    stopped = sum(is_stopped(text, pieces[at].lines[-1]) for at in found)
    if len(recurring) < 2 or len(found) < _MIN_TURNS or stopped < _STOPPED_TURNS * len(found):
        return
    for at, match in found.items():
        beside = at - 1 in found or at + 1 in found
        if match["who"] in recurring or beside:
            piece = pieces[at]
            piece.kind, piece.speaker, piece.time = "turn", match["who"], match["time"] or ""
            piece.label_end = piece.start + match.end()


def _choose_captions(text: str, pieces: Sequence[Piece]) -> None:
    for at, piece in enumerate(pieces):
        if piece.kind != "paragraph" or piece.end - piece.start > _MAX_CAPTION_CHARS:
            continue
        row_below = at + 1 < len(pieces) and pieces[at + 1].kind == "row" and not pieces[at + 1].gap
        above_table = row_below and piece.is_line and not is_stopped(text, piece.lines[0])
        if _CAPTION.match(piece.words) or above_table:
            piece.kind = "caption"
        elif (
            _ONLY_QUOTED.match(text, piece.start, piece.end) and piece.gap and _is_one_quotation(text, piece)
        ):
            piece.kind = "quotation"


def _is_one_quotation(text: str, piece: Piece) -> bool:
    inner = text[piece.start + 1 : piece.end - 2]
    return not any(sign in inner for sign in '“”"«»„')


def _choose_questions(text: str, pieces: Sequence[Piece], *, before_headings: bool) -> None:
    """Make questions of the lines that ask and are followed by something that does not."""
    asking = [_asks(text, piece) for piece in pieces]
    for at, piece in enumerate(pieces[:-1]):
        below = pieces[at + 1]
        if (
            asking[at]
            and not asking[at + 1]
            and below.kind in ("paragraph", "item", "row", "turn", "code", "quotation")
        ):
            labelled = _LABELLED_QUESTION.match(piece.words)
            if labelled or (piece.gap and below.gap) or _is_answer(text, below):
                piece.level = piece.level if piece.kind == "heading" else 0
                piece.kind = "question"
                if labelled:
                    piece.label_end = piece.start + labelled.end()


def _is_answer(text: str, piece: Piece) -> bool:
    return _LABELLED_ANSWER.match(piece.words) is not None or is_stopped(text, piece.lines[-1])


def _asks(text: str, piece: Piece) -> bool:
    if piece.kind not in ("paragraph", "heading") or len(piece.lines) > 3:
        return False
    if _LABELLED_QUESTION.match(piece.words):
        return True
    words = text[piece.start : piece.end][:400].strip("*_# ")
    if piece.end - piece.start > 400 or not _ASKS.search(words):
        return False
    return words[:1] not in OPENING_ENGLISH and len(words.split()) <= _MAX_QUESTION_WORDS


def _set_depths(pieces: Sequence[Piece]) -> None:
    """Set how deep each item is: by its indent, by numbers that begin anew and go on later."""
    stack: list[tuple[int, str, int]] = []  # indent, kind of sign, number of the last item
    before: Piece | None = None
    for piece in pieces:
        if piece.kind != "item":
            before = None
            continue
        indent, sign, number = piece.lines[0].indent, _sign(piece), _value(piece.number)
        if before is None:
            stack = []
        while stack and stack[-1][0] > indent:
            stack.pop()
        place = next(
            (at for at in range(len(stack) - 1, -1, -1) if _continues(stack[at], indent, sign, number)), None
        )
        if place is not None:
            del stack[place + 1 :]
            stack[place] = (indent, sign, number)
        elif stack and (
            len(stack) == _MAX_DEPTH or (stack[-1][0] == indent and not _opens_inner(stack[-1], sign, number))
        ):
            stack[-1] = (indent, sign, number)
        else:
            stack.append((indent, sign, number))
        piece.level = len(stack) - 1
        before = piece


def _sign(piece: Piece) -> str:
    if not piece.number:
        return piece.words[:1]
    return re.sub(r"\d+", "1", re.sub(r"[a-z]+", "a", piece.number))


def _value(number: str) -> int:
    inner = number.strip("().")
    return int(inner) if inner.isdigit() else ord(inner[0]) - 96 if inner else 0


def _continues(last: tuple[int, str, int], indent: int, sign: str, number: int) -> bool:
    return last[1] == sign and last[0] == indent and (number == 0 or number == last[2] + 1)


def _opens_inner(last: tuple[int, str, int], sign: str, number: int) -> bool:
    return last[2] > 0 and (number == 1 or (number == 0 and sign != last[1]))


class _Builder:
    """Makes the blocks of pieces, each under what it depends on."""

    def __init__(
        self, text: str, pieces: Sequence[Piece], openings: dict[int, Opening], title: Piece | None
    ) -> None:
        self._text = text
        self._title = title
        self._pieces = pieces
        self._openings = openings
        self._blocks: list[Block] = []
        self._headings: list[tuple[int, int]] = []  # level, index
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
            if opening is not None:
                self._open_entry(piece, opening)
                if opening.heads:
                    continue
            self._add(at, piece)
        return self._closed()

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
        for above in (self._turn, self._question, self._entry):
            if above is not None:
                return above
        return self._section()

    def _open_entry(self, piece: Piece, opening: Opening) -> None:
        self._end_question()
        self._turn = None
        if piece.kind == "heading":
            self._close_headings(piece.level or 2)
        level = (piece.level or 2) if opening.heads else 0
        self._entry_level = level
        self._entry = self._append(
            Block("entry", Span(piece.start, piece.end), self._section(), level=level, time=opening.time)
        )

    def _close_headings(self, level: int) -> None:
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()

    def _end_question(self) -> None:
        self._question = None
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
            if self._question is not None and self._answered <= 0:
                self._question = None

    def _add_heading(self, piece: Piece, span: Span) -> None:
        self._end_question()
        self._turn = None
        if self._entry is not None and not (self._entry_level and piece.level > self._entry_level):
            self._entry = None
        self._close_headings(piece.level)
        parent = self._section()
        if self._entry is not None and (parent is None or parent < self._entry):
            parent = self._entry
        heading = self._append(Block("heading", span, parent, level=piece.level))
        if piece is not self._title:  # the title is above everything, so it tells no part from another
            self._headings.append((piece.level, heading))

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
