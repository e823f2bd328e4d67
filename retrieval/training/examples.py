"""Questions with a passage and where in it the answer is, out of files in SQuAD's form and our own."""

import gzip
import hashlib
import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from retrieval.domain import Span
from retrieval.text import content_words, sentences

WINDOW_CHARS = 480
"""Longest window; some 110 tokens, which keeps a batch cheap. Whole paragraphs taught no more."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question, a passage, and the part of the passage that answers; ``None`` if nothing does."""

    question: str
    passage: str
    answer: Span | None
    title: str = ""


def read_squad(path: Path) -> list[Example]:
    """Return the questions of a file in the form of SQuAD 1.1 or 2.0, passages whole.

    A lookalike (``is_impossible``) comes without an answer; where it names a plausible wrong one, windows
    around that are cut elsewhere, so nothing of it is kept here.
    """
    found = []
    for article in json.loads(path.read_text("utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            for one in paragraph["qas"]:
                answers = [] if one.get("is_impossible") else one["answers"]
                example = _example(one["question"], paragraph["context"], answers, article.get("title", ""))
                if example is not None:
                    found.append(example)
    return found


def read_written(passages: Sequence[str]) -> list[Example]:
    """Return the questions written for Footnote whose passage is among *passages*.

    The file in this package holds questions and answers; a passage is named by the SHA-256 of its text.
    """
    by_digest = {digest(one): one for one in passages}
    packed = (files("retrieval.training") / "written_questions.jsonl.gz").read_bytes()
    found = []
    for line in gzip.decompress(packed).decode("utf-8").splitlines():
        row = json.loads(line)
        passage = by_digest.get(row["passage"])
        if passage is None:
            continue
        answers = [{"text": row["answer"], "answer_start": row["start"]}] if "answer" in row else []
        example = _example(row["question"], passage, answers, row["passage"])
        if example is not None:
            found.append(example)
    return found


def digest(passage: str) -> str:
    """Return the name of a passage in the file of written questions."""
    return hashlib.sha256(passage.encode("utf-8")).hexdigest()[:16]


def _example(question: str, passage: str, answers: Sequence[Mapping[str, Any]], title: str) -> Example | None:
    if not answers:
        return Example(question.strip(), passage, None, title)
    start, text = int(answers[0]["answer_start"]), str(answers[0]["text"])
    span = Span(start, start + len(text))
    return Example(question.strip(), passage, span, title) if span.of(passage) == text else None


def cut_window(example: Example, rng: random.Random, *, least: int = 1, most: int = 4) -> Example:
    """Return the example with a window of its passage: whole sentences around what (nearly) answers.

    Around the answer if there is one, else around the sentence with most words of the question.
    """
    passage = example.passage
    spans = sentences(passage) or [Span(0, len(passage))]
    at = example.answer or nearest_sentence(example.question, passage, spans)
    hit = [n for n, one in enumerate(spans) if one.start < at.end and at.start < one.end] or [0]
    first, last = hit[0], hit[-1]
    wanted = rng.randint(least, most)
    while last - first + 1 < wanted:
        steps = []
        if first > 0 and spans[last].end - spans[first - 1].start <= WINDOW_CHARS:
            steps.append((first - 1, last))
        if last < len(spans) - 1 and spans[last + 1].end - spans[first].start <= WINDOW_CHARS:
            steps.append((first, last + 1))
        if not steps:
            break
        first, last = rng.choice(steps)
    start, end = spans[first].start, spans[last].end
    answer = example.answer
    if answer is not None:
        answer = Span(answer.start - start, answer.end - start) if answer.end <= end else None
        if answer is None:  # an answer over the end of a sentence: the passage as it is
            return example
    return Example(example.question, passage[start:end], answer, example.title)


def nearest_sentence(question: str, passage: str, spans: Sequence[Span]) -> Span:
    """Return the sentence that shares most words with a question."""
    wanted = set(content_words(question))
    return max(spans, key=lambda one: len(wanted & set(content_words(one.of(passage)))))


_OPPOSITES = (
    "first last, largest smallest, highest lowest, before after, most least, more less, north south, "
    "east west, northern southern, eastern western, increase decrease, increased decreased, early late, "
    "begin end, began ended, start stop, won lost, oldest youngest, older younger, larger smaller, "
    "higher lower, men women, support oppose, cause prevent, inside outside, above below, maximum "
    "minimum, majority minority, public private, major minor, internal external, bought sold, enter "
    "leave, created destroyed, common rare, best worst, positive negative, rich poor"
)
_OPPOSITE = {
    word: other
    for pair in _OPPOSITES.split(", ")
    for word, other in (tuple(pair.split()), tuple(reversed(pair.split())))
}
_NAME = re.compile(r"(?<!^)(?<![.?!“\"] )\b[A-Z][\w’'-]+(?: (?:of |the |de )?[A-Z][\w’'-]+)*")
_NUMBER = re.compile(r"\b\d[\d,.]*\b")


def make_lookalikes(examples: Sequence[Example], rng: random.Random) -> Iterator[Example]:
    """Yield for each example one question that its passage does not answer, where one can be made.

    A name of the question is replaced by another one of the passage, a number by another number, a word by
    its opposite; or the passage by the nearest other one of the same title; or the answering sentence is cut
    out. Some 5 to 10 % are answerable after all (read by hand on 100).
    """
    by_title: dict[str, list[str]] = {}
    for one in examples:
        by_title.setdefault(one.title, []).append(one.passage)
    kinds = ("name", "name", "number", "opposite", "other", "cut")
    for example in examples:
        for kind in rng.sample(kinds, len(kinds)):
            made = _lookalike(kind, example, by_title[example.title], rng)
            if made is not None:
                yield made
                break


def _lookalike(kind: str, example: Example, siblings: Sequence[str], rng: random.Random) -> Example | None:
    question, passage, answer = example.question, example.passage, example.answer
    assert answer is not None
    said = answer.of(passage)
    if kind in ("name", "number"):
        pattern = _NAME if kind == "name" else _NUMBER
        here = [one for one in pattern.finditer(question) if one[0].lower() != question.split()[0].lower()]
        others = [
            one
            for one in dict.fromkeys(pattern.findall(passage))
            if one.lower() not in question.lower() and one not in said and len(one) > 1
        ]
        if not here or not others:
            return None
        old, new = rng.choice(here), rng.choice(others)
        return Example(question[: old.start()] + new + question[old.end() :], passage, None, example.title)
    if kind == "opposite":
        words = [one for one in re.finditer(r"[a-z]+", question) if one[0] in _OPPOSITE]
        if not words:
            return None
        word = rng.choice(words)
        turned = question[: word.start()] + _OPPOSITE[word[0]] + question[word.end() :]
        return Example(turned, passage, None, example.title)
    if kind == "other":
        others = [one for one in siblings if one != passage and said not in one]
        if not others:
            return None
        wanted = set(content_words(question))
        near = max(
            rng.sample(others, min(20, len(others))), key=lambda one: len(wanted & set(content_words(one)))
        )
        return Example(question, near, None, example.title)
    spans = sentences(passage)
    kept = [one.of(passage) for one in spans if one.end <= answer.start or one.start >= answer.end]
    left = " ".join(kept)
    if len(left) < 60 or said in left:
        return None
    return Example(question, left, None, example.title)
