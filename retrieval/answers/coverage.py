"""How much of what a question says stands in and around a sentence.

The cross-encoder likes every sentence about the right subject. A question that looks answerable and is not
asks for something more of that subject, with a word that stands nowhere near the sentence.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from math import log

from retrieval.domain import Hit
from retrieval.text import (
    LONE_YEAR,
    LOWER_MONTHS,
    LOWER_WEEKDAY,
    LOWER_WEEKDAYS,
    STOP_WORDS,
    content_words,
    load_groups,
    load_pairs,
    sentences,
    stem,
    word_set,
    words_of,
)

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")
_BASE = dict(load_pairs("irregular_verbs", "base_forms"))
_DAYS = frozenset(one for day in (*LOWER_WEEKDAYS, *LOWER_MONTHS) for one in (day, f"{day}s")) - {
    "may",
    "march",
}
_YEARS = re.compile(LONE_YEAR)
YEARS_AGO = 2
"""A statement of the year before may still hold."""
_PRESENT = word_set("is are has have current currently now today since")
_WEEKDAYS = re.compile(rf"\b(?:{LOWER_WEEKDAY})s?\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\b(?P<name>[^\W\d_]{3,}) (?P<number>\d{1,3})\b(?![.,:]\d)")
_COUNTERS = word_set("least most over under about around nearly almost top first last next past every")
_QUESTIONS_KEPT = 32
_WORDS_KEPT = 10_000
_PREFIX = 5
"""Letters by which longer words are compared: "prescribe" and "prescription"."""
_ASKS_ONLY = word_set(
    "many much long old often far big large tall high deep wide heavy name names called exactly anybody"
    " anyone something anything else ever actually really happen happened happens kind type sort way thing"
    " things time come came go went get got make made take took use used using there s t d ll re ve m"
)
"""Words that say what is wanted of the subject, or little at all; an answer need not repeat them."""


@lru_cache(maxsize=_QUESTIONS_KEPT)
def asked_words(question: str) -> frozenset[str]:
    """Return the keys of the words that a question is about, without those that only ask."""
    words = {
        word for word in _WORD.findall(question.lower()) if word not in STOP_WORDS and word not in _ASKS_ONLY
    }
    return frozenset(_key(word) for word in words if len(word) > 1 or word.isdigit())


def word_keys(text: str) -> frozenset[str]:
    """Return the keys of the words of a text."""
    return frozenset(_key(word) for word in _WORD.findall(text.lower()))


def unmet(asked: Iterable[str], keys: frozenset[str]) -> frozenset[str]:
    """Return those of the asked words that a text with these keys does not have."""
    starts = {key[:_PREFIX] for key in keys}
    return frozenset(
        word for word in asked if word not in keys and not (len(word) >= _PREFIX and word[:_PREFIX] in starts)
    )


def share_unmet(question: str, text: str) -> float:
    """Return the share of the words a question is about that a text does not have, 0 to 1.

    Names, numbers and days count twice: another one is another answer.
    """
    return _share(question, unmet(asked_words(question), word_keys(text)))


def share_elsewhere(question: str, text: str, known: frozenset[str]) -> float:
    """Return the share of the words a question is about that a text does not have, but others have, 0 to 1.

    A word that stands nowhere is likely put in another way. One that stands in another passage is about
    something else: "Garden Street", where the text says what happens in Mill Street.

    Args:
        question: As for ``share_unmet``.
        text: As for ``share_unmet``.
        known: The keys of the words of all passages found.
    """
    missing = unmet(asked_words(question), word_keys(text))
    return _share(question, missing - unmet(missing, known))


def rarity_shares(question: str, texts: Sequence[str]) -> list[float]:
    """Return for each text the share of the words a question is about that it has, 0 to 1, rare ones first.

    A word weighs its inverse document frequency among these texts.
    """
    asked = sorted(asked_words(question))
    lacking = [unmet(asked, word_keys(text)) for text in texts]
    weights = {
        word: log((len(texts) + 1) / (sum(word not in one for one in lacking) + 0.5)) for word in asked
    }
    total = sum(weights.values())
    if not total:
        return [0.0] * len(texts)
    return [sum(weights[word] for word in asked if word not in one) / total for one in lacking]


def _share(question: str, missing: frozenset[str]) -> float:
    asked = asked_words(question)
    firm = _firm_words(question) & asked
    total = len(asked) + len(firm)
    return (len(missing) + len(missing & firm)) / total if total else 0.0


def conflicts(question: str, words: str, around: str) -> bool:
    """Tell whether a sentence gives another year, day or number of a thing than the one asked about.

    "A profit for 2025" for a question about 2024, "Friday" for Saturday, "line 9" for line 8; not if what is
    asked stands anywhere *around* the sentence.
    """
    for pattern in (_YEARS, _WEEKDAYS):
        asked = {match[0].lower().removesuffix("s") for match in pattern.finditer(question)}
        if asked and not any(one in around.lower() for one in asked) and pattern.search(words):
            return True
    for match in _NUMBERED.finditer(question):
        name, number = match["name"].lower(), match["number"]
        if name in STOP_WORDS or name in _COUNTERS or name in _DAYS:
            continue
        same = re.compile(rf"\b{re.escape(name)} (\d{{1,3}})\b(?![.,:]\d)", re.IGNORECASE)
        if same.search(words) and number not in {one[1] for one in same.finditer(around)}:
            return True
    return False


def is_dated_back(
    words: str, text: str, published: date | None, *, ahead: str = "", ago: int = YEARS_AGO, now: int = 0
) -> bool:
    """Tell whether a sentence names years, all of them before the time of its article.

    That is the year in which it was published or, if that is not known, the last one that it names, or *now*.

    Args:
        words: The sentence.
        text: Its article.
        published: When that was.
        ahead: What stands before it: a sentence without a year is of the last one, if it is not of now.
        ago: Years before that time from which on it is of the past.
        now: The year in which it is asked, if the present is asked for by name.
    """
    years = [int(match[0]) for match in _YEARS.finditer(words)]
    if not years and not _PRESENT & frozenset(words_of(words)):
        years = [int(match[0]) for match in _YEARS.finditer(ahead)][-1:]
    if not years:
        return False
    last = published.year if published else max(now, *(int(match[0]) for match in _YEARS.finditer(text)))
    return max(years) + ago <= last


@lru_cache(maxsize=_QUESTIONS_KEPT)
def _firm_words(question: str) -> frozenset[str]:
    words = list(_WORD.finditer(question))[1:]
    named = not question.isupper()
    return frozenset(
        _key(match[0].lower())
        for match in words
        if match[0][0].isdigit() or match[0].lower() in _DAYS or (named and match[0][0].isupper())
    )


@lru_cache(maxsize=_WORDS_KEPT)
def _key(word: str) -> str:
    word = _BASE.get(word, word)
    single = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    short = stem(single)
    doubled = short != single and len(short) > 3 and short[-1] == short[-2] and short[-1] not in "lsz"
    return short[:-1] if doubled else short


_CONTRASTS = {
    word: frozenset(words) - {word}
    for words in load_groups("antonyms", "contrasts").values()
    for word in words
}


def is_of_another(question: str, words: str) -> bool:
    """Tell whether a sentence is about the other one of two things that an adjective tells apart.

    "150 western whales are left" for "how many eastern whales": the thing is the same word or ends in it, as
    "footbridge" in "bridge", and the adjective of the question stands nowhere in the sentence.
    """
    said = words_of(words)
    for which, thing in pairwise(words_of(question)):
        others = _CONTRASTS.get(which, frozenset())
        if not others or thing in STOP_WORDS or any(_is_same_side(which, word) for word in said):
            continue
        if any(first in others and _key(last).endswith(_key(thing)) for first, last in pairwise(said)):
            return True
    return False


_SHORTEST_SIDE = 4


def _is_same_side(one: str, other: str) -> bool:
    """Tell "western" and "west" from "eastern"."""
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= _SHORTEST_SIDE and longer.startswith(shorter))


_LONGEST_NAME = 3


def is_of_namesake(question: str, title: str, text: str, around: str) -> bool:
    """Tell whether a question is about another bearer of the name that is the title of an article.

    "When was Jeanne Valcourt born?" asks nothing of "Ines Valcourt": what her article says is of her, unless
    it names the other one there.

    Args:
        question: As it is looked up.
        title: Of the article.
        text: Its text; it has to know the other one, always with a capital.
        around: A sentence with what stands over and around it.
    """
    name = title.split()
    if not 2 <= len(name) <= _LONGEST_NAME or not all(word.isalpha() and word.istitle() for word in name):
        return False
    own, words, near = title.lower().split(), words_of(question), word_keys(around)
    for first, last in pairwise(words):
        if last.removesuffix("s") != own[-1].removesuffix("s") or first in own or first in STOP_WORDS:
            continue
        written = re.findall(rf"\b{re.escape(first)}\b", text, re.IGNORECASE)
        if written and all(one[0].isupper() for one in written) and _key(first) not in near:
            return True
    return False


_NEAR_SHARE = 0.5
"""Least share of a question's content words that a passage has. Over the demo's articles: "When did Vesuvius
erupt?" finds Tambora (1 of 2), "Who won the football world cup in 2018?" nothing (at best 1 of 5)."""


def near_sentences(question: str, hits: Sequence[Hit], most: int) -> list[tuple[Hit, str]]:
    """Return the passages near a question, in their order, with the sentence of each that is nearest.

    One of each article and at most *most*; none if no passage has half of the question's content words.
    """
    asked = {stem(word) for word in content_words(question)}
    near: dict[int, tuple[Hit, str]] = {}
    for hit in hits:
        if not asked or hit.article.id in near:
            continue
        if len(asked & _stems(hit.text)) < _NEAR_SHARE * len(asked):
            continue
        texts = [span.of(hit.text) for span in sentences(hit.text)] or [hit.text]
        near[hit.article.id] = (hit, max(texts, key=lambda text: len(asked & _stems(text))))
    return list(near.values())[:most]


def _stems(text: str) -> set[str]:
    return {stem(word) for word in words_of(text)}
