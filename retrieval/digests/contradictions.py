"""Sentences of two reports on one event that cannot both be right.

Precision first: a disagreement that is none costs more trust than one that is missed. So two
figures are compared only when they count the same thing in clauses of the same words, names and
times, or when one article itself says "not 1.2 million but 1.4"; two claims only when they differ
in nothing but a "not" or a pair of opposites. Lists of opposites are our own: WordNet's pair words
by sense, and its download is no package.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from retrieval.citations import Draft
from retrieval.domain import Article, Hit, Kind, Span
from retrieval.nlp import are_opposites, is_opposite_pair, is_prose, negations
from retrieval.safety import find_injections
from retrieval.text import (
    CAPITALIZED,
    LOWER_MONTH,
    LOWER_WEEKDAY,
    STOP_WORDS,
    YEAR,
    Quantity,
    jaccard,
    plain_words,
    quantities,
    same_figure,
    sentences,
    stem,
    words_of,
)

LEAST_SHARED = 3
"""Least words two clauses share beside the unit."""
SAME_CLAUSE = 0.75
"""Least share of all words of two clauses that both have."""
CORRECTION_SHARED = 1
"""A figure that an article itself takes back needs only so many words of its clause in the other."""
SAME_CLAIM = 0.8
LEAST_CLAIM_WORDS = 4
MAX_SENTENCES = 80
"""Of an article; further down is background."""
_CLAUSE_END = re.compile(r"[;:,](?=\s)|\s[–—-]\s|\b(?:and|but|while|whereas|although)\b")
_UNSURE = re.compile(r"\b(?:if|whether|unless|suppose|would have|could|might|may|should|expected?)\b", re.I)
_TIME = re.compile(
    rf"\b(?:{YEAR}|{LOWER_MONTH}|{LOWER_WEEKDAY}|yesterday|today|tomorrow|last|next"
    r"|this|previous|first|second|third|fourth|quarter|earlier|annual|annually|daily|weekly|monthly|each|every"
    r"|per|initially|originally|later|already|so far|until|since|before|after)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """Two drafts that contradict each other, and the words in which they do."""

    kind: Kind
    drafts: tuple[Draft, Draft]
    at_odds: tuple[str, str]
    takes_back: bool = False
    """Whether one of both takes the other's figure back: "1.9 million, not 1.4 million"."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence, read once for all comparisons."""

    article: Article
    span: Span
    text: str
    terms: frozenset[str]
    figures: tuple[Quantity, ...]
    times: frozenset[str]
    names: frozenset[str]
    negated: int


def disagreements(reports: Sequence[tuple[Article, str]]) -> list[Found]:
    """Return contradictions between reports, each pair of statements once, the older report first."""
    ordered = sorted(reports, key=lambda one: (one[0].published is None, one[0].published, one[0].id))
    read = [_sentences(article, text) for article, text in ordered]
    found: list[Found] = []
    for first, second in combinations(read, 2):
        found.extend(_between(first, second))
    return [one for one in _once(found) if not any(find_injections(draft.text) for draft in one.drafts)]


def find_contradictions(cited: Draft, passages: Iterable[Hit]) -> list[Found]:
    """Return what passages of other articles say against a sentence, which is the first of each pair.

    A passage counts if its article is newer than the sentence's. Where a date is missing, it has to take
    a figure back in so many words: "10 votes, not 11".
    """
    ours = _sentences(cited.article, cited.text, cited.span.start)
    found: list[Found] = []
    for hit in passages:
        theirs = _sentences(hit.article, hit.text, hit.passage.span.start)
        newer = _is_newer(hit.article, cited.article)
        if newer is not False:
            found += [one for one in _between(ours, theirs) if newer or one.takes_back]
    return [one for one in _once(found) if not find_injections(one.drafts[1].text)]


def _is_newer(one: Article, other: Article) -> bool | None:
    """Tell whether an article is newer than another; nothing if a date is missing."""
    if one.published is None or other.published is None:
        return None
    return one.published > other.published


def _sentences(article: Article, text: str, start: int = 0) -> list[_Read]:
    """Read a text, or the part of one that begins at *start*."""
    out = []
    for span in sentences(text)[:MAX_SENTENCES]:
        words = span.of(text)
        if is_prose(text, span) and not _UNSURE.search(words):
            out.append(
                _Read(
                    article,
                    Span(start + span.start, start + span.end),
                    words,
                    _terms(words),
                    tuple(quantities(words)),
                    _times(words),
                    _names(words),
                    negations(words),
                )
            )
    return out


def _between(first: Iterable[_Read], second: Sequence[_Read]) -> Iterator[Found]:
    for one in first:
        for other in second:
            if one.article.id == other.article.id or one.text == other.text:
                continue
            figures = _figures_at_odds(one, other)
            if figures is not None:
                taken_back = any(figure.denied for read in (one, other) for figure in read.figures)
                yield Found("figures", (_draft(one), _draft(other)), figures, takes_back=taken_back)
            else:
                claims = _claims_at_odds(one, other)
                if claims is not None:
                    yield Found("claims", (_draft(one), _draft(other)), claims)


def _figures_at_odds(one: _Read, other: _Read) -> tuple[str, str] | None:
    for mine in one.figures:
        for theirs in other.figures:
            if mine.unit != theirs.unit or mine.denied or theirs.denied or same_figure(mine, theirs):
                continue
            if not (mine.exact and theirs.exact):
                continue
            if _is_correction(one, mine, other, theirs) or _same_thing(one, mine, other, theirs):
                return one.text[mine.start : mine.end], other.text[theirs.start : theirs.end]
    return None


def _is_correction(one: _Read, mine: Quantity, other: _Read, theirs: Quantity) -> bool:
    """Tell whether either sentence takes back the other's figure: "1.9 million, not 1.4 million"."""
    for said, figure, answer, new in ((one, mine, other, theirs), (other, theirs, one, mine)):
        taken_back = [q for q in answer.figures if q.denied and q.unit == new.unit]
        if any(same_figure(q, figure) for q in taken_back):
            shared = _clause(said, figure) & _terms(answer.text) - {stem(figure.unit)}
            return len(shared) >= CORRECTION_SHARED
    return False


def _same_thing(one: _Read, mine: Quantity, other: _Read, theirs: Quantity) -> bool:
    alone = [sum(q.unit == mine.unit for q in read.figures) == 1 for read in (one, other)]
    if not all(alone) or one.times != other.times or one.negated or other.negated:
        return False
    if one.names ^ other.names and not _names_agree(one, mine, other, theirs):
        return False
    here, there = _clause(one, mine), _clause(other, theirs)
    if is_opposite_pair(here, there):
        return False
    shared = here & there
    return len(shared) >= LEAST_SHARED and jaccard(here, there) >= SAME_CLAUSE


def _names_agree(one: _Read, mine: Quantity, other: _Read, theirs: Quantity) -> bool:
    return _names(_clause_text(one, mine)) == _names(_clause_text(other, theirs))


def _claims_at_odds(one: _Read, other: _Read) -> tuple[str, str] | None:
    """Return both sentences if they are one claim and its denial."""
    if one.times != other.times or one.names != other.names:
        return None
    if {(q.value, q.unit) for q in one.figures} != {(q.value, q.unit) for q in other.figures}:
        return None
    both = one.terms & other.terms
    pair = are_opposites(one.terms - both, other.terms - both)
    is_denial = one.negated % 2 != other.negated % 2
    if (pair is None) != is_denial:  # "did not fall" beside "rose" is no contradiction
        return None
    apart = len((one.terms ^ other.terms) - set(pair or ()))
    if len(both) < LEAST_CLAIM_WORDS or len(both) < SAME_CLAIM * (len(both) + apart):
        return None
    if pair is None:
        return one.text, other.text
    return _find_written_form(pair[0], one.text), _find_written_form(pair[1], other.text)


def _once(found: Sequence[Found]) -> list[Found]:
    """Leave out a contradiction whose words on both sides were shown already, as copies have them."""
    kept: dict[tuple[Kind, tuple[str, str]], Found] = {}
    for one in found:
        kept.setdefault((one.kind, one.at_odds), one)
    return list(kept.values())


def _find_written_form(stemmed: str, sentence: str) -> str:
    """Return the word of a sentence that has this stem, as it stands there."""
    words = plain_words(sentence)
    return next(word for word in words if stem(word.lower()) == stemmed)


def _draft(read: _Read) -> Draft:
    return Draft(read.article, read.span, read.text)


def _clause(read: _Read, figure: Quantity) -> frozenset[str]:
    return _terms(_clause_text(read, figure)) - {stem(figure.unit)}


def _clause_text(read: _Read, figure: Quantity) -> str:
    """Return the words around a figure up to the next comma or "and" on both sides, without it."""
    before, after = read.text[: figure.start], read.text[figure.end :]
    starts = [match.end() for match in _CLAUSE_END.finditer(before)]
    end = _CLAUSE_END.search(after)
    return before[starts[-1] if starts else 0 :] + " " + after[: end.start() if end else len(after)]


def _terms(words: str) -> frozenset[str]:
    found = (word for word in words_of(words) if word not in STOP_WORDS and not word.isdigit())
    return frozenset(stem(word) for word in found if len(word) > 1)


def _times(words: str) -> frozenset[str]:
    return frozenset(match[0].lower() for match in _TIME.finditer(words))


def _names(words: str) -> frozenset[str]:
    """Return capitalized words, an opening "The" and its like apart."""
    found = (re.sub(r"[’']s?$", "", match[0]) for match in CAPITALIZED.finditer(words))
    return frozenset(name for name in found if name.lower() not in STOP_WORDS)
