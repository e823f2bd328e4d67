"""Near-identical articles are one source with copies, however many sites reprinted it.

MinHash (Broder 1997) over runs of words estimates how much two texts share; bands of it, kept in
the database, find the few that are worth comparing. datasketch is the library for it that is kept
and used most; its own index lives in memory or in Redis, so only its signatures are used.
"""

import hashlib
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

import numpy as np
from numpy.typing import NDArray

from retrieval.domain import Hit
from retrieval.text.tokens import words_of

RUN = 4
"""Words in a row that count as one feature; shorter runs are shared by texts on the same subject."""
LEAST_RUNS = 20
"""Shorter texts are too short to tell a copy from a coincidence."""
PERMUTATIONS = 128
ROWS = 4
"""Rows a band: 32 bands of 4 propose 95 % of the pairs that share half their runs."""
SAME_SHARE = 0.5
"""Least share of runs in common: a reprint with another headline, lead and some cuts keeps so many."""
SAME_PASSAGE = 0.4
"""Least share of words in common of two passages of copies that say the same."""

Signature = NDArray[np.uint32]


def signature_of(text: str) -> Signature | None:
    """Return the MinHash of a text, shape ``(PERMUTATIONS,)``; ``None`` for one that is too short."""
    from datasketch import MinHash  # late: brings scipy

    words = words_of(text)
    runs = {" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
    if len(runs) < LEAST_RUNS:
        return None
    hashed = MinHash(num_perm=PERMUTATIONS)
    hashed.update_batch([run.encode("utf-8", "replace") for run in sorted(runs)])
    return np.asarray(hashed.hashvalues, dtype=np.uint32)


def bands_of(signature: Signature) -> list[int]:
    """Return one 63-bit number a band; texts with one in common may be copies."""
    numbers = []
    for at in range(0, PERMUTATIONS, ROWS):
        key = at.to_bytes(2, "big") + signature[at : at + ROWS].tobytes()
        numbers.append(int.from_bytes(hashlib.blake2b(key, digest_size=8).digest(), "big") >> 1)
    return numbers


def shared(one: Signature, other: Signature) -> float:
    """Estimate the Jaccard similarity of the texts behind two signatures."""
    return float(np.mean(one == other))


def jaccard(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    """Return the share of all words of two texts that both have; 0 of no words."""
    return len(one & other) / max(1, len(one | other))


def overlap(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    """Return the share of the shorter text's words that the other has (Szymkiewicz-Simpson)."""
    return len(one & other) / max(1, min(len(one), len(other)))


def without_copies(hits: Sequence[Hit]) -> list[Hit]:
    """Leave out passages that a better one of another copy already says."""
    kept: list[tuple[Hit, set[str]]] = []
    for hit in hits:
        words = set(words_of(hit.text)) if hit.article.copies else set()
        if not any(_says_the_same(hit, words, other, others) for other, others in kept):
            kept.append((hit, words))
    return [hit for hit, _ in kept]


def _says_the_same(hit: Hit, words: set[str], other: Hit, others: set[str]) -> bool:
    if hit.article.source != other.article.source or hit.article.id == other.article.id:
        return False
    return overlap(words, others) >= SAME_PASSAGE
