"""Subjects of verbs, found without a parser: who does what in a clause."""

from retrieval.cues import AUXILIARIES, BREAKS, DAYS, PREPOSITIONS, SUBORDINATORS
from retrieval.phrases import Phrase, is_opening_participle, phrase_at
from retrieval.tokenization import STOPS, Token
from retrieval.tokens import is_finite, is_verb

WINDOW = 80
"""Words looked at on either side of a quotation: without it a line of thousands takes quadratic time."""

_DASHES = frozenset("—–―-")


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


def apposed_name(words: list[Token], phrase: Phrase) -> Phrase:
    """Return the name in "the leader of the union, Ann Lee, said"; else *phrase* itself."""
    if phrase.kind != "noun":
        return phrase
    at = phrase.end
    while at < min(len(words), phrase.end + 8) and words[at].text != ",":
        at += 1
    name = phrase_at(words, at + 1) if at < len(words) and words[at].text == "," else None
    closed = name is not None and name.end < len(words) and words[name.end].text == ","
    return name if name is not None and name.kind == "name" and closed else phrase


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
