"""Aligns the words of a claim with those of a sentence in order, names in particular."""

import re
from collections.abc import Sequence
from itertools import pairwise

from retrieval.text import (
    DATE,
    Pairs,
    Word,
    word_set,
    words_in,
)

_LETTERED = re.compile(r"\b([^\W\d_]{2,})[\s-]([A-HJ-Z])\b(?![.’'])")


def names_other_letter(claim: str, said: str) -> bool:
    """Tell whether a claim is about "Hall B" and what is said about "Hall A"."""
    return not _find_lettered_names(claim) <= _find_lettered_names(said)


def _find_lettered_names(text: str) -> set[tuple[str, str]]:
    return {(match[1].lower(), match[2]) for match in _LETTERED.finditer(text)}


MOST_LEFT_OUT = 4
"""Content words between two that follow each other in the claim; a name counts twice."""
MOST_DATES = 24
"""Dates of a claim and a sentence; more are of a table."""
_STANDS_FOR = frozenset(("it", "them", "him"))
_DAY = re.compile(r"^(?!.*(?:,|\b(?:and|to|or)\b)).*(?:[a-z]\s+\d|\d\s+[A-Z])")
"""Of "12 March 1962" and "March 1962", which a sentence has as they stand."""
_OPENS_PART = word_set("and but while because since although though as so when that")
_PLACES = 6
"""Places of a word that are tried; more are of a list."""
_ASIDE = re.compile(
    r",\s+(?:an?|the|who|which|whose|then|now|where|der|die|das|dem|den|dessen|deren)\b[^,;:()]{3,150},"
    r"|\([^)]{1,150}\)"
)
"""What a sentence says of a thing in passing: "Tambora, a volcano on Sumbawa, erupted"."""
_OF_A_THING = re.compile(r",\s+(?:an?|the)\b|\(")
_LEADS = word_set("until till since before after by from to except not between every through of")
_CLAUSE_END = re.compile(r"[,;:–—]|\band\b|\bbut\b")
_PART_END = re.compile(r"[,;:()–—](?!\d)")


def says_in_order(claim: str, sentence: str) -> bool:
    """Tell whether the claim's words stand in the sentence in their order, close enough together.

    Words that the sentence does not have are passed over.
    """
    return align_words(claim, sentence) is not None


def align_words(claim: str, sentence: str) -> Pairs | None:
    """Return which words of a sentence a claim's words are; nothing if their order or distance is another."""
    mine = [word for word in words_in(claim) if word.has_meaning]
    theirs = words_in(sentence)
    shorter = words_in(_ASIDE.sub(lambda match: " " * len(match[0]), sentence))
    lost = {word.root for word in theirs} - {word.root for word in shorter}
    for source in (theirs, *([] if any(word.root in lost for word in mine) else [shorter])):
        pairs = _in_order(mine, source)
        if pairs and pairs[0][1].text in _STANDS_FOR and pairs[0][1].start not in _subjects(source):
            continue  # "the firm that makes it went bankrupt" is of the firm
        if pairs is not None and _dates_stand(claim, sentence, pairs):
            return pairs
    return None


def blank_asides(sentence: str, kept: Sequence[Word]) -> str:
    """Return a sentence with blanks in the place of each aside that holds none of some words."""

    def blank(match: re.Match[str]) -> str:
        holds = any(match.start() <= word.start < match.end() for word in kept)
        return match[0] if holds else "," + " " * (len(match[0]) - 2) + ","

    return _ASIDE.sub(blank, sentence)


def find_parenthetical_clauses(sentence: str) -> list[tuple[int, int]]:
    """Return where clauses such as ", which engineers had called safe," begin and end."""
    return [match.span() for match in _ASIDE.finditer(sentence) if not _OF_A_THING.match(match[0])]


def _in_order(mine: Sequence[Word], theirs: Sequence[Word]) -> Pairs | None:
    """Return the pairs with the smallest gaps; nothing if a gap leaves too much out or there is no way."""
    source = [word for word in theirs if word.has_meaning or word.text in _STANDS_FOR]
    places = _places(source, _subjects(theirs))
    asked = [word for word in mine if not word.in_date and word.root in places]
    names = {word.root for word in source if word.is_name}
    weights = [0 if w.in_date or w.text in _STANDS_FOR else 2 if w.root in names else 1 for w in source]
    ways: list[dict[int, tuple[int, int]]] = []
    for number, word in enumerate(asked):
        places_of = places[word.root][:_PLACES]
        ways.append(_onward(ways[-1], places_of, weights) if number else _first(places_of, source))
    if not asked:
        return []
    at = min(ways[-1], key=lambda place: ways[-1][place][0], default=-1)
    if at < 0 or ways[-1][at][0] > MOST_LEFT_OUT:
        return None
    pairs = []
    for word, reached in zip(reversed(asked), reversed(ways), strict=True):
        pairs.append((word, source[at]))
        at = reached[at][1]
    return pairs[::-1]


def _first(places: Sequence[int], source: Sequence[Word]) -> dict[int, tuple[int, int]]:
    """Return the ways that begin at a word; rather at the word itself than at an "it" that may mean it."""
    return {at: (int(source[at].text in _STANDS_FOR), -1) for at in places}


def _subjects(theirs: Sequence[Word]) -> frozenset[int]:
    """Return where an "it" stands that is what a part of a sentence speaks of, and so its subject before."""
    return frozenset(
        other.start
        for one, other in pairwise(theirs)
        if other.text in _STANDS_FOR and (one.text in _OPENS_PART or other.start - one.end > 1)  # a comma
    )


def _places(source: Sequence[Word], subjects: frozenset[int] = frozenset()) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for at, word in enumerate(source):
        if word.text not in _STANDS_FOR:
            places.setdefault(word.root, []).append(at)
    meant = [at for at, word in enumerate(source) if word.text in _STANDS_FOR]
    for found in places.values():  # "they landed on the Moon and walked on it"
        first = found[0]
        found += [at for at in meant if at > first and (first == 0 or source[at].start not in subjects)]
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


def _dates_stand(claim: str, sentence: str, pairs: Pairs) -> bool:
    """Tell whether no date of a claim belongs to another clause of a sentence that has several."""
    theirs, own = list(DATE.finditer(sentence)), list(DATE.finditer(claim))
    if own and len(theirs) + len(own) > MOST_DATES:
        return False
    found = [(at, next((n for n, one in enumerate(theirs) if _says(one[0], at[0])), None)) for at in own]
    places = [place for _, place in found if place is not None]
    if places != sorted(places) or any(at is None and _DAY.search(one[0]) for one, at in found):
        return False
    if any(
        n is not None and _date_preposition(claim, at) != _date_preposition(sentence, theirs[n])
        for at, n in found
    ):
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
    ends = (match.span() for match in _PART_END.finditer(text))
    last = date.end() if "," in date[0] else date.end() - 1  # "Thursday, 4 June, to"
    bounds = [span for span in ends if not date.start() <= span[0] <= last]
    start = max((end for _, end in bounds if end <= date.start()), default=0)
    return start, min((begin for begin, _ in bounds if begin >= date.end()), default=len(text))


def _word_with(place: int, pairs: Pairs, *, alone: bool) -> Word:
    """Return the word of a sentence that a claim's date at a place says something of."""
    before = [said for mine, said in pairs if mine.start < place]
    return pairs[-1][1] if alone or not before else before[-1]


def _date_preposition(text: str, date: re.Match[str]) -> str:
    """Return the word that says how a date is meant: until, since, before; nothing for "in" and "on"."""
    before = words_in(text[: date.start()])
    last = [word.text for word in before[-2:]]
    if last[1:] == ["in"] and last[0] in {"than", "as"}:
        return last[0]
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
