"""Where a library may be: a SQLite file, or a PostgreSQL server."""

from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from retrieval.domain import ArticleId, PassageId
from retrieval.errors import RetrievalError, StorageError
from retrieval.messages import Message
from retrieval.storage.connection import Connection
from retrieval.storage.sqlite_file import SqliteFile

if TYPE_CHECKING:
    from retrieval.storage.postgresql_vectors import PostgresVectors


class Words(Protocol):
    """The full text of one collection."""

    def create(self) -> None:
        """Make the index if it is not there."""

    def drop(self) -> None:
        """Delete the index."""

    def add(self, words: Sequence[tuple[PassageId, str]]) -> None:
        """Add passages."""

    def remove(self, passages: Sequence[PassageId]) -> None:
        """Delete passages."""

    def passages(self) -> set[PassageId]:
        """Return all passages that are in it."""

    def last_of(self, above: int, limit: int) -> PassageId | None:
        """Return the last of the first *limit* passages above a number; ``None`` if there are none."""

    def texts(self, above: int, up_to: int) -> dict[PassageId, str]:
        """Return the words of the passages above a number, up to another one, as they were added."""

    def matching(
        self, query: str, limit: int, among: Sequence[ArticleId] | None = None
    ) -> list[tuple[PassageId, float]]:
        """Return passages by BM25, best first; higher is better."""

    def count_articles_holding(self, word: str) -> int:
        """Return how many articles hold a word, or another form of it."""

    def terms_between(self, first: str, end: str) -> list[str]:
        """Return the stems from *first* up to *end*, which is left out."""

    def forms_of(self, word: str, limit: int) -> list[tuple[str, str]]:
        """Return how *word*, or another form of it, is written in passages, and the word before it."""

    def merge(self) -> Iterator[None]:
        """Overwrite deleted words, a slice at a time."""


class Place(Protocol):
    """One of the two; see ``SqliteFile`` for what each method means."""

    errors: tuple[type[Exception], ...]
    """What a transaction may end with that is no fault of the program."""
    is_shared: bool
    """Whether several bots may run on it."""

    def exists(self) -> bool:
        """Tell whether a library is there; nothing is made."""

    def open(self) -> Connection:
        """Open the library, or make it."""

    def open_for_reading(self, *, busy_timeout_s: float) -> Connection | None:
        """Open it so that nothing can be written; ``None`` while it is not there."""

    def index_folder(self, connection: Connection) -> str:
        """Return the name of the folder for indexes of its vectors, which are of no other library."""

    def words(self, connection: Connection, collection_id: int) -> Words:
        """Return the full text of a collection."""

    def vectors(self, connection: Connection, collection_id: int) -> "PostgresVectors | None":
        """Return the vectors of a collection as the database itself searches them, if it can."""

    def explain_write(self, error: Exception) -> RetrievalError:
        """Return what to say of a transaction that failed."""

    def explain_altered(self, fault: Message) -> RetrievalError:
        """Return what to say of a row that is not as it was written."""

    def data_version(self, connection: Connection, own: int) -> int:
        """Return a number that changes when another process wrote."""

    def announce(self, connection: Connection, notice: str) -> None:
        """Send a notice to the processes that listen, once the transaction is committed."""

    def listen(self) -> AsyncIterator[str]:
        """Yield notices; an empty one whenever some may have been missed. Ends where there are no others."""

    def fold_in(self, connection: Connection) -> None:
        """Overwrite what is still held of deleted rows."""

    def integrity_fault(self, connection: Connection) -> str:
        """Return what is wrong with the whole; empty if it is sound."""

    def dangling(self, connection: Connection) -> list[str]:
        """Return the table of each row that refers to one that is not there."""


def place_of(folder: Path, url: str) -> Place:
    """Return where the library is: at *url*, or in *folder* if that is empty.

    Raises:
        StorageError: PostgreSQL's driver is not installed.
    """
    if not url:
        return SqliteFile(folder)
    try:
        from retrieval.storage.postgresql_server import PostgresServer  # late: most have no driver
    except ImportError as error:
        raise StorageError("PostgreSQL needs its driver: pip install 'footnote[postgres]'.") from error
    return PostgresServer(url)
