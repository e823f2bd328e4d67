"""Reads author and date from the lines in which articles name them, and from nothing else."""

import re
from datetime import date

from retrieval.text import BYLINE_MONTH, BYLINE_WEEKDAY, LOWER_MONTHS, LOWER_WEEKDAYS, ORDINAL

_MONTH = rf"(?P<{{0}}>{BYLINE_MONTH})\.?"
_TIME = (
    r"(?:[,\s|–-]*(?:at\s+|t)?\d{1,2}[:.]\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m\b\.?)?"
    r"\s*(?:z\b|[+-]\d{2}:?\d{2}|\b(?:gmt|utc|bst|c?est|cet|e[sd]?t|c[sd]t|m[sd]t|p[sd]?t|ist)\b)?)?"
)
_ISO = r"(?<!\d)(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)"
_DAY_FIRST = rf"(?<!\d)(?P<day1>\d{{1,2}}){ORDINAL}\.?\s+(?:of\s+)?%s,?\s+(?P<year1>\d{{4}})"
_MONTH_FIRST = rf"\b%s\s+(?P<day2>\d{{1,2}}){ORDINAL},?\s+(?P<year2>\d{{4}})"
_DOTTED = r"(?<!\d)(?P<day3>\d{1,2})\.(?P<month3>\d{1,2})\.(?P<year3>\d{4})(?!\d)"
_DATE = re.compile(
    f"{BYLINE_WEEKDAY}(?:{_ISO}|{_DAY_FIRST % _MONTH.format('name1')}"
    f"|{_MONTH_FIRST % _MONTH.format('name2')}|{_DOTTED}){_TIME}",
    re.IGNORECASE,
)
_LABEL = (
    r"(?:(?:first\s+|last\s+)?(?:date|dated|published|posted|updated|modified|publication date)"
    r"(?:\s+on)?\s*:?|on)"
)
_CITY = r"\s*[A-Z][A-Z.'’ -]{1,30}[A-Z.]"
_PLACES = (
    re.compile(rf"{_CITY},?\s+(?=[\dA-Z])"),
    re.compile(rf"{_CITY},\s+[A-Z][\w.]+(?:\s[A-Z][\w.]+)?,\s+(?=[\dA-Z])"),
)
"""A city in capitals, and one with its region behind it."""
_AFTER_DATELINE = re.compile(r"\s*(?:\([^)\n]{2,40}\))?\s*(?:[—–:]|-\s)")
_GAP = r"[\s|·•,–—-]*"
_DATE_PART = re.compile(rf"(?:{_LABEL})?{_GAP}\x00(?:{_GAP}{_LABEL}{_GAP}\x00)?", re.IGNORECASE)
_AUTHOR_PART = re.compile(
    r"(?:(?:written\s+|story\s+|words\s+)?by:?|authors?:|von|par|por)\s+(?P<name>.+)", re.IGNORECASE
)
_EDGES = " \t\xa0|·•,;–—-/()[]*_"
_NAME_WORD = re.compile(r"(?:[^\W\d_]\.)+|[^\W\d_][\w'’.-]*|&", re.UNICODE)
_PARTICLES = frozenset(
    (
        *("and", "of", "for", "the", "y", "e", "und", "et"),
        *("de", "da", "di", "du", "del", "der", "den", "von", "van", "vom", "zu"),
        *("la", "le", "los", "las", "el", "al", "bin", "ibn", "ben"),
    )
)
_MAY_BEGIN_A_NAME = {"de", "von", "van", "al", "el", "la", "le"}
_NO_NAME = {
    *LOWER_WEEKDAYS,
    *("we", "you", "they", "it", "our", "your", "their", "this", "that", "all", "no"),
    *LOWER_MONTHS,
}
MAX_BYLINE_CHARS = 160
_HEAD_CHARS = 4_000
_DEFAULT_AUTHORS = frozenset(
    (
        *("anonymous", "unknown", "unspecified", "author", "administrator", "admin", "user", "owner", "root"),
        *("windows user", "microsoft office user", "default user", "guest", "none", "n/a", "untitled"),
        *("python-docx", "reportlab", "apache poi", "un-named", "unknown author", "your name"),
    )
)
"""What programs write where nobody said a name."""
_MAX_NAME_WORDS = 14


def author_unless_default(stated: str | None, printed: str | None, text: str) -> str | None:
    """Return the author of a document from what its file states and what its first lines print.

    Programs fill in a name of their own, the computer's or the last user's. So a printed name wins over
    a stated one that stands nowhere in the beginning of *text*, and a program's own never counts.
    """
    stated = (stated or "").strip()
    name = stated.strip(" ()<>[]").casefold()
    if not name or name in _DEFAULT_AUTHORS:
        return printed
    if printed and name not in text[:_HEAD_CHARS].casefold():
        return printed
    return stated


def read_first_line(text: str) -> tuple[str | None, date | None]:
    """Return author and date if the first line of *text* is a byline or date line, else nothing.

    Cautious: a line counts only if every word of it belongs to a date, a label such as
    "Published:" or a "By" with names. The text itself is not changed.
    """
    first = next((line for line in text[:4_000].splitlines() if line.strip()), "")
    return read_byline(first)


def read_byline(line: str) -> tuple[str | None, date | None]:
    """Return author and date of one line that is nothing but a byline, else ``(None, None)``."""
    line = line.strip()
    if not line or len(line) > MAX_BYLINE_CHARS:
        return None, None
    dates = [(match, _date_of(match)) for match in _DATE.finditer(line)]
    if len(dates) > 2 or any(found is None for _, found in dates):
        return None, None
    rest = _DATE.sub("\x00", line).strip(_EDGES)
    dated = _DATE_PART.search(rest)
    if dated:
        rest = (rest[: dated.start()].strip(_EDGES) + "\x00" + rest[dated.end() :].strip(_EDGES)).strip(
            "\x00"
        )
    if "\x00" in rest or bool(dates) != bool(dated):
        return None, None
    published = min((found for _, found in dates if found), default=None)
    if not rest:
        return None, published
    author = _author_of(rest, dated=published is not None)
    return (author, published) if author else (None, None)


def read_dateline(line: str) -> date | None:
    """Return the day in a dateline such as "BERLIN, 3 March 2024 (Agency) — …"; ``None`` without a year."""
    for pattern in _PLACES:
        place = pattern.match(line[:MAX_BYLINE_CHARS])
        found = _DATE.match(line, place.end()) if place else None
        if found and _AFTER_DATELINE.match(line, found.end()):
            return _date_of(found)
    return None


def read_date(value: str) -> date | None:
    """Return the date that begins *value*, as metadata writes dates; ``None`` if none does.

    ``03/04/2024`` is two dates in two countries and therefore none.
    """
    value = value.strip()
    match = _DATE.match(value)
    if match:
        return _date_of(match)
    compact = re.match(r"(\d{4})(\d{2})(\d{2})(?:\D|$|T)", value)
    return _calendar_date(*compact.groups()) if compact else None


def _date_of(match: re.Match[str]) -> date | None:
    part = match.groupdict()
    if part["year"]:
        return _calendar_date(part["year"], part["month"], part["day"])
    if part["year1"]:
        return _calendar_date(part["year1"], _month_number(part["name1"]), part["day1"])
    if part["year2"]:
        return _calendar_date(part["year2"], _month_number(part["name2"]), part["day2"])
    return _calendar_date(part["year3"], part["month3"], part["day3"])


def _month_number(name: str) -> int:
    return 1 + next(n for n, month in enumerate(LOWER_MONTHS) if month.startswith(name[:3].lower()))


def _calendar_date(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if 1500 <= found.year < 2200 else None


def _author_of(rest: str, *, dated: bool) -> str | None:
    match = _AUTHOR_PART.fullmatch(rest)
    if not match:
        return None
    name = match.group("name").strip(_EDGES)
    words = re.findall(r"[^\s,|/]+", name)
    ends_a_sentence = name.endswith((".", "?", "!", ":")) and len(words[-1]) > 3
    if not 1 <= len(words) <= _MAX_NAME_WORDS or ends_a_sentence:
        return None
    if not all(_NAME_WORD.fullmatch(word) for word in words):
        return None
    if any(word[0].islower() and word.lower() not in _PARTICLES for word in words):
        return None
    # "By the River" is a title; "By The Associated Press" is not.
    named = words[0] == "The" and len(words) > 2
    if words[0].lower() in _PARTICLES - _MAY_BEGIN_A_NAME and not named:
        return None
    if not dated and (len(words) < 2 or any(word.lower() in _NO_NAME for word in words)):
        return None
    return name
