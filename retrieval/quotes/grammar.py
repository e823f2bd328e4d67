"""Noun phrases and clauses around a quotation, as far as attribution needs them."""

from dataclasses import dataclass

from retrieval.nlp import (
    AUXILIARIES,
    BREAKS,
    DAYS,
    DETERMINERS,
    FEMALE,
    GROUPS,
    MALE,
    NAME_LINK,
    NOT_NAMES,
    PREPOSITIONS,
    PRONOUNS,
    ROLE_ENDINGS,
    SPEECH_VERBS,
    SUBORDINATORS,
    TITLES,
    is_finite,
    is_verb,
)
from retrieval.text import STOPS, Token, word_set


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase ``words[start:end]``; *kind* is ``name``, ``noun`` or ``pronoun``."""

    start: int
    end: int
    kind: str


def phrase_at(words: list[Token], at: int) -> Phrase | None:
    """Return the noun phrase that begins at *at*, if one does."""
    if not 0 <= at < len(words):
        return None
    first = words[at]
    if first.is_quotation:
        return None
    if first.lower in PRONOUNS and first.text not in {"IT", "US", "WHO"}:
        return Phrase(at, at + 1, "pronoun")
    if first.lower == "that" and at + 1 < len(words) and words[at + 1].is_capital:
        return None
    if first.lower in DETERMINERS:
        end = _noun_end(words, at)
        return Phrase(at, end, "noun") if end else None
    if first.is_capital and not _only_opens(words, at):
        return _name_at(words, at)
    if first.lower in GROUPS:
        return Phrase(at, at + 1, "noun")
    return None


def titled_name_at(words: list[Token], at: int, most: int = 5) -> Phrase | None:
    """Return the phrase at *at*, also when words such as "former attorney" come before a name."""
    for ahead in range(at, min(at + most, len(words))):
        phrase = phrase_at(words, ahead)
        if phrase is not None:
            return phrase if ahead == at or phrase.kind == "name" else None
        lower = words[ahead].lower
        if (
            not (words[ahead].text[0].isalnum() or words[ahead].text == "/")
            or lower in PREPOSITIONS
            or lower in BREAKS
            or is_verb(words, ahead)
        ):
            return None
    return None


def is_opening_participle(words: list[Token], at: int) -> bool:
    """Return whether a sentence opens at *at* with a participle ("Addressing the crowd, …")."""
    word = words[at]
    if not (word.opens and word.is_capital and word.lower.endswith(("ing", "ed"))) or at + 1 >= len(words):
        return False
    following = words[at + 1]
    verb_next = following.lower in SPEECH_VERBS or following.lower in AUXILIARIES
    return not following.text[0].isalpha() or following.is_capital or not verb_next


def _only_opens(words: list[Token], at: int) -> bool:
    word = words[at]
    if word.text.isupper() and len(word.text) > 1:
        return False
    if word.lower in NOT_NAMES:
        return True
    opening = word.lower.endswith("ly") or word.lower in PREPOSITIONS or word.lower in SUBORDINATORS
    return (word.opens and opening and at + 1 < len(words)) or is_opening_participle(words, at)


def _name_at(words: list[Token], at: int) -> Phrase:
    end = _name_end(words, at)
    for _ in range(_MAX_OWNERS):
        if end >= len(words) or not words[end - 1].is_owner or not words[end].is_capital:
            break
        at, end = end, _name_end(words, end)
    if end < len(words) and words[end - 1].is_owner:
        longer = _noun_end(words, end - 1)
        return Phrase(at, longer, "noun") if longer else Phrase(at, end, "name")
    for roles in (1, 2):
        last = end + roles - 1
        if (
            last + 1 >= len(words)
            or not words[last].lower.endswith(ROLE_ENDINGS)
            or not words[last].text.isalpha()
        ):
            break
        if words[last].lower in PREPOSITIONS or words[last].lower in AUXILIARIES or is_verb(words, last):
            break
        if words[last + 1].is_capital and not words[last].is_capital:
            return Phrase(at, _name_end(words, last + 1), "name")
    return Phrase(at, end, "name")


def _name_end(words: list[Token], at: int) -> int:
    stop = at + 1
    while stop < min(len(words), at + _MAX_NAME_WORDS) and not words[stop - 1].is_owner:
        word = words[stop]
        links = word.text == "&" or word.lower in NAME_LINK
        if word.is_capital and word.lower not in DAYS and not word.opens:
            stop += 1
        elif links and stop + 1 < len(words) and words[stop + 1].is_capital:
            stop += 2
        else:
            break
    return stop


def _noun_end(words: list[Token], at: int) -> int | None:
    stop = at + 1
    alone = words[at].lower in {
        "one",
        "some",
        "many",
        "several",
        "most",
        "two",
        "three",
        "both",
        "all",
        "another",
    }
    while stop < len(words) and stop - at < 9:
        word = words[stop]
        lower = word.lower
        if not word.text[0].isalnum() or lower in PREPOSITIONS or lower in BREAKS or lower in PRONOUNS:
            break
        if (
            lower in AUXILIARIES
            or lower in DETERMINERS
            or ((stop > at + 1 or alone) and is_verb(words, stop))
        ):
            break
        if stop > at + 1 and lower.endswith("ed") and not word.is_capital:
            break
        stop += 1
    return stop if stop > at + 1 or alone else None


_PEOPLE = word_set("one another other others some")
_NO_ROLES = (
    PREPOSITIONS
    | DETERMINERS
    | word_set(
        "letter paper newspaper number order river water power tower winter summer center matter offer"
    )
)
"""Words that end as those for people do."""
_BEFORE_PLACE = word_set("new north south east west saint st")
_MAX_NAME_WORDS = 12
"""A longer row of capitals is a heading or a list; read again from each word, it takes quadratic time."""
_MAX_OWNERS = 4
"""Owners in a row, as in "Northwind's Paris office's Ann Lee"."""
WINDOW = 80
"""Words looked at on either side of a quotation: without it a line of thousands takes quadratic time."""

_DASHES = frozenset("—–―-")
_CLOSE_APPOSITION = frozenset((",", "(", ")", ".", "!", "?", ";", *_DASHES))


def subject_of(words: list[Token], verb: int) -> Phrase | None:
    """Return the subject of the verb at index *verb*."""
    at = verb - 1
    while at >= 0 and (words[at].lower in AUXILIARIES or words[at].lower.endswith("ly")):
        at -= 1
    if at < 0:
        return None
    if is_finite(words, verb) or _follows_with(words, at):
        near = _phrase_ending(words, at)
        if near is not None:
            return near
    start = clause_start(words, at)
    if words[at].lower in {"and", "or"} and verb - at <= 2:
        for earlier in range(at - 1, start, -1):
            if is_verb(words, earlier) and is_finite(words, earlier):
                return subject_of(words, earlier)
    return first_subject(words, start, verb)


def clause_start(words: list[Token], at: int) -> int:
    """Return where the clause that holds *at* begins."""
    depth = 0
    farthest = at - WINDOW
    while at >= max(0, farthest):
        word = words[at]
        depth += (word.text == ")") - (word.text == "(")
        if depth < 0:
            return at + 1
        stops = word.text in ";:" or (word.text in STOPS and at > 0)
        if depth == 0 and (stops or (word.lower in BREAKS and _begins_clause(words, at))):
            return at + 1
        at -= 1
    return at + 1


def first_subject(words: list[Token], start: int, end: int) -> Phrase | None:
    """Return the first noun phrase in ``words[start:end]`` that no preposition governs."""
    at = start = max(start, end - WINDOW)
    fallback: Phrase | None = None
    governed = False
    while at < end:
        word = words[at]
        if word.text in {",", ")"} or word.text in _DASHES or word.is_quotation:
            governed = False
        elif word.lower in PREPOSITIONS or word.lower in SUBORDINATORS or is_opening_participle(words, at):
            governed = True
        phrase = None if word.lower in PREPOSITIONS else phrase_at(words, at)
        if phrase is None:
            at += 1
            continue
        owns = words[phrase.end - 1].is_owner and phrase.end < end
        if words[at].lower not in DAYS and phrase.end <= end:
            if not governed and not owns:
                return phrase
            fallback = fallback or phrase
        at = max(phrase.end, at + 1)
    return fallback


def apposed_name(words: list[Token], phrase: Phrase, *, inverted: bool = False) -> Phrase:
    """Return the name in "the leader of the union, Ann Lee, said"; else *phrase* itself.

    Behind an *inverted* verb ("said the leader, Ann Lee") the name may also end the words.
    """
    if phrase.kind != "noun":
        return phrase
    at = phrase.end
    while at < min(len(words), phrase.end + 8) and words[at].text != ",":
        at += 1
    name = phrase_at(words, at + 1) if at < len(words) and words[at].text == "," else None
    if name is None or name.kind != "name" or words[name.start].lower in DAYS:
        return phrase
    place = words[at - 1].is_capital  # "a resident of Dover, Kent"
    first = words[name.start].lower
    if place and (name.end - name.start == 1 or first in _BEFORE_PLACE) and first not in FEMALE | MALE:
        return phrase
    closed = name.end == len(words) if inverted else False
    closed = closed or (name.end < len(words) and words[name.end].text in _CLOSE_APPOSITION)
    return name if closed else phrase


def is_person(words: list[Token], phrase: Phrase) -> bool:
    """Return whether a noun phrase tells what one person or several are: "the engineer", "critics"."""
    return any(_is_role(word.lower) for word in words[phrase.start : phrase.end])


def _is_role(word: str) -> bool:
    if word in TITLES or word in GROUPS or word in _PEOPLE:
        return True
    return word.endswith(ROLE_ENDINGS) and not word.endswith("ment") and word not in _NO_ROLES


def _phrase_ending(words: list[Token], at: int) -> Phrase | None:
    """Return the phrase whose last word is *at*, led back over "of …" to its head."""
    for begin in range(at, max(-1, at - 9), -1):
        phrase = phrase_at(words, begin)
        if phrase is None or phrase.end != at + 1:
            continue
        longer = phrase_at(words, begin - 1)
        if longer is not None and longer.end == phrase.end:
            continue
        if phrase.kind == "pronoun":
            return phrase if words[begin].lower != "who" else None
        before = words[begin - 1] if begin else None
        if before is None or before.text == "," or before.is_quotation or not before.text[0].isalnum():
            return phrase
        if before.lower in PREPOSITIONS:
            return (
                _phrase_ending(words, begin - 2)
                if begin >= 2 and before.lower not in SUBORDINATORS
                else phrase
            )
        if before.is_owner:
            return phrase
        return phrase
    return None


def _follows_with(words: list[Token], at: int) -> bool:
    return any(words[back].lower == "with" for back in range(max(0, at - 4), at))


def _begins_clause(words: list[Token], at: int) -> bool:
    if words[at].lower in {"that", "so", "yet"}:
        return phrase_at(words, at + 1) is not None
    if words[at].lower in {"which", "whose"}:
        return False
    return phrase_at(words, at + 1) is not None and at > 0 and words[at - 1].text == ","
