"""Words that a translation must keep although they look different in it: names, months, quotations, "not".

What a language calls months, weekdays and countries is known from Unicode's CLDR through babel; words of
denial are few enough to list. Where a language is not known so well, the check is left out, so these
checks catch much and prove nothing: whoever reads a translation is told that it is one.
"""

import re
import unicodedata
from functools import cache

from babel import Locale

from retrieval.citations import is_verbatim

LEAST_NAMES = 0.5
"""Share of a sentence's names that must be found again; some are translated, as Munich is."""
NAME_LETTERS = 4
"""First letters by which a name is found again: Berlin in "Berliner", Russia in "russisch"."""
_QUOTED = re.compile(r"[“”\"„«»‹›「『]([^“”\"„«»‹›「」『』]{3,}?)[”“\"»«›‹」』]")
_NAME = re.compile(r"(?<![\w’'-])[A-ZÀ-ÖØ-Þ][\w’'-]*[^\W_]")
_OPENS = re.compile(r"(?:^|[.!?:]\s)[“\"„«(]*$")
_MANY_CAPITALS = frozenset({"de"})
"""Languages in which every noun has a capital, so that names are not told apart."""
_WORD = re.compile(r"[\w’'-]+")
_DENIALS = {
    "en": r"not|never|no|nobody|none|neither|nor|without|cannot|nothing|nowhere|\w+n[’']t",
    "de": r"nicht|nie|niemals|kein\w*|niemand\w*|nichts|weder|ohne|nirgend\w*",
    "fr": r"pas|jamais|aucune?s?|rien|sans|ni|non|ne|nul(?:le)?|n[’']\w*",
    "es": r"no|nunca|jamás|ning[uú]n\w*|nadie|nada|sin|ni|tampoco",
    "it": r"non|mai|nessun\w*|niente|nulla|senza|né|neppure|neanche",
    "nl": r"niet|nooit|geen|niemand|niets|zonder|noch|nergens",
    "pt": r"não|nunca|jamais|nenhum\w*|ninguém|nada|sem|nem",
    "sv": r"inte|aldrig|ingen|inga|inget|utan|varken|ej",
    "da": r"ikke|aldrig|ingen|intet|uden|hverken",
    "no": r"ikke|aldri|ingen|intet|uten|verken",
}
_HALF_DENIED = re.compile(
    r"\b(?:un|dis|non-?)\w{4,}|\b(?:fail|refus|lack|declin|den[iy]|absen|impossib|illegal|hardly|barely|unless|"
    r"except|instead|rather|prevent|ban|stop|forb[ia]d|prohibit|reject|miss|only|until|yet)\w*",
    re.IGNORECASE,
)
"""English words that another language may say with "not"."""


def problem_of_words(text: str, original: str, *, source: str, target: str) -> str:
    """Return what a translated sentence did not keep, fit for a card; empty if all is well."""
    if not _keeps_quotations(text, original):
        return "quoted words are not the same"
    if source in _DENIALS and target in _DENIALS and _dates(text, target) != _dates(original, source):
        return "months or days of the week are not the same"
    if not _keeps_denial(text, original, source, target):
        return "a “not” came or went"
    if not _keeps_names(text, original, source, target):
        return "names are missing"
    return ""


def without_quotations(text: str) -> str:
    """Return a sentence without the words between quotation marks, which stay in their language."""
    return _QUOTED.sub(" ", text)


def _keeps_quotations(text: str, original: str) -> bool:
    mine, theirs = _QUOTED.findall(text), _QUOTED.findall(original)
    return all(is_verbatim(one.rstrip(",."), text) for one in theirs) and all(
        is_verbatim(one.rstrip(",."), original) for one in mine
    )


def _dates(text: str, language: str) -> frozenset[tuple[str, int]]:
    """Return the months and days of the week that a sentence names."""
    return frozenset(
        one
        for one, name in _calendar(language)
        if re.search(rf"(?<!\w){re.escape(name)}(?:s|en)?(?!\w)", text)
    )


@cache
def _calendar(language: str) -> tuple[tuple[tuple[str, int], str], ...]:
    """Return months and days with their names; the languages of ``_DENIALS`` hardly inflect them."""
    locale = Locale.parse(language)
    kinds = (("month", locale.months), ("day", locale.days))
    return tuple(
        ((kind, number), name) for kind, names in kinds for number, name in names["format"]["wide"].items()
    )


def _keeps_denial(text: str, original: str, source: str, target: str) -> bool:
    if source not in _DENIALS or target not in _DENIALS:
        return True
    denied, still = _is_denied(original, source), _is_denied(text, target)
    return denied == still or (still and source == "en" and bool(_HALF_DENIED.search(original)))


def _is_denied(text: str, language: str) -> bool:
    return re.search(rf"(?<![\w’'])(?:{_DENIALS[language]})(?![\w’'])", text, re.IGNORECASE) is not None


def _keeps_names(text: str, original: str, source: str, target: str) -> bool:
    """Tell whether enough of the words with a capital in mid-sentence are in the translation."""
    if source in _MANY_CAPITALS or not _is_latin(text):
        return True
    held = _folded(text)
    names = {
        found.group() for found in _NAME.finditer(original) if not _OPENS.search(original[: found.start()])
    }
    if source in _DENIALS:
        names -= {name for _, name in _calendar(source)}
    countries = _translated_countries(original, held, source, target)
    found_again = [name for name in names if name in countries or _folded(name)[:NAME_LETTERS] in held]
    return len(found_again) >= LEAST_NAMES * len(names)


def _translated_countries(original: str, held: str, source: str, target: str) -> set[str]:
    """Return the words of countries' names in *original* that the translation has in its own language."""
    theirs = Locale.parse(target).territories
    words: set[str] = set()
    for code, name in Locale.parse(source).territories.items():
        if name in original and code in theirs:
            first = _folded(theirs[code].split()[0])
            if first[:NAME_LETTERS] in held:
                words.update(_WORD.findall(name))
    return words


def _is_latin(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return 2 * sum(unicodedata.name(char, "").startswith("LATIN") for char in letters) > len(letters)


def _folded(text: str) -> str:
    """Return *text* in small letters without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))
