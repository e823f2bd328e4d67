"""Compares a copy with its source: counts, digests, and what searches find."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from retrieval.domain import PassageId
from retrieval.storage.database import Database
from retrieval.storage.transfer.full_text import Reader, Writer
from retrieval.storage.transfer.tables import Digest
from retrieval.text import content_words, words_query

SEARCHES = 20
"""A collection; each for the first words of a passage, taken from all over it."""
_WORDS = 8
"""A search: as many as long questions have."""
_FOUND = 20
_DIGITS = 4
"""To which scores are compared: each database adds in an order of its own."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was compared."""

    rows: dict[str, int]
    """Of each table of the source."""
    digests: dict[str, str]
    differing: tuple[str, ...]
    """Tables that have other rows in the copy, or other values in them."""
    searches: int
    equal: int
    """Searches that found the same passages with the same scores."""


def compare(
    pairs: Iterable[tuple[str, Reader, Writer]],
    source: Database,
    target: Database,
    report: Callable[[str, int, int], None],
) -> Checked:
    """Read all of both, each table as of one moment if the caller sees to it."""
    rows: dict[str, int] = {}
    digests: dict[str, str] = {}
    differing: list[str] = []
    for what, reader, writer in pairs:
        ours, theirs, total = Digest(), Digest(), reader.count()
        for within in reader.slices():
            reader.add_to(ours, within)
            writer.add_to(theirs, within)
            report(f"Checking {what}", ours.rows, total)
        if (ours.rows, ours.hexdigest()) != (theirs.rows, theirs.hexdigest()):
            differing.append(what)
        rows[what], digests[what] = ours.rows, ours.hexdigest()
    results = [
        _found(source, number, query) == _found(target, number, query)
        for number, query in _queries(source, report)
    ]
    return Checked(rows, digests, tuple(differing), len(results), sum(results))


def _queries(source: Database, report: Callable[[str, int, int], None]) -> Iterable[tuple[int, str]]:
    """Yield collections, each with queries out of its own passages."""
    for name in source.collections():
        number = source.collection_id(name)
        assert number is not None
        ids = sorted(source.words(number).passages())
        for at, one in enumerate(ids[:: max(1, len(ids) // SEARCHES)][:SEARCHES], start=1):
            text = source.words(number).texts(one - 1, one)[one]
            yield number, words_query(" ".join(content_words(text)[:_WORDS]))
            report("Comparing searches", at, SEARCHES)


def _found(library: Database, number: int, query: str) -> list[tuple[float, list[PassageId]]]:
    """Return the passages by their scores, without those of the last, of which there may be more."""
    found = [(round(score, _DIGITS), one) for one, score in library.words(number).matching(query, _FOUND)]
    grouped = [
        (score, sorted(one for _, one in group)) for score, group in groupby(found, key=lambda item: item[0])
    ]
    return grouped[:-1] if len(found) == _FOUND else grouped
