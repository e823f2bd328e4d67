"""Pairs of words that cannot both be true of a thing (``data/antonyms.toml``)."""

from collections.abc import Set as AbstractSet

from retrieval.text import load_pairs, root, stem

_PAIRS = load_pairs("antonyms", "pairs")
_OPPOSITES = frozenset(frozenset(map(stem, pair)) for pair in _PAIRS)
_OPPOSITE_ROOTS = frozenset(frozenset(map(root, pair)) for pair in _PAIRS)


def is_opposite(one: str, other: str) -> bool:
    """Tell whether two roots are a pair of opposites."""
    return frozenset((one, other)) in _OPPOSITE_ROOTS


def are_opposites(one: AbstractSet[str], other: AbstractSet[str]) -> tuple[str, str] | None:
    """Return the stems by which two sets differ if they are a pair of opposites and nothing but one."""
    pairs = [(a, b) for a in sorted(one) for b in sorted(other) if frozenset((a, b)) in _OPPOSITES]
    return pairs[0] if len(pairs) == 1 else None


def is_opposite_pair(one: AbstractSet[str], other: AbstractSet[str]) -> bool:
    """Tell whether any word of one set is the opposite of one in the other."""
    return any(frozenset((a, b)) in _OPPOSITES for a in one - other for b in other - one)
