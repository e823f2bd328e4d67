"""Corrections that an article makes of itself, such as "It should read 12 crowns".

They stand at its end or in a note, and the sentence that they correct is still in the text above them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from retrieval.domain import Span
from retrieval.nlp.qualification import takes_back
from retrieval.text import (
    CLOSING,
    OPENING_ENGLISH,
    STOP_WORDS,
    load_fragment,
    load_patterns,
    quantities,
    sentences,
    stem,
    words_of,
)

MAX_SENTENCES = 3
"""Of one correction: what was wrong, what is right, and why."""
FEWEST_SHARED = 2
"""Words that a sentence and a correction that does not say what was wrong must both hold."""
_CACHED = 64


def _alternatives(patterns: Sequence[str]) -> str:
    return rf"(?i)[\s#*_{OPENING_ENGLISH}(]*(?:{'|'.join(patterns)})"


_LABEL = load_patterns("qualification_patterns", ("correction_label",), _alternatives)
_RESTATES = load_patterns("qualification_patterns", ("restates",), _alternatives)
_PUT_RIGHT = load_patterns("qualification_patterns", ("put_right",), lambda all_of: f"(?i){'|'.join(all_of)}")
_CUE = re.compile(
    rf"(?i)\b(?:{load_fragment('qualification_patterns', 'LABEL')}|wrote|said|reported|stated"
    r"|gave|should|no longer|withdrawn|(?:was|were) wrong|version|report|change)\b|\bnot \W?\d"
)
"""A quick look for what may correct something, before a paragraph is split into sentences."""
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
_NUMBER = re.compile(r"\d+(?:[.:,]\d+)*")
_CLAUSE = re.compile(rf"[;–—]\s|,\s(?:but|while)\s|[{CLOSING}]\s")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b")


@dataclass(frozen=True, slots=True)
class Correction:
    """What a text says of what it, or another text, said before."""

    span: Span
    """Its sentences, in the text."""
    text: str
    said: str
    """The same without the label in front."""
    wrong: frozenset[str]
    """Stems and numbers of what was wrong; empty if only the right value is given."""
    is_labelled: bool
    """Whether it is called a correction."""

    def concerns(self, sentence: str, around: str = "") -> bool:
        """Tell whether a *sentence* says what was wrong, or another value where the right one is given.

        Args:
            sentence: Of the text that is corrected.
            around: What must be read with it: the sentence that it points back to.
        """
        said, context = _keys(sentence), _keys(f"{around} {sentence}")
        own = _keys(self.said)
        if self.wrong:
            others = {key for key in (context & own) - self.wrong if not key[0].isdigit()}
            named = self.is_labelled and not any(key[0].isdigit() for key in self.wrong)
            return self.wrong <= said and (bool(others) or named)
        shared = {key for key in context & own if not key[0].isdigit()}
        return self.is_labelled and len(shared) >= FEWEST_SHARED and _differ(sentence, self.said)


@lru_cache(maxsize=_CACHED)
def read_corrections(text: str) -> tuple[Correction, ...]:
    """Return the corrections in a text, in order."""
    return tuple(_corrections(text))


def _corrections(text: str) -> Iterator[Correction]:
    labelled = False
    for match in _PARAGRAPH.finditer(text):
        paragraph = match[0]
        label = _LABEL.match(paragraph)
        if label is not None and label.end() == len(paragraph.rstrip()):
            labelled = True  # a heading over a correction
            continue
        called, labelled = labelled or label is not None, False
        if not called and not _CUE.search(paragraph):
            continue
        spans = sentences(paragraph)
        at = 0
        while at < len(spans):
            end = at + 1
            if called or takes_back(spans[at].of(paragraph)):
                end = _end_of(paragraph, spans, at)
                whole = Span(spans[at].start, spans[end - 1].end)
                words = whole.of(paragraph)
                bare = words[label.end() :] if label is not None and at == 0 else words
                span = Span(match.start() + whole.start, match.start() + whole.end)
                if words_of(bare):
                    yield Correction(span, words, bare.strip(), _wrong(bare), called)
            at = end


def _end_of(paragraph: str, spans: Sequence[Span], at: int) -> int:
    """Return the index behind the last sentence of the correction that begins at one."""
    end = at + 1
    while end < len(spans) and end - at < MAX_SENTENCES:
        so_far = Span(spans[at].start, spans[end - 1].end).of(paragraph)
        words = spans[end].of(paragraph)
        if not _RESTATES.match(words) or _wrong(words) or _PUT_RIGHT.search(so_far):
            break
        end += 1
    return end


def _wrong(words: str) -> frozenset[str]:
    """Return the stems and numbers of what a correction says was wrong; empty if it does not say that."""
    if found := _PUT_RIGHT.search(words):
        return frozenset(_keys(found["wrong"]))
    parts = [span.of(words) for span in sentences(words)]
    if len(parts) == 1:
        cut = _CLAUSE.search(words)
        parts = [words[: cut.start()], words[cut.end() :]] if cut else parts
    if len(parts) < 2 or not takes_back(words):
        return frozenset()
    before, after = _NUMBER.findall(parts[0]), _NUMBER.findall(" ".join(parts[1:]))
    if before and after:
        return frozenset(before[-1:]) - frozenset(after)
    return frozenset()


def _differ(sentence: str, correction: str) -> bool:
    """Tell whether two sentences give different values of one kind: times of day, or numbers of a thing."""
    clocks, others = set(_CLOCK.findall(sentence)), set(_CLOCK.findall(correction))
    if clocks and others:
        return not clocks & others
    units = {one.unit: one.value for one in quantities(sentence)}
    return any(units.get(one.unit, one.value) != one.value for one in quantities(correction))


def _keys(text: str) -> set[str]:
    """Return the stems of the content words of a text, and its numbers."""
    words = {stem(word) for word in words_of(text) if word not in STOP_WORDS and not word[0].isdigit()}
    return words | set(_NUMBER.findall(text))
