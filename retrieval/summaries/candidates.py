"""Which sentences of an article a summary may show, alone or behind the ones that they depend on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.domain import Span
from retrieval.nlp import depends_on_previous, is_prose, shorter, without_dateline
from retrieval.summaries.terms import terms_of
from retrieval.text import COMPOUND, DOUBLE_ENGLISH, load_words

_MAX_SENTENCES = 3
"""Sentences in a row that are shown together at most; what needs more is left out."""
_LEAST_TERMS = 4
"""Words that say something; with fewer a sentence tells nothing by itself ("They did the opposite.")."""
_NARRATES = 0.15
"""Part of the sentences outside quotations that say "I" or "we" where the author speaks of himself."""
_DETACHED = re.compile(r"\w\s[.]$")
_SPACED = 0.2
"""Part of the sentences with a space before the full stop from which on the whole text is set so."""
_QUOTES = re.compile(rf"[{DOUBLE_ENGLISH}`]|(?<!\w)['‘]")
_FIRST_PERSON = load_words("stop_words", "first_person")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Consecutive sentences that are only shown together: the last one needs the others."""

    members: tuple[int, ...]
    """Their places among the article's sentences."""


def split_for_summary(text: str, sentences: Sequence[Span]) -> list[Span]:
    """Return the sentences without their datelines, and very long ones in pieces."""
    return [without_dateline(text, piece) for span in sentences for piece in shorter(text, span)]


def find_candidates(text: str, spans: Sequence[Span]) -> list[Candidate]:
    """Return what can be shown of an article's sentences, in order; what says little only if that is all."""
    left_out = [
        spoken or link for spoken, link in zip(_spoken(text, spans), _links(text, spans), strict=True)
    ]
    prose = [is_prose(text, span) and not out for out, span in zip(left_out, spans, strict=True)]
    leans = [fit and depends_on_previous(text, span) for fit, span in zip(prose, spans, strict=True)]
    found: list[Candidate] = []
    slight: list[Candidate] = []
    for at in range(len(spans)):
        first = at
        while first >= 0 and prose[first] and leans[first] and at - first < _MAX_SENTENCES:
            first -= 1
        if first >= 0 and prose[first] and not leans[first] and at - first < _MAX_SENTENCES:
            says = len(terms_of(spans[at].of(text))) >= _LEAST_TERMS
            (found if says else slight).append(Candidate(tuple(range(first, at + 1))))
    return found or slight


def _spoken(text: str, spans: Sequence[Span]) -> list[bool]:
    """Return which sentences are from the middle of a quotation, as far as "I" and "we" show it.

    Splitters cut a quotation of several sentences; what stands between its marks names no speaker.
    """
    plain = [not _QUOTES.search(span.of(text)) for span in spans]
    first = [any(word.lower() in _FIRST_PERSON for word in COMPOUND.findall(span.of(text))) for span in spans]
    alone = [speaks and bare for speaks, bare in zip(first, plain, strict=True)]
    if sum(alone) > _NARRATES * max(1, sum(plain)):
        return [False] * len(spans)
    return alone


def _links(text: str, spans: Sequence[Span]) -> list[bool]:
    """Return which sentences are headlines of other articles, as the space before their full stop shows.

    Pages set a stop behind a link in the running text; where all stops are set so, it says nothing.
    """
    detached = [bool(_DETACHED.search(span.of(text))) for span in spans]
    if sum(detached) > _SPACED * len(spans):
        return [False] * len(spans)
    return detached
