"""Whether an article is about a topic: by its words, and by the cross-encoder where words differ."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from retrieval.domain import Hit
from retrieval.errors import BadQuestion
from retrieval.protocols import Reranker
from retrieval.text import content_stems, stem, words_of

ON_TOPIC = 0.0
"""Least logit of a passage that is about a topic with whose words it shares too few."""
WORDS_SHARE = 0.5
"""A passage with its title names a topic if it holds a greater share of its words."""
ASKED = 8
"""Passages the cross-encoder reads for a topic: about a second."""


def normalize_topic(topic: str) -> str:
    """Return *topic* without surrounding space.

    Raises:
        BadQuestion: There is no word in it.
    """
    if not any(char.isalnum() for char in topic):
        raise BadQuestion("Give a topic with a word in it.")
    return topic.strip()


def names_topic(wanted: AbstractSet[str], present: AbstractSet[str]) -> bool:
    """Tell whether most of the stems of a topic are among others."""
    return len(wanted & present) > WORDS_SHARE * len(wanted)


def on_topic(topic: str, hits: Sequence[Hit], reranker: Reranker | None) -> list[Hit]:
    """Return the best hit of each article that is about *topic*, best first."""
    wanted = content_stems(topic)
    best: dict[int, Hit] = {}
    named: set[int] = set()
    for hit in hits:
        best.setdefault(hit.article.id, hit)
        if names_topic(wanted, set(map(stem, words_of(f"{hit.article.title} {hit.text}")))):
            named.add(hit.article.id)
    unsure = [hit for row, hit in best.items() if row not in named][:ASKED]
    if unsure and reranker is not None:
        scores = reranker.scores(topic, [f"{hit.article.title}. {hit.text}" for hit in unsure])
        named |= {hit.article.id for hit, score in zip(unsure, scores, strict=True) if score >= ON_TOPIC}
    return [hit for row, hit in best.items() if row in named]
