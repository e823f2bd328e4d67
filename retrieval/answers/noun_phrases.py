"""The things and people that a question names, found with closed lists of words and no parser.

What is not found for certain is left out: a follow-up is completed with a phrase of this module only if
a single one fits.

Whom an interview asks is found as well: with that name in the place of "you" the cross-encoder reads "By
accident." as what it is. For seven answers of three interviews its logit rises by 5 to 16.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from retrieval.nlp import AUXILIARIES, DAYS, FEMALE, MALE, NAME_LINK, PREPOSITIONS, TITLES
from retrieval.structure import Structure
from retrieval.text import (
    CAPITAL,
    CAPITALIZED,
    LOWER_MONTHS,
    STOP_WORDS,
    TYPED,
    load_words,
    without_accents,
    word_set,
)

_TIMES = DAYS | frozenset(LOWER_MONTHS)
Gender = Literal["female", "male", "unknown"]
_DETERMINERS = word_set("the a an this that these those its his her their our my your some any no")
_DOES = word_set("did does do can could will would should may might must")
_ENDS_PHRASE = (
    STOP_WORDS
    | load_words("stop_words", "follow_ups")
    | AUXILIARIES
    | PREPOSITIONS
    | DAYS
    | word_set("today now ever never really actually exactly there here ago")
)
_COLLECTIVES = word_set(
    "couple team family police council committee crew band staff government company people children"
)
_STANDS_FOR_OTHERS = word_set("one ones same other others first second third last latter former")
_PERSON_HEADS = re.compile(
    r"(?:man|woman|boy|girl|mayor|king|queen|president|minister|doctor|nurse|pope|chief|captain|judge|pilot"
    r"|mother|father|wife|husband|son|daughter|brother|sister|actor|\w{3,}(?:ist|ian|yst))$"
)
_FULL_NAME = re.compile(rf"{CAPITALIZED.pattern}(?: (?:[{CAPITAL}][\w’'.-]*|van|von|de|der|da|al)){{1,3}}")
_POSSESSIVE = re.compile(r"['’]s?$")
_SPEAKER_LABEL = re.compile(rf"^\W*{CAPITALIZED.pattern}(?: [\w’'.-]+){{0,3}}:\s")
_BE_HAVE = word_set("is are was were be been being has have had")
_PARTICIPLE = re.compile(r"(?:ed|[td]en|wn|ught|lt)$")
_SHORT_PARTICIPLES = word_set(
    "begun born cut done found given gone held hit hung kept laid led left lost made met paid put read sent"
    " set shot shut sold spent struck sung sunk told won"
)
_COMPLEMENTED = word_set(
    "call called calls consider considered find found keep keeps kept made make makes named"
)
"""Verbs behind whose object an adjective or a name can stand: "made the web popular"."""
_DEFINES = re.compile(r"^\W*what(?:['’]s| is| are| was| were)\b", re.IGNORECASE)
_ASKS_FOR_PERSON = re.compile(r"^\W*who(?:m|['’]s)?\b", re.IGNORECASE)
_ASKS_FOR_THING = re.compile(
    rf"^\W*(?:which\b|what (?!is|are|was|were)(?:\w+ )?(?:{'|'.join(sorted(_DOES))})\b|how (?:much|many) \w)",
    re.IGNORECASE,
)
"""Questions to which a thing is the answer, so that "it" may be that one."""
_SAYS = word_set("say said tell think want believe write do study live work")
_MAX_WORDS = 5


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """What a question names."""

    text: str
    """With its article, as it is written."""
    start: int
    end: int

    @property
    def is_named(self) -> bool:
        """Whether it holds a word with a capital."""
        return any(word[0].isupper() for word in self.text.split())

    @property
    def is_person(self) -> bool:
        """Whether it is somebody's name, or what a person is called."""
        head = self.text.split(" of ")[0].split()[-1].lower()
        return gender_of(self.text) != "unknown" or bool(_PERSON_HEADS.search(head))

    @property
    def may_be_person(self) -> bool:
        """Whether it is a name of several words, such as a person whose first name is not known has."""
        words = self.text.split()
        return len(words) > 1 and all(word[0].isupper() and word.isalpha() for word in words)

    @property
    def is_time(self) -> bool:
        """Whether it is a month or a day of the week."""
        return self.text.lower().removesuffix("s") in _TIMES

    @property
    def is_plural(self) -> bool:
        """Whether it is more than one, or a group."""
        words = self.text.split(" of ")[0].split()
        last = words[-1].lower()
        if last in _COLLECTIVES:
            return True
        is_name = words[-1][0].isupper() and words[0].lower() not in _DETERMINERS  # "Collins"
        return not is_name and last.endswith("s") and not last.endswith(("ss", "us", "is"))


def noun_phrases(question: str) -> list[NounPhrase]:
    """Return the names and the phrases behind "the", "a" and the like, in order."""
    found: list[NounPhrase] = []
    for phrase in _simple_phrases(question):
        if phrase.text.split()[-1].lower() in _STANDS_FOR_OTHERS:
            continue
        last = found[-1] if found else None
        if last is not None and question[last.end : phrase.start].lower() == " of ":
            found[-1] = NounPhrase(question[last.start : phrase.end], last.start, phrase.end)
        else:
            found.append(phrase)
    return found


def gender_of(name: str) -> Gender:
    """Return whether a name has the first name of a woman or a man."""
    words = [word for word in name.split() if word[0].isupper() and word.lower().rstrip(".") not in TITLES]
    first = without_accents(words[0]) if words else ""
    female, male = first in FEMALE, first in MALE
    return "unknown" if female == male else "female" if female else "male"


def full_names(texts: Iterable[str]) -> Iterator[str]:
    """Yield names of two words or more that have capitals."""
    for text in texts:
        for match in _FULL_NAME.finditer(text):
            words = match[0].split()
            if words[0].lower() in STOP_WORDS:
                words = words[1:]
            if len(words) > 1 and words[-1][0].isupper():
                yield _POSSESSIVE.sub("", " ".join(words))


def only_person(before: str, answered: Sequence[str], gender: Gender) -> str:
    """Return the one person of that gender whom a question and its answer name; empty if unsure.

    The label of a speaker in a transcript names who speaks, not who is spoken of.
    """
    texts = [before, *(_SPEAKER_LABEL.sub("", text) for text in answered)]
    names = dict.fromkeys(name.rstrip(".’'") for name in full_names(texts))
    people = [name for name in names if gender_of(name) == gender]
    unsure = [name for name in names if gender_of(name) == "unknown"]
    if len(people) == 1 and any(_is_one_of_two(people[0], text) for text in answered):
        return ""
    if not people:
        people = [name for name in unsure if _is_asked_about(name, before)]
    if not people and len(names) == 1 and _ASKS_FOR_PERSON.match(before):
        people = unsure  # no list of first names has them all
    return people[0] if len(people) == 1 else ""


def only_thing(before: str, *, plural: bool = False) -> str:
    """Return the one thing that a question names, a place in which it is left out; empty if unsure.

    That is "it" only if the answer is no thing itself: "Which browser made the web popular? Who wrote it?"
    Beside something else, what stands behind a preposition may be only where that was: the lottery in "Did
    the couple win in the lottery? When did they cash it in?"
    """
    named = noun_phrases(before)
    phrases = [one for one in named if not one.is_person]
    things = [one for one in phrases if not is_place(one, before)] or phrases
    things = [one for one in things if one.is_plural == plural]
    if len(things) != 1 or things[0].may_be_person or _ASKS_FOR_THING.match(before):
        return ""
    cut = _DEFINES.match(before) and not things[0].text[0].islower() and before[things[0].end :].strip(" ?!.")
    if cut and things[0].text.split()[0].lower() not in _DETERMINERS:
        return ""  # "what's GPS time"
    verb = _word_before(things[0], before)
    if verb in _COMPLEMENTED or (len(named) > 1 and verb in PREPOSITIONS):
        return ""
    return things[0].text


def only_place(before: str) -> str:
    """Return "at …" with the one place that a question names; empty if unsure."""
    places = [one for one in noun_phrases(before) if is_place(one, before)]
    if len(places) == 1:
        return before[: places[0].start].split()[-1].lower() + " " + places[0].text
    thing = only_thing(before)
    named = any(word[0].isupper() for word in thing.split()) and " of " not in thing
    return f"at {thing}" if named and not places else ""


def is_place(phrase: NounPhrase, question: str) -> bool:
    """Tell whether a name stands behind "in", "at" or "near"."""
    return phrase.is_named and not phrase.is_time and _word_before(phrase, question) in ("in", "at", "near")


def _word_before(phrase: NounPhrase, question: str) -> str:
    words = question[: phrase.start].split()
    return words[-1].lower() if words else ""


def _is_one_of_two(name: str, text: str) -> bool:
    """Tell whether a text names a person beside another: "Eugene Cernan and Harrison Schmitt"."""
    name = re.escape(name)
    return re.search(rf"{name},? and [{CAPITAL}]|[{CAPITAL}][\w’'-]*,? and {name}", text) is not None


def _is_asked_about(name: str, before: str) -> bool:
    """Tell whether a question is about a person of this name: "Who is …", "What did … say"."""
    words = "|".join(_SAYS)
    name = re.escape(name)
    return (
        re.search(
            rf"^\W*(?:who(?:['’]s| is| was)|how old (?:is|was)) {name}\W*$|\b{name} (?:{words})\b",
            before,
            re.I,
        )
        is not None
    )


def _simple_phrases(question: str) -> Iterator[NounPhrase]:
    words = list(TYPED.finditer(question))
    at = 0
    while at < len(words):
        opens = words[at][0].lower() in _DETERMINERS
        first = at + 1 if opens else at
        end = _end_of_phrase(question, words, first, named=not opens)
        if end > first and not (at == 0 and not opens):
            end -= _takes_verb(question, words, at, first, end)
            begin, stop = words[at].start(), words[end - 1].end()
            yield NounPhrase(question[begin:stop], begin, stop)
        at = max(end, at + 1)


def _end_of_phrase(question: str, words: Sequence[re.Match[str]], first: int, *, named: bool) -> int:
    """Return the number of the word behind a phrase that begins at *first*; *first* if none does."""
    end = first
    while end < len(words) and end - first < _MAX_WORDS:
        word = words[end][0]
        if end > first and not question[words[end - 1].end() : words[end].start()].isspace():
            break
        linked = (
            end > first
            and word.lower() in NAME_LINK
            and end + 1 < len(words)
            and words[end + 1][0][0].isupper()
        )
        if not word[0].isupper() and not linked and (named or word.lower() in _ENDS_PHRASE):
            break
        last = end + 1 == len(words) or words[end + 1][0][0].isupper()
        if end > first and last and word.islower() and word.endswith("ed"):
            break  # "the king visited Norrholm"
        end += 1
    return (
        end if named or end == len(words) or words[end][0].lower() in _ENDS_PHRASE or end > first else first
    )


def _takes_verb(question: str, words: Sequence[re.Match[str]], at: int, first: int, end: int) -> int:
    """Return 1 if the last word of a phrase is a verb: "did the harbor flood", "was it closed"; else 0."""
    if at == 0 or end - first < 2 or words[end - 1][0][0].isupper():
        return 0
    opens, last = words[at - 1][0].lower(), words[end - 1][0].lower()
    if opens in _BE_HAVE:
        return int(_PARTICIPLE.search(last) is not None or last in _SHORT_PARTICIPLES)
    if opens not in _DOES:
        return 0
    following = words[end][0].lower() if end < len(words) else ""
    return int(following not in ("of", "who", "that", "which"))


# -- interviews --------------------------------------------------------------

_ADDRESSES = re.compile(r"\byou(?:r|rs|rself)?\b", re.IGNORECASE)
_OWN = re.compile(r"\byours?\b", re.IGNORECASE)
_YOU = re.compile(r"\byou\b", re.IGNORECASE)
FEWEST_ADDRESSING = 2
"""Questions that address somebody, for a text to be an interview."""
MOST_OPENING_CHARS = 1_500
"""Of the words before the first question in which a name is looked for."""


def find_interviewee(structure: Structure) -> str:
    """Return the name of the person that the questions of a text address; empty if it is unsure.

    That is the one person whom the words before the first question name: by a first name that is known,
    else by the only full name that is no place or station, which stand behind "in" and "on".
    """
    questions = sorted(block.span for block in structure.blocks if block.kind == "question")
    addressing = [one for one in questions if _ADDRESSES.search(one.of(structure.text))]
    if len(addressing) < FEWEST_ADDRESSING:
        return ""
    opening = structure.text[max(0, questions[0].start - MOST_OPENING_CHARS) : questions[0].start]
    names = list(dict.fromkeys(name.rstrip(".’'") for name in full_names([opening])))
    people = [name for name in names if gender_of(name) != "unknown"]
    people = people or [name for name in names if _stands_behind(name, opening) not in PREPOSITIONS]
    return people[0] if len(people) == 1 else ""


def _stands_behind(name: str, text: str) -> str:
    words = text[: text.index(name)].split()
    return words[-1].lower() if words else ""


def with_name(question: str, name: str) -> str:
    """Return a question of an interview with the name of who is asked in the places of "you"."""
    return _YOU.sub(name, _OWN.sub(f"{name}’s", question)) if name else question
