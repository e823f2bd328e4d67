"""Word lists and patterns that are data: TOML files in ``retrieval/data``, checked as they are read.

A file holds arrays of words (sorted, each word once), tables of such arrays, arrays of pairs, or arrays
of named patterns, which keep their order. ``{NAME}`` in a pattern stands for an entry of the file's
``fragments``; a long pattern may be written as an array of pieces.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

FRAGMENTS = "fragments"
"""The table of a file that holds the parts its patterns are made of."""
_FRAGMENT = re.compile(r"\{([A-Z_]+)\}")


class InvalidWordList(ValueError):
    """A data file breaks the rules of word lists; the message names the file and the key."""


@cache
def read_file(name: str) -> Mapping[str, Any]:
    """Return the tables of ``retrieval/data/{name}.toml``.

    Raises:
        InvalidWordList: It is missing or no TOML.
    """
    path = resources.files("retrieval") / "data" / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise InvalidWordList(f"{name}.toml: {error}") from error


def load_words(name: str, key: str) -> frozenset[str]:
    """Return a list of words.

    Raises:
        InvalidWordList: An entry is empty, no string, out of order, or stands there twice.
    """
    return frozenset(_check_words(name, key, _entry(name, key)))


def load_groups(name: str, key: str, *, disjoint: bool = True) -> dict[str, tuple[str, ...]]:
    """Return a table of word lists.

    Args:
        name: The file.
        key: Its table.
        disjoint: Whether no word may stand in two of the lists.

    Raises:
        InvalidWordList: A list is not valid, or two share a word.
    """
    table = _entry(name, key)
    if not isinstance(table, dict):
        raise _invalid(name, key, "is not a table")
    groups = {one: tuple(_check_words(name, f"{key}.{one}", words)) for one, words in table.items()}
    everything = sorted(word for words in groups.values() for word in words)
    for word, following in pairwise(everything):
        if disjoint and word == following:
            raise _invalid(name, key, f"has {word!r} in two groups")
    return groups


def load_pairs(name: str, key: str) -> tuple[tuple[str, str], ...]:
    """Return pairs of words, sorted; a word may stand in several pairs.

    Raises:
        InvalidWordList: An entry is no pair of words, out of order, or stands there twice.
    """
    entries = _entry(name, key)
    if not isinstance(entries, list) or not entries:
        raise _invalid(name, key, "is not a list of pairs")
    for pair in entries:
        if not isinstance(pair, list) or len(pair) != 2 or not all(map(_is_word, pair)):
            raise _invalid(name, key, f"has {pair!r}, which is not a pair of words")
    pairs = tuple((one, other) for one, other in entries)
    _check_order(name, key, pairs)
    return pairs


def load_fragment(name: str, key: str) -> str:
    """Return a part of patterns, with the parts it is made of put in.

    Raises:
        InvalidWordList: There is no such fragment, or it is no pattern.
    """
    fragment = _expand(name, f"{{{key}}}")
    _compile(name, f"{FRAGMENTS}.{key}", fragment, 0)
    return fragment


def load_pattern(name: str, key: str, flags: int = 0) -> re.Pattern[str]:
    """Return a single pattern, compiled.

    Raises:
        InvalidWordList: It is no pattern.
    """
    return _compile(name, key, _expand(name, _join_patterns(name, key, _entry(name, key))), flags)


def load_patterns(name: str, keys: Sequence[str], join: Callable[[Sequence[str]], str]) -> re.Pattern[str]:
    """Return the named patterns of some lists, joined into one.

    Args:
        name: The file.
        keys: Its arrays of tables, each with ``name`` and ``pattern``.
        join: Makes one pattern of all.

    Raises:
        InvalidWordList: Two patterns of a list have one name, or one of them does not compile.
    """
    lists = {key: load_named_patterns(name, key) for key in keys}
    try:
        return re.compile(join([pattern for patterns in lists.values() for pattern in patterns.values()]))
    except re.error:
        for key, patterns in lists.items():
            for one, pattern in patterns.items():
                _compile(name, f"{key}.{one}", pattern, 0)
        raise


def load_named_patterns(name: str, key: str) -> dict[str, str]:
    """Return the patterns of a list by their names, in its order, with fragments put in.

    Raises:
        InvalidWordList: An entry has no name or no pattern, or two have one name.
    """
    entries = _entry(name, key)
    if not isinstance(entries, list) or not entries:
        raise _invalid(name, key, "is not a list of patterns")
    found: dict[str, str] = {}
    for entry in entries:
        if not isinstance(entry, dict) or set(entry) != {"name", "pattern"} or not _is_word(entry["name"]):
            raise _invalid(name, key, f"has {entry!r} instead of a name and a pattern")
        if entry["name"] in found:
            raise _invalid(name, key, f"has {entry['name']!r} twice")
        found[entry["name"]] = _expand(name, _join_patterns(name, f"{key}.{entry['name']}", entry["pattern"]))
    return found


def word_set(words: str) -> frozenset[str]:
    """Return the words of a short list written with spaces."""
    return frozenset(words.split())


def _entry(name: str, key: str) -> Any:
    try:
        return read_file(name)[key]
    except KeyError:
        raise _invalid(name, key, "is missing") from None


def _check_words(name: str, key: str, entries: Any) -> list[str]:
    if not isinstance(entries, list) or not entries:
        raise _invalid(name, key, "is not a list of words")
    for word in entries:
        if not _is_word(word):
            raise _invalid(name, key, f"has {word!r}, which is not a word")
    _check_order(name, key, entries)
    return entries


def _check_order(name: str, key: str, entries: Sequence[Any]) -> None:
    for one, following in pairwise(entries):
        if one == following:
            raise _invalid(name, key, f"has {one!r} twice")
        if one > following:
            raise _invalid(name, key, f"has {following!r} behind {one!r}: it is not sorted")


def _is_word(entry: object) -> bool:
    return isinstance(entry, str) and bool(entry) and entry == entry.strip()


def _join_patterns(name: str, key: str, pattern: Any) -> str:
    pieces = pattern if isinstance(pattern, list) else [pattern]
    if not pieces or not all(isinstance(piece, str) and piece for piece in pieces):
        raise _invalid(name, key, "is not a pattern")
    return "".join(pieces)


def _expand(name: str, pattern: str) -> str:
    def fragment(match: re.Match[str]) -> str:
        fragments = _entry(name, FRAGMENTS)
        if match[1] not in fragments:
            raise _invalid(name, FRAGMENTS, f"has no {match[1]}")
        return _expand(name, _join_patterns(name, f"{FRAGMENTS}.{match[1]}", fragments[match[1]]))

    return _FRAGMENT.sub(fragment, pattern)


def _compile(name: str, key: str, pattern: str, flags: int) -> re.Pattern[str]:
    try:
        return re.compile(pattern, flags)
    except re.error as error:
        raise _invalid(name, key, f"is not a regular expression: {error}") from error


def _invalid(name: str, key: str, problem: str) -> InvalidWordList:
    return InvalidWordList(f"{name}.toml: {key} {problem}")
