"""Aligns what a source says of its parts with the lines of the text that was made of it.

The readers of pages and documents join, tidy and reorder what they read; aligning afterwards keeps them
as they are, and a part that no line says is simply left out.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.domain import BlockKind, Span
from retrieval.sources.blocks import ITEM
from retrieval.structure import MarkedLine

_MIN_ANCHOR_CHARS = 12
_WORD = re.compile(r"\w+")
_PARTS_AHEAD = 200


@dataclass(slots=True)
class Part:
    """A paragraph, heading or item of a source, in its order."""

    key: str
    """Its first line, as ``plain`` returns it."""
    last_key: str
    kind: BlockKind | None
    """``None`` for what is only there to be aligned."""
    level: int = 0
    """As in ``MarkedLine``."""
    words: str = ""
    line: int = -1
    """The line of the text that says the same; -1 if none does."""


def make_part(kind: BlockKind | None, words: str, level: int = 0) -> Part:
    """Return the part that says *words*, of which the first and the last line are compared."""
    lines = [line for line in words.split("\n") if line.strip()] or [""]
    return Part(plain(lines[0]), plain(lines[-1]), kind, level, " ".join(words.split()))


def plain(words: str) -> str:
    """Return words as they are compared: without case, spaces and signs."""
    return " ".join(_WORD.findall(words.casefold()))


def align(parts: Sequence[Part], lines: Sequence[str]) -> None:
    """Set the line of each part: unique ones in the longest order of both sides, then those between."""
    places: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        places.setdefault(plain(ITEM.sub("", line.lstrip(), count=1)), []).append(at)
    counts: dict[str, int] = {}
    for part in parts:
        counts[part.key] = counts.get(part.key, 0) + 1
    anchors = [
        (number, places[part.key][0])
        for number, part in enumerate(parts)
        if counts[part.key] == 1 and len(places.get(part.key, ())) == 1 and len(part.key) >= _MIN_ANCHOR_CHARS
    ]
    for number, line_at in _longest_rising(anchors):
        parts[number].line = line_at
    low = 0
    for number, part in enumerate(parts):
        if part.line >= 0:
            low = part.line + 1
            continue
        found = places.get(part.key, []) if part.key else []
        at = bisect_left(found, low)
        if at < len(found) and found[at] < next_line(parts, number, len(lines)):
            part.line = found[at]
            low = part.line + 1


def next_line(parts: Sequence[Part], number: int, end: int) -> int:
    """Return the line of the next aligned part behind a part; *end* if none is near."""
    return next((one.line for one in parts[number + 1 : number + _PARTS_AHEAD] if one.line >= 0), end)


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of *pairs*, in order, whose second numbers rise (patience sorting)."""
    tails: list[int] = []
    at_tail: list[int] = []
    before: list[int] = []
    for at, (_, line) in enumerate(pairs):
        place = bisect_left(tails, line)
        before.append(at_tail[place - 1] if place else -1)
        tails[place : place + 1] = [line]
        at_tail[place : place + 1] = [at]
    found: list[tuple[int, int]] = []
    at = at_tail[-1] if at_tail else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def line_spans(text: str) -> list[Span]:
    """Return the lines of *text* that are not empty, without the white space around them."""
    found: list[Span] = []
    at = 0
    for raw in text.splitlines(keepends=True):
        if stripped := raw.strip():
            start = at + len(raw) - len(raw.lstrip())
            found.append(Span(start, start + len(stripped)))
        at += len(raw)
    return found


def end_of(part: Part, text: str, spans: Sequence[Span], limit: int) -> int:
    """Return where the lines of a part end: code may have several, and ends before line *limit*."""
    at = part.line
    if part.kind == "code":
        last = range(at, min(limit, len(spans)))
        at = next((one for one in last if plain(spans[one].of(text)) == part.last_key), at)
    return spans[at].end


def mark_lines(text: str, parts: Sequence[Part]) -> list[MarkedLine]:
    """Return what *parts* say of the lines of *text*; a heading reaches to the next as high."""
    spans = line_spans(text)
    align(parts, [span.of(text) for span in spans])
    return list(_marked(text, parts, spans))


def _marked(text: str, parts: Sequence[Part], spans: Sequence[Span]) -> Iterator[MarkedLine]:
    heads: list[tuple[int, int]] = []  # level, place
    place = 0
    for number, part in enumerate(parts):
        if part.line < 0 or part.kind is None:
            continue
        kind: BlockKind = part.kind
        if kind == "heading":
            kind = "question" if part.words.endswith(("?", "？")) else kind
            while heads and heads[-1][0] >= part.level:
                heads.pop()
        end = end_of(part, text, spans, next_line(parts, number, len(spans)))
        span = Span(spans[part.line].start, end)
        yield MarkedLine(kind, span, level=part.level, section=heads[-1][1] if heads else None)
        if part.kind == "heading":
            heads.append((part.level, place))
        place += 1
