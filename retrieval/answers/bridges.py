"""Two-step questions: "Where was the director of Night Ferry born?" is answered by two articles.

The first says who directed it, the second where that person was born. A sentence and one of an article that
it names, or that names its article, are read together; the pair is shown if it answers better than either.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from retrieval.answers.coverage import asked_words, unmet, word_keys
from retrieval.answers.evidence import Evidence
from retrieval.domain import Hit
from retrieval.protocols import Reranker

FIRST = 4
"""Sentences that a second one is looked for."""
PARTNERS = 3
"""Second sentences that are read with a first one."""
UNMET_SHARE = 0.2
"""Least share of a question's words that a best sentence leaves unmet for a second to be looked for."""
GAIN = 1.0
"""Logits by which a pair must be better than its better sentence, if it meets no more words than that."""
LOSS = 1.0
"""Logits by which it may be worse if it does."""
_ASIDE = re.compile(r"\s*\([^()]*\)$")
_MIN_NAME_CHARS = 4


@dataclass(frozen=True, slots=True)
class _Pair:
    first: Evidence
    second: Evidence

    @property
    def read(self) -> str:
        return f"{self.first.candidate.read()} {self.second.candidate.read()}"


def find_bridge(
    question: str, evidence: Sequence[Evidence], *, reranker: Reranker
) -> tuple[Evidence, Evidence] | None:
    """Return two sentences of different articles that answer together; ``None`` if one is enough.

    Args:
        question: A question of two steps, or any.
        evidence: The sentences of the passages found for it, best first.
        reranker: Reads a dozen pairs.
    """
    asked = asked_words(question)
    pairs = [
        _Pair(first, second) for first in evidence[:FIRST] for second in _partners(first, evidence, asked)
    ]
    if not pairs:
        return None
    best = max(evidence, key=lambda one: one.score)
    missing = len(unmet(asked, word_keys(best.candidate.whole)))
    found: tuple[float, _Pair] | None = None
    for pair, score in zip(pairs, reranker.scores(question, [pair.read for pair in pairs]), strict=True):
        gained = missing - len(unmet(asked, word_keys(pair.read)))
        enough = best.score - LOSS if gained > 0 else best.score + GAIN
        value = float(score) + gained
        if float(score) >= enough and (found is None or value > found[0]):
            found = value, pair
    return (found[1].first, found[1].second) if found else None


def _partners(first: Evidence, evidence: Sequence[Evidence], asked: Iterable[str]) -> Iterator[Evidence]:
    """Yield the sentences that go on where a sentence leaves off, best first."""
    met = unmet(asked, word_keys(first.candidate.whole))
    linked = [one for one in evidence if one.article.id != first.article.id and _is_linked(first, one)]
    linked.sort(key=lambda one: len(unmet(met, word_keys(one.candidate.whole))) - 0.1 * one.score)
    yield from linked[:PARTNERS]


def _is_linked(one: Evidence, other: Evidence) -> bool:
    """Tell whether a sentence names the article of another one."""
    return _names(one.text, other.article.title) or _names(other.text, one.article.title)


def linked_passages(evidence: Sequence[Evidence], hits: Sequence[Hit]) -> list[Hit]:
    """Return passages of articles that the best sentences name, or that name theirs, at most a few."""
    return [
        hit
        for hit in hits
        if any(
            hit.article.id != one.article.id
            and (_names(one.text, hit.article.title) or _names(hit.text, one.article.title))
            for one in evidence[:FIRST]
        )
    ][:PARTNERS]


def _names(text: str, title: str) -> bool:
    name = _ASIDE.sub("", title).strip()
    return len(name) >= _MIN_NAME_CHARS and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
