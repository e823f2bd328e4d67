"""Who spoke: the mention of a person beside a quotation, found without a parser.

Rules look for a verb of speech and its subject, after the quotation, then before it.
They prefer no speaker to a wrong one.
"""

import re
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
    SPEECH_VERBS,
)
from retrieval.domain import Span

_WORD = re.compile(r"\w+(?:[’'\-.&]\w+)*(?:\.(?=\s*[A-Za-z]))?|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a sign of the text."""

    start: int
    end: int
    text: str

    @property
    def lower(self) -> str:
        """The word in lower case, without a possessive ending."""
        return re.sub(r"[’']s$", "", self.text.lower())


@dataclass(frozen=True, slots=True)
class Attribution:
    """A mention of whoever speaks, and the words that say so."""

    mention: Span
    cue: Span | None
    kind: str
    """``name``, ``noun`` or ``pronoun``."""


def words_of(text: str, start: int, end: int) -> list[Word]:
    """Return the words and signs of ``text[start:end]``."""
    return [Word(m.start(), m.end(), m.group()) for m in _WORD.finditer(text, start, end)]


def is_verb(word: Word) -> bool:
    """Return whether *word* can announce speech."""
    return word.text.lower() in SPEECH_VERBS


def phrase_at(words: list[Word], at: int) -> tuple[int, str] | None:
    """Return where the noun phrase that begins at *at* ends, and its kind; ``None`` if none does."""
    if at >= len(words):
        return None
    first = words[at]
    if first.lower in PRONOUNS and first.text != "IT":
        return at + 1, "pronoun"
    if _is_name(first) and (first.lower not in NOT_NAMES or first.text.isupper()):
        return _name_end(words, at), "name"
    if first.lower in DETERMINERS or first.lower in GROUPS:
        return _noun_end(words, at)
    return None


def subject_before(words: list[Word], verb: int) -> tuple[int, int, str] | None:
    """Return the subject of the verb at index *verb* as ``start, end, kind``."""
    at = verb - 1
    while at >= 0 and (words[at].lower in AUXILIARIES or words[at].text.endswith("ly")):
        at -= 1
    if at < 0:
        return None
    left = _clause_start(words, at)
    return first_subject(words, left, at + 1)


def first_subject(words: list[Word], start: int, end: int) -> tuple[int, int, str] | None:
    """Return the first noun phrase in ``words[start:end]`` that no preposition governs."""
    at = start
    fallback: tuple[int, int, str] | None = None
    governed = False
    while at < end:
        word = words[at]
        if word.lower in PREPOSITIONS:
            governed = True
        elif word.text == ",":
            governed = False
        phrase = phrase_at(words, at) if word.lower not in PREPOSITIONS else None
        if phrase is None:
            at += 1
            continue
        stop, kind = min(phrase[0], end), phrase[1]
        owner = words[stop - 1].text.endswith(("’s", "'s", "’", "'"))
        if not governed and words[at].lower not in DAYS and not (owner and stop < end):
            return at, stop, kind
        if words[at].lower not in DAYS:
            fallback = (at, stop, kind)
        at = max(stop, at + 1)
    return fallback


def _clause_start(words: list[Word], at: int) -> int:
    depth = 0
    while at >= 0:
        text = words[at].text
        if text == ")":
            depth += 1
        elif text == "(":
            depth -= 1
        elif depth <= 0 and (
            text in ";:—–\ufffc" or (words[at].lower in BREAKS and _opens_clause(words, at))
        ):
            return at + 1
        at -= 1
    return 0


def _opens_clause(words: list[Word], at: int) -> bool:
    if words[at].lower in {"that", "but", "so", "yet"}:
        return True
    if words[at].lower in {"which", "whose"}:
        return False
    return phrase_at(words, at + 1) is not None and at > 0 and words[at - 1].text == ","


def _is_name(word: Word) -> bool:
    return word.text[:1].isupper()


def _name_end(words: list[Word], at: int) -> int:
    stop = at + 1
    while stop < len(words):
        word = words[stop]
        gap_is_possessive = words[stop - 1].text.endswith(("’s", "'s"))
        if _is_name(word) and word.lower not in DAYS and not gap_is_possessive:
            stop += 1
        elif word.text.lower() in NAME_LINK and stop + 1 < len(words) and _is_name(words[stop + 1]):
            stop += 2
        elif word.text in {"&", "."} and stop + 1 < len(words) and _is_name(words[stop + 1]):
            if word.text == "." and words[stop - 1].lower not in {
                "sen",
                "rep",
                "gov",
                "mr",
                "mrs",
                "ms",
                "dr",
            }:
                break
            stop += 2
        else:
            break
    return stop


def _noun_end(words: list[Word], at: int) -> tuple[int, str] | None:
    stop = at + 1
    kind = "noun"
    while stop < len(words) and stop - at < 8:
        word = words[stop]
        lower = word.text.lower()
        if not word.text[0].isalnum() or lower in PREPOSITIONS or lower in BREAKS or lower in PRONOUNS:
            break
        if lower in AUXILIARIES or (lower in SPEECH_VERBS and stop > at + 1):
            break
        if lower in DETERMINERS or (stop > at + 1 and lower.endswith("ed")):
            break
        stop += 1
    if stop == at + 1 and words[at].lower not in GROUPS:
        return None
    return stop, kind
