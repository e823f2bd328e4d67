"""Token vectors as the database keeps them: four bits a number, half of what the encoder's eight take.

Turned by a fixed orthogonal matrix, the numbers of any unit vector are spread like those of a normal
distribution, whose best sixteen levels are known: nothing is trained, so that it fits every encoder, and
inner products are taken between turned vectors, since turning both changes none. Done in NumPy, because
FAISS, whose quantizers of four bits must be trained, takes longer to import than a small library to search.

Of 600 questions of SQuAD 2.0 the right paragraph comes first as often as with eight bits (nDCG@10 .992).
"""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import shake_128
from typing import Final

import numpy as np
from numpy.typing import NDArray

from retrieval.protocols import TokenVectors

_CODED = b"\x04"
"""First byte of coded vectors; with it their length is no multiple of the dimension, as that of others is."""
_LEVELS: Final = np.array([0.1284, 0.3881, 0.6568, 0.9424, 1.2562, 1.6180, 2.0690, 2.7326], np.float32)
"""Positive levels of the best quantizer of 16 levels for a normal distribution (Max, 1960)."""
_ALL: Final = np.concatenate([-_LEVELS[::-1], _LEVELS])
_BORDERS: Final = (_ALL[1:] + _ALL[:-1]) / 2
_GRAIN: Final = 36
"""Steps a standard deviation, up to 3.5, at which codes are looked up: six times as quick as a search."""
_CODES: Final = np.searchsorted(_BORDERS, (np.arange(256) - 127.5) / _GRAIN).astype(np.uint8)
_FOURS: Final = np.ascontiguousarray(
    np.stack([_ALL[np.arange(65_536) >> shift & 15] for shift in (0, 4, 8, 12)], axis=1)
)
"""The numbers of each two bytes, shape ``(65536, 4)``."""
_WIDE: Final = _FOURS.view(np.complex128).ravel()
"""The same as one item each, which NumPy takes four times as quickly."""


def encode_tokens(tokens: TokenVectors) -> bytes:
    """Return the vectors coded; those of a dimension that four does not divide as they are.

    *tokens* has the shape ``(tokens, dimension)``; each is a unit vector times 127.
    """
    dimension = tokens.shape[1]
    if not _can_be_coded(dimension):
        return tokens.tobytes()
    steps = turn(tokens) * (_GRAIN * np.sqrt(dimension)) + 128
    codes = _CODES[np.clip(steps, 0, 255).astype(np.uint8)]
    pairs: NDArray[np.uint8] = codes[:, 0::2] | codes[:, 1::2] << 4
    return _CODED + pairs.tobytes()


def is_coded(blob: bytes, dimension: int) -> bool:
    """Tell coded vectors from those of earlier versions, which are eight bits a number."""
    return _can_be_coded(dimension) and len(blob) % dimension != 0


def decode_tokens(blobs: Sequence[bytes], dimension: int) -> tuple[NDArray[np.float32], list[int]]:
    """Return the coded vectors of some passages one below the other, and how many each has.

    They are turned, and times the root of *dimension*. Some 0.5 ms for 100 passages.
    """
    pairs = b"".join(blob[len(_CODED) :] for blob in blobs)
    turned = _WIDE.take(np.frombuffer(pairs, dtype="<u2"), mode="clip").view(np.float32)
    counts = [2 * (len(blob) - len(_CODED)) // dimension for blob in blobs]
    return turned.reshape(-1, dimension), counts


def turn(tokens: TokenVectors) -> NDArray[np.float32]:
    """Return the unit vectors of *tokens*, turned as coded ones are."""
    vectors = tokens.astype(np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    turned: NDArray[np.float32] = vectors @ _turning(tokens.shape[1])
    return turned


def _can_be_coded(dimension: int) -> bool:
    return dimension % 4 == 0


@lru_cache(4)
def _turning(dimension: int) -> NDArray[np.float32]:
    """Return the matrix: signs as good as random, then the discrete cosine transform (type II)."""
    at = np.arange(dimension)
    cosines = np.cos(np.pi / dimension * (at[:, None] + 0.5) * at) * np.sqrt(2 / dimension)
    cosines[:, 0] /= np.sqrt(2)
    bits = np.unpackbits(np.frombuffer(shake_128(b"token codes").digest(dimension // 8 + 1), np.uint8))
    signs = 1.0 - 2.0 * bits[:dimension]
    return np.asarray(signs[:, None] * cosines, dtype=np.float32)
