"""Sentences of an article that stand for the whole, chosen without a model of language.

Chosen are those that tell most of what is worth telling (``salience.py``) without saying a thing twice
(``coverage.py``), among those that can be read alone or behind the ones they need (``candidates.py``). The
first one names what the article is about. Long summaries go section by section.
"""

import math
from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np

from retrieval.domain import Span
from retrieval.summaries.candidates import Candidate, find_candidates, split_for_summary
from retrieval.summaries.coverage import Coverage, Flags, best_alone
from retrieval.summaries.salience import Salience, weigh
from retrieval.summaries.sections import Section, share_words, split_sections
from retrieval.summaries.terms import terms_of

Length = Literal["short", "medium", "long"]
"""How long a summary is: one or two sentences, about three, or a fifth of the article."""
Lean = Callable[[Sequence[str]], Sequence[float]]
_SHORT_WORDS = 30
_MEDIUM_WORDS = 60
_LONG_SHARE = 0.2

_EXCESS = 0.15
_MAX_EXCESS = 0.3
_EXCESS_WORDS = 6
"""A summary may be .15 longer than asked, or, if that is a few words only, so many words longer up to .3."""
_LEAN_BONUS = 6.0
"""What a sentence about the focus is worth more than one that is not: it outweighs the rest."""
_MOST_CANDIDATES = 400
"""Candidates that are compared with each other, those worth most a word; a book has tens of thousands."""
_WORDS_AT_ONCE = 250
"""A longer summary is made of summaries of the sections."""
_TITLE_SHARE = 3.0
"""What all words of the title are worth in a single sentence, which stands for the article as the title does;
about twice what the best sentence is worth otherwise."""
_OPENINGS = 4
"""Times that another first sentence is looked for."""


def target_words(length: Length, text_words: int) -> int:
    """Return about how many words a summary of that length has."""
    if length == "short":
        return _SHORT_WORDS
    if length == "medium":
        return _MEDIUM_WORDS
    return max(_MEDIUM_WORDS, round(_LONG_SHARE * text_words))


def most_words(words: int) -> int:
    """Return how many words a summary has at most for which *words* were asked."""
    return math.floor(words + max(_EXCESS * words, min(_EXCESS_WORDS, _MAX_EXCESS * words)))


def choose_sentences(
    text: str,
    sentences: Sequence[Span],
    *,
    words: int,
    title: str = "",
    lean: Lean | None = None,
) -> list[Span]:
    """Return sentences of about *words* words that stand for *text*, in its order.

    A sentence comes without its dateline, and a very long one may come in part. When no
    sentence can be read alone, the first one is returned; of nothing, nothing.

    Args:
        text: The article.
        sentences: Its sentences in order.
        words: How long the summary should be; up to .15 more, or one longer sentence.
        title: The article's title.
        lean: How much each sentence is about what the summary should lean to, 0 to 1.
    """
    spans = split_for_summary(text, sentences)
    candidates = find_candidates(text, spans)
    if not candidates:
        return spans[:1]
    about = lean([span.of(text) for span in spans]) if lean is not None else None
    sections = [Section(0, len(spans))]
    if words > _WORDS_AT_ONCE and about is None:
        sections = split_sections(text, spans)
    chosen: list[Span] = []
    for section, share in zip(sections, share_words(text, spans, sections, words), strict=True):
        inside = [one for one in candidates if section.holds(one.members)]
        if inside and share:
            moved = [Candidate(tuple(at - section.first for at in one.members)) for one in inside]
            part = spans[section.first : section.end]
            chosen += [part[at] for at in _choose(text, part, moved, share, title, about)]
    return chosen or spans[:1]


def choose_line(text: str, sentences: Sequence[Span], *, words: int, title: str = "") -> Span | None:
    """Return the sentence that stands for *text* best, of at most 1.3 times *words* if there is such.

    ``None`` if *text* has no sentence.
    """
    spans = split_for_summary(text, sentences)
    found = find_candidates(text, spans)
    alone = [one.members[0] for one in found if len(one.members) == 1]
    if not alone:
        return spans[0] if spans else None
    salience = weigh(text, spans, words, title)
    named = terms_of(title)

    def worth(at: int) -> float:
        told = sum(salience.weights[term] for term in sorted(salience.terms[at]))
        told += _TITLE_SHARE * len(named & salience.terms[at]) / max(1, len(named))
        return told + salience.bonuses[at] * salience.lengths[at] / words

    brief = [at for at in alone if salience.lengths[at] <= (1 + _MAX_EXCESS) * words]
    return spans[max(brief or alone, key=worth)]


def _choose(
    text: str,
    spans: Sequence[Span],
    candidates: Sequence[Candidate],
    words: int,
    title: str,
    about: Sequence[float] | None,
) -> list[int]:
    """Return the places of the sentences that stand for some, of which all are *spans*."""
    salience = weigh(text, spans, words, title)
    a_word = salience.bonuses
    if about is not None and any(about):
        candidates = [one for one in candidates if any(about[at] for at in one.members)] or candidates
        a_word = [_LEAN_BONUS * share for share in about]
    bonuses = [bonus * size / words for bonus, size in zip(a_word, salience.lengths, strict=True)]
    candidates = best_alone(candidates, salience, bonuses, _MOST_CANDIDATES)
    coverage = Coverage(candidates, salience, bonuses)
    chosen = _open_with_subject(coverage, candidates, salience, most_words(words))
    if not chosen.any():
        return list(best_alone(candidates, salience, bonuses, 1)[0].members)
    return [int(at) for at in np.flatnonzero(chosen)]


def _open_with_subject(
    coverage: Coverage, candidates: Sequence[Candidate], salience: Salience, limit: float
) -> Flags:
    """Return the best sentences whose first one names what the article is about, if there are such.

    Without such, the best of all; none if no candidate is short enough.
    """
    barred: Flags = np.zeros(len(candidates), dtype=bool)
    best = coverage.choose(limit, barred)
    chosen = best
    for _ in range(_OPENINGS):
        if not chosen.any():
            break
        opening = int(np.flatnonzero(chosen)[0])
        if salience.subjects & salience.terms[opening]:
            return chosen
        barred |= np.array([opening in one.members for one in candidates])
        chosen = coverage.choose(limit, barred)
    return best
