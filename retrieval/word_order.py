"""Whether a claim says its words in the order of a sentence, without leaving out what lies between.

"Witnesses said he had manipulated the face" has all words of "He claimed he had manipulated the face,
but witnesses said that he hit him", and "Ada takes her turn" all of "A day after Ada won, Karl takes
his turn". Order tells the first apart, the words left out the second. A passive turns words round,
and dates move freely.
"""

import re

from retrieval.topics import stem
from retrieval.words import STOP_WORDS, words_of

MOST_LEFT_OUT = 4
"""Words that carry meaning between two that follow each other in the claim; a name counts twice."""
_STANDS_FOR = frozenset(("it", "them", "him"))
_NAME = re.compile(r"\b[A-ZÀ-Þ][\w’'-]+")
_PLACES = 6
"""Places of a word that are tried; more are of a list."""
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)\b.{0,60}?\bby\b|\b(?:wurden?|worden)\b")
_ASIDE = re.compile(r",\s+(?:an?|the|who|which|whose|then|now|where)\b[^,;:()]{3,150},|\([^)]{1,150}\)")
"""What a sentence says of a thing in passing: "Tambora, a volcano on Sumbawa, erupted"."""
_MONTHS = frozenset(
    map(
        stem,
        """
        january february march april may june july august september october november december
        """.split(),  # noqa: SIM905 - one word a line would be a page
    )
)


def says_in_order(claim: str, sentence: str) -> bool:
    """Tell whether the claim's words stand in the sentence in their order, close enough together.

    Words that the sentence does not have are passed over.
    """
    if bool(_PASSIVE.search(claim)) != bool(_PASSIVE.search(sentence)):
        return True
    shorter = _ASIDE.sub(" ", sentence)
    lost = set(_content(claim)) & (set(_content(sentence)) - set(_content(shorter)))
    return _in_order(claim, sentence) or (not lost and _in_order(claim, shorter))


def _in_order(claim: str, sentence: str) -> bool:
    theirs = _content(sentence, _STANDS_FOR)
    places: dict[str, list[int]] = {}
    for at, word in enumerate(theirs):
        if word not in _STANDS_FOR:
            places.setdefault(word, []).append(at)
    meant = [at for at, word in enumerate(theirs) if word in _STANDS_FOR]
    for found in places.values():  # "they landed on the Moon and walked on it"
        found += [at for at in meant if at > found[0]]
    mine = [word for word in _content(claim) if word in places and not _moves(word)]
    reached = dict.fromkeys(places[mine[0]][:_PLACES], 0) if mine else {}
    names = {stem(name.lower()) for name in _NAME.findall(sentence)}
    weights = [0 if _moves(word) or word in _STANDS_FOR else 2 if word in names else 1 for word in theirs]
    for word in mine[1:]:
        reached = _onward(reached, places[word][:_PLACES], weights)
    return not mine or any(left_out <= MOST_LEFT_OUT for left_out in reached.values())


def _onward(reached: dict[int, int], places: list[int], weights: list[int]) -> dict[int, int]:
    """Return for each place of the next word what the worst gap so far leaves out, at the least."""
    found: dict[int, int] = {}
    for place in places:
        ways = [
            max(worst, sum(weights[before + 1 : place]))
            for before, worst in reached.items()
            if before < place
        ]
        if ways:
            found[place] = min(ways)
    return found


def _content(words: str, too: frozenset[str] = frozenset()) -> list[str]:
    found = (word for word in words_of(words) if len(word) > 1)
    return [stem(word) for word in found if word not in STOP_WORDS or word in too]


def _moves(word: str) -> bool:
    return word in _MONTHS or word.isdigit()
