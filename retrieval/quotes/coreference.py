"""Full names for the mentions of an article: "Mr. Lee" and "she" are Ann Lee.

A mention that could be two people keeps its own words, and a pronoun that could be two
people stays unresolved.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from retrieval.domain import Span
from retrieval.nlp import DAYS, FEMALE, MALE, TITLES
from retrieval.quotes.grammar import Phrase, apposed_name, first_subject, is_person, phrase_at
from retrieval.text import Token, tokens_of, word_set

_FEMALE_TITLES = frozenset({"mrs", "ms", "miss", "lady", "queen", "princess", "sister", "congresswoman"})
_MALE_TITLES = frozenset({"mr", "sir", "lord", "king", "prince", "pope", "father", "brother", "congressman"})
_INSTITUTION = re.compile(
    r"\b(?:University|College|Institute|Committee|Council|Court|House|Department|Ministry|Agency|Commission|Party"
    r"|Times|Post|News|Journal|Street|Union|Association|Group|Center|Centre|Foundation|Bank|Press|Board|Office"
    r"|Bureau|Congress|Senate|States|Kingdom|Nations|School|Hospital|Company|Inc|Corp|Club|Church|League"
    r"|Organi[sz]ation|Network|Society|Fund|Service|Force|Army|Police|Republicans|Democrats|Americans)\b"
)
PRONOUN_GENDERS = {"he": "m", "his": "m", "him": "m", "she": "f", "her": "f"}
"""Pronouns of one person, and the gender that they tell."""
_MAX_CANDIDATES = 12
"""Subjects and speakers before a pronoun that are looked at."""
_FEMALE_ROLES = ("woman", "wife", "mother", "widow", "sister", "daughter")
_MALE_ROLES = ("man", "husband", "father", "widower", "brother")
_BODY = word_set("head arms shoulders throat eyebrows lips")
_GESTURE_WORDS = 4
_REACH_SENTENCES = 4
"""How far back a pronoun is followed; farther ones were wrong more often than right."""


@dataclass(frozen=True, slots=True)
class Person:
    """One naming of somebody by more than a pronoun."""

    at: int
    tokens: tuple[str, ...]
    gender: str
    """``m``, ``f`` or empty."""
    titled: bool


class People:
    """The people whom an article names, in the order of their mentions."""

    def __init__(self) -> None:
        """Know nobody; ``read`` is called for the lines of a text in order."""
        self._named: dict[tuple[str, str], Person | None] = {}
        """By surname and gender the only person who may be meant; ``None`` where several may."""
        self._subjects: list[Person] = []
        self._names: list[Person] = []
        self._speakers: set[str] = set()
        """Surnames."""
        self._ends: list[int] = []

    def add_speakers(self, mentions: Iterable[Span], text: str) -> None:
        """Note that those named at *mentions* spoke; a pronoun after one may mean them."""
        people = (_person(tokens_of(text, one.start, one.end), one.start) for one in mentions)
        spoke = [person for person in people if person is not None]
        self._speakers.update(person.tokens[-1] for person in spoke)
        self._subjects += spoke
        self._subjects.sort(key=lambda one: one.at)

    def full_name(self, mention: Span, text: str) -> str:
        """Return the full name for a mention by name, or its own words when that is not clear."""
        words = tokens_of(text, mention.start, mention.end)
        person = _person(words, mention.start)
        if person is None:
            return " ".join(mention.of(text).split())
        return " ".join(self._longest(person).tokens)

    def behind_pronoun(self, mention: Span, text: str) -> str | None:
        """Return the full name of whom the pronoun means, when only one person fits."""
        gender = PRONOUN_GENDERS.get(mention.of(text).lower())
        if gender is None:
            return None
        sentence = bisect_right(self._ends, mention.start)
        reach = self._ends[sentence - _REACH_SENTENCES - 1] if sentence > _REACH_SENTENCES else 0
        last = bisect_left(self._subjects, mention.start, key=lambda one: one.at)
        for at in range(last - 1, max(-1, last - 1 - _MAX_CANDIDATES), -1):
            person = self._subjects[at]
            if person.at < reach:
                break
            if not person.tokens and person.gender in {"", gender}:  # "the engineer": anybody
                return None
            if not person.tokens:
                continue
            whole = self._longest(person if person.gender else replace(person, gender=gender))
            known = person.gender or (whole.gender if len(whole.tokens) > 1 else "")
            human = person.titled or whole.titled or person.tokens[-1] in self._speakers
            if known == gender or (not known and human):
                return " ".join(whole.tokens)
            if not known:
                return None
        return self._only_one_named(reach, mention.start, gender)

    def _only_one_named(self, start: int, end: int, gender: str) -> str | None:
        """Return the one person of a gender who is named there, if nobody else named can be meant."""
        fitting: set[str] = set()
        last = bisect_left(self._names, end, key=lambda one: one.at)
        for at in range(last - 1, max(-1, last - 1 - _MAX_CANDIDATES), -1):
            person = self._names[at]
            if person.at < start:
                break
            if person.tokens[0].lower() in DAYS:
                continue
            whole = self._longest(person)
            if not whole.gender:
                return None
            if whole.gender == gender:
                fitting.add(" ".join(whole.tokens))
        return fitting.pop() if len(fitting) == 1 else None

    def _longest(self, person: Person) -> Person:
        if len(person.tokens) > 1:
            return person
        return self._named.get((person.tokens[-1], person.gender)) or person

    def _note_name(self, person: Person) -> None:
        for gender in {"", person.gender} if person.gender else {"", "f", "m"}:
            key = (person.tokens[-1], gender)
            known = self._named.setdefault(key, person)
            if known is not None and known.tokens[0] != person.tokens[0]:
                self._named[key] = None

    def read(self, words: list[Token]) -> None:
        """Read the names and the subjects of a line, in which quotations are masked."""
        sentence = 0
        at = 0
        while at < len(words):
            if words[at].text in {".", "!", "?"} or at == len(words) - 1:
                self._ends.append(words[at].end)
                self._note_subject(words, sentence, at + 1)
                sentence = at + 1
            phrase = phrase_at(words, at)
            if phrase is None or phrase.kind != "name":
                at += 1
                continue
            person = _person(words[phrase.start : phrase.end], words[phrase.start].start)
            if person is not None:
                self._names.append(person)
                if len(person.tokens) > 1:
                    self._note_name(person)
            at = phrase.end

    def _note_subject(self, words: list[Token], start: int, end: int) -> None:
        subject = noun = first_subject(words, start, end)
        if subject is not None:
            subject = noun = apposed_name(words, subject)
        described = subject is None or subject.kind != "name"
        if described:
            subject = _find_described_person(words, start, end)
        if subject is not None:
            person = _person(words[subject.start : subject.end], words[subject.start].start)
            if person is not None and not person.gender and len(person.tokens) == 1:
                gesture = _own_gesture(words, subject.end, end)
                person = replace(person, gender=gesture, titled=person.titled or bool(gesture))
            if person is not None and (person.titled or not described):
                self._subjects.append(person)
                return
        if noun is None or noun.kind != "noun" or not is_person(words, noun):
            return
        apposed = noun.start - 2 >= start and words[noun.start - 1].text == ","
        if not apposed or not words[noun.start - 2].is_capital:
            self._subjects.append(
                Person(
                    words[noun.start].start,
                    (),
                    _gender_of_role(words[noun.start : noun.end]),
                    titled=False,
                )
            )


def _find_described_person(words: list[Token], start: int, end: int) -> Phrase | None:
    """Return the titled person of whom a sentence goes on to tell, as in "from Mayor Lee, who leads …".

    Any other person of a sentence is behind the next pronoun only half of the time.
    """
    for at in range(end - 2, start, -1):
        is_relative = words[at].lower == "who" and words[at - 1].text in {",", "—", "–"}
        if is_relative and words[at + 1].lower not in PRONOUN_GENDERS:
            names = (phrase_at(words, begin) for begin in range(start, at - 1))
            return next((name for name in names if name and name.kind == "name" and name.end == at - 1), None)
    return None


def gender_of(name: str) -> str:
    """Return the gender that a name's title or first name tells, or nothing."""
    person = _person(tokens_of(name, 0, len(name)), 0)
    return person.gender if person is not None else ""


def _gender_of_role(words: Sequence[Token]) -> str:
    if any(word.lower.endswith(_FEMALE_ROLES) for word in words):
        return "f"
    return "m" if any(word.lower.endswith(_MALE_ROLES) for word in words) else ""


def _own_gesture(words: list[Token], start: int, end: int) -> str:
    """Return the gender in "Lee shook her head": what nobody does with another's head."""
    for at in range(start, min(end - 1, start + _GESTURE_WORDS)):
        if words[at].lower in PRONOUN_GENDERS and words[at + 1].lower in _BODY:
            return PRONOUN_GENDERS[words[at].lower]
    return ""


def _person(words: Sequence[Token], at: int) -> Person | None:
    names = [word for word in words if word.text[0].isalnum()]
    titles = [i for i, word in enumerate(names) if word.lower.rstrip(".") in TITLES or not word.is_capital]
    links = {"de", "da", "del", "van", "von", "der", "den", "bin", "ibn", "al", "el", "la", "le", "du", "dos"}
    titles = [i for i in titles if names[i].lower not in links]
    last = titles[-1] if titles else -1
    kept = tuple(_bare(word.text) for word in names[last + 1 :])
    if not kept or _INSTITUTION.search(" ".join(kept)) or not any(word[0].isupper() for word in kept):
        return None
    gender = ""
    if titles:
        title = names[last].lower.rstrip(".")
        gender = "f" if title in _FEMALE_TITLES else "m" if title in _MALE_TITLES else ""
    if not gender and len(kept) > 1:
        first = kept[0].lower()
        gender = "f" if first in FEMALE else "m" if first in MALE else ""
    return Person(at, kept, gender, bool(titles))


def _bare(word: str) -> str:
    return re.sub(r"[’']s?$", "", word)
