"""How a story ended: "What happened in the end?", "What was the outcome of the strike?".

The sentence that tells it seldom says "end", but it stands late in the article. So the sentences of the
article that answers best are ranked by how late they stand as well.
"""

from collections.abc import Callable, Sequence

from retrieval.answers.evidence import Evidence
from retrieval.domain import ArticleId, Hit
from retrieval.text import load_patterns

LATE = 0.65
"""Where the last part of an article begins, as a share of its length."""
GAIN = 6.0
"""Logits that the very end of an article is worth more than its beginning."""
NEAR = 2.0
"""A further sentence of the end is shown if it ranks no further than this below the first …"""
WITHIN = 8.0
"""… and none ranks that scores further than this below the best of the article."""
MOST = 3
PASSAGES = 2
"""Passages of the end of the best article that are read besides."""
_ASKS = load_patterns("question_patterns", ("ending",), lambda all_of: f"(?i){'|'.join(all_of)}")


def asks_for_ending(question: str) -> bool:
    """Tell whether a question is about how something ended."""
    return _ASKS.search(question) is not None


def last_passages(evidence: Sequence[Evidence], hits: Sequence[Hit], *, length: int) -> list[Hit]:
    """Return passages of the end of the best sentence's article that are not read yet.

    Args:
        evidence: What was read, best first.
        hits: All passages found.
        length: Characters of that article.
    """
    if not evidence:
        return []
    article, read = evidence[0].article.id, {one.candidate.hit.passage.id for one in evidence}
    late = [
        hit
        for hit in hits
        if hit.article.id == article and hit.passage.id not in read and hit.passage.span.end >= LATE * length
    ]
    return sorted(late, key=lambda hit: -hit.passage.span.start)[:PASSAGES]


def choose_ending(
    evidence: Sequence[Evidence],
    is_enough: Callable[[Evidence], bool],
    *,
    text_of: Callable[[ArticleId], str],
) -> list[Evidence]:
    """Return the last developments that answer, in the order of the article; none if another one does.

    Args:
        evidence: Sentences, best first.
        is_enough: Tells whether a sentence answers well enough to be shown.
        text_of: Gives the text of an article.
    """
    if not evidence:
        return []
    best = evidence[0]
    length = max(1, len(text_of(best.article.id)))
    ranked = [
        (one.score + GAIN * one.core.start / length, one)
        for one in evidence
        if one.article.id == best.article.id and one.score >= best.score - WITHIN and not one.candidate.is_row
    ]
    ranked.sort(key=lambda pair: -pair[0])
    if not ranked or ranked[0][1].core.start < LATE * length:
        return []  # an earlier sentence says it so well that it must be that
    ranked = [(value, one) for value, one in ranked if one.core.start >= LATE * length]
    if not any(is_enough(one) for _, one in ranked[:MOST]):
        return []
    chosen = [one for value, one in ranked[:MOST] if value >= ranked[0][0] - NEAR]
    return sorted(chosen, key=lambda one: one.core.start)
