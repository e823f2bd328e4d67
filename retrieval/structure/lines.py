"""The lines of a text as its structure is read from them: where they stand and how they look."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.text import CLOSING, word_set

MAX_SHORT_CHARS = 160
"""No longer line is a heading, a question or a label; of a longer one only the beginning is looked at."""
MAX_HEADING_WORDS = 12
STOPPED = re.compile(rf"[.!?…。！？؟।;,:：][{CLOSING})\]*_\s]*$")
"""The end of a sentence or clause."""
ITEM = re.compile(
    r"(?:(?P<bullet>[-*•▪◦‣–+])|(?P<number>\d{1,3}[.)]|\(\d{1,3}\)|\(?[a-z]\)|\(?[ivx]{1,5}\)))[^\S\n]+(?=\S)"
)
"""What stands before an item of a list."""
_TAIL_CHARS = 12
_LAST_WORD = re.compile(r"(?<![\w])([^\W\d_]+)\W*$")
_TIED = word_set(
    "a an the as by for from in into of on or and than that to until when where which with at is are was were"
    " if unless"
)
"""Words that no phrase ends with."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty, without the white space around it."""

    start: int
    end: int
    words: str
    """Its text, or as much of its beginning as tells what it is."""
    indent: int
    gap: bool
    """Whether an empty line, or nothing, stands above."""
    chars: int

    @property
    def is_short(self) -> bool:
        """Whether it may be a heading, a question or a label."""
        return self.chars <= MAX_SHORT_CHARS


def lines_in(text: str) -> Iterator[Line]:
    """Yield the lines of *text* that are not empty, in linear time."""
    at, gap = 0, True
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip()
        if stripped:
            lead = len(raw) - len(raw.lstrip())
            start = at + lead
            yield Line(
                start, start + len(stripped), stripped[: MAX_SHORT_CHARS * 2], lead, gap, len(stripped)
            )
        gap = not stripped
        at += len(raw)


def is_stopped(text: str, line: Line) -> bool:
    """Tell a line that ends with a mark of punctuation."""
    return STOPPED.search(text, max(line.start, line.end - _TAIL_CHARS), line.end) is not None


def leads_on(words: str) -> bool:
    """Tell words that end in the middle of a phrase, such as "A permit is needed by"."""
    last = _LAST_WORD.search(words[-40:])
    return last is not None and last[1] in _TIED
