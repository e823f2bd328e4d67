"""The joints of the library: what each part promises, so that another part can take its place.

Everything here is synchronous and only ever called on the lane, unless it says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from retrieval.domain import Answer, Found, Hit, NewArticle, PassageId

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]
    TokenVectors = NDArray[np.int8]


def __getattr__(name: str) -> Any:
    """Return the type of a vector; NumPy is imported for it, as the command line's help needs none."""
    if name in {"Vector", "TokenVectors"}:
        import numpy as np
        from numpy.typing import NDArray

        return NDArray[np.float32] if name == "Vector" else NDArray[np.int8]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@dataclass(frozen=True, slots=True)
class Encoded:
    """One encoded text: a unit vector, and the token vectors when the encoder has them."""

    vector: Vector
    """Shape ``(dimension,)``, length 1."""
    tokens: TokenVectors | None
    """Shape ``(tokens, token_dimension)``; a unit vector times 127. ``None`` for single-vector models."""


class Encoder(Protocol):
    """Turns texts into vectors that lie near each other when the texts mean the same."""

    @property
    def name(self) -> str:
        """Identifies the model and its files; stored in the fingerprint."""
        ...

    @property
    def dimension(self) -> int:
        """Length of ``Encoded.vector``."""
        ...

    @property
    def token_dimension(self) -> int:
        """Length of a token vector; zero if there are none."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each text has, without special ones. Cheap."""
        ...

    def encode_query(self, text: str) -> Encoded:
        """Encode one question; some 7 ms with the bundled model."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> list[Encoded]:
        """Encode passages, in the order given; some 2,800 tokens a second with the bundled model."""
        ...


ABOUT = -4.0
"""Least logit a reranker gives to a text that is about a query although it shares no word with it."""


class Reranker(Protocol):
    """Scores how well a text answers a question, reading both at once."""

    @property
    def name(self) -> str:
        """Identifies the model."""
        ...

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one score (a logit) a text, shape ``(len(texts),)``; higher answers better."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a passage answers a question, and how surely."""

    score: float
    """A logit: above zero, the passage rather answers than not."""
    start: int
    end: int
    """The answering words, as code points of the passage; the likeliest ones where it does not answer."""


class Reader(Protocol):
    """Reads a question and a passage together, and says where the answer is, if it is there at all."""

    @property
    def name(self) -> str:
        """Identifies the model and its weights."""
        ...

    def read(self, question: str, passages: Sequence[str]) -> list[Reading]:
        """Return one reading a passage, in the order given."""
        ...


class PassageIndex(Protocol):
    """Nearest passages by inner product, for one collection."""

    def add(self, ids: Sequence[PassageId], vectors: Vector) -> None:
        """Add ``vectors`` of shape ``(len(ids), dimension)``."""
        ...

    def remove(self, ids: Sequence[PassageId]) -> None:
        """Remove what is there; unknown ids are ignored."""
        ...

    def search(
        self, vector: Vector, limit: int, *, among: Sequence[PassageId] | None = None
    ) -> list[tuple[PassageId, float]]:
        """Return up to *limit* passages, best first, only those in *among* when it is given."""
        ...

    def ids(self) -> set[PassageId]:
        """Return every id held."""
        ...


class Answerer(Protocol):
    """Writes an answer from hits. Only ``citations.py`` decides what its citations are worth."""

    def answer(self, question: str, hits: Sequence[Hit]) -> Answer:
        """Return an answer, or one with ``found == False``; never raises for "not in the library"."""
        ...


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long job is: *done* of *total* units, or an unknown total when zero."""

    what: str
    done: int
    total: int


OnProgress = Callable[[Progress], None]
"""Called on the event loop's thread, often; must return at once."""
OnPlace = Callable[[int], None]
"""Called on the event loop's thread with one's place in the queue, 1 being next."""


class Fetcher(Protocol):
    """Brings a page or file from the network, behind every guard that ``safety/README.md`` names."""

    async def fetch(self, url: str) -> Fetched:
        """Return the body behind *url*.

        Raises:
            SourceRefused: Address, port, kind or size is against the rules.
            SourceUnavailable: The other side failed, or was too slow.
        """
        ...


@dataclass(frozen=True, slots=True)
class Fetched:
    """Bytes, with what was said about them."""

    body: bytes
    url: str
    """Where they came from after redirects."""
    content_type: str
    """The declared media type, lower case, without parameters; "" when none was declared."""
    charset: str | None = None
    password: str | None = field(default=None, repr=False)
    """Opens a locked document; never stored, and never in a log."""


class Extractor(Protocol):
    """Takes the article out of bytes. Runs in a process of its own that can be killed."""

    async def extract(self, fetched: Fetched) -> NewArticle:
        """Return the tidied text and the metadata that is really there.

        Raises:
            SourceRefused: It is no kind of file that is read.
            NotReadable: There is no article in it; the text says what to do instead.
        """
        ...

    async def extract_all(self, fetched: Fetched) -> list[Found]:
        """Return every article of a ZIP file or feed; of anything else the one, under the name "".

        Raises:
            SourceRefused, NotReadable: As ``extract``, for the file as a whole.
        """
        ...
