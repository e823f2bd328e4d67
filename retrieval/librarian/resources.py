"""What is slow to open: database, encoder, cross-encoder and index, each opened when first needed.

Everything here belongs to the lane's thread.
"""

import logging
from collections.abc import Callable, Generator
from functools import cached_property
from pathlib import Path

from retrieval.answers import VagueQuestions
from retrieval.domain import CheckReport
from retrieval.errors import IndexMismatch, StorageError
from retrieval.indexing import check_library, rebuild_library
from retrieval.messages import message
from retrieval.protocols import Encoder, Reader, Reranker
from retrieval.search import VERSION as PASSAGES_VERSION
from retrieval.search import Searcher, fingerprint_of, note_fingerprint, read_fingerprint
from retrieval.settings import LibrarySettings
from retrieval.storage import ArticleStore

_log = logging.getLogger(__name__)


class Resources:
    """The database and models of one library. Not thread-safe."""

    def __init__(
        self,
        settings: LibrarySettings,
        *,
        load_encoder: Callable[[], Encoder],
        load_reranker: Callable[[], Reranker],
        load_reader: Callable[[], Reader] | None = None,
        one_shot: bool = False,
    ) -> None:
        """Open nothing yet; *one_shot* is as for ``Searcher``."""
        self.settings = settings
        self._load_encoder = load_encoder
        self._load_reranker = load_reranker
        self._load_reader = load_reader
        self._one_shot = one_shot

    @property
    def folder(self) -> Path:
        """The folder of the library."""
        return self.settings.data_dir

    @cached_property
    def store(self) -> ArticleStore:
        """The database; opened by the first call that needs it."""
        return ArticleStore(self.folder, self.settings.database_url.get_secret_value())

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder, checked against the stored vectors.

        Raises:
            IndexMismatch: The library's vectors were made by another one.
        """
        encoder = self._load_encoder()
        noted = read_fingerprint(self.store)
        if noted is None:
            note_fingerprint(self.store, fingerprint_of(encoder))
        elif noted != fingerprint_of(encoder):
            raise IndexMismatch(
                message(
                    "This library was made with the encoder {old_encoder!r} (passages version "
                    "{old_version}); now it is {encoder!r} (version {version}). Run 'footnote rebuild', or "
                    "set FOOTNOTE_ENCODER back.",
                    old_encoder=noted.encoder,
                    old_version=noted.passages_version,
                    encoder=encoder.name,
                    version=PASSAGES_VERSION,
                )
            )
        return encoder

    @cached_property
    def vague_questions(self) -> VagueQuestions:
        """What recognizes questions about a whole article."""
        return VagueQuestions(self.encoder)

    def is_common(self, word: str) -> bool:
        """Tell whether the encoder has a token for all of a word, as for the 20,000 most frequent ones."""
        return self.encoder.count_tokens([word])[0] <= 1

    @cached_property
    def reranker(self) -> Reranker:
        """The cross-encoder."""
        return self._load_reranker()

    @cached_property
    def reader(self) -> Reader | None:
        """What reads the best passages again; ``None`` where it was not calibrated with the cross-encoder."""
        return self._load_reader() if self._load_reader is not None else None

    @cached_property
    def searcher(self) -> Searcher:
        """The search over this library; the first process with a large one lets PostgreSQL index it."""
        searcher = Searcher(
            self.store,
            self.encoder,
            self.store.index_folder,
            one_shot=self._one_shot,
            vector_search=self.settings.vector_search,
        )
        if not self._one_shot:
            try:
                for _ in searcher.make_vectors():
                    pass
            except StorageError as error:
                if self.settings.vector_search == "pgvector":
                    raise
                _log.warning("PostgreSQL does not search vectors, so FAISS does: %s", error)
        return searcher

    @property
    def open_searcher(self) -> Searcher | None:
        """The search if it was needed before; what it holds in memory must follow the database."""
        return self.searcher if "searcher" in self.__dict__ else None

    def rebuild(self) -> Generator[tuple[int, int], None, CheckReport]:
        """Make everything derived from the texts anew, one article a slice."""
        encoder = self._load_encoder() if "encoder" not in self.__dict__ else self.encoder
        for derived in ("searcher", "vague_questions", "encoder"):
            self.__dict__.pop(derived, None)
        self.store.drop_vectors()  # they may be of another dimension
        yield from rebuild_library(self.store, encoder, self.folder)
        self.__dict__["encoder"] = encoder
        for collection in self.store.collections():
            self.searcher.rebuild(collection)
        return check_library(lambda: self.store, self.folder)

    def close(self) -> None:
        """Write the caches and close the database."""
        if (searcher := self.open_searcher) is not None:
            searcher.save_all()
        if "store" in self.__dict__:
            self.store.close()
