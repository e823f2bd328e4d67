"""Whether a sentence says what was done by whom or who did it, and whether both say the same.

"The port was closed by the council" is "The council closed the port", and not "The port closed the
council".
"""

import re
from collections.abc import Sequence

from retrieval.text import Pairs, Word, word_set, words_in

_BE = word_set("is are was were be been being wurde wurden worden")
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)\b.{0,60}?\bby\b|\b(?:wurden?|worden)\b", re.I)
_DOER_END = re.compile(
    r"[,;:.(]|\b(?:in|on|at|with|for|to|from|that|which|who|and|after|before|during|by|as)\b"
)


def is_passive_paraphrase(claim: str, sentence: str) -> bool:
    """Tell whether one says what was done by whom, and the other who did it."""
    passive, other = (claim, sentence) if _PASSIVE.search(claim) else (sentence, claim)
    if _roles(passive)[1:2] and _roles(passive)[1] not in {word.root for word in words_in(other)}:
        return False  # it is about something that the other does not speak of
    return _is_passive(claim, sentence) != _is_passive(sentence, claim)


def _is_passive(one: str, other: str) -> bool:
    """Tell whether a sentence says what was done: "by whom" may stand in the other alone."""
    if _PASSIVE.search(one):
        return True
    verb = _roles(other)[1:2]
    words = words_in(one)
    at = next((at for at, word in enumerate(words) if [word.root] == verb), 0)
    return any(word.text in _BE for word in words[max(0, at - 3) : at])


def voices_agree(claim: str, sentence: str, mine: Sequence[Word], theirs: Sequence[Word]) -> Pairs | None:
    """Return the pairs of an active and a passive sentence if who does it to whom is the same in both."""
    content = [word for word in theirs if word.has_meaning]
    first = {word.root: word for word in reversed(content)}
    pairs = [(word, first[word.root]) for word in mine if word.root in first]
    passive, active = (claim, sentence) if _PASSIVE.search(claim) else (sentence, claim)
    order = [word.root for word in words_in(active)]
    found = [order.index(one) for one in _roles(passive) if one in order]
    verb = _roles(passive)[1:2]
    doers, doing = _doers(passive), order.index(verb[0]) if verb and verb[0] in order else len(order)
    if doers and not doers & set(order[:doing]):
        return None
    return sorted(pairs, key=lambda pair: pair[1].start) if found == sorted(found) else None


def _doers(passive: str) -> set[str]:
    """Return the roots of the words behind "by" that name who does it."""
    match = _PASSIVE.search(passive)
    if match is None or not passive[: match.end()].lower().endswith("by"):
        return set()
    end = _DOER_END.search(passive, match.end())
    return {
        word.root
        for word in words_in(passive[match.end() : end.start() if end else None])
        if word.has_meaning
    }


def _roles(passive: str) -> list[str]:
    """Return the roots of the word behind "by", of the verb, and of the last word before it."""
    match = _PASSIVE.search(passive)
    if match is None:
        return []
    words = [word for word in words_in(passive) if word.has_meaning and not word.in_date]
    behind = [word.root for word in words if word.start >= match.end()] or [""]
    inside = [word.root for word in words if match.start() <= word.start < match.end()]
    verb = [one for one in inside if not one.endswith("ly")] or [""]
    before = [word.root for word in words if word.end <= match.start()] or [""]
    return [behind[0], verb[0], before[-1]]
