"""The two sentences that compare best: the same kind of thing, said of either side."""

from collections.abc import Sequence

from retrieval.answers.evidence import Evidence, overlap
from retrieval.text import jaccard, quantities, words_of

SIDE_SENTENCES = 5
MEASURED = 6.0
"""Added for two sides that give a figure of the same unit where that is asked for: "which is lighter"."""
ALIKE = 6.0
"""Added for two sides that say the same in the same words: "It weighs 41 kg" and "It weighs 34 kg"."""


def choose_pair(
    one: Sequence[Evidence], other: Sequence[Evidence], *, least: float, measured: bool = False
) -> list[Evidence] | None:
    """Return a sentence about each side of a comparison that say the same kind of thing of both.

    ``None`` if there is none that scores *least*, or less if it is worded like the other side's, or gives a
    figure of the same unit where things are *measured*: "which is lighter".
    """
    best: tuple[float, list[Evidence]] | None = None
    for first in one[:SIDE_SENTENCES]:
        for second in other[:SIDE_SENTENCES]:
            likeness = jaccard(frozenset(words_of(first.text)), frozenset(words_of(second.text)))
            alike = ALIKE * likeness + (MEASURED if measured and _units(first) & _units(second) else 0.0)
            score = first.score + second.score + alike
            weakest, stronger = sorted((first.score, second.score))
            if overlap(first, second) or weakest + alike < least or stronger + alike < least:
                continue
            if best is None or score > best[0]:
                best = score, [first, second]
    return best[1] if best else None


def _units(one: Evidence) -> frozenset[str]:
    return frozenset(each.unit for each in quantities(one.text))
