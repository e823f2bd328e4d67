"""Stretches between quotation marks, whatever the marks, before anyone asks who spoke.

Marks are read by their direction and by what stands beside them, because newspapers mix
straight, curly and reversed ones. Two apostrophes ('') are not read as a mark: some news
archives print them for one, but so do inches, minutes and empty strings.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from retrieval.domain import Span
from retrieval.runtime import Slices, complete

DOUBLE_ENGLISH = '"“”'
"""Inside of a character class, as all of the following: double marks as English sets them."""
ENGLISH = f"{DOUBLE_ENGLISH}'‘’"
DOUBLE = f"{DOUBLE_ENGLISH}„«»"
"""Double marks of European languages."""
ALL_EUROPEAN = f"{DOUBLE}'‘’"
SINGLE_ANGLED = "‹›"
CORNERS = "「」『』"
"""Marks of Japanese and Chinese."""
OPENING_DOUBLE = '"“„«'
OPENING_ENGLISH = "\"“'‘"
DOUBLE_CLOSING = '"”“»«'
"""What ends a quotation: German closes with “, and French marks are used both ways round."""
CLOSING = "\"'”’»"
"""What may stand behind the full stop of a sentence."""
LIKE_DOUBLE = "“”„‟«»″〝〞＂"
"""Characters that are compared as the straight double mark."""
LIKE_SINGLE = "‘’‚‛‹›′`´＇"
"""Characters that are compared as the straight single mark; among them what is typed for an apostrophe."""

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
_DIRECTED = frozenset(f"«»„{CORNERS}")
_DOUBLE = re.compile(f"[{DOUBLE}{CORNERS}＂‟]")
_SINGLE = re.compile(
    r"(?<![\w'’‘.])(?:"
    r"‘(?=[^\s'’‘])(?:[^\n‘]*?[.,?!…]’|[^\n‘]*?[^\s'‘]’)(?![\w'’])"
    r"|'(?=[^\s'’‘])[^\n']*?(?:\w'\w[^\n']*?)*[^\s']'(?![\w'’])"
    r"|‹[^\n‹›]+›)"
)
_QUOTE_WORDS = 4
_MIN_SINGLES = 2
"""One stretch between single marks is a headline more often than a quotation."""
_SLICE_STRETCHES = 50_000
"""Some 0.1 s of work."""
_LINE_BREAK = re.compile(r"\n\s*")  # no blanks before it: they would be tried from each of them


@dataclass(frozen=True, slots=True)
class Stretch:
    """What stands between two marks: ``outer`` with the marks, ``inner`` without them."""

    outer: Span
    inner: Span
    continues: bool = False
    """Whether the next paragraph goes on with the same quotation."""


def find_stretches(text: str) -> list[Stretch]:
    """Return the stretches between quotation marks in order; they never overlap.

    A quotation over several paragraphs is one stretch a paragraph. What is quoted inside
    a quotation belongs to the outer stretch. Single marks count only in a text that
    quotes with them more than with double ones: elsewhere they are headlines and apostrophes.
    """
    return complete(stretch_slices(text))


def stretch_slices(text: str) -> Slices[list[Stretch]]:
    """Find the same, in slices."""
    found = yield from _in_slices(_all_double_stretches(text))
    singles = yield from _in_slices(map(_inside, _SINGLE.finditer(text)))
    long_singles = _count_long(text, singles)
    if "''" in text or long_singles < _MIN_SINGLES or long_singles <= _count_long(text, found):
        return found
    yield
    return _drop_overlaps([*singles, *found])


def _in_slices(stretches: Iterable[Stretch]) -> Slices[list[Stretch]]:
    found: list[Stretch] = []
    for stretch in stretches:
        found.append(stretch)
        if len(found) % _SLICE_STRETCHES == 0:
            yield
    return found


def _all_double_stretches(text: str) -> Iterator[Stretch]:
    start = 0
    while start < len(text):
        gap = _LINE_BREAK.search(text, start)
        end = gap.end() if gap is not None else len(text)
        if not text[start:end].isspace():
            yield from _double_stretches(text, start, end, text[end : end + 1])
        start = end


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
    first = opened == start or text[start:opened].isspace()
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


def _inside(match: re.Match[str]) -> Stretch:
    return Stretch(Span(match.start(), match.end()), Span(match.start() + 1, match.end() - 1))


def _count_long(text: str, stretches: list[Stretch]) -> int:
    return sum(len(stretch.inner.of(text).split()) >= _QUOTE_WORDS for stretch in stretches)


def _drop_overlaps(stretches: list[Stretch]) -> list[Stretch]:
    kept: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda one: (one.outer.start, -one.outer.end)):
        if not kept or stretch.outer.start >= kept[-1].outer.end:
            kept.append(stretch)
    return kept
