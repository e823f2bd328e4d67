"""Stretches between quotation marks, whatever the marks, before anyone asks who spoke.

Marks are read by their direction and by what stands beside them, because newspapers mix
straight, curly and reversed ones. Two apostrophes ('') are not read as a mark: some news
archives print them for one, but so do inches, minutes and empty strings.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from retrieval.domain import Span

_PAIRS = {
    "“": '”“"″',
    "„": '“”"‟',
    "”": '”"',
    '"': '"”“',
    "«": "»",
    "»": "«",
    "「": "」",
    "『": "』",
    "＂": "＂",
}
_DIRECTED = frozenset("«»„「」『』")
_DOUBLE = re.compile('[“”„"«»「」『』＂‟]')
_SINGLE = re.compile(r"(?<![\w'’‘.])[‘'‹](?=[^\s'’‘])([^\n‘‹]*?)(?<![\s'‘])[’'›](?![\w'’])")
_LINE_BREAK = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Stretch:
    """What stands between two marks: ``outer`` with the marks, ``inner`` without them."""

    outer: Span
    inner: Span
    continues: bool = False
    """Whether the next paragraph goes on with the same quotation."""
    single: bool = False
    """Whether the marks are single ones, which are weaker evidence."""


def find_stretches(text: str) -> list[Stretch]:
    """Return the stretches between quotation marks in order; they never overlap.

    A quotation over several paragraphs is one stretch a paragraph. What is quoted inside
    a quotation belongs to the outer stretch.
    """
    edges = [0, *(gap.end() for gap in _LINE_BREAK.finditer(text)), len(text)]
    paragraphs = [(a, b) for a, b in pairwise(edges) if text[a:b].strip()]
    found: list[Stretch] = []
    for at, (start, end) in enumerate(paragraphs):
        after = text[paragraphs[at + 1][0]] if at + 1 < len(paragraphs) else ""
        found.extend(_double_stretches(text, start, end, after))
    singles = list(_single_stretches(text, found))
    return sorted([*found, *singles], key=lambda stretch: stretch.outer)


def _double_stretches(text: str, start: int, end: int, next_paragraph: str) -> Iterable[Stretch]:
    opened: int | None = None
    for match in _DOUBLE.finditer(text, start, end):
        at = match.start()
        if opened is None:
            if _opens(text, at, start, end):
                opened = at
        elif text[at] in _PAIRS[text[opened]] and _closes(text, at, end):
            stretch = _stretch(text, opened, at, at + 1)
            opened = None
            if stretch is not None:
                yield stretch
    if opened is None:
        return
    first = not text[start:opened].strip()
    if first or (next_paragraph and next_paragraph == text[opened]):
        stretch = _stretch(text, opened, end, end, continues=next_paragraph == text[opened])
        if stretch is not None:
            yield stretch


def _stretch(text: str, opened: int, inner_end: int, end: int, *, continues: bool = False) -> Stretch | None:
    start = opened + 1
    while start < inner_end and text[start].isspace():
        start += 1
    while inner_end > start and text[inner_end - 1].isspace():
        inner_end -= 1
    if start == inner_end:
        return None
    return Stretch(Span(opened, max(end, inner_end)), Span(start, inner_end), continues)


def _opens(text: str, at: int, start: int, end: int) -> bool:
    mark = text[at]
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if mark in "「『„":
        return True
    if mark == "«":
        return not (before.isalnum() and not after.isalnum())
    if mark == "»":
        return before in " (" and after.isalnum()
    if mark == "“":
        return not after.isspace()
    return not after.isspace() and not before.isalnum() and before not in ".,!?=" and after not in ",.;"


def _closes(text: str, at: int, end: int) -> bool:
    if text[at] in _DIRECTED or text[at] == "”":
        return True
    after = text[at + 1] if at + 1 < end else " "
    before = text[at - 1]
    if text[at] == "“":
        return not before.isspace() and not after.isalnum()
    return not (before.isspace() and after.isalnum())


def _single_stretches(text: str, doubles: list[Stretch]) -> Iterable[Stretch]:
    covered = [stretch.outer for stretch in doubles]
    for match in _SINGLE.finditer(text):
        span = Span(match.start(), match.end())
        if any(span.start < outer.end and outer.start < span.end for outer in covered):
            continue
        yield Stretch(span, Span(match.start(1), match.end(1)), single=True)
