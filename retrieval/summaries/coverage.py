"""The sentences that tell most of what is worth telling, within a number of words.

The worth of a set of sentences is the worth of the words that stand in any of them, so that saying a thing
twice gains nothing (it is submodular), plus that of each sentence. Built greedily, then improved by
exchange.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from retrieval.summaries.candidates import Candidate
from retrieval.summaries.salience import Salience

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

_BY_LENGTH = (1.0, 0.5)
"""Exponents of a candidate's length by which its gain is divided, tried in turn; the better set is taken."""
_ROUNDS = 12
"""Exchanges at most; few summaries take more than four."""
_SAME = 0.5
"""Two sentences that share this part of all their words say the same, and only one is shown."""


def best_alone(
    candidates: Sequence[Candidate], salience: Salience, bonuses: Sequence[float], count: int
) -> list[Candidate]:
    """Return the *count* candidates that are worth most a word by themselves, in order of the text."""

    def worth(candidate: Candidate) -> float:
        terms = set().union(*(salience.terms[at] for at in candidate.members))
        told = sum(salience.weights[term] for term in sorted(terms)) + sum(
            bonuses[at] for at in candidate.members
        )
        return told / max(1, sum(salience.lengths[at] for at in candidate.members))

    if len(candidates) <= count:
        return list(candidates)
    return sorted(sorted(candidates, key=worth, reverse=True)[:count], key=lambda one: one.members)


class Coverage:
    """Chooses among candidates. Costs some milliseconds for a news article."""

    def __init__(self, candidates: Sequence[Candidate], salience: Salience, bonuses: Sequence[float]) -> None:
        """Take candidates, and what each sentence of the article is worth in all beside its words."""
        size = len(salience.lengths)
        self._lengths: Floats = np.array(salience.lengths, dtype=np.float32)
        self._members: Flags = np.zeros((len(candidates), size), dtype=bool)
        for at, candidate in enumerate(candidates):
            self._members[at, list(candidate.members)] = True
        self._member_shares: Floats = self._members.astype(np.float32)
        single = np.array(bonuses, dtype=np.float32)
        shown = sorted({at for candidate in candidates for at in candidate.members})
        counts = Counter(term for at in shown for term in salience.terms[at])
        for at in shown:  # what only one sentence says needs no column
            once = sorted(term for term in salience.terms[at] if counts[term] == 1)
            single[at] += sum(salience.weights[term] for term in once)
        self._single = single
        columns = {term: at for at, term in enumerate(sorted(term for term in counts if counts[term] > 1))}
        parts = len(columns)
        width = parts + max(salience.parts, default=0) + 1
        self._told: Floats = np.zeros((len(candidates), width), dtype=np.float32)
        for row, candidate in enumerate(candidates):
            for member in candidate.members:
                self._told[row, parts + salience.parts[member]] = salience.part_worth
                for term in salience.terms[member]:
                    if term in columns:
                        self._told[row, columns[term]] = salience.weights[term]
        self._clashes = _clashes(candidates, salience)

    def choose(self, limit: float, barred: Flags) -> Flags:
        """Return which sentences to show, of at most *limit* words; none if no candidate is that short.

        Args:
            limit: Words.
            barred: The candidates that may not be chosen.
        """
        best, best_worth = np.zeros(len(self._lengths), dtype=bool), 0.0
        for exponent in _BY_LENGTH:
            chosen = self._fill(np.zeros(len(self._members), dtype=bool), limit, barred, exponent)
            chosen, worth = self._exchange(chosen, limit, barred)
            if worth > best_worth:
                best, best_worth = self._sentences(chosen), worth
        return best

    def _sentences(self, chosen: Flags) -> Flags:
        return np.asarray(self._members[chosen].any(axis=0))

    def _worth(self, chosen: Flags) -> float:
        if not chosen.any():
            return 0.0
        return float(self._told[chosen].max(axis=0).sum() + self._single[self._sentences(chosen)].sum())

    def _fill(self, chosen: Flags, limit: float, barred: Flags, exponent: float) -> Flags:
        """Return *chosen* and what gains most a word, as long as something fits and gains."""
        chosen = chosen.copy()
        told = self._told[chosen].max(axis=0) if chosen.any() else np.zeros(self._told.shape[1], np.float32)
        while True:
            shown = self._sentences(chosen)
            new = self._member_shares @ np.where(shown, 0, self._lengths)
            fits = (new > 0) & (new + self._lengths[shown].sum() <= limit) & ~barred
            fits &= ~self._clashes[chosen].any(axis=0)
            at = np.flatnonzero(fits)
            if not len(at):
                return chosen
            gains = np.maximum(self._told[at] - told, 0).sum(axis=1)
            gains += self._member_shares[at] @ np.where(shown, 0, self._single)
            best = int((gains / new[at] ** exponent).argmax())
            if gains[best] <= 0:
                return chosen
            chosen[at[best]] = True
            told = np.maximum(told, self._told[at[best]])

    def _exchange(self, chosen: Flags, limit: float, barred: Flags) -> tuple[Flags, float]:
        """Return a set that is no worse, got by leaving out one candidate at a time and filling up again."""
        worth = self._worth(chosen)
        for _ in range(_ROUNDS):
            better = self._one_exchange(chosen, worth, limit, barred)
            if better is None:
                break
            chosen, worth = better
        return chosen, worth

    def _one_exchange(
        self, chosen: Flags, worth: float, limit: float, barred: Flags
    ) -> tuple[Flags, float] | None:
        for out in np.flatnonzero(chosen):
            kept = chosen & ~(self._members & self._members[out]).any(axis=1)
            without = barred.copy()
            without[out] = True
            for exponent in _BY_LENGTH:
                other = self._fill(kept, limit, without, exponent)
                if (found := self._worth(other)) > worth + 1e-6:
                    return other, found
        return None


def _clashes(candidates: Sequence[Candidate], salience: Salience) -> Flags:
    """Return for each pair of candidates whether the sentences they are about say the same."""
    terms = [salience.terms[candidate.members[-1]] for candidate in candidates]
    vocabulary = {term: at for at, term in enumerate(sorted(set().union(*terms)))}
    has: Floats = np.zeros((len(terms), len(vocabulary)), dtype=np.float32)
    for row, present in enumerate(terms):
        has[row, [vocabulary[term] for term in present]] = 1
    both = has @ has.T
    sizes = has.sum(axis=1)
    clashes: Flags = both >= _SAME * np.maximum(sizes[:, None] + sizes[None, :] - both, 1)
    np.fill_diagonal(clashes, val=False)
    return clashes
