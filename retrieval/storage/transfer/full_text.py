"""The full text of a library: its words are copied, and each database makes an index of its own of them."""

from collections.abc import Iterator

from retrieval.storage.database import Database
from retrieval.storage.transfer.tables import Contents, Digest, Slice, TableReader, TableWriter

_ROWS = 500
"""Passages a slice."""
_HIGHEST = 2**63 - 1
"""Of all numbers."""


class TextReader:
    """Reads the words of one collection."""

    def __init__(self, library: Database, collection_id: int) -> None:
        self._words = library.words(collection_id)

    def count(self) -> int:
        """Return how many passages it has."""
        return len(self._words.passages())

    def slices(self) -> Iterator[Slice]:
        """Yield slices that cover all passages there are, and whatever others may have."""
        after = 0
        while (last := self._words.last_of(after, _ROWS)) is not None:
            yield after, last
            after = last
        yield after, None

    def rows(self, within: Slice) -> Contents:
        """Return the words of a slice of passages."""
        above, up_to = within
        return self._words.texts(above or 0, _HIGHEST if up_to is None else up_to)

    def add_to(self, digest: Digest, within: Slice) -> None:
        """Add the rows of a slice to a digest."""
        for row in sorted(self.rows(within).items()):
            digest.add(row)


class TextWriter(TextReader):
    """Makes the words of one collection what the other library's are. Inside transactions of the caller's."""

    def replace(self, have: Contents, want: Contents) -> None:
        """Make a slice that holds *have* hold *want*."""
        if stale := [one for one, words in have.items() if want.get(one) != words]:
            self._words.remove(stale)
        if new := [(one, words) for one, words in want.items() if have.get(one) != words]:
            self._words.add(new)


Reader = TableReader | TextReader
"""What reads one table or the words of one collection."""
Writer = TableWriter | TextWriter
