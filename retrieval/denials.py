"""Whether one sentence denies the very thing that another says.

A "not" somewhere in a sentence denies nothing of a claim: "He was not fined and will play" carries
"He will play". What counts is the word that the "not" bears on: the next one that carries meaning, or
the last one before it where it closes its clause, as in German.
"""

import re
from collections.abc import Sequence

from retrieval.opposites import is_opposite, without_doubts
from retrieval.roots import root
from retrieval.words import STOP_WORDS, words_of

FOREIGN_NO = re.compile(
    r"\b(?:nicht|kein\w*|nie|niemals|ohne|pas|jamais|aucune?|nunca|jamás|tampoco|nessun\w*|niet|geen|inte|não|non(?!-))\b",
    re.IGNORECASE,
)
_NO = re.compile(
    rf"\b(?:not|never|no|nobody|none|neither|nor|without|cannot)\b|n[’']t\b|{FOREIGN_NO.pattern}",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;:.!?()“”\"–—]|\b(?:but|while|although|and|who|which|because)\b")
_STILL = frozenset(
    map(
        root,
        """
        yet ever really actually even either longer being get got
        """.split(),  # noqa: SIM905 - one word a line would be a page
    )
)
"""Words between "not" and what it denies."""


def denied(sentence: str) -> list[str]:
    """Return the root of the word that each negation of a sentence bears on."""
    plain = without_doubts(sentence)
    return [word for match in _NO.finditer(plain) for word in _bears_on(plain, match)]


def deny_each_other(claim: str, sentence: str) -> bool:
    """Tell whether exactly one of two sentences denies a word of both, or has its opposite.

    A word that a sentence has twice may be meant otherwise each time: it decides nothing.
    """
    mine, theirs = meaning_words(claim), meaning_words(sentence)
    my_denied, their_denied = denied(claim), denied(sentence)
    pairs = [
        (one in my_denied) == (other in their_denied)
        for one in set(mine) - set(theirs)
        for other in set(theirs) - set(mine)
        if is_opposite(one, other)
    ]
    if pairs:
        return all(pairs)
    turned = set(my_denied) ^ set(their_denied)
    return any(mine.count(word) == 1 and theirs.count(word) == 1 for word in turned)


def said_by_opposites(claim: str, sentence: str) -> frozenset[str]:
    """Return the words that a claim denies and whose opposite a sentence says.

    What "rejected" it "did not approve" it. Not the other way round: what was not approved may wait.
    """
    theirs, refused = set(meaning_words(sentence)), set(denied(sentence))
    return frozenset(
        word
        for word in set(denied(claim)) - theirs
        if any(is_opposite(word, other) for other in theirs - refused)
    )


def meaning_words(sentence: str) -> Sequence[str]:
    """Return the roots of the words that carry meaning, in order."""
    return [root(word) for word in words_of(sentence) if word not in STOP_WORDS and len(word) > 1]


def _bears_on(sentence: str, match: re.Match[str]) -> list[str]:
    after = _CLAUSE_END.split(sentence[match.end() :], maxsplit=1)[0]
    behind = [word for word in meaning_words(after) if word not in _STILL]
    if behind:
        return behind[:1]
    before = _CLAUSE_END.split(sentence[: match.start()])[-1]
    return list(meaning_words(before)[-1:])
