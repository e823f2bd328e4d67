"""What a language model returns when it chooses sentences: the schema asked for, and its tolerant reading.

Servers that know schemas are sent one. Other replies are read as they come: prose or code fences
around the JSON, numbers as text, one value where a list belongs. What cannot be read in one way only
(keys that say two things) is not read. Numbers without a sentence are dropped.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from unicodedata import category

from retrieval.domain import Verdict
from retrieval.llm.prompts import safe

Answered = Literal["yes", "no", "denied"]
MOST_SENTENCES = 6
"""Of one answer; a model that points at everything points at nothing."""
MOST_CHARS = 20_000
"""Of a reply that is read."""
MOST_COUNT = 1_000_000
_MOST_OBJECTS = 50
_QUERY_CHARS = 200
MOST_WORDS = 20
"""Answering words that are looked for in the sentences."""
_NUMBERS_ALONE = re.compile(r"[\s\[(]*\d{1,5}(?:(?:[\s\[\](),;&]|and)+\d{1,5})*[\s\]).]*")
_NUMBER_FIRST = re.compile(r"[\s\[(]*(?:sentence\s+|number\s+)?(\d{1,5})(?=[\])]|[.:](?!\d))", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,5}")
_UNPRINTED = ("Cc", "Cs", "Co", "Cn")
"""Categories of Unicode that no line of a reply holds: controls, halves of characters, what means nothing."""
_ANSWERED: dict[str, Answered] = {"yes": "yes", "true": "yes", "no": "no", "false": "no", "denied": "denied"}
_VERDICTS = {
    "supported": Verdict.SUPPORTED,
    "contradicted": Verdict.CONTRADICTED,
    "not stated": Verdict.NOT_FOUND,
}
_NUMBERS = {"type": "array", "items": {"type": "integer"}}
_WORDS = {"type": "array", "items": {"type": "string"}}


def _schema(required: Sequence[str], **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


ANSWER_SCHEMA = _schema(
    ("answered", "sentences"),
    answered={"type": "string", "enum": ["yes", "no", "denied"]},
    sentences=_NUMBERS,
    words=_WORDS,
    verdict={"type": "string", "enum": ["", "yes", "no"]},
    count={"type": "integer"},
    counted=_NUMBERS,
    more={"type": "string"},
    question={"type": "string"},
)
PICK_SCHEMA = _schema(("sentences",), sentences=_NUMBERS)
RANKING_SCHEMA = _schema(("sentences",), sentences=_NUMBERS, alone=_NUMBERS)
CLAIM_SCHEMA = _schema(
    ("verdict", "sentences"),
    verdict={"type": "string", "enum": ["supported", "contradicted", "not stated"]},
    sentences=_NUMBERS,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a model says about a question: whether sentences answer it, and which."""

    answered: Answered
    sentences: tuple[int, ...] = ()
    """Numbers of sentences, in reading order; each exists."""
    words: tuple[str, ...] = ()
    """That answer, as the model returned them: whether they stand in the sentences is not checked yet."""
    verdict: str = ""
    """``yes`` or ``no``; empty if it is no such question."""
    count: int | None = None
    counted: tuple[int, ...] = ()
    more: str = ""
    """What to search for besides."""
    question: str = ""
    """The question in full."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a model says about sentences of a summary."""

    sentences: tuple[int, ...]
    """Numbers, the most important first; each exists."""
    alone: frozenset[int] = frozenset()
    """Numbers of sentences that are understood beside the others without what they refer back to."""


def read_choice(text: str, count: int) -> Choice | None:
    """Return what a reply says about *count* sentences; ``None`` if it cannot be read.

    An answer without a sentence is none.
    """
    row = _object_with(text, ("answered", "sentences"))
    if row is None:
        return None
    answered = _ANSWERED.get(_word(row.get("answered")))
    if answered is None and row.get("answered") is not None:
        return None
    listed = _numbers(row.get("counted"), count)
    chosen = tuple(dict.fromkeys((*_numbers(row.get("sentences"), count), *listed)))[:MOST_SENTENCES]
    counted = tuple(number for number in dict.fromkeys(listed) if number in chosen)
    if answered is None:
        answered = "yes" if chosen else "no"
    more, question = _line(row.get("more")), _line(row.get("question"))
    if answered == "no" or not chosen:
        return Choice("no", more=more, question=question)
    verdict = _word(row.get("verdict"))
    return Choice(
        answered,
        chosen,
        words=(*_texts(row.get("words")), *_words_beside(row.get("sentences")))[:MOST_WORDS],
        verdict=verdict if verdict in ("yes", "no") else "",
        count=_count(row.get("count")) if counted else None,
        counted=counted,
        more=more,
        question=question,
    )


def read_pick(text: str, count: int) -> tuple[int, ...] | None:
    """Return the numbers that a reply picks, in the order of the text; ``None`` if it cannot be read."""
    row = _object_with(text, ("sentences",))
    return None if row is None else tuple(sorted(set(_numbers(row.get("sentences"), count))))


def read_ranking(text: str, count: int) -> Ranking | None:
    """Return the numbers that a reply ranks, of *count* sentences; ``None`` if it cannot be read."""
    row = _object_with(text, ("sentences",))
    if row is None:
        return None
    numbers = tuple(dict.fromkeys(_numbers(row.get("sentences"), count)))
    return Ranking(numbers, frozenset(_numbers(row.get("alone"), count)).intersection(numbers))


def read_verdict(text: str, count: int) -> tuple[Verdict, tuple[int, ...]] | None:
    """Return what a reply says to a claim, and the sentences it rests on; ``None`` if it cannot be read.

    A verdict without a sentence is none.
    """
    row = _object_with(text, ("verdict",))
    verdict = _VERDICTS.get(_word(row.get("verdict"))) if row else None
    if row is None or verdict is None:
        return None
    numbers = tuple(dict.fromkeys(_numbers(row.get("sentences"), count)))[:MOST_SENTENCES]
    return (verdict, numbers) if numbers and verdict is not Verdict.NOT_FOUND else (Verdict.NOT_FOUND, ())


class _SaysTwoThings(ValueError):
    """A key stands twice in an object, with different values."""


def _object_with(text: str, keys: Sequence[str]) -> dict[str, Any] | None:
    """Return the last object in a reply that has one of *keys*; a bare list of numbers is one, too.

    ``None`` if there is none, or if it says two things under one key.
    """
    found: dict[str, Any] | None = None
    for value in _objects(text[:MOST_CHARS]):
        if isinstance(value, _SaysTwoThings):
            found = None
        elif any(key in value for key in keys):
            found = value
    if found is None and "{" not in text and "sentences" in keys:
        try:
            rows = json.loads(text[text.find("[") : text.rfind("]") + 1])
        except (ValueError, RecursionError):
            return None
        if isinstance(rows, list) and all(type(one) is int for one in rows):
            return {"sentences": rows}
    return found


def _objects(text: str) -> Iterator[dict[str, Any] | _SaysTwoThings]:
    decoder = json.JSONDecoder(object_pairs_hook=_once)
    at = text.find("{")
    for _ in range(_MOST_OBJECTS):
        if at < 0:
            return
        try:
            value, end = decoder.raw_decode(text, at)
        except _SaysTwoThings as error:
            yield error
            end = at + 1
        except (ValueError, RecursionError):
            end = at + 1
        else:
            yield value
        at = text.find("{", end)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for key, value in pairs:
        if key in row and row[key] != value:
            raise _SaysTwoThings(key)
        row[key] = value
    return row


def _numbers(value: Any, count: int) -> list[int]:
    """Return the numbers of existing sentences in a value, whatever it is."""
    found: list[int] = []
    for one in _flat(value):
        if isinstance(one, dict):
            one = next((one[key] for key in ("number", "n", "sentence", "id") if key in one), None)
        if isinstance(one, str):
            found += _numbers_in(one)
        elif isinstance(one, int | float) and not isinstance(one, bool) and one == one // 1:
            found.append(int(one))
    return [number for number in found if 0 < number <= count]


def _numbers_in(text: str) -> list[int]:
    """Return the numbers that a text lists, or the one it begins with; figures in a sentence are none."""
    if _NUMBERS_ALONE.fullmatch(text):
        return [int(one) for one in _NUMBER.findall(text)]
    first = _NUMBER_FIRST.match(text)
    return [int(first[1])] if first else []


def _flat(value: Any) -> Iterable[Any]:
    if isinstance(value, list):
        return [inner for one in value for inner in (one if isinstance(one, list) else [one])]
    return [] if value is None else [value]


def _texts(value: Any) -> list[str]:
    return [one for one in _flat(value) if isinstance(one, str)]


def _words_beside(value: Any) -> list[str]:
    """Return the words of sentences that are given as objects: ``{"number": 3, "words": "in 1907"}``."""
    return [words for one in _flat(value) if isinstance(one, dict) for words in _texts(one.get("words"))]


def _count(value: Any) -> int | None:
    if isinstance(value, str) and value.strip().isdecimal() and len(value) < len(str(MOST_COUNT)):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_COUNT:
        return None
    return value


def _word(value: Any) -> str:
    """Return one word or two in small letters; true and false are words, too."""
    if isinstance(value, bool):
        return str(value).lower()
    return " ".join(value.lower().replace("_", " ").split()).strip(".!") if isinstance(value, str) else ""


def _line(value: Any) -> str:
    """Return a text on one line, without what cannot be seen or stored."""
    if not isinstance(value, str):
        return ""
    line = safe(" ".join(value.split()))
    return "".join(char for char in line if category(char) not in _UNPRINTED)[:_QUERY_CHARS]
