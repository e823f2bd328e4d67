"""Understands a follow-up by what was asked and answered before it, with rules and no model.

"And who paid for it?" after "Who built the Lower Fenwick footbridge?" becomes "Who paid for the Lower
Fenwick footbridge?". What was understood is shown, so that a wrong guess is seen and asked anew.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from retrieval.text import CAPITAL, CAPITALIZED, STOP_WORDS, TYPED, load_words

_OPENER = re.compile(
    r"^(?:\W*(?:and|but|so|ok(?:ay)?|also|then|well|thanks|thank you|hm+)\b[\s,.!:…–-]*)+", re.IGNORECASE
)
_THING = re.compile(r"\b(?:it|this|that|these|those|they|them)\b(?!['’]s not)", re.IGNORECASE)
_THINGS_OWN = re.compile(r"\b(?:its|their)\b", re.IGNORECASE)
_PERSON = re.compile(r"\b(?:he|she|him)\b|\bher\b(?!\s+[a-z])", re.IGNORECASE)
_PERSONS_OWN = re.compile(r"\b(?:his|her)\b(?=\s+[a-z])", re.IGNORECASE)
_PLACE = re.compile(r"\b(?:there|here)\b(?!\s+(?:is|are|was|were|any|been))", re.IGNORECASE)
_THAT_IS_NO_PRONOUN = re.compile(
    r"\b(?:say|says|said|claims?|mean|means|so|is it|was it) that\b", re.IGNORECASE
)
_BARE = re.compile(
    r"^(?P<ask>(?:since |until |by |for )?(?:why|when|where|who|whom|what|which(?: \w+)?"
    r"|how(?: (?:many|much|long|old|far|often|big|tall|high))?))(?: (?:not|exactly|else|so))?\W*$",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"^(?:what|how) about (?P<what>.+?)\W*$|^(?P<same>.+?),? too\W*$", re.IGNORECASE)
_ASKED = re.compile(
    r"^\W*(?:since |until |by |for )?(?:why|when|where|whom?|what|which \w+|how(?: (?:many|much|long|old|far"
    r"|often|big|tall|high))?)\b\s*",
    re.IGNORECASE,
)
_DOES = re.compile(r"\b(?:did|does|do|can|could|will|would|should|may|might|must)\b", re.IGNORECASE)
_NO_SUBJECT = STOP_WORDS | load_words("stop_words", "follow_ups")
"""Words at which the name of a thing ends: verbs and adverbs of everyday questions."""
_NOUN_FOLLOWS = re.compile(r"\s+(?!(?:is|was|are|were|will|did|does|has|had)\b)[a-z]")
_FULL_NAME = re.compile(rf"{CAPITALIZED.pattern}(?: (?:[{CAPITAL}][\w’'.-]*|van|von|de|der|da|al)){{1,3}}")
MAX_FOLLOW_UP_WORDS = 14
"""A longer question says itself what it is about."""


def understood(question: str, before: str, answered: Sequence[str] = (), title: str = "") -> str:
    """Return *question* so that it can be looked up without what was said before.

    *before* is the question before it as it was understood, *answered* the sentences of its answer,
    *title* that of the article they are from. A question that stands alone comes back as it is.
    """
    asked = _OPENER.sub("", question.strip()) or question.strip()
    if not before:
        return question
    subject = subject_of(before) or title
    the_subject = _with_article(subject, before)
    if bare := _BARE.match(asked):
        return _capital(f"{bare['ask']} {_uncapital(_ASKED.sub('', before), before)}")
    if (about := _ABOUT.match(asked)) and subject:
        return _swapped(before, subject, about["what"] or about["same"])
    if len(asked.split()) > MAX_FOLLOW_UP_WORDS:
        return question
    person = next(full_names((*answered, before)), subject)
    for pattern, words in (
        (_PERSONS_OWN, _possessive(person)),
        (_PERSON, person),
        (_THINGS_OWN, _possessive(the_subject)),
        (_THING, the_subject),
        (_PLACE, f"at {the_subject}"),
    ):
        match = next((one for one in pattern.finditer(asked) if not _is_no_pronoun(asked, one)), None)
        if words and match:
            return _capital(asked[: match.start()] + words + asked[match.end() :])
    if asked != question.strip() and subject and subject.lower() not in asked.lower() and not _names(asked):
        return _capital(f"{asked.rstrip('?!. ')} ({subject})?")
    return _capital(asked) if asked != question.strip() else question


def subject_of(question: str) -> str:
    """Return what a question is about: its longest name, else its last run of telling words."""
    runs = [_without_verb(run) if _DOES.search(question) else run for run in _runs(question)]
    named = [run for run in runs if any(word[0].isupper() for word in run.split())]
    return max(named, key=len) if named else runs[-1] if runs else ""


def _without_verb(run: str) -> str:
    """Return a name without the verb behind it: after "did", "Tambora erupt" is about Tambora."""
    words = run.split()
    capitals = [word[0].isupper() for word in words]
    if not capitals[0]:
        return run
    if True in capitals[1:] and False in capitals[: capitals.index(True, 1)]:
        return " ".join(words[: capitals.index(False)])  # "Harrison invent H4"
    return run if capitals[-1] else " ".join(words[:-1])


def _with_article(subject: str, before: str) -> str:
    """Return the subject with the "the" that it had."""
    return (
        f"the {subject}" if subject and re.search(rf"\bthe {re.escape(subject)}", before, re.I) else subject
    )


def _runs(question: str) -> Iterator[str]:
    """Yield runs of words that are none of the everyday ones, each as it is written."""
    words = list(TYPED.finditer(question))
    start: int | None = None
    for at, word in enumerate(words):
        ends = word[0].lower() in _NO_SUBJECT and not (word[0][0].isupper() and at > 0)
        if start is not None and (ends or not question[words[at - 1].end() : word.start()].isspace()):
            yield question[start : words[at - 1].end()]
            start = None
        if not ends and start is None:
            start = word.start()
    if start is not None and words:
        yield question[start : words[-1].end()]


def full_names(texts: Iterable[str]) -> Iterator[str]:
    """Yield names of two words or more that have capitals."""
    for text in texts:
        for match in _FULL_NAME.finditer(text):
            words = match[0].split()
            if words[0].lower() in STOP_WORDS:
                words = words[1:]
            if len(words) > 1 and words[-1][0].isupper():
                yield " ".join(words)


def _names(text: str) -> list[str]:
    words = TYPED.findall(text)
    return [word for word in words[1:] if word[0].isupper() and word.lower() not in STOP_WORDS]


def _swapped(before: str, subject: str, new: str) -> str:
    """Return the question before with another subject."""
    at = before.rfind(subject)
    if at < 0:
        return _capital(f"{new}: {before}")
    lead = re.compile(r"\b(?:the|a|an)\s+$", re.IGNORECASE).search(before[:at])
    start = lead.start() if lead and re.match(r"(?:the|a|an)\b", new, re.IGNORECASE) else at
    return before[:start] + new + before[at + len(subject) :]


def _is_no_pronoun(asked: str, match: re.Match[str]) -> bool:
    """Tell "that" before a noun or after a verb of saying from "that" for a thing."""
    word, rest = match[0].lower(), asked[match.end() :]
    if word in ("this", "that", "these", "those"):
        says_why = word == "that" and re.match(r"\s+why\b", rest)
        before_noun = says_why or re.match(
            r"\s+(?!is\b|was\b|are\b|were\b|will\b|did\b|does\b|has\b|had\b)[a-z]", rest
        )
        return bool(before_noun or _THAT_IS_NO_PRONOUN.search(asked[: match.end()]))
    return False


def _possessive(words: str) -> str:
    return f"{words}’s" if words else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _uncapital(text: str, before: str) -> str:
    """Return the rest of a question, its first letter small unless it begins a name."""
    first = TYPED.search(text)
    if text and text == before and first and first[0].lower() in STOP_WORDS:
        return text[0].lower() + text[1:]
    return text
