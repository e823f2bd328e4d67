"""Questions that ask for two things: comparisons ("A or B, which is lighter?") and two questions in one.

Each side is looked up by itself and both are shown; a comparison of which only one side is known is refused.
"""

import re
from dataclasses import dataclass
from typing import Literal

from retrieval.answers.coverage import unmet
from retrieval.answers.follow_ups import understand
from retrieval.answers.parts import label_words

_VERSUS = r"(?:vs\.?|versus|v\.)"
_COMPARED = r"(?:compared? (?:to|with)|in comparison (?:to|with)|as opposed to|unlike)"
_MORE = r"(?:[a-z]{3,}er|more|less|fewer|better|worse|farther|further)"
_ASKED = r"(?:which|who|what|whose)(?: (?:one|of (?:them|these|the two)))?"
_NAME = r"[A-ZÀ-Þ\d][\w’'.-]*(?:\s+(?:(?:of|the|and the|de|la|van|von)\s+)?[A-ZÀ-Þ\d][\w’'.-]*)*"
_BETWEEN = re.compile(
    r"^\W*(?P<head>.*?\b(?:differences?|similarit(?:y|ies)|choice|gap|comparison)\s+(?:is\s+)?between)\s+"
    r"(?P<one>.+?)\s+and\s+(?P<other>.+?)(?P<rest>(?:\s+(?:in|on|for|when|as)\s.+)?)\W*$",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    rf"^\W*(?:please )?compare\s+(?P<one>.+?)\s+(?:and|with|to|{_VERSUS})\s+(?P<other>.+?)"
    r"(?P<rest>(?:\s+(?:in|on|by|for)\s.+)?)\W*$",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    rf"^\W*(?P<one>[^,;:?]+?)\s+{_VERSUS}\s+(?P<other>[^,;:?]+?)(?:[,;:]\s*(?P<rest>.*?))?\W*$", re.IGNORECASE
)
_OR = re.compile(
    rf"^\W*(?P<rest>(?:{_ASKED}|who)\b.+?)[,:–—-]+\s*(?P<one>[^,;:?]+?)\s+or\s+(?P<other>[^,;:?]+?)\W*$"
    rf"|^\W*(?P<one_first>[^,;:?]+?)\s+or\s+(?P<other_first>[^,;:?]+?)[,:–—-]+\s*(?P<rest_last>{_ASKED}\b.+?)\W*$",
    re.IGNORECASE,
)
_THAN = re.compile(
    rf"^\W*(?P<verb>is|are|was|were|does|do|did|has|have|can|will)\s+(?P<one>.+?)\s+(?P<rest>{_MORE}(?:\s+[\w’'-]+){{0,4}}?)"
    r"\s+than\s+(?:in\s+|at\s+|on\s+)?(?P<other>.+?)\W*$",
    re.IGNORECASE,
)
_DIFFERENT = re.compile(
    rf"^\W*how\s+(?:is|are|was|were|does|do|did)\s+(?P<one>.+?)\s+(?:different|differ)s?\s+(?:from|to|than)\s+(?P<other>.+?)\W*$"
    rf"|^\W*how\s+(?P<rest>.+?)\s+{_COMPARED}\s+(?P<other_last>.+?)\W*$",
    re.IGNORECASE,
)
_OF_BOTH = re.compile(
    r"^\W*(?:[Ww]hich|[Ww]ho|[Ww]hat)\s+of\s+(?P<one>.+?)\s+(?:and|or)\s+(?P<other>[A-ZÀ-Þ\d][\w’'.-]*(?:\s+[A-ZÀ-Þ\d][\w’'.-]*)*)\s+(?P<rest>.+?)\W*$"
)
_BOTH = re.compile(
    rf"^\W*(?:Are|Were|Is|Was|Do|Did|Does|Have|Has|Can)\s+(?:the\s+)?(?P<one>{_NAME})\s+and\s+(?:the\s+)?(?P<other>{_NAME})\s+"
    r"(?P<rest>(?:both|each|all|the same|of the same|from the same|located|in|two)\b.*?)\W*$"
)
_TWO = re.compile(
    r"^(?P<first>\W*(?:who|what|when|where|why|which|how|whose|did|does|do|is|are|was|were|has|have|can)\b.+?),?\s+and\s+"
    r"(?P<second>(?:who|what|when|where|why|which|how|whose|where’d|where'd|did|does|do|is|are|was|were|has|have)\b.+)$",
    re.IGNORECASE,
)
_AND_WHY = re.compile(
    r"^(?P<first>\W*(?:who|what|when|where|why|which|how)\b.+?),?\s+and\s+(?P<word>why|when|where|how)\W*$",
    re.IGNORECASE,
)
_OWNED = re.compile(r"^(?P<owner>.+?)['’]s?\s+(?P<what>.+)$")
_OWNER = re.compile(r"^(?P<owner>.+?)['’]s?$")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_STANDS_FOR_OTHER = re.compile(r"^(?P<own>.+)\s+ones?$", re.IGNORECASE)
_PERSON = re.compile(r"\b(?:he|she|him|her|his|hers|they|them|their)\b", re.IGNORECASE)
_MIN_SECOND_WORDS = 3


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things that a question asks for."""

    question: str
    """As it is looked up and put to the cross-encoder."""
    name: str = ""
    """What it must be about, for a comparison; empty for a question of its own."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The two things that a question asks for."""

    kind: Literal["comparison", "two questions"]
    first: Side
    second: Side
    is_bare: bool = False
    """Whether a comparison does not say in what: "compare A and B"."""


def sides_of(question: str) -> Sides | None:
    """Return the two things that a question asks for; ``None`` if it is one question."""
    compared = _compared(question)
    if compared is not None:
        one, other, rest = (_plain(part) for part in compared)
        one, other = _with_noun(one, other)
        if label_words(one) and label_words(other) and one.casefold() != other.casefold():
            pair = Side(_asked(one, rest), one), Side(_asked(other, rest), other)
            return Sides("comparison", *pair, is_bare=not rest)
    match = _TWO.match(question)
    if match and len(match["second"].split()) >= _MIN_SECOND_WORDS:
        first = f"{match['first'].strip()}?"
        second = _standing_alone(match["second"].strip(), first)
        return Sides("two questions", Side(first), Side(second)) if second else None
    if match := _AND_WHY.match(question):
        whole = understand(match["word"], f"{match['first'].strip()}?")
        if whole.clean:
            return Sides("two questions", Side(f"{match['first'].strip()}?"), Side(whole.text))
    return None


def _standing_alone(second: str, first: str) -> str:
    """Return the second of two questions with the names of the first; empty if it cannot be asked alone.

    "And where did he work" behind "who built it": only the answer to the first tells who "he" is, so both
    are asked as one. Where both say "she", each is as clear as the other.
    """
    completed = understand(second, first)
    if completed.clean:
        return completed.text
    if _PERSON.search(second) and not _PERSON.search(first):
        return ""
    return second[0].upper() + second[1:]


def own_words(sides: Sides) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words by which each of two compared things is told from the other."""
    one, other = label_words(sides.first.name), label_words(sides.second.name)
    return (one - other) or one, (other - one) or other


def is_about_side(words: frozenset[str], text: str) -> bool:
    """Tell whether a text names one side of a comparison: most of the words by which it differs."""
    missing = unmet(words, label_words(text))
    return len(words) > 0 and 2 * len(missing) < len(words)


def is_firm(name: str) -> bool:
    """Tell a name, or something with a number, from what may be called otherwise too."""
    return any(word[0].isupper() or word[0].isdigit() for word in name.split())


def _compared(question: str) -> tuple[str, str, str] | None:
    """Return both names of a comparison, and what is asked of them."""
    for pattern in (_BETWEEN, _COMPARE, _OF_BOTH, _BOTH):
        if match := pattern.match(question):
            return match["one"], match["other"], match["rest"]
    if match := _OR.match(question):
        if match["one"]:
            return match["one"], match["other"], match["rest"]
        return match["one_first"], match["other_first"], match["rest_last"]
    if match := _AGAINST.match(question):
        return _aligned(match["one"], match["other"], match["rest"] or "")
    if match := _THAN.match(question):
        return match["one"], match["other"], match["rest"]
    if (match := _DIFFERENT.match(question)) and match["one"]:
        owned = _OWNED.match(match["one"]), _OWNER.match(match["other"])
        if owned[0] and owned[1]:  # "How is Berg's boat different from Kern's?"
            return owned[0]["owner"], owned[1]["owner"], owned[0]["what"]
        return match["one"], match["other"], ""
    return None


def _aligned(one: str, other: str, rest: str) -> tuple[str, str, str]:
    """Take what both are asked about off the second name: "BD-330 vs BD-350 fuse"."""
    words, named = other.split(), len(one.split())
    if not rest and len(words) > named:
        return one, " ".join(words[:named]), " ".join(words[named:])
    return one, other, rest


def _with_noun(one: str, other: str) -> tuple[str, str]:
    """Put a noun for "one": "the 2010 drought" and "the 2005 one"."""
    match = _STANDS_FOR_OTHER.match(other)
    if match is None:
        return one, other
    noun = one.split()[-1]
    return one, f"{match['own']} {noun}"


def _plain(part: str | None) -> str:
    return _ARTICLE.sub("", (part or "").strip(" ,;:?!.–—-"))


def _asked(name: str, rest: str) -> str:
    return f"{name}: {rest}?" if rest else f"What is said about {name}?"
