"""What a translation by a language model must keep before anybody sees it.

Nobody here reads the target language, so these checks are of what survives translation: figures,
length, the language itself, and that nothing came in that a card would act on.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from babel import Locale
from text_to_num import alpha2digit

from retrieval.injections import addressed
from retrieval.language import known_language
from retrieval.translated_words import problem_of_words, without_quotations

SHORTEST = 0.4
LONGEST = 2.5
"""How long a translation may be, as a multiple of what was translated."""
SURELY_KNOWN_CHARS = 40
"""From this length on a text whose language is not known is not taken."""
_SLACK_CHARS = 12
"""Added to the greatest length: short sentences vary more."""
_FOREIGN = re.compile(
    r"https?:|www\.|[a-z]\.[a-z]{2,}/|discord\.gg|javascript:|\]\(|<[@#:|/]|@\w|`|\*\*|__|~~|\|\||\[\d+\]"
    r"|[\n\r\u2028\u2029]|(?m:^\s*(?:#{1,3}|>|-#|[-*])\s)",
    re.IGNORECASE,
)
"""Addresses, mentions, markdown and markers of citations: a card makes its own."""
_NUMBER = re.compile(r"\d+(?:[.,'’]\d+)*")
_SPACED = re.compile(r"(?<![\d.,])(\d{1,3})((?:[ \u00a0\u202f\u2009]\d{3})+)(?!\d)")
_SPELLED = frozenset({"en", "de", "fr", "es", "it", "nl", "pt"})
"""Languages whose words for numbers text2num reads: "forty", "vierzig"."""
_SCALES = frozenset({"1000", "1000000", "1000000000", "1000000000000"})
_GAP = re.compile(r"[ \u00a0\u202f\u2009]")


def problem_of_all(texts: Sequence[str], originals: Sequence[str], *, source: str, target: str) -> str:
    """Return what is wrong with the translation of an answer's sentences; empty if nothing is."""
    if len(texts) != len(originals):
        return "sentences are missing or too many"
    if len({one.casefold() for one in texts}) < len({one.casefold() for one in originals}):
        return "a sentence is repeated"
    for text, original in zip(texts, originals, strict=True):
        problem = problem_of(text, original, source=source, target=target)
        if problem := problem or problem_of_words(text, original, source=source, target=target):
            return problem
    whole = " ".join(texts)
    if not _is_in(target, whole):
        return "the sentences are in another language"
    return "a sentence gives orders" if addressed(whole) else ""


def problem_of(text: str, original: str, *, source: str, target: str) -> str:
    """Return what is wrong with the translation of one sentence, fit for a card; empty if nothing is.

    *source* and *target* are ISO 639-1 codes.
    """
    if not SHORTEST * _length(original) <= _length(text) <= LONGEST * _length(original) + _SLACK_CHARS:
        return "a sentence is much shorter or longer"
    if known_language(without_quotations(text)) not in ("", target):
        return "a sentence is in another language"
    if any(found.group() not in original for found in _FOREIGN.finditer(text)):
        return "there is a link, a mention or formatting"
    if not same_figures(text, original, source=source, target=target):
        return "the figures are not the same"
    return ""


def _is_in(language: str, text: str) -> bool:
    """Tell whether a text is in a language, as far as so few words show it; quoted ones do not count."""
    own = without_quotations(text)
    known = known_language(own)
    return known == language or (not known and _length(own) < SURELY_KNOWN_CHARS)


def same_figures(text: str, original: str, *, source: str, target: str) -> bool:
    """Tell whether two sentences hold the same numbers in digits, each written as its language does.

    ``1,200`` in English is ``1.200`` or ``1 200`` in German, and ``3.5`` is ``3,5``. Thousands may
    be grouped with spaces or two numbers may stand side by side, so both readings are tried. Words
    for numbers count as the numbers where both languages are ones whose words are known.
    """
    spelled = alpha2digit(original, source) if source in _SPELLED else original
    if source in _SPELLED and target in _SPELLED:
        text, original = alpha2digit(text, target), spelled
    mine = [_figures(one, target) for one in (text, _joined(text))]
    least = [_figures(one, source) for one in (original, _joined(original))]
    most = [_figures(one, source) for one in (spelled, _joined(spelled))]
    return any(low <= one <= low | high for one in mine for low, high in zip(least, most, strict=True))


def _joined(text: str) -> str:
    """Return *text* with thousands that are grouped by spaces written in one."""
    return _SPACED.sub(lambda found: _GAP.sub("", found.group()), text)


def _figures(text: str, language: str) -> Counter[str]:
    decimal = str(Locale.parse(language).number_symbols["latn"]["decimal"])
    plain = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
    figures: list[str] = []
    end = -1
    for found in _NUMBER.finditer(plain):
        read = _read(found.group(), decimal)
        if read[0] in _SCALES and found.start() == end + 1:  # "3.5 million" as text2num has it
            read = [_plain(Decimal(figures.pop()) * int(read[0]))]
        figures += read
        end = found.end()
    return Counter(figures)


def _plain(value: Decimal) -> str:
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def _read(number: str, decimal: str) -> list[str]:
    """Return a number as its digits with a point; one with other marks, such as a date, in its parts."""
    parts, marks = re.split(r"[.,'’]", number), re.findall(r"[.,'’]", number)
    if not marks:
        return [number]
    if len(parts[-1]) == 3 and _are_thousands(parts) and len(set(marks)) == 1:
        is_decimal = len(marks) == 1 and marks[0] == decimal
        return [".".join(parts) if is_decimal else "".join(parts)]
    if len(marks) == 1 and marks[0] in ".,":
        return [f"{parts[0]}.{parts[1]}"]
    if _are_thousands(parts[:-1]) and len(set(marks[:-1])) == 1 and marks[-1] not in (*marks[:-1], "'", "’"):
        return [f"{''.join(parts[:-1])}.{parts[-1]}"]
    return parts


def _are_thousands(parts: list[str]) -> bool:
    return 1 <= len(parts[0]) <= 3 and parts[0] != "0" and all(len(part) == 3 for part in parts[1:])


def _length(text: str) -> int:
    """Return how long a text is in letters of the alphabet; one of Chinese says as much as two or three."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text.strip())
