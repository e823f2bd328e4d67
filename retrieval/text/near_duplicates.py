"""Near-identical articles are one source with copies, however many sites reprinted it.

MinHash (Broder 1997) over runs of words estimates how much two texts share; bands of it, kept in
the database, find the few that are worth comparing. datasketch is the library for it that is kept
and used most; its own index lives in memory or in Redis, so only its signatures are used.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import TYPE_CHECKING

from retrieval.domain import Hit
from retrieval.runtime import Slices, complete
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

_SLICE_CHARS = 50_000
_SLICE_RUNS = 5_000
_MAX_WORD_CHARS = 1_000

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Signature = NDArray[np.uint32]
else:
    Signature = object  # only annotations name it; NumPy is imported where it computes


def signature_of(text: str) -> Signature | None:
    """Return the MinHash of a text, shape ``(PERMUTATIONS,)``; ``None`` for one that is too short."""
    return complete(signature_slices(text))


def signature_slices(text: str) -> Slices[Signature | None]:
    """Make the same, in slices; of a million words at once the hashes would take a gigabyte."""
    from datasketch import MinHash  # late: brings scipy

    runs: set[str] = set()
    words: list[str] = []
    for piece in _pieces(text):
        words = [*words[-(RUN - 1) :], *words_of(piece)]
        runs.update(" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
        yield
    if len(runs) < LEAST_RUNS:
        return None
    hashed = MinHash(num_perm=PERMUTATIONS)
    left = iter(runs)
    while some := list(islice(left, _SLICE_RUNS)):
        hashed.update_batch([run.encode("utf-8", "replace") for run in some])
        yield
    import numpy as np  # late: the command line's help needs none

    return np.asarray(hashed.hashvalues, dtype=np.uint32)


def _pieces(text: str) -> Iterator[str]:
    """Yield *text* in pieces that end where a word ends."""
    start = 0
    while start < len(text):
        end = min(len(text), start + _SLICE_CHARS)
        most = min(len(text), end + _MAX_WORD_CHARS)
        while end < most and not text[end].isspace():
            end += 1
        yield text[start:end]
        start = end


def bands_of(signature: Signature) -> list[int]:
    """Return one 63-bit number a band; texts with one in common may be copies."""
    numbers = []
    for at in range(0, PERMUTATIONS, ROWS):
        key = at.to_bytes(2, "big") + signature[at : at + ROWS].tobytes()
        numbers.append(int.from_bytes(hashlib.blake2b(key, digest_size=8).digest(), "big") >> 1)
    return numbers


def estimate_jaccard(one: Signature, other: Signature) -> float:
    """Estimate the Jaccard similarity of the texts behind two signatures."""
    return float((one == other).mean())


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
