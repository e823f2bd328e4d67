"""Whether a translation holds the same numbers, in digits or in words, each as its language writes them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from babel import Locale, UnknownLocaleError
from text_to_num import alpha2digit

_NUMBER = re.compile(r"\d+(?:[.,'’]\d+)*")
_PERCENT = re.compile(
    r"(\d+(?:[.,'’]\d+)*)\s?(?:%|per ?cent|prozent|pour cent|por ciento|por cento|per cento|procent)",
    re.IGNORECASE,
)
_GAP = re.compile(r"[ \u00a0\u202f\u2009]")
_SPACED = re.compile(r"(?<![\d.,])(\d{1,3})((?:[ \u00a0\u202f\u2009]\d{3})+)(?!\d)")
_SPELLED = frozenset({"en", "de", "fr", "es", "it", "nl", "pt"})
"""Languages whose words for numbers text2num reads: "forty", "vierzig"."""
_VAGUE = re.compile(
    r"\b(?:hundreds|thousands) of\b|\b(?:an?|one|two|three) (?:third|quarter|fifth|sixth|tenth)s?\b",
    re.IGNORECASE,
)
"""English words that text2num takes for numbers and other languages do not say with one."""
_SCALES = frozenset({"1000", "1000000", "1000000000", "1000000000000"})
_MONTH_FIGURE = re.compile(r"\d{1,2}\s?[月월]")
"""A month as Chinese, Japanese and Korean write it."""
_YEARS = range(1000, 2100)


def same_figures(text: str, original: str, *, source: str, target: str) -> bool:
    """Tell whether two sentences hold the same numbers; percentages, years and large ones in one order.

    ``1,200`` in English is ``1.200`` or ``1 200`` in German, and ``3.5`` is ``3,5``. Thousands may
    be grouped with spaces or two numbers may stand side by side, so both readings are tried. Words
    for numbers count as the numbers where both languages are ones whose words are known; else they
    may become numbers. *source* and *target* are ISO 639-1 codes.
    """
    text, original = _MONTH_FIGURE.sub(" ", text), _MONTH_FIGURE.sub(" ", original)
    spelled = _in_digits(original, source)
    if source in _SPELLED and target in _SPELLED:
        text, original = _in_digits(text, target), spelled
    if _percentages(text, target) != _percentages(original, source):
        return False
    mine = [_figures(one, target) for one in (text, _join_thousands(text))]
    least = [_figures(one, source) for one in (original, _join_thousands(original))]
    most = [_figures(one, source) for one in (spelled, _join_thousands(spelled))]
    return any(_same(one, low, high) for one in mine for low, high in zip(least, most, strict=True))


def figures(text: str, language: str) -> list[str]:
    """Return the numbers of a text in digits, in order; in a *language* without a locale, as in English."""
    try:
        _decimal_mark(language)
    except (ValueError, UnknownLocaleError):
        language = "en"
    return _figures(_join_thousands(_in_digits(text, language)), language)


def _same(mine: Sequence[str], least: Sequence[str], most: Sequence[str]) -> bool:
    count, low = Counter(mine), Counter(least)
    if not low <= count <= low | Counter(most):
        return False
    return any(_years(mine) == _years(theirs) and _large(mine) == _large(theirs) for theirs in (least, most))


def _years(figures: Sequence[str]) -> list[str]:
    return [one for one in figures if one.isdecimal() and int(one) in _YEARS]


def _large(figures: Sequence[str]) -> list[str]:
    """Return fractions and what is beyond the years: small numbers change places when sentences do."""
    return [one for one in figures if not one.isdecimal() or int(one) >= _YEARS.stop]


def _in_digits(text: str, language: str) -> str:
    """Return *text* with words for numbers as digits, if its language is one whose words are known."""
    if language not in _SPELLED:
        return text
    return str(alpha2digit(_VAGUE.sub(" ", text) if language == "en" else text, language))


def _join_thousands(text: str) -> str:
    """Return *text* with thousands that are grouped by spaces written in one."""
    return _SPACED.sub(lambda found: _GAP.sub("", found.group()), text)


def _percentages(text: str, language: str) -> list[str]:
    decimal = _decimal_mark(language)
    return [part for found in _PERCENT.findall(_ascii(text)) for part in _read(found, decimal)]


def _figures(text: str, language: str) -> list[str]:
    """Return the numbers of a sentence, in order."""
    decimal, plain = _decimal_mark(language), _ascii(text)
    figures: list[str] = []
    end = 0
    for found in _NUMBER.finditer(plain):
        read = _read(found.group(), decimal)
        if figures and read[0] in _SCALES and plain[end : found.start()] == " ":
            read = [_product(figures.pop(), read[0])]  # "3.5 million" as text2num has it
        figures += read
        end = found.end()
    return figures


def _decimal_mark(language: str) -> str:
    return str(Locale.parse(language).number_symbols["latn"]["decimal"])


def _ascii(text: str) -> str:
    """Return *text* with the digits of all scripts as ours."""
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def _product(number: str, scale: str) -> str:
    value = f"{Decimal(number) * int(scale):f}"
    return value.rstrip("0").rstrip(".") if "." in value else value


def _read(number: str, decimal: str) -> list[str]:
    """Return a number as its digits with a point; one with other marks, such as a date, in its parts."""
    parts, marks = re.split(r"[.,'’]", number), re.findall(r"[.,'’]", number)
    if not marks:
        return [number]
    if _are_thousands(parts) and len(set(marks)) == 1:
        is_decimal = len(marks) == 1 and marks[0] == decimal
        return [".".join(parts) if is_decimal else "".join(parts)]
    if len(marks) == 1 and marks[0] in ".,":
        return [".".join(parts)]
    if _are_thousands(parts[:-1]) and len(set(marks[:-1])) == 1 and marks[-1] not in (*marks[:-1], "'", "’"):
        return [f"{''.join(parts[:-1])}.{parts[-1]}"]
    return parts


def _are_thousands(parts: list[str]) -> bool:
    return 1 <= len(parts[0]) <= 3 and parts[0] != "0" and all(len(part) == 3 for part in parts[1:])
