"""How much each sentence of an article is about what a summary should lean to."""

import math
from collections.abc import Callable, Sequence

from retrieval.protocols import ABOUT, Reranker
from retrieval.text import content_words, words_of

SENTENCES_READ = 60
"""Sentences the cross-encoder reads, some 15 in 0.2 s; those that share most words go first."""
_EVEN = -2.0
"""Logit of a sentence that is as likely about it as not: where answers are told from refusals."""

_WORDS_SHARED = 0.5
"""What half of the focus's words are worth where the cross-encoder, which reads questions, sees no answer."""


def abouts(focus: str, sentences: Sequence[str], load_reranker: Callable[[], Reranker]) -> list[float]:
    """Return for each sentence the chance that it is about *focus*; 0 if it is surely not."""
    wanted = set(content_words(focus))
    shared = [len(wanted.intersection(words_of(sentence))) for sentence in sentences]
    read = sorted(range(len(sentences)), key=lambda at: (-shared[at], at))[:SENTENCES_READ]
    if not read:
        return []
    scores = load_reranker().scores(focus, [sentences[at] for at in read])
    about = [0.0] * len(sentences)
    for at, score in zip(read, map(float, scores), strict=True):
        if score >= ABOUT:
            about[at] = 1 / (1 + math.exp(_EVEN - score))
        if 2 * shared[at] >= len(wanted):
            about[at] = max(about[at], _WORDS_SHARED)
    return about
