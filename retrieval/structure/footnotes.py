"""Footnotes of a text and the marks in it that refer to them."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from retrieval.domain import Span
from retrieval.structure.pieces import Piece

LABEL = re.compile(r"(?:Note|Notes|Footnote|N\.B\.|NB)\s?:\s+(?=\S)")
"""What the readers of pages write before a note that they moved behind its paragraph."""
_RAISED = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰ᵃᵇᶜᵈᵉ", "1234567890abcde")
_SIGNS = "¹²³⁴⁵⁶⁷⁸⁹⁰"
_NOTE = re.compile(
    rf"(?P<bracket>\[(?P<in>\d{{1,3}}|[a-z]|\*+)\]|\[\^(?P<md>[\w-]{{1,20}})\]):?\s*(?=\S)"
    rf"|(?P<raised>[{_SIGNS}]{{1,3}}|[ᵃᵇᶜᵈᵉ])\s?(?=\S)"
    r"|(?P<star>\*{1,3}|[†‡§]{1,2})\s?(?=[^\W\d_])"
    r"|(?P<number>\d{1,3})(?:[.)]?\s+)(?=[A-ZÀ-Þ\"“])"
    r"|(?P<letter>[a-e])(?:[.)]?\s+)(?=[A-ZÀ-Þ\"“])"
)
_MARK = re.compile(
    rf"(?<=\S)\[(?P<in>\d{{1,3}}|[a-z]|\*+)\]|(?<=\S)\s?\[\^(?P<md>[\w-]{{1,20}})\](?!:)|(?<=\S)(?P<raised>[{_SIGNS}]{{1,3}}|[ᵃᵇᶜᵈᵉ])"
    r"|(?<=[\w.,;!?)\]”\"])(?P<star>(?<!\*)\*{1,3}(?![\w*])|[†‡§]{1,2})"
    r"|(?<=[^\W\d_][.,;!?”\"])(?P<number>\d{1,2})(?=\s|$)"
)
_CELL_MARK = re.compile(r"(?:(?<=\d)|(?<=\S)\s)(?P<letter>[a-e])$|(?<=\S)\s?(?P<sign>\*{1,3}|[†‡])$")
_SUPERSCRIPT_UNIT = re.compile(r"(?:\b[kcm]?m|\bsq|\d)$")


def choose_footnotes(text: str, pieces: Sequence[Piece]) -> None:
    """Make footnotes of the pieces that are such, and set their numbers and marks."""
    candidates = [(piece, key) for piece in pieces if (key := _key_of(piece)) is not None]
    for piece in pieces:
        if piece.kind == "paragraph" and LABEL.match(piece.words):
            piece.kind = "footnote"
    if not candidates:
        return
    marks = _find_marks(text, pieces, {piece.start for piece, _ in candidates})
    refers_to = _share_marks(candidates, marks)
    is_list = _is_plain_list(pieces, marks)
    for piece, _ in candidates:
        refers = refers_to.get(piece.start, ())
        if refers and (piece.kind == "paragraph" or not is_list):
            piece.kind = "footnote"
            piece.number = piece.words[: _note_end(piece)].strip(" .):")
            piece.marks = tuple(refers)


def _note_end(piece: Piece) -> int:
    match = _NOTE.match(piece.words)
    return match.end() if match else 0


def _key_of(piece: Piece) -> str | None:
    """Return the sign of what may be a note, the same for every way of printing it."""
    if piece.kind not in ("paragraph", "item"):
        return None
    match = _NOTE.match(piece.words)
    if match is None:
        return None
    sign = (
        match["in"] or match["md"] or match["raised"] or match["star"] or match["number"] or match["letter"]
    )
    return sign.translate(_RAISED)


def _share_marks(
    candidates: Sequence[tuple[Piece, str]], marks: dict[str, list[Span]]
) -> dict[int, list[Span]]:
    """Return the marks of each note, by where it begins: the next note of a sign, else the last, is meant."""
    notes: dict[str, list[Piece]] = {}
    for piece, key in candidates:
        notes.setdefault(key, []).append(piece)
    found: dict[int, list[Span]] = {}
    for key, pieces in notes.items():
        starts = [piece.start for piece in pieces]
        for mark in marks.get(key, ()):
            at = min(bisect_left(starts, mark.start), len(pieces) - 1)
            inside = [pieces[one] for one in (at - 1, at) if one >= 0 and _holds(pieces[one], mark)]
            if not inside:
                found.setdefault(starts[at], []).append(mark)
    return found


def _holds(piece: Piece, mark: Span) -> bool:
    return piece.start <= mark.start < piece.end


def _is_plain_list(pieces: Sequence[Piece], marks: dict[str, list[Span]]) -> bool:
    """Tell a text whose numbered items are no notes: some of them are referred to by nothing."""
    keys = (_key_of(one) for one in pieces if one.kind == "item" and one.number)
    return any(key is not None and key not in marks for key in keys)


def _find_marks(text: str, pieces: Sequence[Piece], notes: set[int]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for match in _MARK.finditer(text):
        if match.start() in notes:
            continue
        sign = match["in"] or match["md"] or match["raised"] or match["star"] or match["number"]
        if match["raised"] and _SUPERSCRIPT_UNIT.search(text, max(0, match.start() - 3), match.start()):
            continue
        found.setdefault(sign.translate(_RAISED), []).append(Span(*match.span()))
    for piece in pieces:
        for cell in piece.cells:
            match_in_cell = _CELL_MARK.search(text, max(cell.start, cell.end - 8), cell.end)
            if match_in_cell:
                sign = match_in_cell["letter"] or match_in_cell["sign"]
                place = Span(match_in_cell.end() - len(sign), match_in_cell.end())
                known = found.setdefault(sign, [])
                if place not in known:
                    known.append(place)
    return found
