"""A line of text as words, noun phrases and subjects of verbs, read without a parser.

The text comes with its quotations masked, so that what people say is never mistaken for
what the article says about them.
"""

import re
from dataclasses import dataclass

from retrieval.cues import (
    AUXILIARIES,
    BASE_VERBS,
    BEFORE_BASE,
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

MASK = "\ufffc"
_TOKEN = re.compile(
    MASK + r"+"
    r"|(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Govs?|Gen|Lt|Col|Sgt|Capt|Rev|Prof|St|Jr|Sr|Hon|Del|Maj|Adm|Messrs|vs|No)\."
    r"|\((?:[A-Z]-)?[A-Z][\w.]{0,9}\)|[A-Z]-(?:[A-Z][a-z]+\.|(?:[A-Z]\.){2})|(?:[A-Z]\.){1,4}(?=[\s,A-Z’'])"
    r"|\w+(?:[’'\-.&]\w+)*[’'](?=\s[A-Z])|\w+(?:[’'\-.&]\w+)*|[^\w\s]"
)
_STOPS = frozenset(".!?…")
_DASHES = frozenset("—–―-")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, a sign, or a whole quotation of the text."""

    start: int
    end: int
    text: str
    lower: str
    """Lower case, without a possessive ending."""
    opens: bool
    """Whether it begins a sentence."""

    @property
    def is_quotation(self) -> bool:
        """Whether it stands for a whole quotation."""
        return self.text[0] == MASK

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_owner(self) -> bool:
        """Whether it ends in a possessive."""
        return self.text.endswith(("’s", "'s", "’", "'")) and len(self.text) > 1


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase ``words[start:end]``; *kind* is ``name``, ``noun`` or ``pronoun``."""

    start: int
    end: int
    kind: str


def words_of(masked: str, start: int, end: int) -> list[Word]:
    """Return the words, signs and quotations of ``masked[start:end]``."""
    found: list[Word] = []
    opens = True
    for match in _TOKEN.finditer(masked, start, end):
        text = match.group()
        if text[0] == "(" and len(text) > 1:
            continue  # a party and state, "(D-Mich.)", or a short form
        lower = text.lower()
        if lower.endswith(("’s", "'s")):
            lower = lower[:-2]
        found.append(Word(match.start(), match.end(), text, lower, opens))
        opens = text in _STOPS or (opens and not text[0].isalnum())
    return found


def is_verb(words: list[Word], at: int) -> bool:
    """Return whether the word at *at* announces speech there."""
    word = words[at]
    if word.lower not in SPEECH_VERBS or (word.is_capital and not word.opens) or word.is_owner:
        return False
    before = words[at - 1] if at else None
    if word.lower in BASE_VERBS and not word.lower.endswith("ed") and word.lower != "put":
        return before is not None and (before.lower in BEFORE_BASE or before.lower.endswith(("n't", "n’t")))
    if before is None or word.lower.endswith(("ed", "ing")):
        return before is None or (before.lower not in DETERMINERS and not before.is_owner)
    noun_before = before.lower in DETERMINERS or before.lower in PREPOSITIONS or before.is_owner
    return not noun_before or before.lower in {"as", "that", "this", "all", "one", "some", "most", "many"}


def is_finite(words: list[Word], at: int) -> bool:
    """Return whether the verb at *at* has a subject of its own."""
    if words[at].lower.endswith("ing"):
        return False
    back = at - 1
    while back >= 0 and words[back].lower.endswith("ly"):
        back -= 1
    return back < 0 or words[back].lower not in {"to", "by", "for", "of", "and", "or"}


def phrase_at(words: list[Word], at: int) -> Phrase | None:
    """Return the noun phrase that begins at *at*, if one does."""
    if not 0 <= at < len(words):
        return None
    first = words[at]
    if first.is_quotation:
        return None
    if first.lower in PRONOUNS and first.text not in {"IT", "US", "WHO"}:
        return Phrase(at, at + 1, "pronoun")
    if first.lower in DETERMINERS:
        end = _noun_end(words, at)
        return Phrase(at, end, "noun") if end else None
    if first.is_capital and not _only_opens(words, at):
        return _name_at(words, at)
    if first.lower in GROUPS:
        return Phrase(at, at + 1, "noun")
    return None


def titled_name_at(words: list[Word], at: int, most: int = 5) -> Phrase | None:
    """Return the phrase at *at*, also when words such as "former attorney" come before a name."""
    for ahead in range(at, min(at + most, len(words))):
        phrase = phrase_at(words, ahead)
        if phrase is not None:
            return phrase if ahead == at or phrase.kind == "name" else None
        lower = words[ahead].lower
        if (
            not words[ahead].text[0].isalpha()
            or lower in PREPOSITIONS
            or lower in BREAKS
            or is_verb(words, ahead)
        ):
            return None
    return None


def subject_of(words: list[Word], verb: int) -> Phrase | None:
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
    return first_subject(words, clause_start(words, at), verb)


def clause_start(words: list[Word], at: int) -> int:
    """Return where the clause that holds *at* begins."""
    depth = 0
    while at >= 0:
        word = words[at]
        depth += (word.text == ")") - (word.text == "(")
        if depth < 0:
            return at + 1
        stops = word.text in ";:" or (word.text in _STOPS and at > 0)
        if depth == 0 and (stops or (word.lower in BREAKS and _begins_clause(words, at))):
            return at + 1
        at -= 1
    return 0


def first_subject(words: list[Word], start: int, end: int) -> Phrase | None:
    """Return the first noun phrase in ``words[start:end]`` that no preposition governs."""
    at = start
    fallback: Phrase | None = None
    governed = False
    while at < end:
        word = words[at]
        if word.text in {",", ")"} or word.text in _DASHES or word.is_quotation:
            governed = False
        elif word.lower in PREPOSITIONS or word.lower in SUBORDINATORS:
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


def _phrase_ending(words: list[Word], at: int) -> Phrase | None:
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


def _follows_with(words: list[Word], at: int) -> bool:
    return any(words[back].lower == "with" for back in range(max(0, at - 4), at))


def _begins_clause(words: list[Word], at: int) -> bool:
    if words[at].lower in {"that", "so", "yet"}:
        return phrase_at(words, at + 1) is not None
    if words[at].lower in {"which", "whose"}:
        return False
    return phrase_at(words, at + 1) is not None and at > 0 and words[at - 1].text == ","


def _only_opens(words: list[Word], at: int) -> bool:
    word = words[at]
    if word.text.isupper() and len(word.text) > 1:
        return False
    if word.lower in NOT_NAMES:
        return True
    if not word.opens or at + 1 >= len(words):
        return False
    following = words[at + 1]
    if word.lower.endswith("ly") or word.lower in PREPOSITIONS or word.lower in SUBORDINATORS:
        return True
    lower_next = (
        following.text[0].islower()
        and following.lower not in SPEECH_VERBS
        and following.lower not in AUXILIARIES
    )
    return word.lower.endswith(("ing", "ed")) and (lower_next or following.is_capital)


def _name_at(words: list[Word], at: int) -> Phrase:
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


def _name_end(words: list[Word], at: int) -> int:
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


def _noun_end(words: list[Word], at: int) -> int | None:
    stop = at + 1
    while stop < len(words) and stop - at < 9:
        word = words[stop]
        lower = word.lower
        if not word.text[0].isalnum() or lower in PREPOSITIONS or lower in BREAKS or lower in PRONOUNS:
            break
        if lower in AUXILIARIES or lower in DETERMINERS or (stop > at + 1 and is_verb(words, stop)):
            break
        if stop > at + 1 and lower.endswith("ed") and not word.is_capital:
            break
        stop += 1
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
    return stop if stop > at + 1 or alone else None
