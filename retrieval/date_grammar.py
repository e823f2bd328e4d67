"""How English writes dates: names of months and weekdays from Unicode's CLDR, and patterns made of them.

The names stand here once. What a reader of dates accepts beside them differs by purpose, and each
difference is a named pattern: a byline may abbreviate anything, prose abbreviates only with a capital, and
the comparison of claims knows full names only, since "Mar" and "Sat" are words too.
"""

import re

from babel.dates import get_day_names, get_month_names

MONTHS: tuple[str, ...] = tuple(get_month_names("wide", locale="en")[number] for number in range(1, 13))
"""January first."""
WEEKDAYS: tuple[str, ...] = tuple(get_day_names("wide", locale="en")[number] for number in range(7))
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


def without_dates(text: str) -> str:
    """Return a text with blanks in the places of its dates, which stand where they like."""
    return DATE.sub(lambda match: " " * len(match[0]), text)
