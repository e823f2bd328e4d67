"""From the numbers of the reader's heads to the words that answer."""

from collections.abc import Sequence

import numpy as np

from retrieval.protocols import Reading, Vector

MAX_ANSWER_TOKENS = 25
SPAN_SHARE, ANSWERABLE_SHARE, BIAS = 0.163, 0.456, 0.047
"""Logistic regression of "answered" on the two heads, over 320 held-out questions; see the model card."""


def find_span(spans: Vector, answerable: float, places: Sequence[tuple[int, int] | None]) -> Reading:
    """Return the best span of one text, scored against "no answer", which the first token stands for.

    Args:
        spans: Start and end logits, ``(tokens, 2)``.
        answerable: Logit of the other head.
        places: Where each token stands in the passage; ``None`` for tokens that are not of it.
    """
    inside = [at for at, place in enumerate(places) if place is not None]
    if not inside:
        return Reading(score=-np.inf, start=0, end=0)
    first, last = inside[0], inside[-1] + 1
    sums = spans[first:last, 0][:, None] + spans[first:last, 1][None, :]
    size = last - first
    allowed = np.triu(np.ones((size, size), dtype=bool)) & ~np.triu(
        np.ones((size, size), dtype=bool), MAX_ANSWER_TOKENS
    )
    start, end = np.unravel_index(int(np.where(allowed, sums, -np.inf).argmax()), sums.shape)
    margin = float(sums[start, end] - spans[0].sum())
    begins, ends = places[first + int(start)], places[first + int(end)]
    assert begins is not None
    assert ends is not None
    return Reading(
        score=SPAN_SHARE * margin + ANSWERABLE_SHARE * answerable + BIAS, start=begins[0], end=ends[1]
    )
