"""What kind of thing a question wants, read off its words, and whether a sentence can be that.

The cross-encoder knows what a sentence is about better than what it says: asked "How long did the
meeting last?" it likes every sentence about the meeting. These few rules know the difference.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from retrieval.errors import BadQuestion
from retrieval.messages import message
from retrieval.text import (
    DOUBLE,
    LOWER_MONTH,
    LOWER_WEEKDAY_START,
    STOP_WORDS,
    TYPED_NAME,
    TYPED_NAME_OR_NUMBER,
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
            return bool(_DURATION.search(sentence))
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
