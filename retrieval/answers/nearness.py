"""Which passages are worth showing when none of them answers: those about what the question names."""

from collections.abc import Sequence

from retrieval.domain import Hit
from retrieval.text import content_words, sentences, stem, words_of

_NEAR_SHARE = 0.5
"""Least share of a question's content words that a passage has. Over the demo's articles: "When did Vesuvius
erupt?" finds Tambora (1 of 2), "Who won the football world cup in 2018?" nothing (at best 1 of 5)."""


def near_sentences(question: str, hits: Sequence[Hit], most: int) -> list[tuple[Hit, str]]:
    """Return the passages near a question, in their order, with the sentence of each that is nearest.

    One of each article and at most *most*; none if no passage has half of the question's content words.
    """
    asked = {stem(word) for word in content_words(question)}
    near: dict[int, tuple[Hit, str]] = {}
    for hit in hits:
        if not asked or hit.article.id in near:
            continue
        if len(asked & _stems(hit.text)) < _NEAR_SHARE * len(asked):
            continue
        texts = [span.of(hit.text) for span in sentences(hit.text)] or [hit.text]
        near[hit.article.id] = (hit, max(texts, key=lambda text: len(asked & _stems(text))))
    return list(near.values())[:most]


def _stems(text: str) -> set[str]:
    return {stem(word) for word in words_of(text)}
