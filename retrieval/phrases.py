"""Noun phrases of a line, found without a parser: names, "the mayor", "she"."""

from dataclasses import dataclass

from retrieval.cues import (
    AUXILIARIES,
    BREAKS,
    DAYS,
    DETERMINERS,
    GROUPS,
    NAME_LINK,
    NOT_NAMES,
    PREPOSITIONS,
    PRONOUNS,
    ROLE_ENDINGS,
    SPEECH_VERBS,
    SUBORDINATORS,
)
from retrieval.tokenization import Token
from retrieval.tokens import is_verb


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
    return following.is_capital or (following.text[0].islower() and not verb_next)


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
    if end < len(words) and words[end - 1].is_owner:
        if words[end].is_capital:
            return _name_at(words, end)
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
    while stop < len(words) and not words[stop - 1].is_owner:
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
