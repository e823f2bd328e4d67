"""Whether a sentence holds the type of thing that a question asks for: a person, a sum, a place, a reason.

A name, a number or a date that the question gives itself is no answer to it.
"""

import re
from typing import Literal, get_args

from retrieval.nlp import NOT_NAMES
from retrieval.text import (
    CAPITAL,
    LOWER_MONTH,
    LOWER_WEEKDAY,
    UNBROKEN,
    blank_dates,
    load_named_patterns,
    load_words,
    word_set,
    words_of,
)

AnswerType = Literal[
    "person", "place", "reason", "share", "weight", "distance", "money", "year", "clock", "count", "date"
]
_TYPES: tuple[AnswerType, ...] = get_args(AnswerType)
"""In the order in which a question is read: "how much weight" is no sum of money."""
_ASKS = {
    kind: re.compile(pattern, re.IGNORECASE)
    for kind, pattern in load_named_patterns("answer_type_patterns", "asks").items()
}
_HELD = {
    kind: re.compile(pattern, 0 if kind == "place" else re.IGNORECASE)
    for kind, pattern in load_named_patterns("answer_type_patterns", "holds").items()
}
_NOT_OF_QUESTION: frozenset[AnswerType] = frozenset(("money", "year", "date", "count"))
"""Types of which what the question gives itself does not count."""
_PEOPLE = (
    load_words("nouns", "people")
    | load_words("nouns", "male")
    | load_words("nouns", "female")
    | load_words("answer_types", "groups")
) - word_set("mr mrs ms miss sir lord lady")
_NAME = re.compile(rf"(?<![\w’'-])[{CAPITAL}][\w’'-]+")
_GIVEN = re.compile(rf"\d[\d.,:]*\d|\d|[{CAPITAL}][\w’'-]+")
_DAY = re.compile(rf"\b(?:{LOWER_MONTH}|{LOWER_WEEKDAY}s?)\b", re.IGNORECASE)
_CLOCKS_AND_AGES = re.compile(
    r"\b\d{1,2}:\d\d\b|\b\d{1,2}\s?[ap]\.?m\b|\b\d{1,3}[- ]year[- ]old\b|,\s\d{1,2}\s?,|\(\d{1,2}\)",
    re.IGNORECASE,
)
_FOLLOWS_NAME = re.compile(rf"[{CAPITAL}]|s?\s?(?:was|is|has|had|said|says|[a-z]+ed|[a-z]+s)\b")


def answer_type(question: str) -> AnswerType | None:
    """Return what a question asks for, if its words say so."""
    return next((kind for kind in _TYPES if _ASKS[kind].search(question)), None)


def holds(kind: AnswerType, question: str, text: str) -> bool:
    """Tell whether *text* holds something of the type that the question does not give itself."""
    if kind == "person":
        return _holds_person(question, text)
    rest = _without_given(question, text) if kind in _NOT_OF_QUESTION else text
    if kind == "count":
        rest = _CLOCKS_AND_AGES.sub(" ", blank_dates(rest))
    return bool(_HELD[kind].search(rest) or (kind == "date" and _DAY.search(rest)))


def _without_given(question: str, text: str) -> str:
    """Return a text without the numbers and names of the question."""
    for one in sorted(set(_GIVEN.findall(question)), key=len, reverse=True):
        text = re.sub(rf"(?<![\w.,]){re.escape(one)}(?![\w]|[.,]\d)", " ", text)
    return text


def _holds_person(question: str, text: str) -> bool:
    asked = {_bare(word) for word in UNBROKEN.findall(question)}
    for match in _NAME.finditer(text):
        opens = not text[: match.start()].strip() or text[: match.start()].rstrip().endswith(
            (".", "!", "?", ":")
        )
        if _bare(match[0]) in asked | NOT_NAMES or (opens and not _goes_on(text, match.end())):
            continue
        return True
    words = set(words_of(text))
    words |= {word.removesuffix("s") for word in words}
    return bool(words & (_PEOPLE - asked - {f"{word}s" for word in asked}))


def _bare(word: str) -> str:
    return word.lower().removesuffix("'s").removesuffix("’s").strip("’'-")


def _goes_on(text: str, at: int) -> bool:
    """Tell whether a name at the beginning of a sentence is longer than one word, or does something."""
    return _FOLLOWS_NAME.match(text[at:].lstrip(" ,.'’")) is not None
