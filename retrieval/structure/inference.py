"""Reads the structure of an article from its text alone: of what was pasted, imported, or added long ago.

A heading or question that is none misleads; one that is missed only says less. So each kind needs more
than its look: a heading something to head, a question an answer, a speaker turns of others.
"""

import re
from collections import Counter
from collections.abc import Sequence

from retrieval.domain import Block
from retrieval.structure.block_builder import BlockBuilder
from retrieval.structure.entries import FEWEST, Opening, opening_of
from retrieval.structure.footnotes import choose_footnotes
from retrieval.structure.headings import choose_headings
from retrieval.structure.lines import is_stopped
from retrieval.structure.marked_lines import MarkedLine
from retrieval.structure.pieces import Piece, cut_pieces
from retrieval.structure.tables import read_table, tables_in
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
    r"(?:\*\*)?(?:[\[(]?(?:at\s)?(?P<time>\d{1,2}:\d{2}(?::\d{2})?)[\])]?\s+)?(?P<who>[^\W\d_a-z][\w.’'-]*(?:\s(?:[^\W\d_a-z]|de\b|van\b|von\b|of\b)[\w.’'-]*){0,4})(?:\s\([^()]{1,40}\))?\s?:(?:\*\*)?\s+(?=\S)"
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


def infer_blocks(text: str, marked: Sequence[MarkedLine] = ()) -> tuple[Block, ...]:
    """Return the blocks of *text* in order, as far as it shows them or *marked* says. Takes linear time.

    With marked lines no heading is guessed.
    """
    pieces = cut_pieces(text, marked)
    if not marked:
        _free_lone_numbers(text, pieces)
    openings = _find_entries(text, pieces)
    _choose_turns(text, pieces)
    choose_footnotes(text, pieces)
    _choose_captions(text, pieces)
    _choose_questions(text, pieces, before_headings=True)
    heads = {at for at, opening in openings.items() if opening.heads}
    title = _marked_title(pieces) if marked else choose_headings(text, pieces, heads)
    for table in tables_in(text, pieces):
        if len(table) > 1 or _is_table(table[0]):
            read_table(text, table)
        else:
            table[0].kind, table[0].cells = "paragraph", []
    _set_depths(pieces)
    return tuple(BlockBuilder(text, pieces, openings, title, marked).build())


def _marked_title(pieces: Sequence[Piece]) -> Piece | None:
    """Return the one heading of the first level, if the text begins with it."""
    highest = [piece for piece in pieces if piece.kind == "heading" and piece.level == 1]
    return highest[0] if len(highest) == 1 and highest[0] is pieces[0] else None


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
        if not piece.sure:
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
