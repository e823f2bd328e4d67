"""Times, dates and versions that begin an entry of a live blog, a diary, a changelog or a transcript."""

import re
from dataclasses import dataclass
from typing import Literal

from retrieval.text import MONTH, ORDINAL, WEEKDAY_START

_MONTHS = rf"(?:{MONTH}|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_ZONE = r"(?:\s?(?:GMT|UTC|BST|CES?T|[ECMP][SD]?T|Uhr)\b)?"
_CLOCK = (
    rf"(?:\d{{1,2}}[:.h]\d{{2}}(?::\d{{2}})?(?:\s?[ap]\.?m\b\.?)?{_ZONE}|\d{{1,2}}\s?[ap]\.?m\b\.?{_ZONE}"
    r"|\bnoon\b|\bmidnight\b)"
)
_DAY = (
    rf"(?:(?:{WEEKDAY_START})[a-z]*\.?,?\s)?(?:the\s)?(?:[0-3]?\d{ORDINAL}\.?\s(?:of\s)?{_MONTHS}|{_MONTHS}\s[0-3]?\d{ORDINAL})"
    r"(?:,?\s(?:1[5-9]|20)\d\d)?"
    rf"|(?:1[5-9]|20)\d\d-[01]\d-[0-3]\d|[0-3]?\d[./][01]?\d[./](?:(?:1[5-9]|20)\d\d|\d\d)|{_MONTHS},?\s(?:1[5-9]|20)\d\d"
)
_SPAN = r"(?:\s?[–-]\s?" + _CLOCK + ")?"
_WHEN = (
    rf"(?:(?P<clock>{_CLOCK}{_SPAN})(?:,?\s(?:on\s)?(?:{_DAY}))?|(?P<day>{_DAY})(?:,?\s(?:at\s)?{_CLOCK})?)"
)
_ALONE = re.compile(rf"[\[(*_]*(?P<time>{_WHEN})[\])*_]*\s?:?$", re.IGNORECASE)
_AT_BEGINNING = re.compile(
    rf"(?P<open>[\[(*_]{{0,3}})(?:at\s)?(?P<time>{_WHEN})(?P<close>[\])*_]{{0,3}})(?P<sign>\s?[:–—-]\s|\s|:$)(?=\S)",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"[\[(](?:at\s)?(?P<time>\d{1,2}:\d{2}(?::\d{2})?)(?:[.,]\d{1,3})?[\])]\s*(?=\S)")
_UPDATE = re.compile(
    r"(?P<time>(?:Update|Updated|Correction|Edit|Amendment|Editor['’]s note|Addendum)\b[^\n:.]{0,30}?"
    rf"(?:{_CLOCK}|{_DAY})[^\n:]{{0,20}}):\s",
    re.IGNORECASE,
)
_VERSION = re.compile(
    rf"[\[(]?(?:(?:[A-Z][\w.-]+\s)?(?:Version|Release|Rev(?:ision)?\.?|v\.?)\s?)?\[?\d+(?:\.\d+){{1,3}}[\w.-]*\]?(?:\s?[-–—,:]\s?|\s\(?|\s\(released\s)(?:on\s)?(?P<time>{_DAY})\)?$",
    re.IGNORECASE,
)
_MAX_CHARS = 80

Shape = Literal["clock", "day", "clock alone", "day alone", "offset", "update", "version"]
FEWEST: dict[Shape, int] = {
    "clock": 3,
    "day": 2,
    "clock alone": 2,
    "day alone": 2,
    "offset": 2,
    "update": 1,
    "version": 1,
}
"""Entries of one shape that a text must have for any of them to be one."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How an entry begins."""

    time: str
    shape: Shape
    start: int
    """Of the time, in the line."""
    end: int
    """Of the time with the signs behind it."""

    @property
    def heads(self) -> bool:
        """Whether it is a line of its own above what happened then."""
        return self.shape.endswith("alone") or self.shape == "version"


def opening_of(line: str) -> Opening | None:
    """Return the time that *line* begins with, if it may begin an entry."""
    head = line[:_MAX_CHARS]
    if len(line) <= _MAX_CHARS:
        if version := _VERSION.match(line):
            return Opening(version["time"], "version", 0, len(line))
        if alone := _ALONE.match(line):
            shape: Shape = "clock alone" if alone["clock"] else "day alone"
            return Opening(alone["time"], shape, alone.start("time"), len(line))
    if offset := _OFFSET.match(head):
        return Opening(offset["time"], "offset", offset.start("time"), offset.end())
    if update := _UPDATE.match(head):
        return Opening(update["time"], "update", 0, update.end())
    begun = _AT_BEGINNING.match(head)
    if begun is None:
        return None
    rest = line[begun.end() : begun.end() + 1]
    marked = bool(begun["sign"].strip()) or (begun["open"] and begun["close"])
    if not marked and not (begun["clock"] and rest.isupper()):
        return None
    return Opening(begun["time"], "clock" if begun["clock"] else "day", begun.start("time"), begun.end())
