"""How much each sentence of a text adds to a summary: the objective that ``selection`` maximizes.

The worth of a set of sentences has two parts, both submodular (a sentence adds less the more is there):
the weighted words that the set holds, and how near each sentence of the text is to one of the set
(facility location over tf-idf vectors). The first finds what is said often and early, the second
keeps a summary from being the opening.
"""

import math
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.domain import Span
from retrieval.nlp import speaks_in_person
from retrieval.text import COMPOUND, OPENING_ENGLISH, load_words, summary_stem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_STOP = load_words("stop_words", "summaries")
_FACILITY = 0.5
"""Share of facility location in the worth. Without it 23 % of summaries of 45 words were the article's
opening, with it 12 %, and as many key facts were covered; .25 to .75 differ by one in a hundred."""
_EARLY = 2.0
_EARLY_SENTENCES = 6.0
_DIGIT = 0.6
_NAME = 0.3
_TITLE = 1.0
"""What a word is worth more for standing early, being a number, a name, or in the title; any of
0.5 to 2 times these values gives the same key facts within one in a hundred."""
_FIRST = 0.5
_FIRST_SENTENCES = 3.0
"""What the first sentence is worth more than a late one; without it a tenth fewer key facts, with 2.0
more summaries that are the opening."""
_QUOTED = 0.8
_IN_PERSON = 0.8
"""What a quotation, and a sentence of "I" or "you", is worth beside one that reports."""
_LENGTH_POWER = 0.6
"""Gain is compared by words to this power: 0 prefers the longest sentences, 1 the shortest."""
_SHORT_WORDS = 6.0
"""Words below which a sentence costs nearly double: it says little and reads badly between others."""
_LARGEST_TERMS = 30
_LEAN = 30.0
_FEWEST_PARTS, _MOST_PARTS, _PART_SENTENCES = 3, 12, 5


@dataclass(frozen=True, slots=True)
class Unit:
    """Sentences that are only shown together, by their places in the text."""

    members: tuple[int, ...]


def terms_of(sentence: str) -> frozenset[str]:
    """Return the stems of the words of a sentence that say something."""
    found = map(summary_stem, COMPOUND.findall(sentence))
    return frozenset(word for word in found if len(word) > 2 and word not in _STOP)


class Objective:
    """The worth of sets of sentences of one text, at most some hundred sentences."""

    def __init__(
        self,
        text: str,
        spans: Sequence[Span],
        *,
        title: str = "",
        about: Sequence[float] | None = None,
    ) -> None:
        """Weigh the words and sentences of a text.

        Args:
            text: The article.
            spans: Its sentences in order, those that cannot be shown too: they count as what it says.
            title: The article's title.
            about: How much each sentence is about what the summary should lean to, 0 to 1.
        """
        import numpy as np  # late: the command line's help needs none of it

        self._np = np
        self.terms = [terms_of(span.of(text)) for span in spans]
        self.lengths = [len(span.of(text).split()) for span in spans]
        self._vocabulary = {term: at for at, term in enumerate(sorted(set().union(*self.terms)))}
        self._holds = self._matrix()
        self._weights = self._weigh(text, spans, terms_of(title))
        largest = np.sort(self._weights)[::-1][:_LARGEST_TERMS].sum()
        self._weights /= max(float(largest), 1e-9)
        self._near = self._similarities()
        self._quality = np.array([_quality(span.of(text)) for span in spans])
        if about is None:
            places = np.arange(len(spans))
            self._quality *= 1 + _FIRST * np.exp(-places / _FIRST_SENTENCES)
        else:
            self._quality *= 1 + _LEAN * np.array(about)
        self._covered = np.zeros(len(self._vocabulary), dtype=bool)
        self._nearest = np.zeros(len(spans))

    def _matrix(self) -> "NDArray[np.bool_]":
        holds = self._np.zeros((len(self.terms), len(self._vocabulary)), dtype=bool)
        for at, terms in enumerate(self.terms):
            holds[at, [self._vocabulary[term] for term in terms]] = True
        return holds

    def _weigh(self, text: str, spans: Sequence[Span], wanted: frozenset[str]) -> "Floats":
        np = self._np
        count = len(spans)
        parts = min(_MOST_PARTS, max(_FEWEST_PARTS, count // _PART_SENTENCES))
        spread: Counter[str] = Counter()
        for part in range(parts):
            inside = self.terms[part * count // parts : (part + 1) * count // parts]
            spread.update(set().union(*inside) if inside else ())
        first: dict[str, int] = {}
        for at, terms in enumerate(self.terms):
            for term in terms:
                first.setdefault(term, at)
        names = {
            summary_stem(word)
            for span in spans
            for word in COMPOUND.findall(span.of(text))[1:]
            if word[0].isupper()
        }
        weights = [
            math.log(spread[term] + 0.5)
            * (1 + _DIGIT * term[0].isdigit() + _NAME * (term in names) + _TITLE * (term in wanted))
            * (1 + _EARLY * math.exp(-first[term] / _EARLY_SENTENCES))
            for term in self._vocabulary
        ]
        found: Floats = np.array(weights)
        return found

    def _similarities(self) -> "Floats":
        """Return the cosine of each two sentences by tf-idf, the most central one's sum being 1."""
        np = self._np
        count = max(1, len(self.terms))
        rarity = np.log1p(count / np.maximum(self._holds.sum(axis=0), 1))
        vectors = self._holds * rarity
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        near: Floats = vectors @ vectors.T
        near /= max(float(near.sum(axis=0).max(initial=0.0)), 1e-9)
        return near

    def gain(self, unit: Unit, chosen: AbstractSet[int]) -> float:
        """Return what *unit* adds to those taken so far, by what it costs in words."""
        np = self._np
        new = [at for at in unit.members if at not in chosen]
        if not new:
            return 0.0
        words = self._holds[new].any(axis=0) & ~self._covered
        covers = float(self._weights[words].sum())
        nearest = self._near[new].max(axis=0) - self._nearest
        central = float(np.maximum(nearest, 0.0).sum())
        length = sum(self.lengths[at] for at in new)
        cost = max(length, 1) ** _LENGTH_POWER * (1 + math.exp(-length / _SHORT_WORDS))
        quality = float(self._quality[new].mean())
        return float(((1 - _FACILITY) * covers + _FACILITY * central) * quality / cost)

    def take(self, unit: Unit) -> None:
        """Count *unit* as taken."""
        members = list(unit.members)
        self._covered |= self._holds[members].any(axis=0)
        self._nearest = self._np.maximum(self._nearest, self._near[members].max(axis=0))

    def forget(self) -> None:
        """Count nothing as taken."""
        self._covered[:] = False
        self._nearest = self._np.zeros_like(self._nearest)

    def heaviest(self, share: float, among: int) -> frozenset[str]:
        """Return the *among* heaviest words, of those that weigh at least *share* of the heaviest."""
        if not self._vocabulary:
            return frozenset()
        order = self._np.argsort(-self._weights)[:among]
        least = share * float(self._weights[order[0]])
        words = list(self._vocabulary)
        return frozenset(words[at] for at in order if self._weights[at] >= least)


def _quality(sentence: str) -> float:
    quoted = any(mark in sentence for mark in OPENING_ENGLISH)
    return (_QUOTED if quoted else 1.0) * (_IN_PERSON if speaks_in_person(sentence) else 1.0)
