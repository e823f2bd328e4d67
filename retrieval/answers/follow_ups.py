"""Understands a follow-up by what was asked and answered before it, with rules and no model.

"And who paid for it?" after "Who built the Lower Fenwick footbridge?" becomes "Who paid for the Lower
Fenwick footbridge?". What was understood is shown, so that a wrong guess is seen and asked anew; a
rewrite that may be wrong is not made, and the question looked up as it stands, where the last answer was.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from retrieval.answers.noun_phrases import only_person, only_place, only_thing
from retrieval.answers.question_forms import (
    is_time,
    is_time_or_place,
    with_new_part,
    with_other_number,
    with_question_word,
)
from retrieval.text import STOP_WORDS, TYPED, content_words, is_english, word_set

_OPENER = re.compile(
    r"^(?:\W*(?:and|n|but|so|ok(?:ay)?|also|then|well|thanks|thank you|hm+|yo)\b[\s,.!:…–-]*)+", re.IGNORECASE
)
_PERSON_WORDS = re.compile(r"\b(?:he|she|him|his|her|hers)\b", re.IGNORECASE)
_THING = re.compile(r"\bit\b(?!['’]s not)", re.IGNORECASE)
_MANY = re.compile(r"\b(?:they|them)\b", re.IGNORECASE)
_THINGS_OWN = re.compile(r"\bits\b", re.IGNORECASE)
_THEIR = re.compile(r"\btheirs?\b", re.IGNORECASE)
_FEMALE = re.compile(r"\b(?:she|hers?)\b", re.IGNORECASE)
_OWN = re.compile(r"\b(?:his|her)\b(?=\s+[a-z])", re.IGNORECASE)
_OWNER = re.compile(r"(?:his|her|their|its|my|our|your)\s+", re.IGNORECASE)
_OWNED = re.compile(r"\s+(?P<what>[a-z]+)\W*$", re.IGNORECASE)
_ACTING = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)
_ACTED_ON = re.compile(r"\bhim\b|\bher\b(?!\s+[a-z])", re.IGNORECASE)
_PLACE = re.compile(r"\b(?:there|here)\b(?!\s+(?:is|are|was|were|any|been))", re.IGNORECASE)
_POINTS = re.compile(
    r"\b(?:this|that|these|those)\b(?!\s+(?!(?:is|was|are|were|will|did|does|has|had)\b)[a-z])"
    r"|\bthe (?:same|other|others|former|latter|first one|second one|third one|last one)\b"
    r"|\b(?:one|ones)\W*$",
    re.IGNORECASE,
)
_SAYS_THAT = re.compile(r"\b(?:say|says|said|claims?|mean|means|so|is it|was it) that\b", re.IGNORECASE)
_EMPTY_IT = re.compile(
    r"\bit\s+(?:take|takes|took|true|possible|rain\w*|snow\w*)\b|\bis it that\b", re.IGNORECASE
)
_THAT_WHY = re.compile(r"^(?:is|was) (?:that|this) why it\b", re.IGNORECASE)
_BARE = re.compile(
    r"^(?P<ask>(?:(?:since|until|by|for|to|from|with|about|of|in|on|at) )?"
    r"(?:why|when|where|who|whom|what|which(?: \w+)?"
    r"|how(?: (?:many|much|long|old|far|often|big|tall|high|so))?))"
    r"(?P<more> (?:not|exactly|else|so|then|again))?\W*$",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"^(?:what|how) about (?P<what>.+?)\W*$|^(?P<same>.+?),? too\W*$", re.IGNORECASE)
_ASKS = re.compile(
    r"^\W*(?:(?:since|until|by|for|in|on|at|to|from|with|about|of|out of) )?"
    r"(?:why|when|where|whom?|whose|what|which|how"
    r"|did|does|do|is|are|was|were|has|have|had|can|could|will|would|should|may|tell|explain|show|quote)\b",
    re.IGNORECASE,
)
_ORDERS = re.compile(r"^\W*(?:tell|explain|show|quote)\b", re.IGNORECASE)
_ASKED = re.compile(
    r"^\W*(?:since |until |by |for )?(?:why|when|where|whom?|what|which \w+|how(?: (?:many|much|long|old|far"
    r"|often|big|tall|high))?)\b\s*",
    re.IGNORECASE,
)
_ORDINALS = {
    "first": 0,
    "1st": 0,
    "second": 1,
    "2nd": 1,
    "other": 1,
    "third": 2,
    "3rd": 2,
    "fourth": 3,
    "last": -1,
}
_ORDINAL = re.compile(
    r"^(?:(?:what|how) about |tell me (?:more )?about |show me |explain )?"
    rf"the (?P<which>{'|'.join(_ORDINALS)})"
    r"(?: (?:one|source|article|passage|answer|result))?\W*$",
    re.IGNORECASE,
)
_EMPTY_WORDS = word_set(
    "one ones second first third last other more else exactly so then again too here any n yo many much out"
)
_MORE = re.compile(
    r"^(?:please )?(?:(?:can you )?tell me more(?: about (?:it|that|this|him|her|them))?"
    r"|more(?: please| details)?"
    r"|go on|continue|elaborate|say more|what else)\W*$",
    re.IGNORECASE,
)
MAX_FOLLOW_UP_WORDS = 14
"""A longer question says itself what it is about."""
_ELLIPTICAL_WORDS = 3
"""A question with so few words of its own and no name is first looked up where the last answer was."""

_ENDS = " ?.!"

Where = Literal["anywhere", "there first", "there"]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How a question is looked up."""

    text: str
    """What is looked up."""
    clean: bool = False
    """Whether that may be shown as what was understood: it is a good question that stands alone."""
    where: Where = "anywhere"
    """Whether only the article of the answer before can be meant, or others where that says nothing."""
    fuller: tuple[str, ...] = ()
    """The same with words of the question before, of which the best answered is taken; never shown."""


def understand(question: str, before: str, answered: Sequence[str] = ()) -> FollowUp:
    """Return how *question* is looked up after another one.

    Args:
        question: As it was typed.
        before: The question before it, as that was understood.
        answered: The sentences of its answer.
    """
    found = _understood(question, before, answered)
    if found.clean:
        return replace(found, text=_as_question(found.text))
    if found.where == "anywhere" or listed_number(question) is not None:
        return found
    asked = _OPENER.sub("", question.strip()) or question.strip()
    return replace(
        found,
        fuller=(f"{asked.rstrip(_ENDS)}, {_topic_of(before)}?", f"{before.rstrip(_ENDS)} {asked}"),
    )


def _topic_of(question: str) -> str:
    """Return what follows the question words and auxiliaries: "cost of the bridge"."""
    words = _ASKED.sub("", _OPENER.sub("", question)).rstrip(_ENDS).split()
    first = next((at for at, word in enumerate(words) if word.lower() not in STOP_WORDS), 0)
    return " ".join(words[first:])


def _understood(question: str, before: str, answered: Sequence[str]) -> FollowUp:
    asked = _OPENER.sub("", question.strip()) or question.strip()
    if not before or not is_english(question):
        return FollowUp(question)
    if listed_number(asked) is not None:
        return FollowUp(question, where="there")
    if bare := _BARE.match(asked):
        return _bare(bare, before)
    is_whole = _ASKS.match(before) and not _ABOUT.match(before) and not _BARE.match(before)
    about = _ABOUT.match(asked)
    opened = asked != question.strip()
    if about or (not _ASKS.match(asked) and (opened or is_time_or_place(asked))):
        part = (about["what"] or about["same"]) if about else asked
        new = with_other_number(part, before) or (with_new_part(part, before) if is_whole else None)
        return (
            FollowUp(new, clean=True) if new else FollowUp(_at_time(part, before) or question, where="there")
        )
    if len(asked.split()) > MAX_FOLLOW_UP_WORDS:
        return FollowUp(question)
    if _points_back(asked):
        whole = _resolved(asked, before, answered)
        return FollowUp(_capital(whole), clean=True) if whole else FollowUp(question, where="there")
    if says_nothing_alone(asked):
        return FollowUp(f"{_capital(asked)} {before}", where="there")
    if _names(asked):
        return FollowUp(_capital(asked), clean=opened)
    elliptical = len(set(content_words(asked)) - STOP_WORDS) <= _ELLIPTICAL_WORDS
    if opened or elliptical:
        return FollowUp(_capital(asked), where="there first")
    return FollowUp(question)


def _at_time(part: str, before: str) -> str:
    """Return what is looked up for "what about today?"; empty if that is no time, or no thing was named."""
    thing = only_thing(before) if is_time(part) else ""
    return f"What about {thing} {part.strip(_ENDS)}?" if thing else ""


def asks_for_more(question: str) -> bool:
    """Tell "tell me more" and the like from questions."""
    return _MORE.match(_OPENER.sub("", question.strip()) or question.strip()) is not None


def listed_number(question: str) -> int | None:
    """Return which of several things is meant by "the second one", from 0, or -1 for the last."""
    match = _ORDINAL.match(_OPENER.sub("", question.strip()) or question.strip())
    return _ORDINALS[match["which"].lower()] if match else None


def says_nothing_alone(question: str) -> bool:
    """Tell whether a question holds no word that could be looked up."""
    words = {word.lower() for word in TYPED.findall(question)}
    return not words - STOP_WORDS - _EMPTY_WORDS


def _bare(bare: re.Match[str], before: str) -> FollowUp:
    """Return the question before with another question word."""
    more = (bare["more"] or "").strip().lower()
    whole = with_question_word(bare["ask"], before) if more in ("", "exactly", "so", "then") else None
    if whole and whole.casefold() != before.casefold():
        return FollowUp(whole, clean=True)
    rest = _ASKED.sub("", before)
    return FollowUp(f"{_capital(bare['ask'])} {rest}", where="there")


def _points_back(asked: str) -> bool:
    pointing = any(one.search(asked) for one in (_PERSON_WORDS, _THING, _MANY, _THINGS_OWN, _THEIR, _PLACE))
    return pointing or (_POINTS.search(asked) is not None and not _SAYS_THAT.search(asked))


def _resolved(asked: str, before: str, answered: Sequence[str]) -> str:
    """Return a question with names in the places of its pronouns; empty if one of them is unsure."""
    if _EMPTY_IT.search(asked) or _THEIR.search(asked):
        return ""
    person = ""
    if _POINTS.search(asked) and not _SAYS_THAT.search(asked) and not _THAT_WHY.match(asked):
        return ""
    if people := _PERSON_WORDS.search(asked):
        female = _FEMALE.match(people[0]) is not None
        if _ACTING.search(asked) and _ACTED_ON.search(asked):  # two people
            return ""
        if any((_FEMALE.match(one[0]) is not None) != female for one in _PERSON_WORDS.finditer(asked)):
            return ""
        person = only_person(before, answered, "female" if female else "male")
        asked = _put(person, people, asked)
    meanings: tuple[tuple[re.Pattern[str], Callable[[], str]], ...] = (
        (_THINGS_OWN, lambda: only_thing(before)),
        (_THING, lambda: only_thing(before)),
        (_MANY, lambda: only_thing(before, plural=True)),
        (_PLACE, lambda: only_place(before)),
    )
    for pattern, thing in meanings:
        match = pattern.search(asked)
        if match and asked:
            name = _with_owner(thing(), before)
            asked = _put("" if name == person else name, match, asked)
    return asked


def _with_owner(thing: str, before: str) -> str:
    """Return "Marlene Osk's bakery" for "her bakery"; empty if the question before does not say whose."""
    owner = _OWNER.match(thing)
    if owner is None:
        return thing
    female = _FEMALE.match(owner[0]) is not None
    person = only_person(before, (), "female" if female else "male")
    return f"{person}’s {thing[owner.end() :]}" if person else ""


def _put(name: str, match: re.Match[str], asked: str) -> str:
    """Return a question with a name for the pronoun at *match*; empty without a name."""
    if name.lower().startswith(("a ", "an ")):
        name = f"the {name.split(' ', 1)[1]}"
    owns = match[0].lower() == "its" or _OWN.match(asked, match.start()) is not None
    if owns and " of " in name:
        owned = _OWNED.match(asked, match.end())
        return f"{asked[: match.start()]}the {owned['what']} of {name}?" if owned else ""
    if not name:
        return ""
    return asked[: match.start()] + (f"{name}’s" if owns else name) + asked[match.end() :]


def _names(text: str) -> list[str]:
    words = TYPED.findall(text)
    return [word for word in words[1:] if word[0].isupper() and word.lower() not in STOP_WORDS]


def _as_question(text: str) -> str:
    """Return a question as it is shown: with a capital and a question mark."""
    asks = _ASKS.match(text) is not None and not _ORDERS.match(text)
    return _capital(f"{text.rstrip(' .!')}?" if asks and not text.rstrip().endswith("?") else text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
