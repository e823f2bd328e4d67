"""What kind of thing a question wants, read off its words, and whether a sentence can be that.

The cross-encoder knows what a sentence is about better than what it says: asked "How long did the
meeting last?" it likes every sentence about the meeting. These few rules know the difference.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from retrieval.errors import BadQuestion
from retrieval.messages import message
from retrieval.nlp import NOT_NAMES
from retrieval.text import (
    CAPITAL,
    DOUBLE,
    LOWER_MONTH,
    LOWER_WEEKDAY,
    LOWER_WEEKDAY_START,
    STOP_WORDS,
    TYPED_NAME,
    TYPED_NAME_OR_NUMBER,
    UNBROKEN,
    blank_dates,
    load_named_patterns,
    load_words,
    word_set,
    words_of,
)

MIN_QUESTION_CHARS = 3
MAX_QUESTION_CHARS = 500
Kind = Literal["number", "duration", "time", "speech", "quote", "open"]

_NUMBER_WORDS = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|"
    r"millions?|billions?|trillions?|dozens?|half|third|quarter|twice|once|single|both|several|few|no|none|"
    r"couple|pair|double|triple|many|all|every|each|first|second|fourth|fifth|zero"
)
_NUMBER = re.compile(rf"\d|\b(?:{_NUMBER_WORDS})\b", re.IGNORECASE)
_DURATION = re.compile(
    r"\b(?:second|minute|hour|day|night|week|weekend|month|season|year|decade|centur(?:y|ie)|millenni(?:um|a))"
    r"(?:s|-long)?\b|\b(?:since|until|till|from \d|brief(?:ly)?|forever|permanent(?:ly)?|lifetime|"
    r"for life|throughout|overnight)\b|\d\s*[–-]\s*\d|\d(?:\.\d+)? ?(?:ms|s|min|h|km|miles?|m|ft|feet|"
    r"kilomet(?:re|er)s?|met(?:re|er)s?)\b|\b(?:miles|feet|kilomet|met(?:re|er)s)",
    re.IGNORECASE,
)
_TIME = re.compile(
    rf"\d|\b(?:{LOWER_WEEKDAY_START})day\b|\b(?:{LOWER_MONTH}|"
    r"today|yesterday|tomorrow|tonight|now|currently|recently|centur(?:y|ies)|"
    r"decades?|years?|months?|weeks?|days?|hours?|morning|afternoon|evening|night|noon|midnight|spring|summer|"
    r"autumn|fall|winter|season|era|age|ages|period|times?|before|after|when|while|during|since|until|once|upon|"
    r"as soon as|following|prior|later|earlier|early|late|ago|war|reign|if|whenever|easter|christmas)\b",
    re.IGNORECASE,
)
_SPEECH = re.compile(
    rf"[{DOUBLE}]|"
    r"\b(?:sa(?:y|ys|id|ying)|tell|tells|told|stat(?:e|es|ed|ing)|add(?:s|ed|ing)?|claim|argu|assert|"
    r"announc|declar|describ|warn|call(?:s|ed|ing)?|insist|stress|emphasi[sz]|explain|believ|think|thought|"
    r"prais|critici[sz]|comment|remark|repl(?:y|ied)|respond|ask|urg|promis|admit|acknowledg|den(?:y|ied)|"
    r"predict|suggest|propos|complain|quot|wrote|writ|according|mention|note[sd]|noting|observ|express|"
    r"dismiss|reaffirm|hail|condemn|commend|agree|disagree|demand|vow)\w*",
    re.IGNORECASE,
)
_ASKS_SPEECH = re.compile(
    r"^\W*quote\b|\bquote (?:him|her|them|it|that|the|me|what)\b|"
    r"\bwhat (?:exactly )?(?:did|does|has|have|do) (?P<who>.+?) "
    r"(?:say|said|tell|told|state|reply|answer|comment)\b|"
    r"\bwhat (?P<whose>\S+(?: \S+){0,4}?) (?:said|says|told)\b|\b(?:exact )?words of (?P<of>.+)",
    re.IGNORECASE,
)
_ASKS_DURATION = re.compile(r"\bhow long (?!ago\b)", re.IGNORECASE)
_ASKS_TIME_SPAN = re.compile(
    r"\bhow long\b.*\bin (?:second|minute|hour|day|week|month|year)s\b", re.IGNORECASE
)
_TIME_SPAN = re.compile(
    r"\b(?:second|minute|hour|day|night|week|weekend|month|season|year|decade|centur(?:y|ie))(?:s|-long)?\b",
    re.IGNORECASE,
)
_ASKS_NUMBER = re.compile(
    r"\bhow (?:many|much (?:money|did it cost|does it cost|is it|was it|were|weight)|old|tall|high|deep|far|"
    r"heavy|wide|often|large is|big is)\b|\bwhat (?:percentage|percent|number|year)\b|"
    r"\b(?:in|on|of) what year\b|\bwhich year\b",
    re.IGNORECASE,
)
_ASKS_TIME = re.compile(
    r"^\W*(?:since |until |by )?when\b|\bwhat (?:date|day|time|month|century)\b", re.IGNORECASE
)
_ASKS_QUOTE = re.compile(r"\b(?:quote|exact words|words of)\b", re.IGNORECASE)
_MARKS = re.compile(f"[{DOUBLE}]")
NAME_LETTERS = 5
_PUT = re.compile(
    r"^\W*(?:please )?quote (?P<what>what .+?)[.?!\s]*$|"
    r"^(?P<first>.+\?)\s*(?:please )?quote (?:him|her|them|it)\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart."""

    text: str
    """As it is put to the cross-encoder: "Quote what she said" is "What she said?"."""
    kind: Kind
    names: tuple[str, ...] = ()
    """For speech: words of the name of who is asked about; empty if unnamed."""


def normalize_question(question: str, *, longest: int | None = MAX_QUESTION_CHARS) -> str:
    """Return the question on one line.

    Raises:
        BadQuestion: It is too short, too long, or holds no letter or digit.
    """
    question = " ".join(question.replace("\x00", " ").encode("utf-8", "replace").decode().split())
    if len(question) < MIN_QUESTION_CHARS or not any(char.isalnum() for char in question):
        raise BadQuestion("That is too short to look up. Ask a question of a few words.")
    if longest is not None and len(question) > longest:
        raise BadQuestion(
            message(
                "That question has {characters:,} characters; up to {limit} are read. Ask it in fewer words.",
                characters=len(question),
                limit=longest,
            )
        )
    return question


def read_question(question: str) -> Question:
    """Take a question apart."""
    speech = _ASKS_SPEECH.search(question)
    if speech is not None:
        who = next((group for group in speech.groups() if group), "")
        names = tuple(word for word in TYPED_NAME.findall(who) if word[0].isupper())
        return Question(_plainly(question), "quote" if _ASKS_QUOTE.search(question) else "speech", names)
    for kind, pattern in (
        ("duration", _ASKS_DURATION),
        ("number", _ASKS_NUMBER),
        ("time", _ASKS_TIME),
    ):
        if pattern.search(question):
            return Question(question, kind)  # type: ignore[arg-type]
    return Question(question, "open")


def can_answer(question: Question, sentence: str, speakers: Sequence[str] = ()) -> bool:
    """Tell whether a sentence holds the kind of thing that is asked for.

    *speakers* are those whose quoted words are in the sentence.
    """
    match question.kind:
        case "number":
            return bool(_NUMBER.search(sentence))
        case "duration":
            held = _TIME_SPAN if _ASKS_TIME_SPAN.search(question.text) else _DURATION
            return bool(held.search(sentence))
        case "time":
            return bool(_TIME.search(sentence))
        case "speech":
            return bool(_SPEECH.search(sentence)) and _is_by(question.names, sentence, speakers)
        case "quote":
            return bool(speakers or _MARKS.search(sentence)) and _is_by(question.names, sentence, speakers)
        case _:
            return True


def missing_names(question: str, text: str) -> float:
    """Return the share of the question's names and numbers that *text* does not hold, 0 to 1.

    Names are words with a capital that do not open the question; their first letters are compared,
    so that "French" is found in "France". A question all in capitals has no names to speak of.
    """
    if question.isupper():
        return 0.0
    words = TYPED_NAME_OR_NUMBER.findall(question)
    names = [
        word
        for at, word in enumerate(words)
        if (word[0].isdigit() or (at > 0 and word[0].isupper())) and word.lower() not in STOP_WORDS
    ]
    if not names:
        return 0.0
    held = text.casefold()
    return sum(not _stands_in(name.casefold(), held) for name in names) / len(names)


def _stands_in(name: str, held: str) -> bool:
    if name[0].isdigit():
        return re.search(rf"(?<![\d.,]){name}(?!\d)", held) is not None
    return name[:NAME_LETTERS] in held


def _is_by(names: Sequence[str], sentence: str, speakers: Sequence[str]) -> bool:
    if not names:
        return True
    said_by = " ".join(speakers).casefold() or sentence.casefold()
    return any(name.casefold().removesuffix("’s").removesuffix("'s") in said_by for name in names)


def _plainly(question: str) -> str:
    match = _PUT.match(question)
    if match is None:
        return question
    return match["first"] or f"{match['what'][0].upper()}{match['what'][1:]}?"


AnswerType = Literal[
    "person", "place", "reason", "share", "weight", "distance", "money", "year", "clock", "count", "date"
]
_TYPES: tuple[AnswerType, ...] = get_args(AnswerType)
"""In the order in which a question is read: "how much weight" is no sum of money."""
_ASKS = {
    kind: re.compile(pattern, re.IGNORECASE)
    for kind, pattern in load_named_patterns("answer_type_patterns", "asks").items()
}
_HELD = {
    kind: re.compile(pattern, 0 if kind == "place" else re.IGNORECASE)
    for kind, pattern in load_named_patterns("answer_type_patterns", "holds").items()
}
_NOT_OF_QUESTION: frozenset[AnswerType] = frozenset(("money", "year", "date", "count"))
"""Types of which what the question gives itself does not count."""
_PEOPLE = (
    load_words("nouns", "people")
    | load_words("nouns", "male")
    | load_words("nouns", "female")
    | load_words("answer_types", "groups")
) - word_set("mr mrs ms miss sir lord lady")
_NAME = re.compile(rf"(?<![\w’'-])[{CAPITAL}][\w’'-]+")
_GIVEN = re.compile(rf"\d[\d.,:]*\d|\d|[{CAPITAL}][\w’'-]+")
_DAY = re.compile(rf"\b(?:{LOWER_MONTH}|{LOWER_WEEKDAY}s?)\b", re.IGNORECASE)
_CLOCKS_AND_AGES = re.compile(
    r"\b\d{1,2}:\d\d\b|\b\d{1,2}\s?[ap]\.?m\b|\b\d{1,3}[- ]year[- ]old\b|,\s\d{1,2}\s?,|\(\d{1,2}\)",
    re.IGNORECASE,
)
_FOLLOWS_NAME = re.compile(rf"[{CAPITAL}]|s?\s?(?:was|is|has|had|said|says|[a-z]+ed|[a-z]+s)\b")


def answer_type(question: str) -> AnswerType | None:
    """Return what a question asks for, if its words say so."""
    return next((kind for kind in _TYPES if _ASKS[kind].search(question)), None)


def holds(kind: AnswerType, question: str, text: str) -> bool:
    """Tell whether *text* holds something of the type that the question does not give itself."""
    if kind == "person":
        return _holds_person(question, text)
    rest = _without_given(question, text) if kind in _NOT_OF_QUESTION else text
    if kind == "count":
        rest = _CLOCKS_AND_AGES.sub(" ", blank_dates(rest))
    return bool(_HELD[kind].search(rest) or (kind == "date" and _DAY.search(rest)))


def _without_given(question: str, text: str) -> str:
    """Return a text without the numbers and names of the question."""
    for one in sorted(set(_GIVEN.findall(question)), key=len, reverse=True):
        text = re.sub(rf"(?<![\w.,]){re.escape(one)}(?![\w]|[.,]\d)", " ", text)
    return text


def _holds_person(question: str, text: str) -> bool:
    asked = {_bare(word) for word in UNBROKEN.findall(question)}
    for match in _NAME.finditer(text):
        opens = not text[: match.start()].strip() or text[: match.start()].rstrip().endswith(
            (".", "!", "?", ":")
        )
        if _bare(match[0]) in asked | NOT_NAMES or (opens and not _goes_on(text, match.end())):
            continue
        return True
    words = set(words_of(text))
    words |= {word.removesuffix("s") for word in words}
    return bool(words & (_PEOPLE - asked - {f"{word}s" for word in asked}))


def _bare(word: str) -> str:
    return word.lower().removesuffix("'s").removesuffix("’s").strip("’'-")


def _goes_on(text: str, at: int) -> bool:
    """Tell whether a name at the beginning of a sentence is longer than one word, or does something."""
    return _FOLLOWS_NAME.match(text[at:].lstrip(" ,.'’")) is not None
