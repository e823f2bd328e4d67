"""Codes and numbered parts that a question names: "E-4013", "RFC 7231", "section 4.3".

Sentences about E-4012 and E-4013 are alike in every other word, to the models as well, so an identifier
is compared exactly or not at all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.text.dates import LOWER_MONTH
from retrieval.text.word_lists import word_set

_CODE = re.compile(r"(?<![\w.])#?[^\W_]+(?:[-./:_][^\W_]+)*")
_ACRONYM_AND_NUMBER = re.compile(r"\b[A-Z]{2,}[ \u00a0]\d+(?:\.\d+)*\b")
_ABBREVIATED = {"sec": "section", "art": "article", "ch": "chapter", "para": "paragraph", "fig": "figure"}
_KIND = (
    r"(?P<kind>sections?|sec|articles?|art|clauses?|chapters?|ch|paragraphs?|para|rules?|annex|appendix"
    r"|figures?|fig|tables?|items?|steps?|errors?|codes?|tickets?|bugs?|rooms?|gates?|platforms?"
    r"|versions?|invoices?|exhibits?|amendments?|directives?|regulations?|projects?|parts?|motions?|resolutions?|bills?|cases?)"
)
_PART = re.compile(
    rf"(?:\b{_KIND}\.?\s+(?:(?:no|number)\.?\s*)?|§+\s*)(?P<number>\d+(?:[./]\d+)*[a-z]?)\b", re.I
)
_SHORT_VERSION = re.compile(r"\bv\.?\s?(?P<number>\d+(?:\.\d+)*)\b(?!\.x)", re.IGNORECASE)
_NUMBERED_HEADING = re.compile(r"^\W*(?P<number>\d+(?:\.\d+)+)\s+[^\W\d_]", re.MULTILINE)
"""A heading such as "4.2 Relay downtime"."""
_NO_CODE = re.compile(
    # Ordinals, decades, "20-year-old", "10am", dates, years, scores and times.
    r"\d+(?:st|nd|rd|th)s?(?:-\w+)*|\d+s|\d+(?:[.,]\d+)?-?[a-z]+(?:-[a-z]+)*|[\d./:-]+"
    r"|\d+[a-z]+\d+|(?:mid|pre|post|late|early)-[\d\w]+"
    rf"|(?:{LOWER_MONTH})[-./]?\d+|\d+[-./](?:{LOWER_MONTH})[-./]?\d*",
    re.IGNORECASE,
)
_VERSION = re.compile(r"\d+(?:\.\d+){2,}")
_DATE_IN_POINTS = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}")
_DIGITS = re.compile(r"\d+")
_NUMBERS_BETWEEN = r"\.?(?:\s|,|&|–|-|\bno\b\.?|\bnumber\b|\band\b|\bor\b|\bto\b|\d[\w.]*)*$"
"""What stands between "articles" and "56" in "articles 34, 49 and 56"."""
_DESIGNATION = re.compile(r"(?<![\w-])(?P<name>[^\W\d_]{3,})[ -](?P<sign>\d{1,3}|[A-Za-z])(?!\w|[.,]\d|’|')")
"""A name with a number or a letter: "Heron 2", "class B"."""
_NO_SIGNS = frozenset("aiI")
"""Letters that are words."""
_ROMAN = frozenset("IVX")
_SIGNS_SEEN = 2
"""Times that a text must put a number behind a name before other numbers are taken for other things."""
_NO_DESIGNATIONS = word_set(
    "the and for from than over under about after before until since least most only top all any age aged"
    " past step item part between within around nearly almost their his her its our are was were has had have"
    " these those"
)
_DATED = word_set("rule article amendment table figure version item part project")
"""Parts that a year may follow: "the rules 2026"."""
_YEAR_NUMBER = re.compile(r"(?:1[5-9]|20)\d\d")
_NEAR = 60
_HEADS = re.compile(r"[.):]|\s+[^\W\d_a-z]|\s+[“\"–—-]|\s*$")
"""What follows a number that heads a line: "4. Boats" does, "4 boats" does not."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """A code, or the number of a part."""

    text: str
    """As the question writes it; of a part the number alone."""
    kind: str = ""
    """What the number counts, in lower case and singular: "section"; empty for a code."""

    def stands_in(self, text: str) -> bool:
        """Tell whether exactly this identifier stands in *text*."""
        if not self.kind:
            return _exactly(self.text).search(text) is not None
        if self.kind == "version" and _version(self.text).search(text):
            return True
        return any(self._is_meant(text, match) for match in _exactly(self.text).finditer(text))

    def _is_meant(self, text: str, match: re.Match[str]) -> bool:
        """Tell a number of a part from one that counts something."""
        if "." in self.text or "/" in self.text:
            return True
        before = text[max(0, match.start() - _NEAR) : match.start()].rstrip(" #*(")
        if not before or before.endswith(("\n", "§")):
            return before.endswith("§") or _HEADS.match(text, match.end()) is not None
        short = [one for one, full in _ABBREVIATED.items() if full == self.kind]
        names = "|".join([rf"{re.escape(self.kind)}(?:e?s)?", *short])
        return re.search(rf"\b(?:{names}){_NUMBERS_BETWEEN}", before, re.IGNORECASE) is not None


def identifiers_in(question: str) -> tuple[Identifier, ...]:
    """Return the identifiers that a question names, each once."""
    found: dict[Identifier, None] = {}
    parts = [match for match in _PART.finditer(question) if not _is_year(match)]
    for match in parts:
        found[Identifier(match["number"], _singular(match["kind"] or "§"))] = None
    taken = bytearray(len(question))  # 1 for each character of an identifier
    for match in parts:
        taken[match.start("number") : match.end("number")] = bytes([1]) * len(match["number"])
    for match in _SHORT_VERSION.finditer(question):
        found[Identifier(match["number"], "version")] = None
        taken[match.start() : match.end()] = bytes([1]) * len(match[0])
    for pattern in (_ACRONYM_AND_NUMBER, _CODE):
        for match in pattern.finditer(question):
            if any(taken[match.start() : match.end()]):
                continue
            if pattern is _ACRONYM_AND_NUMBER or _is_code(match[0]):
                found[Identifier(match[0])] = None
                taken[match.start() : match.end()] = bytes([1]) * len(match[0])
    return tuple(found)


def _is_year(part: re.Match[str]) -> bool:
    """Tell "the rules 2026" from "error 2026"."""
    kind = _singular(part["kind"] or "")
    return kind in _DATED and _YEAR_NUMBER.fullmatch(part["number"]) is not None


def holds_code(text: str) -> bool:
    """Tell whether a text holds any code, whichever."""
    return any(_is_code(match[0]) for match in _CODE.finditer(text)) or bool(_ACRONYM_AND_NUMBER.search(text))


def has_sibling(identifier: Identifier, text: str) -> bool:
    """Tell whether *text* holds identifiers that differ from this one only in their digits."""
    if identifier.kind:
        named = [match["number"] for match in _PART.finditer(text)]
        headed = [match["number"] for match in _NUMBERED_HEADING.finditer(text)]
        return any(number.lower() != identifier.text.lower() for number in (*named, *headed))
    shape = _shape(identifier.text)
    codes = [match[0] for pattern in (_CODE, _ACRONYM_AND_NUMBER) for match in pattern.finditer(text)]
    return any(_shape(code) == shape and code.casefold() != identifier.text.casefold() for code in codes)


def siblings_in(identifier: Identifier, text: str) -> list[str]:
    """Return the identifiers of *text* that differ from this one only in digits, each once, in order."""
    if identifier.kind:
        named = [
            match["number"]
            for match in _PART.finditer(text)
            if _singular(match["kind"] or "§") == identifier.kind
        ]
        headed = [match["number"] for match in _NUMBERED_HEADING.finditer(text)]
        found = [*named, *(headed if "." in identifier.text else ())]
    else:
        shape = _shape(identifier.text)
        codes = [match[0] for pattern in (_CODE, _ACRONYM_AND_NUMBER) for match in pattern.finditer(text)]
        found = [code for code in codes if _shape(code) == shape]
    return list(dict.fromkeys(one for one in found if one.casefold() != identifier.text.casefold()))


def unknown_designations(question: str, texts: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Return what a question calls by a name and a number or letter that no text knows, and those they know.

    "Heron 3" where the texts speak of a Heron 2: the names with what stands behind them in the texts.
    """
    found = []
    for match in _DESIGNATION.finditer(question):
        name, sign = match["name"], match["sign"]
        if sign in _NO_SIGNS or name.lower() in _NO_DESIGNATIONS:
            continue
        exact = re.compile(rf"(?<!\w){re.escape(name)}[ -]?{re.escape(sign)}(?!\w|[.,]\d)", re.IGNORECASE)
        if any(exact.search(text) for text in texts):
            continue
        like = re.compile(rf"(?<!\w){re.escape(name.capitalize())} (\d{{1,3}}|[A-Z])(?!\w|[.,]\d|’|')")
        known = [other[1] for text in texts for other in like.finditer(text)]
        if len(known) >= _SIGNS_SEEN and not set(known) & _ROMAN:
            names = [f"{name.capitalize()} {one}" for one in dict.fromkeys(known)]
            found.append((f"{name} {sign}", names))
    return found


def _is_code(word: str) -> bool:
    if not any(char.isdigit() for char in word):
        return False
    if word.startswith("#"):
        return True
    if _VERSION.fullmatch(word):
        return _DATE_IN_POINTS.fullmatch(word) is None
    return _NO_CODE.fullmatch(word) is None


def _exactly(words: str) -> re.Pattern[str]:
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    return re.compile(rf"(?<![\w])(?<!\w[-.]){pattern}(?!\w)(?![-./:]\w)", re.IGNORECASE)


def _version(number: str) -> re.Pattern[str]:
    """Return a pattern for a version: "3" is "version 3", "v3" and "3.x", but not "3.2"."""
    plain = re.escape(number)
    return re.compile(
        rf"\b(?:versions?\s+|v\.?\s?){plain}(?:\.x\b|(?![.,]?\w))|(?<![\w.]){plain}\.x\b", re.IGNORECASE
    )


def _singular(kind: str) -> str:
    word = kind.lower()
    return _ABBREVIATED.get(word, word.removesuffix("s"))


def _shape(code: str) -> str:
    return _DIGITS.sub("0", code.casefold())
