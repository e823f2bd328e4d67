"""Checks that a translated sentence keeps quotations, denials, dates, countries, names and language."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from babel import Locale

from retrieval.citations import is_verbatim
from retrieval.llm.translated_numbers import same_figures
from retrieval.messages import message
from retrieval.nlp import LANGUAGES, is_negated
from retrieval.safety import find_injections
from retrieval.text import (
    CORNERS,
    DOUBLE,
    DOUBLE_CLOSING,
    OPENING_DOUBLE,
    SINGLE_ANGLED,
    STRICT_CAPITAL,
    UNBROKEN,
    detect_language,
    load_words,
)

LEAST_NAMES = 0.5
"""Share of a sentence's names that must be found again; some are translated, as Munich is."""
NAME_LETTERS = 4
"""First letters by which a name is found again: Berlin in "Berliner", Russia in "russisch"."""
_QUOTED = re.compile(
    f"[{DOUBLE}{SINGLE_ANGLED}「『]([^{DOUBLE}{SINGLE_ANGLED}{CORNERS}]{{3,}}?)[{DOUBLE_CLOSING}{SINGLE_ANGLED}」』]"
)
_NAME = re.compile(rf"(?<![\w’'-])[{STRICT_CAPITAL}][\w’'-]*[^\W_]")
_OPENS = re.compile(rf"(?:^|[.!?:]\s)[{OPENING_DOUBLE}(]*$")
_MANY_CAPITALS = frozenset({"de"})
"""Languages in which every noun has a capital, so that names are not told apart."""
_TRANSLATABLE = load_words("institutions", "words")
"""English words that names of offices, institutions, places and events are made of, which have others in
other languages: the Red Cross is *das Rote Kreuz*."""
_RUN = re.compile(rf"(?<![\w’'-])[{STRICT_CAPITAL}][\w’'-]*(?:\s+[{STRICT_CAPITAL}][\w’'-]*)*")
_SHORT_FORMS = {
    "US": ("U.S.", "US", "America", "Amerika", "États-Unis", "Estados Unidos", "EE", "Stati Uniti"),
    "GB": (
        "U.K.",
        "UK",
        "Britain",
        "British",
        "brit",
        "Brit",
        "England",
        "English",
        "Angleterre",
        "Reino Unido",
    ),
}
"""Other names of countries that are seldom called by their full ones."""
_HALF_DENIED = re.compile(
    r"\b(?:un|dis|non-?)\w{4,}|\b(?:fail|refus|lack|declin|den[iy]|absen|impossib|illegal|hardly|barely|unless|"
    r"except|instead|rather|prevent|ban|stop|forb[ia]d|prohibit|reject|miss|only|until|yet)\w*",
    re.IGNORECASE,
)
"""English words that another language may say with "not"."""


def problem_of_words(text: str, original: str, *, source: str, target: str) -> str:
    """Return what a translated sentence did not keep, fit for a card; empty if all is well."""
    if not _keeps_quotations(text, original):
        return message("quoted words are not the same")
    if source in LANGUAGES and target in LANGUAGES and _dates(text, target) != _dates(original, source):
        return message("months or days of the week are not the same")
    if not _keeps_denial(text, original, source, target):
        return message("a “not” was added or dropped")
    if not _keeps_countries(text, original, source, target):
        return message("countries are not the same")
    if not _keeps_names(text, original, source):
        return message("names are missing")
    return ""


def drop_quotations(text: str) -> str:
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
    """Return months and days with their names; the languages of ``LANGUAGES`` hardly inflect them."""
    locale = Locale.parse(language)
    kinds = (("month", locale.months), ("day", locale.days))
    return tuple(
        ((kind, number), name) for kind, names in kinds for number, name in names["format"]["wide"].items()
    )


def _keeps_denial(text: str, original: str, source: str, target: str) -> bool:
    if source not in LANGUAGES or target not in LANGUAGES:
        return True
    denied, still = is_negated(original, source), is_negated(text, target)
    return denied == still or (still and source == "en" and bool(_HALF_DENIED.search(original)))


def _keeps_names(text: str, original: str, source: str) -> bool:
    """Tell whether enough of the words with a capital in mid-sentence are in the translation."""
    if source in _MANY_CAPITALS or not _is_latin(text):
        return True
    names = {
        found.group() for found in _NAME.finditer(original) if not _OPENS.search(original[: found.start()])
    }
    if source in LANGUAGES:
        names -= {name for _, name in _calendar(source)}
    names -= _words_of_countries(original, source) | set(Locale.parse(source).languages.values())
    if source == "en":
        names = {name for name in names if name.lower() not in _TRANSLATABLE}
        names -= {word for run in _RUN.findall(original) if _is_office(run) for word in UNBROKEN.findall(run)}
    held = _fold_text(text)
    return sum(_fold_text(name)[:NAME_LETTERS] in held for name in names) >= LEAST_NAMES * len(names)


def _is_office(run: str) -> bool:
    """Tell whether words with capitals name an institution: "World Health Assembly", not "Mayor Berg"."""
    return run.split()[-1].lower() in _TRANSLATABLE


def _keeps_countries(text: str, original: str, source: str, target: str) -> bool:
    """Tell whether both sentences name the same countries, each in its language or in the other's."""
    return _finds_again(original, source, text, target) and _finds_again(text, target, original, source)


def _finds_again(text: str, language: str, other: str, its: str) -> bool:
    names, held = _countries(its), _fold_text(other)
    return all(
        code not in names
        or _name_prefix(names[code]) in held
        or _name_prefix(name) in held
        or any(short in other for short in _SHORT_FORMS.get(code, ()))
        for code, name in _find_countries(text, language)
    )


def _words_of_countries(text: str, language: str) -> set[str]:
    return {word for _, name in _find_countries(text, language) for word in UNBROKEN.findall(name)}


def _find_countries(text: str, language: str) -> list[tuple[str, str]]:
    return [
        (code, name)
        for code, name in _countries(language).items()
        if name in text and re.search(rf"(?<!\w){re.escape(name)}(?:s|['’]s)?(?!\w)", text)
    ]


@cache
def _countries(language: str) -> dict[str, str]:
    names = Locale.parse(language).territories
    return {code: name for code, name in names.items() if len(code) == 2 and code.isalpha()}


def _name_prefix(name: str) -> str:
    return _fold_text(name)[:NAME_LETTERS]


def _is_latin(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return 2 * sum(unicodedata.name(char, "").startswith("LATIN") for char in letters) > len(letters)


def _fold_text(text: str) -> str:
    """Return *text* in small letters without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))


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


def problem_of_all(texts: Sequence[str], originals: Sequence[str], *, source: str, target: str) -> str:
    """Return what is wrong with the translation of an answer's sentences; empty if nothing is."""
    if len(texts) != len(originals):
        return message("sentences are missing or too many")
    if len({one.casefold() for one in texts}) < len({one.casefold() for one in originals}):
        return message("a sentence is repeated")
    for text, original in zip(texts, originals, strict=True):
        problem = problem_of(text, original, source=source, target=target)
        if problem := problem or problem_of_words(text, original, source=source, target=target):
            return problem
    whole = " ".join(texts)
    if not _is_in(target, whole):
        return message("the sentences are in another language")
    return message("a sentence gives orders") if find_injections(whole) else ""


def problem_of(text: str, original: str, *, source: str, target: str) -> str:
    """Return what is wrong with the translation of one sentence, fit for a card; empty if nothing is.

    *source* and *target* are ISO 639-1 codes.
    """
    if not SHORTEST * _length(original) <= _length(text) <= LONGEST * _length(original) + _SLACK_CHARS:
        return message("a sentence is much shorter or longer")
    if detect_language(drop_quotations(text)) not in ("", target):
        return message("a sentence is in another language")
    if any(found.group() not in original for found in _FOREIGN.finditer(text)):
        return message("there is a link, a mention or formatting")
    if not same_figures(text, original, source=source, target=target):
        return message("the figures are not the same")
    return ""


def _is_in(language: str, text: str) -> bool:
    """Tell whether a text is in a language, as far as so few words show it; quoted ones do not count."""
    own = drop_quotations(text)
    known = detect_language(own)
    return known == language or (not known and _length(own) < SURELY_KNOWN_CHARS)


def _length(text: str) -> int:
    """Return how long a text is in letters of the alphabet; one of Chinese says as much as two or three."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text.strip())
