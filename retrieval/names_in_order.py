"""Whether the names and figures of a claim stand in the order of a sentence, and apart as they do there.

"Berg beat Holm by 3 to 2" has all words of "Holm beat Berg by 3 to 2", and "a storm in Carolina, north
of Venn" all of "a storm in North Carolina".
"""

import re
from collections.abc import Sequence

from retrieval.date_grammar import MONTH, WEEKDAY_START, without_dates
from retrieval.standalone import COMMON_OPENERS
from retrieval.stemming import root
from retrieval.tokenization import CAPITAL, CAPITALIZED, STOP_WORDS, words_of

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_LETTERED = re.compile(r"\b([^\W\d_]{2,})[\s-]([A-HJ-Z])\b(?![.’'])")
_NAME_OF_TWO = re.compile(rf"\b([{CAPITAL}][a-zß-ÿ]+)\s+(?=([{CAPITAL}][a-zß-ÿ]+))")
NAME_REACH = 3
"""The words of a name stand no farther apart."""
_NO_NAME = re.compile(
    rf"(?:{MONTH}|(?:{WEEKDAY_START})day|Then|Later|Today|Also)$|{COMMON_OPENERS.pattern}",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)\b.{0,60}?\bby\b")


def is_turned_round(claim: str, said: str) -> bool:
    """Tell whether names or numbers that both have stand in another order: who beat whom, from what to what.

    A passive turns two names round and leaves the meaning.
    """
    if not _in_order(_NUMBER.findall(without_dates(claim)), _NUMBER.findall(without_dates(said))):
        return True
    passive = bool(_PASSIVE.search(claim)) != bool(_PASSIVE.search(said))
    names = [
        one for one in CAPITALIZED.findall(claim) if not _NO_NAME.match(one) and one.lower() not in STOP_WORDS
    ]
    return not passive and not _in_order(names, CAPITALIZED.findall(said))


def names_other_letter(claim: str, said: str) -> bool:
    """Tell whether a claim is about "Hall B" and what is said about "Hall A"."""
    return not _lettered(claim) <= _lettered(said)


def _lettered(text: str) -> set[tuple[str, str]]:
    return {(match[1].lower(), match[2]) for match in _LETTERED.finditer(text)}


def joins_names(claim: str, said: str) -> bool:
    """Tell whether words stand together as one name in the claim, but nowhere so in what is said.

    "Mayor Ada Berg" carries "Mayor Berg"; "snow in North Carolina" carries no "North Carolina Snows".
    """
    words = [root(word) for word in words_of(said)]
    for match in _NAME_OF_TWO.finditer(claim):
        if _NO_NAME.match(match.group(1)) or _NO_NAME.match(match.group(2)):
            continue
        one, two = ((words_of(word) or [""])[-1] for word in match.groups())
        first, second = root(one), root(two)
        places = (at for at, word in enumerate(words) if word == first)
        if not any(second in words[at + 1 : at + 1 + NAME_REACH] for at in places):
            return True
    return False


def _in_order(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    places = [theirs.index(one) for one in dict.fromkeys(mine) if one in theirs]
    return places == sorted(places)
