"""Whether a claim says its words in the order of a sentence, without leaving out what lies between.

"Witnesses said he had manipulated the face" has all words of "He claimed he had manipulated the face,
but witnesses said that he hit him", and "Ada takes her turn" all of "A day after Ada won, Karl takes
his turn". Order tells the first apart, the words left out the second. A passive turns words round,
and dates move, though not into the clause of another date.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.roots import root
from retrieval.words import STOP_WORDS, word_matches, word_set

MOST_LEFT_OUT = 4
"""Words that carry meaning between two that follow each other in the claim; a name counts twice."""
MOST_DATES = 24
"""Dates of a claim and a sentence; more are of a table."""
_OWNER = re.compile(r"['’]s\b")
_BE = word_set("is are was were be been being wurde wurden worden")
_STANDS_FOR = frozenset(("it", "them", "him"))
_PLACES = 6
"""Places of a word that are tried; more are of a list."""
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)\b.{0,60}?\bby\b|\b(?:wurden?|worden)\b", re.I)
_ASIDE = re.compile(
    r",\s+(?:an?|the|who|which|whose|then|now|where|der|die|das|dem|den|dessen|deren)\b[^,;:()]{3,150},"
    r"|\([^)]{1,150}\)"
)
"""What a sentence says of a thing in passing: "Tambora, a volcano on Sumbawa, erupted"."""
_ONE_DATE = (
    r"(?:(?:[0-3]?\d(?:st|nd|rd|th)?\s+)?(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December)\b(?:\s+[0-3]?\d(?:st|nd|rd|th)?\b(?![\d.]))?(?:,?\s+[12]\d{3}\b)?"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?<![\d.,])(?:1[0-9]|20)\d\d(?!\d|[.,]\d))"
)
_DATE = re.compile(rf"\b{_ONE_DATE}(?:\s*(?:,|\band|\bto|\bor|–|-)\s*{_ONE_DATE})*")
_OF_A_THING = re.compile(r",\s+(?:an?|the)\b|\(")
_LEADS = word_set("until till since before after by from to except not between every through of")
_CLAUSE_END = re.compile(r"[,;:–—]|\band\b|\bbut\b")
_PART_END = re.compile(r"[,;:()–—](?!\d)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence, and where it stands."""

    text: str
    """In lower case."""
    root: str
    start: int
    end: int
    is_name: bool
    in_date: bool
    is_owner: bool
    """Whether it ends in "'s"."""

    @property
    def has_meaning(self) -> bool:
        """Whether it tells what a sentence is about; the others say how its words hang together."""
        return (len(self.text) > 1 or self.text.isdigit()) and self.text not in STOP_WORDS


Pairs = Sequence[tuple[Word, Word]]
"""Words of a claim and the words of a sentence that they stand for, in the sentence's order."""


def says_in_order(claim: str, sentence: str) -> bool:
    """Tell whether the claim's words stand in the sentence in their order, close enough together.

    Words that the sentence does not have are passed over.
    """
    return aligned(claim, sentence) is not None


def aligned(claim: str, sentence: str) -> Pairs | None:
    """Return which words of a sentence a claim's words are; nothing if their order or distance is another."""
    mine = [word for word in words_in(claim) if word.has_meaning]
    theirs = words_in(sentence)
    if is_turned(claim, sentence):
        return _voices_agree(claim, sentence, mine, theirs)
    shorter = words_in(_ASIDE.sub(lambda match: " " * len(match[0]), sentence))
    lost = {word.root for word in theirs} - {word.root for word in shorter}
    for told in (theirs, *([] if any(word.root in lost for word in mine) else [shorter])):
        pairs = _in_order(mine, told)
        if pairs is not None and _dates_stand(claim, sentence, pairs):
            return pairs
    return None


def words_in(text: str) -> list[Word]:
    """Return the words of a sentence with their places."""
    dates = [match.span() for match in _DATE.finditer(text)]
    return [
        Word(
            text=(lower := match[0].lower()),
            root=root(lower),
            start=match.start(),
            end=match.end(),
            is_name=match[0][0].isupper() and len(match[0]) > 1,
            is_owner=bool(_OWNER.match(text, match.end())),
            in_date=any(start <= match.start() < end for start, end in dates),
        )
        for match in word_matches(text)
    ]


def without_asides(sentence: str, kept: Sequence[Word]) -> str:
    """Return a sentence with blanks in the place of each aside that holds none of some words."""

    def blank(match: re.Match[str]) -> str:
        holds = any(match.start() <= word.start < match.end() for word in kept)
        return match[0] if holds else "," + " " * (len(match[0]) - 2) + ","

    return _ASIDE.sub(blank, sentence)


def without_dates(text: str) -> str:
    """Return a text with blanks in the places of its dates, which stand where they like."""
    return _DATE.sub(lambda match: " " * len(match[0]), text)


def clauses_in_passing(sentence: str) -> list[tuple[int, int]]:
    """Return where clauses such as ", which engineers had called safe," begin and end."""
    return [match.span() for match in _ASIDE.finditer(sentence) if not _OF_A_THING.match(match[0])]


def is_turned(claim: str, sentence: str) -> bool:
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


def _in_order(mine: Sequence[Word], theirs: Sequence[Word]) -> Pairs | None:
    """Return the pairs with the smallest gaps; nothing if a gap leaves too much out or there is no way."""
    told = [word for word in theirs if word.has_meaning or word.text in _STANDS_FOR]
    places = _places(told)
    asked = [word for word in mine if not word.in_date and word.root in places]
    names = {word.root for word in told if word.is_name}
    weights = [0 if w.in_date or w.text in _STANDS_FOR else 2 if w.root in names else 1 for w in told]
    ways: list[dict[int, tuple[int, int]]] = []
    for number, word in enumerate(asked):
        places_of = places[word.root][:_PLACES]
        ways.append(_onward(ways[-1], places_of, weights) if number else dict.fromkeys(places_of, (0, -1)))
    if not asked:
        return []
    at = min(ways[-1], key=lambda place: ways[-1][place][0], default=-1)
    if at < 0 or ways[-1][at][0] > MOST_LEFT_OUT:
        return None
    pairs = []
    for word, reached in zip(reversed(asked), reversed(ways), strict=True):
        pairs.append((word, told[at]))
        at = reached[at][1]
    return pairs[::-1]


def _places(told: Sequence[Word]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for at, word in enumerate(told):
        if word.text not in _STANDS_FOR:
            places.setdefault(word.root, []).append(at)
    meant = [at for at, word in enumerate(told) if word.text in _STANDS_FOR]
    for found in places.values():  # "they landed on the Moon and walked on it"
        found += [at for at in meant if at > found[0]]
    return places


def _onward(
    reached: dict[int, tuple[int, int]], places: list[int], weights: list[int]
) -> dict[int, tuple[int, int]]:
    """Return for each place of the next word the least of what its worst gap leaves out, and from where."""
    found: dict[int, tuple[int, int]] = {}
    for place in places:
        ways = [
            (max(worst, sum(weights[before + 1 : place])), before)
            for before, (worst, _) in reached.items()
            if before < place
        ]
        if ways:
            found[place] = min(ways, key=lambda way: (way[0], -way[1]))
    return found


def _voices_agree(claim: str, sentence: str, mine: Sequence[Word], theirs: Sequence[Word]) -> Pairs | None:
    """Return the pairs of an active and a passive sentence if who does it to whom is the same in both."""
    told = [word for word in theirs if word.has_meaning]
    places = _places(told)
    pairs = [(word, told[places[word.root][0]]) for word in mine if word.root in places]
    passive, active = (claim, sentence) if _PASSIVE.search(claim) else (sentence, claim)
    order = [word.root for word in words_in(active)]
    found = [order.index(one) for one in _roles(passive) if one in order]
    return sorted(pairs, key=lambda pair: pair[1].start) if found == sorted(found) else None


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


def _dates_stand(claim: str, sentence: str, pairs: Pairs) -> bool:
    """Tell whether no date of a claim belongs to another clause of a sentence that has several."""
    theirs, own = list(_DATE.finditer(sentence)), list(_DATE.finditer(claim))
    if own and len(theirs) + len(own) > MOST_DATES:
        return False
    found = [(at, next((n for n, one in enumerate(theirs) if _says(one[0], at[0])), None)) for at in own]
    places = [place for _, place in found if place is not None]
    if places != sorted(places):
        return False
    if any(n is not None and _led_by(claim, at) != _led_by(sentence, theirs[n]) for at, n in found):
        return False
    if any(n is not None and _is_of_something_else(claim, at, sentence, theirs[n], pairs) for at, n in found):
        return False
    if len(theirs) < 2 or not pairs:
        return True
    return all(
        _holds_for(sentence, theirs, at, _word_with(date.start(), pairs, alone=len(own) == 1).start)
        for date, at in found
        if at is not None
    )


def _is_of_something_else(
    claim: str, own: re.Match[str], sentence: str, date: re.Match[str], pairs: Pairs
) -> bool:
    """Tell whether a date stands in another part of a sentence, between commas, than what a claim dates."""
    start, end = _part(sentence, date)
    about = [word for word in words_in(sentence[start:end]) if word.has_meaning and not word.in_date]
    if not about or not any(word.has_meaning for word in words_in(sentence[: date.start()])):
        return False
    first, last = _part(claim, own)
    dated = [said for mine, said in pairs if first <= mine.start < last]
    return not dated or not start <= dated[-1].start < end


def _part(text: str, date: re.Match[str]) -> tuple[int, int]:
    """Return where the part of a sentence begins and ends that a date stands in."""
    bounds = [match.span() for match in _PART_END.finditer(text)]
    start = max((end for _, end in bounds if end <= date.start()), default=0)
    return start, min((begin for begin, _ in bounds if begin >= date.end()), default=len(text))


def _word_with(place: int, pairs: Pairs, *, alone: bool) -> Word:
    """Return the word of a sentence that a claim's date at a place says something of."""
    before = [said for mine, said in pairs if mine.start < place]
    return pairs[-1][1] if alone or not before else before[-1]


def _led_by(text: str, date: re.Match[str]) -> str:
    """Return the word that says how a date is meant: until, since, before; nothing for "in" and "on"."""
    before = words_in(text[: date.start()])
    return before[-1].text if before and before[-1].text in _LEADS else ""


def _says(date: str, wanted: str) -> bool:
    have = date.lower().replace(",", " ").split()
    return all(word in have for word in wanted.lower().replace(",", " ").split())


def _holds_for(sentence: str, dates: Sequence[re.Match[str]], at: int, place: int) -> bool:
    """Tell whether a date holds for the word at a place, and no other date of the sentence does."""
    start = _split(sentence, dates[at - 1], dates[at]) if at else 0
    end = _split(sentence, dates[at], dates[at + 1]) if at + 1 < len(dates) else len(sentence)
    return start <= place < end


def _split(sentence: str, one: re.Match[str], other: re.Match[str]) -> int:
    """Return where the first of two dates ceases to hold, and the second begins to."""
    bounds = [match.start() for match in _CLAUSE_END.finditer(sentence, one.end(), other.start())]
    if not bounds:
        return one.end()
    is_first = not any(word.has_meaning for word in words_in(sentence[: one.start()]))
    return bounds[-1] if is_first else bounds[0]
