"""Words that deny a sentence, and pairs of words that cannot both be true of a thing.

Short on purpose: each pair here turns a sentence round when it is the only word that changed.
"""

import re
from collections.abc import Set as AbstractSet

from retrieval.roots import root
from retrieval.topics import stem

_NEGATION = re.compile(r"\b(?:not|never|no|nobody|none|neither|nor|without|cannot)\b|n[’']t\b", re.IGNORECASE)
_DOUBTS = re.compile(
    r"\b(?:not only|no longer than|no more than|no fewer than|no less than|not least)\b"
    r"|\bno\s*-\s*brainers?\b",
    re.I,
)
_NEITHER_NOR = re.compile(r"\bneither\b.*?\bnor\b", re.IGNORECASE)
_LEFT_OUT = frozenset(("not only", "not least", "no-brainer"))
_PAIRS = """
rose fell
rises falls
rise fall
rising falling
increased decreased
increase decrease
increases decreases
gained lost
won lost
wins loses
accepted rejected
approved rejected
passed rejected
adopted rejected
backed opposed
supported opposed
supports opposes
confirmed denied
admitted denied
guilty innocent
convicted acquitted
alive dead
survived died
opened closed
open closed
safe unsafe
safe dangerous
legal illegal
lawful unlawful
allowed banned
permitted forbidden
possible impossible
successful unsuccessful
succeeded failed
higher lower
more fewer
more less
upheld overturned
strengthened weakened
improved worsened
true false
inside outside
northern southern
eastern western
"""
_OPPOSITES = frozenset(frozenset(map(stem, line.split())) for line in _PAIRS.split("\n") if line)
_OPPOSITE_ROOTS = frozenset(frozenset(map(root, line.split())) for line in _PAIRS.split("\n") if line)


def negations(sentence: str) -> int:
    """Return how often a sentence denies; "not only" and "no more than" deny nothing."""
    plain = _NEITHER_NOR.sub(" not ", _DOUBTS.sub("", sentence))
    return len(_NEGATION.findall(plain))


def without_doubts(sentence: str) -> str:
    """Return a sentence without phrases such as "not only", which deny nothing."""
    return _DOUBTS.sub(" ", sentence)


def same_doubts(claim: str, sentence: str) -> bool:
    """Tell whether two sentences hedge alike: "not only made" is more than "made", "no more than" less.

    A claim may leave "not only" and "not least" out.
    """
    mine = {match[0].lower() for match in _DOUBTS.finditer(claim)}
    theirs = {match[0].lower() for match in _DOUBTS.finditer(sentence)}
    return mine <= theirs and theirs - mine <= _LEFT_OUT


def is_opposite(one: str, other: str) -> bool:
    """Tell whether two roots are a pair of opposites."""
    return frozenset((one, other)) in _OPPOSITE_ROOTS


def are_opposites(one: AbstractSet[str], other: AbstractSet[str]) -> tuple[str, str] | None:
    """Return the stems by which two sets differ if they are a pair of opposites and nothing but one."""
    pairs = [(a, b) for a in sorted(one) for b in sorted(other) if frozenset((a, b)) in _OPPOSITES]
    return pairs[0] if len(pairs) == 1 else None


def is_opposite_pair(one: AbstractSet[str], other: AbstractSet[str]) -> bool:
    """Tell whether any word of one set is the opposite of one in the other."""
    return any(frozenset((a, b)) in _OPPOSITES for a in one - other for b in other - one)
