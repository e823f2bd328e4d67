"""Date expressions in prose: month names, absolute dates, days relative to a dateline."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from retrieval.domain import Precision, Span
from retrieval.messages import Message, message

MONTHS: tuple[str, ...] = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""January first; written out, as babel is slow to import. A test compares them with those of the CLDR."""
WEEKDAYS: tuple[str, ...] = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""Monday first, as ``date.weekday`` counts."""
LOWER_MONTHS: tuple[str, ...] = tuple(map(str.lower, MONTHS))
LOWER_WEEKDAYS: tuple[str, ...] = tuple(map(str.lower, WEEKDAYS))

_ABBREVIATED = 3
_NEVER_ABBREVIATED = 4
"""Months of so few letters are written in full: May, June, July."""
_DAY = "day"

MONTH = "|".join(MONTHS)
"""Alternatives for a pattern: the months' full names."""
LOWER_MONTH = "|".join(LOWER_MONTHS)
LOWER_WEEKDAY = "|".join(LOWER_WEEKDAYS)
MONTH_START = "|".join(name[:_ABBREVIATED] for name in MONTHS)
"""The first three letters of the months."""
LOWER_MONTH_START = MONTH_START.lower()
MONTH_OF_PROSE = "|".join(name if len(name) <= _NEVER_ABBREVIATED else name[:_ABBREVIATED] for name in MONTHS)
"""The same, June and July in full, so that no word such as "Julia" begins with one."""
WEEKDAY_START = "|".join(name.removesuffix(_DAY) for name in WEEKDAYS)
"""The weekdays without "day"."""
LOWER_WEEKDAY_START = WEEKDAY_START.lower()
MONTH_OR_SHORT = (
    rf"(?:{MONTH}|(?:"
    + "|".join(
        {"Sep": "Sept?"}.get(name[:_ABBREVIATED], name[:_ABBREVIATED])
        for name in MONTHS
        if len(name) > _ABBREVIATED
    )
    + r")\.?)"
)
"""A month in full or abbreviated, with or without a full stop."""


def _optional_ending(name: str) -> str:
    head, ending = name[:_ABBREVIATED], name[_ABBREVIATED:]
    if head == "sep":
        return "sept?(?:ember)?"
    if len(ending) < 2:
        return f"{head}{ending}?" if ending else head
    return f"{head}(?:{ending})?"


BYLINE_MONTH = "|".join(map(_optional_ending, LOWER_MONTHS))
"""A month as bylines write it, in lower case: in full, or abbreviated in the usual ways."""
BYLINE_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
"""A weekday as bylines write it, or nothing; English has no single rule for its abbreviations."""

ORDINAL = r"(?:st|nd|rd|th)?"
"""What may stand behind the number of a day."""
YEAR = r"1\d{3}|20\d{2}"
"""Alternatives for a pattern: a year from 1000 to 2099."""
YEAR_OF_MODERN_TIMES = r"(?:1[0-9]|20)\d\d"
"""The same; of other scripts only the last two digits count, as in the comparison of claims."""
LONE_YEAR = rf"(?<![\d.,]){YEAR_OF_MODERN_TIMES}(?!\d|[.,]\d)"
"""Such a year that is no part of a longer figure."""

_WRITTEN_DATE = (
    rf"(?:(?:[0-3]?\d{ORDINAL}\s+)?(?:{MONTH})\b(?:\s+[0-3]?\d{ORDINAL}\b(?![\d.]))?(?:,?\s+[12]\d{{3}}\b)?"
    rf"|(?:{WEEKDAY_START})day\b|{LONE_YEAR})"
)
DATE = re.compile(rf"\b{_WRITTEN_DATE}(?:\s*(?:,|\band|\bto|\bor|–|-)\s*{_WRITTEN_DATE})*")
"""Dates of a sentence as they are compared between sentences: full names, a year, or a list of such."""


def blank_dates(text: str) -> str:
    """Return a text with blanks in the places of its dates, which stand where they like."""
    return DATE.sub(lambda match: " " * len(match[0]), text)


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
        return ResolvedDate(match[0], resolve_relative_day(match, published))
    except OverflowError:  # the first or last week of the calendar
        return None


def relative_days(sentence: str) -> list[re.Match[str]]:
    """Return where a sentence names a day only relative to its article's date, if it names one day so."""
    found = list(_RELATIVE.finditer(sentence))
    return found[:1] if len({match[0].lower() for match in found}) == 1 else []


def resolve_relative_day(match: re.Match[str], published: date) -> date:
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


def format_long_date(day: date) -> Message:
    """Return a date as people write it: ``Saturday 8 February 2025``."""
    return message("{day:%A} {day.day} {day:%B %Y}", day=day)


def _same_day(words: str, day: date) -> bool:
    from dateutil import parser  # late, as everywhere here: most questions and texts of them need none

    try:
        return bool(parser.parse(words).date() == day)
    except (ValueError, OverflowError):
        return False


_DAY_NUMBER = rf"(?P<number>[0-3]?\d){ORDINAL}"
_YEAR = rf"(?P<year>{YEAR})"
_END = r"(?![\w%]|[.,]\d)"
_WRITTEN: tuple[tuple[Precision, re.Pattern[str]], ...] = (
    ("day", re.compile(rf"\b(?P<iso>\d{{4}}-\d{{2}}-\d{{2}}){_END}")),
    ("day", re.compile(rf"\b{_DAY_NUMBER}\s+(?:of\s+)?(?P<month>{MONTH_OR_SHORT}),?\s+{_YEAR}{_END}")),
    ("day", re.compile(rf"\b(?P<month>{MONTH_OR_SHORT})\s+{_DAY_NUMBER},?\s+{_YEAR}{_END}")),
    ("month", re.compile(rf"\b(?P<month>{MONTH_OR_SHORT}),?\s+(?:of\s+)?{_YEAR}{_END}")),
    ("day", re.compile(rf"\b{_DAY_NUMBER}\s+(?:of\s+)?(?P<month>{MONTH_OR_SHORT})(?!\s+\d)\b")),
    ("day", re.compile(rf"\b(?P<month>{MONTH_OR_SHORT})\s+{_DAY_NUMBER}{_END}")),
    (
        "month",
        re.compile(
            rf"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Dd]uring|[Ee]arly|[Ll]ate|of)\s+"
            rf"(?P<month>{MONTH_OR_SHORT})(?!\s*\d|\w|\s+[A-Z])"
        ),
    ),
    (
        "year",
        re.compile(
            rf"\b(?:(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Dd]uring|early|late|around|year)\s+"
            rf"|(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)\s+(?:of\s+)?){_YEAR}{_END}"
            r"(?!\s+(?:of|people|men|women|\w+s\b(?<!was)(?<!is)(?<!has)(?<!as)(?<!this)(?<!its)(?<!his)))"
        ),
    ),
)
_AGO = re.compile(
    r"\b(?P<count>\d{1,2}|a|an|one|two|three|four|five|six|seven|eight|nine|ten)\s+"
    r"(?P<unit>day|week|month|year)s?\s+ago\b",
    re.IGNORECASE,
)
_LAST = re.compile(r"\b(?P<which>last|next)\s+(?P<unit>week|month|year)\b", re.IGNORECASE)
_COUNTS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)  # noqa: SIM905
} | {"a": 1, "an": 1}
_VAGUE_TODAY = re.compile(r"\b(?:today|tonight)\b", re.IGNORECASE)
_FAR_DAYS = 150
"""A date without a year is that of the nearest year, unless two years are about as near."""
_FULL_YEAR = re.compile(rf"\b(?:{YEAR})\b")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date that words of a sentence give."""

    day: date
    precision: Precision
    words: str
    stands_alone: bool
    """Whether the words name the year, so that no other date is needed to read them."""


def dates_in(sentence: str, published: date | None) -> list[FoundDate]:
    """Return the dates that a sentence gives, in its order; without a year only if *published* is known.

    Beside a year other than that of publication, "on Monday" and "4 June" may be counted from
    anywhere: they are left out.
    """
    if published is not None and not _is_of(published, sentence):
        published = None
    taken = bytearray(len(sentence))  # 1 for each character of a date: a list of dates is searched too long
    found: list[tuple[int, FoundDate]] = []
    for precision, pattern in _WRITTEN:
        for match in pattern.finditer(sentence):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            taken[start:end] = bytes([1]) * (end - start)
            day = _read(match.groupdict(), precision, published)
            if day is not None:
                alone = bool(_FULL_YEAR.search(match[0]))
                found.append((match.start(), FoundDate(day, precision, match[0], alone)))
    if published is not None:
        known = {one.day for _, one in found}
        found.extend((at, one) for at, one in _relative(sentence, published) if one.day not in known)
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def tells_of_the_past(text: str, published: date) -> bool:
    """Tell whether an article's years are mostly long before it, so that "on Monday" is not news."""
    years = [int(match[0]) for match in _FULL_YEAR.finditer(text)]
    return sum(year < published.year - 1 for year in years) > len(years) / 2


def _read(parts: dict[str, str | None], precision: Precision, published: date | None) -> date | None:
    year = parts.get("year")
    if parts.get("iso"):
        words = str(parts["iso"])
    elif year is None and published is None:
        return None
    else:
        month = str(parts.get("month") or MONTHS[0]).rstrip(".")
        written_year = year or str(published.year if published else "")
        words = f"{parts.get('number') or 1} {month} {written_year}"
    from dateutil import parser

    try:
        day: date = parser.parse(words, default=datetime(2000, 1, 1)).date()  # noqa: DTZ001 - a day only
    except (ValueError, OverflowError):
        return None
    if year or parts.get("iso") or published is None:
        return day
    return _nearest_year(day, precision, published)


def _nearest_year(day: date, precision: Precision, published: date) -> date | None:
    if precision == "month" and day.month == published.month:
        return day
    from dateutil.relativedelta import relativedelta

    candidates = [day + relativedelta(years=shift) for shift in (-1, 0, 1)]
    best = min(candidates, key=lambda one: abs((one - published).days))
    return best if abs((best - published).days) <= _FAR_DAYS and best.day == day.day else None


def _is_of(published: date, sentence: str) -> bool:
    return all(int(match[0]) == published.year for match in _FULL_YEAR.finditer(sentence))


def _relative(sentence: str, published: date) -> Iterator[tuple[int, FoundDate]]:
    if _VAGUE_TODAY.search(sentence):  # as often "nowadays" as the day itself
        return
    try:
        for match in relative_days(sentence):
            yield match.start(), FoundDate(resolve_relative_day(match, published), "day", match[0], False)
        for match in _LAST.finditer(sentence):
            shift = -1 if match["which"].lower() == "last" else 1
            yield match.start(), _shift_date(match, shift, published)
        for match in _AGO.finditer(sentence):
            count = match["count"].lower()
            number = int(count) if count.isdigit() else _COUNTS[count]
            yield match.start(), _shift_date(match, -number, published)
    except (OverflowError, ValueError):  # the first or last years of the calendar
        return


def _shift_date(match: re.Match[str], shift: int, published: date) -> FoundDate:
    words = match[0]
    match match["unit"].lower():
        case "day":
            return FoundDate(published + timedelta(days=shift), "day", words, False)
        case "week":
            day = published + timedelta(weeks=shift)
            return FoundDate(day - timedelta(days=day.weekday()), "week", words, False)
        case "month":
            from dateutil.relativedelta import relativedelta

            return FoundDate((published + relativedelta(months=shift)).replace(day=1), "month", words, False)
        case _:
            return FoundDate(date(published.year + shift, 1, 1), "year", words, False)
