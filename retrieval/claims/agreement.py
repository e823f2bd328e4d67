"""Whether figures, times and persons of a claim are those of the sentence that it rests on.

Figures are compared in their order and with their number, and each in its place: "from 1299 to 1299" is
not "from 1299 to 1326". A claim may not change when something holds ("has led", "had led"), nor who is
meant ("her pupils", "his pupils").
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from retrieval.claims.verb_forms import FINITE
from retrieval.text import Pairs, Word, word_set, words_in

_FIGURE = re.compile(
    r"\d+(?:[.,]\d+)*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|hundred|thousand|million|billion|dozen|half|quarter|once|twice)\b",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s*(?:,|and|or|to|–|-|,\s+and)\s+$|\s*[–-]\s*$")
_VERB = re.compile(rf"\b{FINITE}\b")
_TIMES = {
    **dict.fromkeys(("has", "have"), "has"),
    **dict.fromkeys(("is", "are", "am"), "is"),
    **dict.fromkeys(("was", "were"), "was"),
    "had": "had",
    "will": "will",
    "would": "would",
    "shall": "will",
}
_PERSONS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("they", "them", "their", "theirs"), "they"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
}
_PAST = re.compile(r"\w{2,}ed$")
_PRESENT = re.compile(r"\w{2,}[^s]s$")
_DID = word_set("did does do to will would shall can could may might must should be")
_LEADS_DATE = word_set("in on since until till before after by from to between during through around about")


def agrees(claim: str, sentence: str, pairs: Pairs) -> bool:
    """Tell whether a claim changes no figure, no time and no person of a sentence."""
    mine, theirs = words_in(claim), words_in(sentence)
    return (
        _same_figures(claim, sentence)
        and _same_places(claim, sentence)
        and _same_times(mine, theirs, pairs)
        and _same_persons(mine, theirs)
    )


def _same_figures(claim: str, sentence: str) -> bool:
    """Tell whether all figures of a claim stand in a sentence, in this order and as often."""
    said = iter([match[0].lower() for match in _FIGURE.finditer(sentence)])
    return all(figure in said for figure in (match[0].lower() for match in _FIGURE.finditer(claim)))


def _same_places(claim: str, sentence: str) -> bool:
    """Tell whether "in 1941 and 1972" joins no two years of which each belongs to a verb of its own."""
    said = list(_FIGURE.finditer(sentence))
    at = 0
    for one, other in pairwise(_FIGURE.finditer(claim)):
        places = [n for n in range(at, len(said)) if said[n][0].lower() == one[0].lower()]
        if not places:
            return True
        at = places[0]
        behind = [n for n in range(at + 1, len(said)) if said[n][0].lower() == other[0].lower()]
        if not behind:
            return True
        if _LISTED.fullmatch(claim, one.end(), other.start()):
            between = sentence[said[at].end() : said[behind[0]].start()]
            if _VERB.search(between) or len(between.split()) > _FARTHEST:
                return False
    return True


_FARTHEST = 10
"""Words between two figures of a list."""


def _same_times(mine: Sequence[Word], theirs: Sequence[Word], pairs: Pairs) -> bool:
    own = {_TIMES[word.text] for word in mine if word.text in _TIMES}
    said = {_TIMES[word.text] for word in theirs if word.text in _TIMES}
    if own - said and said - own:
        return False
    if own - said and not own <= {"was", "is"}:
        return False
    if _count(mine, "had") > _count(theirs, "had"):
        return False  # "has had" is not "had had"
    place = {word.start: at for at, word in enumerate(theirs)}
    my_place = {word.start: at for at, word in enumerate(mine)}
    for word, other in pairs:
        before = _time_before(mine, my_place[word.start])
        there = _time_before(theirs, place[other.start])
        if before and there and before != there:
            return False
        if there in {"will", "would"} and before != there:
            return False
        if _PAST.match(word.text) and _PRESENT.match(other.text):
            return False
        if _PRESENT.match(word.text) and _PAST.match(other.text):
            return False
    return True


def _count(words: Sequence[Word], text: str) -> int:
    return sum(word.text == text for word in words)


def _time_before(words: Sequence[Word], at: int) -> str:
    """Return the time that the auxiliary right before a word gives it."""
    for word in reversed(words[max(0, at - 3) : at]):
        if word.text in _TIMES:
            return _TIMES[word.text]
        if word.has_meaning and not word.text.endswith("ly"):
            return ""
    return ""


def _same_persons(mine: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Tell whether a claim has no "his" of which a sentence knows nothing."""
    own = {_PERSONS[word.text] for word in mine if word.text in _PERSONS}
    return own <= {_PERSONS[word.text] for word in theirs if word.text in _PERSONS}
