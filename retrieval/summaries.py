"""Sentences of an article that stand for the whole, chosen without a model.

Sentences are chosen for the words of the article they cover, for how central they are and
for how early they stand, and only where they can be read alone.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from retrieval.domain import Span
from retrieval.standalone import is_prose, leans_on_previous, without_dateline

Length = Literal["short", "medium", "long"]
_SHORT_WORDS = 30
_MEDIUM_WORDS = 60
_LONG_SHARE = 0.2
_WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")
_SUFFIX = re.compile(r"(?:[’']s|ies|ing|ed|es|s|ly)$")
_STOP = re.compile(
    r"(?:the|and|for|that|with|was|were|are|has|have|had|his|her|its|their|they|them|this|these|those|from|but"
    r"|not|you|your|our|who|whom|which|what|when|where|why|how|will|would|can|could|should|may|might|been"
    r"|being|said|say|also|than|then|there|here|into|over|about|after|before|out|all|any|more|most|other|some"
    r"|such|only|own|same|too|very|just|him|she|one|two|per)$"
)
_POSITION = 0.6
_CENTRALITY = 0.5
_TITLE = 0.3
_DECAY = 6.0
_LENGTH_POWER = 0.4
_SLACK = 1.2


@dataclass(frozen=True, slots=True)
class _Unit:
    """Consecutive sentences that are only shown together."""

    members: tuple[int, ...]
    words: int


def target_words(length: Length, text_words: int) -> int:
    """Return about how many words a summary of that length has."""
    if length == "short":
        return _SHORT_WORDS
    if length == "medium":
        return _MEDIUM_WORDS
    return max(_MEDIUM_WORDS, round(_LONG_SHARE * text_words))


def choose_sentences(
    text: str,
    sentences: Sequence[Span],
    *,
    words: int,
    vectors: NDArray[np.float32] | None = None,
    title: str = "",
) -> list[Span]:
    """Return sentences of about *words* words that stand for *text*, in its order.

    Args:
        text: The article.
        sentences: Its sentences in order.
        words: How long the summary should be; it may be a fifth longer, or as long as the
            shortest sentence that can stand alone.
        vectors: A unit vector a sentence, shape ``(len(sentences), dimension)``, when the
            caller has them; meaning then counts beside words.
        title: The article's title; sentences about it count more.
    """
    spans = [without_dateline(text, span) for span in sentences]
    units = _units(text, spans)
    if not units:
        return spans[:1]
    terms = [_terms(span.of(text)) for span in spans]
    similarity = _similarity(terms, vectors)
    merit = _merit(similarity, terms, title)
    chosen = _greedy(units, terms, merit, words)
    return [spans[at] for at in sorted(chosen)]


def _units(text: str, spans: Sequence[Span]) -> list[_Unit]:
    units: list[_Unit] = []
    for at, span in enumerate(spans):
        if not is_prose(text, span):
            continue
        members = [at]
        while leans_on_previous(text, spans[members[0]]):
            before = members[0] - 1
            if before < 0 or len(members) == 3 or not is_prose(text, spans[before]):
                members = []
                break
            members.insert(0, before)
        if members:
            units.append(_Unit(tuple(members), sum(len(spans[i].of(text).split()) for i in members)))
    return units


def _terms(sentence: str) -> frozenset[str]:
    found = (_SUFFIX.sub("", word.lower()) for word in _WORD.findall(sentence))
    return frozenset(word for word in found if len(word) > 2 and not _STOP.match(word))


def _similarity(terms: Sequence[frozenset[str]], vectors: NDArray[np.float32] | None) -> NDArray[np.float64]:
    vocabulary = {term: at for at, term in enumerate(sorted(frozenset().union(*terms)))}
    matrix = np.zeros((len(terms), len(vocabulary)))
    for row, present in enumerate(terms):
        matrix[row, [vocabulary[term] for term in present]] = 1.0
    rarity = np.log(1 + len(terms) / np.maximum(1, matrix.sum(axis=0)))
    matrix *= rarity
    matrix /= np.maximum(1e-9, np.linalg.norm(matrix, axis=1, keepdims=True))
    similarity: NDArray[np.float64] = np.asarray(matrix @ matrix.T)
    if vectors is not None:
        similarity = 0.5 * similarity + 0.5 * np.asarray(vectors @ vectors.T, dtype=np.float64)
    return similarity


def _merit(
    similarity: NDArray[np.float64], terms: Sequence[frozenset[str]], title: str
) -> NDArray[np.float64]:
    count = len(terms)
    central = similarity.sum(axis=1) - similarity.diagonal()
    central /= max(1e-9, float(central.max()))
    early = np.exp(-np.arange(count) / _DECAY)
    wanted = _terms(title)
    about = np.array([len(present & wanted) / max(1, len(wanted)) for present in terms])
    merit: NDArray[np.float64] = _CENTRALITY * central + _POSITION * early + _TITLE * about
    return merit


def _greedy(
    units: Sequence[_Unit], terms: Sequence[frozenset[str]], merit: NDArray[np.float64], words: int
) -> set[int]:
    counts = Counter(term for present in terms for term in present)
    total = sum(counts.values()) or 1
    weight = {term: count / total for term, count in counts.items()}
    chosen: set[int] = set()
    covered: set[str] = set()
    used = 0
    sizes = {unit.members: unit.words for unit in units}
    while True:
        best: tuple[float, _Unit] | None = None
        for unit in units:
            new = [at for at in unit.members if at not in chosen]
            if not new:
                continue
            cost = unit.words * len(new) / len(unit.members)
            if chosen and used + cost > words * _SLACK:
                continue
            gained = frozenset().union(*(terms[at] for at in new)) - covered
            worth = 10 * sum(weight[term] for term in gained) + float(np.mean(merit[new]))
            score = worth / max(8, cost) ** _LENGTH_POWER
            if best is None or score > best[0]:
                best = (score, unit)
        if best is None:
            return chosen
        used += round(sizes[best[1].members])
        chosen.update(best[1].members)
        covered |= frozenset().union(*(terms[at] for at in best[1].members))
        if used >= words * 0.9:
            return chosen
