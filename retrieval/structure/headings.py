"""Which short lines of a text head what follows, and at what level."""

import re
from collections import Counter
from collections.abc import Container, Sequence

from retrieval.nlp import is_credit, is_heading_line
from retrieval.structure.lines import MAX_HEADING_WORDS, is_stopped, leads_on
from retrieval.structure.pieces import Piece
from retrieval.text import DOUBLE_ENGLISH, OPENING_ENGLISH

_NUMBERED = re.compile(
    r"(?:(?P<word>chapter|part|section|article|appendix|annex|clause|title|step|lesson|unit|act|scene|book|§+|art\.|sec\.|ch\.|no\.?)\s*)?"
    r"(?P<number>\d{1,3}(?:\.\d{1,3})*[a-z]?|[IVXLC]{1,7}|[A-Z])(?P<sign>[.:)]|(?=\s)|$)\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_VALUES = re.compile(
    r"[€$£¥%]|\d{1,2}[:h]\d\d|\d[\d.,]*\s?(?:euros?|dollars?|pounds?|kg|km|cm|mm|ml|mg|[ap]\.?m\b|°)|\d{3,}[\s/-]\d{3,}"
    r"|\d{5,}|,\s*\d|@|https?:|www\.|\b[\w.]+@",
    re.IGNORECASE,
)
_VALUE = re.compile(r"[:：]\s*\S")
_LABEL = re.compile(
    r"(?:chapter|part|section|step|phase|stage|day|week|lesson|appendix|annex|act|unit|module|rule|tip|myth|claim|question|problem|case|example|exercise|option|room|level)\s*[\w.]{0,6}\s*[:：]",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"[—―–-]{1,2}\s?\w|©|\(c\)", re.IGNORECASE)
_PAGE = re.compile(
    r"(?:page|seite|p\.)?\s*\d{1,4}(?:\s*(?:of|/|von)\s*\d{1,4})?$|.*\bpage \d{1,4}$", re.IGNORECASE
)
_MAX_CHAIN = 3
"""So many short lines in a row may be headings of each other; more are a list, an address, a poem."""
_LABEL_CHARS = 40
_QUOTES = re.compile(rf"[{OPENING_ENGLISH}]")


def may_head(text: str, piece: Piece) -> bool:
    """Tell whether a piece looks like a heading; whether it is one, what follows decides."""
    line = piece.lines[0]
    words = line.words.strip("*_ ")
    if not piece.is_line or not any(char.isalpha() for char in words):
        return False
    if is_stopped(text, line) and not _is_bare_number(words):
        return False
    numbered = _NUMBERED.match(words)
    head = (
        (numbered["rest"] or "")
        if numbered and (numbered["word"] or numbered["number"][0].isdigit())
        else words
    )
    if not (
        is_heading_line(words)
        or (numbered and len(words.split()) <= MAX_HEADING_WORDS and not words[0].islower())
    ):
        return False
    if (
        _VALUES.search(words)
        or _SIGNATURE.match(words)
        or _PAGE.match(words)
        or is_credit(words)
        or leads_on(words)
    ):
        return False
    if _VALUE.search(words) and not (_LABEL.match(words) or (numbered and numbered["word"])):
        return False  # a label with its value
    if len(_QUOTES.findall(words[:1])) and words[-1:] in DOUBLE_ENGLISH:
        return False
    return not (head[:1].islower() and numbered is not None and not numbered["word"])


def _is_part(words: str) -> bool:
    """Tell "Article 5": the name and number of a part, and nothing else."""
    match = _NUMBERED.match(words.strip("*_ "))
    return match is not None and bool(match["word"]) and not match["rest"]


def _is_bare_number(words: str) -> bool:
    return re.fullmatch(r"(?:[IVXLC]{1,7}|\d{1,2})\.", words) is not None


def choose_headings(text: str, pieces: Sequence[Piece], taken: Container[int] = ()) -> Piece | None:
    """Make headings of the paragraphs that are such, with their levels; those by markup stay as they are.

    *taken* are places of pieces that are something else. Returns the title above the text, if there is one.
    """
    title = None if 0 in taken else _find_title(text, pieces)
    # A title with a mark says nothing about the lines below it; a second mark says that all have one.
    marked = any(piece.sure and piece.kind == "heading" for piece in pieces[1:])
    if not marked and pieces and pieces[0].sure and pieces[0].kind == "heading" and 0 not in taken:
        title = pieces[0]
    found: list[Piece] = [title] if title is not None else []
    after_ok = False  # whether what follows may be headed
    chain = 0
    for at in range(len(pieces) - 1, -1, -1):
        piece = pieces[at]
        if piece is title or (piece.kind == "heading" and piece.sure):
            after_ok, chain = True, 1
            continue
        repeats = title is not None and piece.words == title.words
        if (
            piece.kind == "paragraph"
            and (after_ok or (_is_part(piece.words) and at + 1 < len(pieces)))
            and (chain < _MAX_CHAIN or _is_part(piece.words))
            and not repeats
            and not marked
            and at not in taken
            and _stands_out(text, pieces, at)
            and may_head(text, piece)
        ):
            found.append(piece)
            chain += 1
            continue
        is_text = piece.kind != "paragraph" or _has_sentence(text, piece) or bool(_VALUE.search(piece.words))
        if may_head(text, piece) and not is_text:
            chain += 1  # a line too many; what is above it is no heading either
            after_ok = after_ok and chain < _MAX_CHAIN
        else:
            after_ok, chain = is_text or after_ok, 0
    for piece in found:
        piece.kind = "heading"
    if not marked:
        _set_levels([piece for piece in pieces if piece.kind == "heading"], title)
    return title


def _stands_out(text: str, pieces: Sequence[Piece], at: int) -> bool:
    """Tell whether there is room around a line, or all lines around are whole paragraphs."""
    piece, below = pieces[at], pieces[at + 1] if at + 1 < len(pieces) else None
    if below is None:
        return False
    above = pieces[at - 1] if at else None
    free_above = piece.gap or above is None or is_stopped(text, above.lines[-1])
    free_below = below.gap or below.kind in ("item", "row", "code") or len(below.lines) >= 1
    if not below.gap and below.kind == "paragraph" and not _is_part(piece.words):
        free_below = _has_sentence(text, below) and below.end - below.start > 1.5 * len(piece.words)
    return free_above and free_below


def _has_sentence(text: str, piece: Piece) -> bool:
    return (
        is_stopped(text, piece.lines[-1])
        and len(text[piece.start : min(piece.end, piece.start + 400)].split()) >= 2
    )


def _find_title(text: str, pieces: Sequence[Piece]) -> Piece | None:
    """Return the first piece if it is a title over the text."""
    if len(pieces) < 2 or pieces[0].kind != "paragraph" or not pieces[0].is_line:
        return None
    first = pieces[0]
    words = first.words.split()
    if len(words) > MAX_HEADING_WORDS + 6 or is_stopped(text, first.lines[0]) or first.words[:1].islower():
        return None
    if is_credit(first.words) or _PAGE.match(first.words) or leads_on(first.words):
        return None
    if _VALUE.search(first.words) and _VALUE.search(pieces[1].words[:_LABEL_CHARS]):
        return None  # a form without a title
    if (
        not pieces[1].gap
        and pieces[1].kind == "paragraph"
        and not (is_credit(pieces[1].words) or pieces[1].words[:1].isdigit())
    ):
        return first if may_head(text, first) and _has_sentence(text, pieces[1]) else None
    return first


def _set_levels(headings: Sequence[Piece], title: Piece | None) -> None:
    """Set the levels: by numbers, by capitals, by what repeats under several others; else all are alike."""
    others = [piece for piece in headings if piece is not title]
    if title is not None:
        title.level = 1
    numbered = {id(piece): level for piece in others if (level := _level_by_number(piece.words)) is not None}
    if numbered:
        shift = 2 - min(numbered.values())
        for piece in others:
            level = numbered.get(id(piece))
            if level is not None:
                piece.level = min(6, level + shift)
            else:
                piece.level = 2
        _lower_between_numbers(others, numbered)
        return
    counts = Counter(piece.words.casefold() for piece in others)
    repeated = [counts[piece.words.casefold()] > 1 for piece in others]
    capitals = [piece.words.isupper() and len(piece.words) > 3 for piece in others]
    mixed = any(capitals) and not all(capitals)
    for at, piece in enumerate(others):
        if mixed:
            piece.level = 2 if capitals[at] else 3
        else:
            piece.level = 3 if repeated[at] and not all(repeated) else 2


def _lower_between_numbers(headings: Sequence[Piece], numbered: dict[int, int]) -> None:
    """Keep a heading without a number above all that follow only if it repeats nothing below a number."""
    counts = Counter(piece.words.casefold() for piece in headings if id(piece) not in numbered)
    level = 2
    for piece in headings:
        if id(piece) in numbered:
            level = piece.level
        elif counts[piece.words.casefold()] > 1:
            piece.level = min(6, level + 1)


def _level_by_number(words: str) -> int | None:
    """Return how deep a numbered heading is, from 1; ``None`` for one without a number."""
    match = _NUMBERED.match(words.strip("*_ "))
    if match is None:
        return None
    number, word = match["number"], match["word"]
    if number[0].isdigit():
        if not word and not match["sign"] and not match["rest"]:
            return None
        if not word and "." not in number and not re.match(r"[\W]*[^\W\d_]", match["rest"] or ""):
            return None
        return number.count(".") + 1
    if word or (match["sign"] and match["rest"]):
        return 1
    return None
