"""Finds the words of a sentence that give a date, and says which date they mean and how exactly.

Finding is ours, with patterns that demand a month's name or a preposition; reading a written date is
dateutil's. The finders of two libraries were tried on ten sentences with eight dates: dateparser's
took "may" and "sun" for dates and swallowed words beside them, parsedatetime's read "on Monday" as
next week's and "4 June" as next year's; neither tells a day from a month. A date that the article's
own date does not settle is left out, never guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil import parser
from dateutil.relativedelta import relativedelta

from retrieval.date_grammar import MONTH_OR_SHORT, MONTHS, ORDINAL, YEAR
from retrieval.dates import counted_day, relative_days
from retrieval.overviews import Precision

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
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, FoundDate]] = []
    for precision, pattern in _WRITTEN:
        for match in pattern.finditer(sentence):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
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
            yield match.start(), FoundDate(counted_day(match, published), "day", match[0], False)
        for match in _LAST.finditer(sentence):
            shift = -1 if match["which"].lower() == "last" else 1
            yield match.start(), _shifted(match, shift, published)
        for match in _AGO.finditer(sentence):
            count = match["count"].lower()
            number = int(count) if count.isdigit() else _COUNTS[count]
            yield match.start(), _shifted(match, -number, published)
    except (OverflowError, ValueError):  # the first or last years of the calendar
        return


def _shifted(match: re.Match[str], shift: int, published: date) -> FoundDate:
    words = match[0]
    match match["unit"].lower():
        case "day":
            return FoundDate(published + timedelta(days=shift), "day", words, False)
        case "week":
            day = published + timedelta(weeks=shift)
            return FoundDate(day - timedelta(days=day.weekday()), "week", words, False)
        case "month":
            return FoundDate((published + relativedelta(months=shift)).replace(day=1), "month", words, False)
        case _:
            return FoundDate(date(published.year + shift, 1, 1), "year", words, False)
