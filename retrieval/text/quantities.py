"""Numbers in a sentence with what they count, so that two articles' numbers can be compared.

Only numbers with a unit are found: money, percentages, and counts of a named thing. A number that
its sentence calls inexact ("about", "at least") is marked: it contradicts nothing.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from retrieval.text.dates import LOWER_MONTHS
from retrieval.text.word_lists import load_words

_SCALE = {"hundred": 2, "thousand": 3, "million": 6, "m": 6, "billion": 9, "bn": 9, "trillion": 12}
_UP_TO_TWENTY = """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty
"""
_TENS = "thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: number for number, word in enumerate(_UP_TO_TWENTY.split(), 1)}
_SMALL |= {word: 10 * number for number, word in enumerate(_TENS.split(), 3)}
_CURRENCY = {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen"}
_QUANTITY = re.compile(
    r"(?<![\w.,$£€¥-])(?P<sign>[$£€¥])?\s?"
    r"(?P<value>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|" + "|".join(_SMALL) + r")"
    r"(?![\w:/]|[.,]\d|-(?!(?:year|mile|meter|foot|page)))"
    r"(?:[\s-](?P<scale>hundred|thousand|million|billion|trillion|bn|m)\b)?"
    r"(?P<rest>\s?%|\s(?:percent|per cent)\b|[\s-][^\W\d_][\w-]*)?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_INEXACT = re.compile(
    r"(?:about|around|some|nearly|almost|roughly|approximately|over|under|than|least|most|to|minus|as"
    r"|to at|estimated|between|only|another|first|or|and|from|every|each)\s*$",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\bnot\s+(?:by\s+|the\s+|at\s+)?(?:only\s+)?$", re.IGNORECASE)
_BEFORE_CHARS = 80
"""Read before a number; the longest wording of "not" or "about" has a third of that."""
_NO_UNIT = load_words("stop_words", "not_units") | frozenset(LOWER_MONTHS)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, what it counts, and where it stands."""

    value: Decimal
    unit: str
    start: int
    end: int
    exact: bool
    denied: bool
    """Whether it stands behind "not": the sentence corrects it."""
    step: Decimal
    """The last digit's worth: 1.4 million is given to 0.1 million."""


def quantities(sentence: str) -> list[Quantity]:
    """Return the numbers of a sentence that have a unit, in order."""
    found = (_quantity(sentence, match) for match in _QUANTITY.finditer(sentence))
    return [one for one in found if one is not None]


def read_number(word: str) -> Decimal | None:
    """Return the number that a word or its digits stand for: 8750 of "8,750", 12 of "twelve"."""
    digits = word.lower().replace(",", "")
    if digits in _SMALL:
        return Decimal(_SMALL[digits])
    return Decimal(digits) if _DIGITS.fullmatch(digits) else None


def same_figure(one: Quantity, other: Quantity) -> bool:
    """Tell whether two numbers may be one, given to different precision."""
    return abs(one.value - other.value) < max(one.step, other.step)


def _quantity(sentence: str, match: re.Match[str]) -> Quantity | None:
    rest = (match["rest"] or "").strip(" -").lower()
    unit, end = _unit(match["sign"], rest, match)
    if unit is None:
        return None
    digits = match["value"].lower().replace(",", "")
    scale = Decimal(10) ** _SCALE.get((match["scale"] or "").lower(), 0)
    number = Decimal(_SMALL[digits]) if digits in _SMALL else Decimal(digits)
    places = Decimal(10) ** min(0, int(number.as_tuple().exponent))
    before = sentence[max(0, match.start() - _BEFORE_CHARS) : match.start()]
    denied = bool(_DENIED.search(before))
    return Quantity(
        value=number * scale,
        unit=unit,
        start=match.start(),
        end=end,
        exact=not _INEXACT.search(_DENIED.sub("", before)) if not denied else True,
        denied=denied,
        step=places * scale if places < 1 or scale == 1 else scale,
    )


def _unit(sign: str | None, rest: str, match: re.Match[str]) -> tuple[str | None, int]:
    after_number = match.end("scale") if match["scale"] else match.end("value")
    if sign:
        return _CURRENCY[sign], after_number
    if rest in ("%", "percent", "per cent"):
        return "%", match.end()
    if rest and rest not in _NO_UNIT and not rest.endswith("ly"):
        return rest[:-1] if rest.endswith("s") and len(rest) > 3 else rest, match.end()
    return None, match.end()
