"""What "on Saturday" means in an article whose date is known."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil import parser

from retrieval.date_grammar import LOWER_MONTH_START, LOWER_WEEKDAY, ORDINAL
from retrieval.domain import Span
from retrieval.messages import Message, message

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ASKS_FOR_DATE = re.compile(
    r"\b(?:when|(?:what|which|on what|on which)\s+(?:exact\s+)?(?:date|day))\b", re.IGNORECASE
)
_RELATIVE = re.compile(
    r"\b(?:(?:(?P<which>last|next|this|this coming)\s+)?(?P<weekday>" + LOWER_WEEKDAY + r")"
    r"|(?P<day>yesterday|today|tonight|tomorrow))\b",
    re.IGNORECASE,
)
_FULL_DATE = re.compile(
    r"\b\d{4}-\d{2}-\d{2}\b"
    rf"|\b\d{{1,2}}{ORDINAL}\s+(?:of\s+)?(?:{LOWER_MONTH_START})[a-z]*\.?,?\s+\d{{4}}\b"
    rf"|\b(?:{LOWER_MONTH_START})[a-z]*\.?\s+\d{{1,2}}{ORDINAL},?\s+\d{{4}}\b",
    re.IGNORECASE,
)
_DATELINE_CHARS = 300


@dataclass(frozen=True, slots=True)
class ResolvedDate:
    """A relative day and the date it stands for."""

    words: str
    day: date


def asks_for_date(question: str) -> bool:
    """Tell whether a question wants a day."""
    return bool(_ASKS_FOR_DATE.search(question))


def resolve_day(sentence: str, published: date) -> ResolvedDate | None:
    """Return the day that a sentence names only relative to its article's date.

    A bare weekday in news is the latest one up to the day of publication. ``None`` if the
    sentence gives a full date itself, or no day, or more than one.
    """
    if _FULL_DATE.search(sentence):
        return None
    found = list(_RELATIVE.finditer(sentence))
    if len({match[0].lower() for match in found}) != 1:
        return None
    match = found[0]
    try:
        return ResolvedDate(match[0], counted_day(match, published))
    except OverflowError:  # the first or last week of the calendar
        return None


def relative_days(sentence: str) -> list[re.Match[str]]:
    """Return where a sentence names a day only relative to its article's date, if it names one day so."""
    found = list(_RELATIVE.finditer(sentence))
    return found[:1] if len({match[0].lower() for match in found}) == 1 else []


def counted_day(match: re.Match[str], published: date) -> date:
    """Return the day that a match of ``relative_days`` means; raises ``OverflowError`` at time's ends."""
    if match["day"]:
        shift = {"yesterday": -1, "tomorrow": 1}.get(match["day"].lower(), 0)
        return published + timedelta(days=shift)
    back = (published.weekday() - _WEEKDAYS.index(match["weekday"].lower())) % 7
    which = (match["which"] or "").lower()
    if which == "last" and back == 0:
        back = 7
    if which in ("next", "this coming"):
        back -= 7
    return published - timedelta(days=back)


def dateline(text: str, published: date) -> Span | None:
    """Return the line near the top of *text* that gives the article's date, if there is one."""
    at = 0
    for line in text[:_DATELINE_CHARS].splitlines(keepends=True):
        words = line.strip()
        if words and any(_same_day(match[0], published) for match in _FULL_DATE.finditer(line)):
            start = at + line.index(words)
            return Span(start, start + len(words))
        at += len(line)
    return None


def spoken(day: date) -> Message:
    """Return a date as people write it: ``Saturday 8 February 2025``."""
    return message("{day:%A} {day.day} {day:%B %Y}", day=day)


def _same_day(words: str, day: date) -> bool:
    try:
        return bool(parser.parse(words).date() == day)
    except (ValueError, OverflowError):
        return False
