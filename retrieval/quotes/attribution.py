"""Who spoke: the mention beside a quotation that the text says spoke it.

Rules look for a verb of speech and its subject after the quotation, then before it, then
in the sentences before. They prefer no speaker to a wrong one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.domain import Span
from retrieval.nlp import AUXILIARIES, INVERTING_VERBS, STRONG_VERBS, is_finite, is_verb
from retrieval.quotes.grammar import (
    WINDOW,
    Phrase,
    apposed_name,
    first_subject,
    phrase_at,
    subject_of,
    titled_name_at,
)
from retrieval.text import CLOSING, MASK, STOPS, Stretch, Token, tokens_of

_SIGNATURE = re.compile(
    r"\s{0,3}(?:\n\s*)?(?:[—–―]|-{1,2})\s*(?=[A-ZÀ-Þ])(?P<name>[A-ZÀ-Þ][\w.’'\-]*(?:[^\S\n]+(?:[A-ZÀ-Þ][\w.’'\-]*|de|da|van|von|al|bin)){0,4})"
)
_LABEL = re.compile(r"(?P<name>[A-ZÀ-Þ][A-ZÀ-Þ.’'\- ]{2,30}):\s")
MAX_LINE_CHARS = 20_000
"""A longer line is read in pieces, so that none of them keeps others waiting."""
_LEAD_CHARS = 2_000
_MAX_QUOTATIONS = 6
"""Quotations in the same sentence before one; a sentence of more is a list, or no sentence."""
_MAX_VERBS = 6
"""Verbs of speech in a sentence whose subjects are tried."""
_SENTENCE_END = re.compile(rf"[.!?][{CLOSING}“\s]*$")
_ENDS_OPEN = re.compile(r"[,?!—–\-…][’'\s]*$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """A mention of whoever speaks, and the words that say so."""

    mention: Span
    cue: Span | None
    kind: str
    """``name``, ``noun`` or ``pronoun``."""
    strong: bool = False
    """Whether the cue is a verb that almost always announces speech."""


@dataclass(frozen=True, slots=True)
class Line:
    """The words of one line, and which of them are which quotations."""

    span: Span
    words: list[Token]
    quotation_at: dict[int, int]
    """From the start of a quotation to the index of its word."""


def lines_of(masked: str) -> Iterator[Span]:
    """Yield the lines of *masked* that are not empty, long ones in pieces that end with a word."""
    start = 0
    while start < len(masked):
        end = masked.find("\n", start, start + MAX_LINE_CHARS)
        if end < 0 and len(masked) - start <= MAX_LINE_CHARS:
            end = len(masked)
        if end < 0:
            limit = start + MAX_LINE_CHARS
            space = masked.rfind(" ", start + 1, limit)
            end = space if space > 0 else _end_of_mask(masked, limit)
        if start < end:
            yield Span(start, end)
        start = end + (masked[end : end + 1] == "\n")


def _end_of_mask(masked: str, at: int) -> int:
    while at < len(masked) and masked[at] == MASK:
        at += 1
    return at


def line_at(masked: str, span: Span) -> Line:
    """Return the words of a line."""
    words = tokens_of(masked, span.start, span.end)
    return Line(span, words, {word.start: i for i, word in enumerate(words) if word.is_quotation})


def words_before(masked: str, end: int) -> list[Token]:
    """Return the words of the line that ends at *end*, the last ones of a long line."""
    first = max(0, end - _LEAD_CHARS)
    return tokens_of(masked, max(first, masked.rfind("\n", first, end) + 1), end)


def attribute(text: str, masked: str, line: Line, stretch: Stretch) -> Attribution | None:
    """Return who speaks *stretch* as far as its own sentence says, or ``None``."""
    inner = stretch.inner.of(text)
    signed = _SIGNATURE.match(masked, stretch.outer.end)
    if signed is not None:
        return Attribution(Span(signed.start("name"), signed.end("name")), None, "name")
    at = line.quotation_at.get(stretch.outer.start)
    if at is None:
        return None
    label = _LABEL.match(text, stretch.inner.start)
    if label is not None:
        return Attribution(Span(label.start("name"), label.end("name")), None, "name")
    before = _before_words(text, line.words, at)
    after = _after_words(line.words, at)
    leads = bool(before) and (before[-1].text in {":", ","} or is_verb(before, len(before) - 1))
    open_end = bool(_ENDS_OPEN.search(inner)) or bool(after and after[0].text == ",")
    behind = _behind(after) if open_end else None
    if behind is not None and (not leads or behind.strong):
        return behind
    return _ahead(before) or behind


def introduced(words: list[Token]) -> Attribution | None:
    """Return who is about to speak at the end of *words*, a sentence that stands before a quotation."""
    return _ahead(words, needs_verb=True)


def last_sentence(words: Sequence[Token], end: int) -> list[Token]:
    """Return the words before *end* after the last full stop but one, signs at the end included."""
    at = end - 2
    while at >= max(0, end - WINDOW) and words[at].text not in STOPS:
        at -= 1
    return list(words[at + 1 : end])


def _before_words(text: str, words: list[Token], at: int) -> list[Token]:
    start = at - 1
    quotations = 0
    while start >= max(0, at - WINDOW) and quotations <= _MAX_QUOTATIONS:
        word = words[start]
        if word.text in STOPS:
            break
        quotations += word.is_quotation
        if word.is_quotation and _SENTENCE_END.search(text[max(0, word.end - 6) : word.end]):
            following = words[start + 1]
            if following.is_capital or following.is_quotation:
                break
        start -= 1
    return _reopened(words[start + 1 : at])


def _reopened(words: list[Token]) -> list[Token]:
    if words and not words[0].opens:
        first = words[0]
        words = [Token(first.start, first.end, first.text, first.lower, opens=True), *words[1:]]
    return words


def _after_words(words: list[Token], at: int) -> list[Token]:
    stop = at + 1
    while (
        stop < min(len(words), at + WINDOW)
        and not words[stop].is_quotation
        and words[stop].text not in {".", ";", ":", "?", "!"}
    ):
        stop += 1
    return words[at + 1 : stop]


def _behind(words: list[Token]) -> Attribution | None:
    start = 0
    while start < len(words) and words[start].text in {",", "—", "–", "-", ")"}:
        start += 1
    words = words[start:]
    if not words:
        return None
    for at, word in enumerate(words):
        if word.lower == "according" and at + 2 < len(words):
            phrase = titled_name_at(words, at + 2)
            return _made(words, phrase, Span(word.start, words[at + 1].end)) if phrase else None
    if words[0].lower in INVERTING_VERBS:
        phrase = titled_name_at(words, 1)
        if phrase is not None and phrase.kind != "pronoun":
            return _made(words, phrase, Span(words[0].start, words[0].end))
    begin = 1 if words[0].lower in {"as", "then", "later"} and len(words) > 1 else 0
    subject = titled_name_at(words, begin, most=3)
    if subject is None:
        return None
    verb = _verb_after(words, subject)
    if verb is None:
        return None
    return _made(words, subject, Span(words[verb].start, words[verb].end))


def _verb_after(words: list[Token], subject: Phrase) -> int | None:
    at = subject.end
    while at < len(words) and (words[at].lower in AUXILIARIES or words[at].lower.endswith("ly")):
        at += 1
    if at >= len(words):
        return None
    if is_verb(words, at):
        return at
    if words[at].text in {",", "("} or words[at].lower in {
        "of",
        "for",
        "from",
        "at",
        "in",
        "with",
        "who",
        "and",
    }:
        for later in range(len(words) - 1, at, -1):
            if words[later].lower in STRONG_VERBS and words[later - 1].text in {",", ")"}:
                return later
        for later in range(at, len(words)):
            if is_verb(words, later) and is_finite(words, later) and words[later - 1].lower != "who":
                return later
        return None
    unknown_verb = (
        words[at].text.islower() and words[at].lower.endswith(("ed", "s")) and subject.kind != "noun"
    )
    return at if unknown_verb else None


def _ahead(words: list[Token], *, needs_verb: bool = False) -> Attribution | None:
    verbs = [at for at in range(len(words)) if is_verb(words, at)]
    verbs.sort(key=lambda at: (at >= len(words) - 3, words[at].lower in STRONG_VERBS, at), reverse=True)
    for at in verbs[:_MAX_VERBS]:
        subject = _subject_for(words, at)
        if subject is not None:
            return _made(words, subject, Span(words[at].start, words[at].end))
    for at in range(len(words) - 2):
        if words[at].lower == "according" and words[at + 1].lower == "to":
            phrase = titled_name_at(words, at + 2)
            if phrase is not None:
                return _made(words, phrase, Span(words[at].start, words[at + 1].end))
    if needs_verb:
        return None
    subject = first_subject(words, 0, len(words))
    return _made(words, subject, None) if subject is not None else None


def _subject_for(words: list[Token], verb: int) -> Phrase | None:
    subject = subject_of(words, verb)
    if subject is not None and subject.kind == "pronoun":
        return _whose_words(words, subject)
    return subject


def _whose_words(words: list[Token], pronoun: Phrase) -> Phrase:
    """Return the subject in "Ann Lee said she felt" or "Ann Lee condemned what she called"."""
    at = pronoun.start
    if words[at].lower == "who":
        return _name_before(words, at) or pronoun
    if at and words[at - 1].lower == "what":
        return first_subject(words, 0, at) or pronoun
    for verb in range(at - 1, max(-1, at - 3), -1):
        if is_verb(words, verb) and words[verb].lower in STRONG_VERBS:
            return subject_of(words, verb) or pronoun
    return pronoun


def _name_before(words: list[Token], at: int) -> Phrase | None:
    for start in range(at - 1, max(-1, at - 10), -1):
        phrase = phrase_at(words, start)
        if phrase is not None and phrase.kind == "name":
            before = phrase_at(words, start - 1)
            if before is None or before.end != phrase.end:
                return phrase
    return None


def _made(words: list[Token], phrase: Phrase, cue: Span | None) -> Attribution:
    phrase = apposed_name(words, phrase)
    end = words[phrase.end - 1].end
    if words[phrase.end - 1].is_owner:
        end -= 2 if words[phrase.end - 1].text[-1] in "sS" else 1
    strong = cue is not None and any(word.start == cue.start and word.lower in STRONG_VERBS for word in words)
    return Attribution(Span(words[phrase.start].start, end), cue, phrase.kind, strong)
