"""The nouns of Footnote: frozen values without behavior beyond checking themselves.

All offsets are Unicode code points into an article's stored text, half-open.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NewType

from retrieval.errors import RetrievalError

FEED_ENTRIES = 50
"""Entries of a feed that are read unless the caller says otherwise; each is a visit to the site."""
ArticleId = NewType("ArticleId", int)
"""SQLite rowid of an article; never shown to people, who see ``Article.public_id``."""
PassageId = NewType("PassageId", int)
"""SQLite rowid of a passage, and its id in the FAISS index."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A non-empty range ``text[start:end]``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse ranges that hold nothing: a citation of nothing is a bug."""
        if not 0 <= self.start < self.end:
            raise ValueError(f"empty or negative span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """Return the characters this span covers in *text*."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class NewArticle:
    """What is known of an article before the library has it. ``text`` is stored exactly as it is."""

    text: str
    title: str = ""
    author: str | None = None
    site: str | None = None
    url: str | None = None
    published: date | None = None
    updated: date | None = None
    language: str | None = None
    page_starts: tuple[int, ...] = ()
    """Where each page of a paged document begins in ``text``; empty for what has no pages."""
    given_id: str | None = None
    id_is_ours: bool = False
    """``given_id`` is one that a library of ours made up: kept if it is free, and no identity."""
    notes: tuple[str, ...] = ()
    """Sentences for the person who adds it, such as "Only the first 40 pages could be read." """


@dataclass(frozen=True, slots=True)
class Corrections:
    """What a person says about an article; it wins over what was read."""

    title: str | None = None
    author: str | None = None
    url: str | None = None
    site: str | None = None
    published: date | None = None
    updated: date | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """An article of the library, without its text."""

    id: ArticleId
    collection: str
    public_id: str
    title: str
    author: str | None
    site: str | None
    url: str | None
    published: date | None
    added_at: datetime
    language: str | None
    digest: str
    """SHA-256 of the text; names the version that spans belong to."""
    chars: int
    updated: date | None = None
    page_starts: tuple[int, ...] = ()
    source: int = 0
    """Articles with the same number say the same in nearly the same words: one source and its copies."""
    copies: int = 0
    """How many others share ``source``."""
    given: bool = False
    """Whether ``public_id`` came with the article."""

    def page_of(self, offset: int) -> int | None:
        """Return the number of the page, from 1, on which the character at *offset* stands."""
        return bisect_right(self.page_starts, offset) if self.page_starts else None


@dataclass(frozen=True, slots=True)
class Version:
    """A text that an article had before it was replaced; old answers still open its words."""

    digest: str
    replaced_at: datetime
    chars: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole consecutive sentences of one article; the unit that is searched."""

    id: PassageId
    article_id: ArticleId
    span: Span


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that may answer, best first. Scores compare only within one result."""

    passage: Passage
    article: Article
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact words behind a statement: ``quote == stored text[span]``, always."""

    number: int
    article: Article
    span: Span
    quote: str

    @property
    def page(self) -> int | None:
        """The page of the document on which the words begin; ``None`` if it has no pages."""
        return self.article.page_of(self.span.start)


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence shown to people, with the numbers of the citations that carry it.

    The text holds no markers of its own; brackets in it are the article's.
    """

    text: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the library says to a question. Not finding anything is an answer too."""

    question: str
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Hit, ...] = ()
    """Passages read, best first; what is shown when nothing answers."""
    notes: tuple[str, ...] = ()
    """Plain sentences about *how* it was answered ("I matched words only: …")."""
    library_size: int = 0
    """Articles that could have answered. Zero: the library is empty, say how to fill it."""
    warning: str = ""
    """What must be said before the answer, such as that it is old."""
    understood: str = ""
    """For a follow-up, or a translated question: as it was looked up; else empty."""
    follow_ups: tuple[str, ...] = ()
    """Questions that lead on, each of which the articles answer."""
    written_by: str = ""
    """The language model that worded the statements; empty when they are the articles' own sentences."""
    removed: tuple[str, ...] = ()
    """What a language model drafted and the articles do not carry."""
    originals: tuple[str, ...] = ()
    """The statements as the articles carry them, before they were translated; empty if they were not."""
    id: int | None = None
    """Number under which the answer can be recalled; ``None`` until it is recorded."""

    @property
    def found(self) -> bool:
        """Whether anything is claimed."""
        return bool(self.statements)

    @property
    def text(self) -> str:
        """The statements with their ``[n]`` markers."""
        return join_statements(self.statements)


@dataclass(frozen=True, slots=True)
class Summary:
    """Sentences that stand for an article, in its order."""

    article: Article
    """Of a text that is not in a library, one without a ``public_id``."""
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    notes: tuple[str, ...] = ()
    """Plain sentences about how it was made, such as that nothing is about what was asked."""
    text_words: int = 0
    """Words of the whole article."""
    written_by: str = ""
    """The language model that worded it; empty when the sentences are the article's own."""
    removed: tuple[str, ...] = ()
    """What a language model drafted and the article does not carry."""

    @property
    def words(self) -> int:
        """Words of the summary."""
        return sum(len(statement.text.split()) for statement in self.statements)

    @property
    def text(self) -> str:
        """The statements with their ``[n]`` markers."""
        return join_statements(self.statements)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks, without the marks, and who is said to have said them."""

    article: Article
    span: Span
    text: str
    speaker: str | None = None
    speaker_span: Span | None = None
    cue_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """A citation with the words around it, sliced from the version it was cited from."""

    before: str
    quote: str
    after: str
    current: bool
    """Whether the article still reads so; ``False`` once it was replaced."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one source."""

    article: Article
    passages: int
    status: Literal["added", "known", "replaced"]
    notes: tuple[str, ...] = ()
    attempt: str = ""
    """First words with which a new text addresses language models; a note says so, too."""


@dataclass(frozen=True, slots=True)
class Found:
    """One of several articles in a file or feed, or why it could not be read."""

    name: str
    """What it is called inside: a member's path, or the address of an entry's page."""
    article: NewArticle | None = None
    error: RetrievalError | None = None
    url: str = ""
    """Where the whole article can be read, if that is somewhere else."""
    is_entry: bool = False
    """Whether it is an entry of a feed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one of several sources: exactly one of the two is there."""

    source: str
    added: Added | None = None
    error: RetrievalError | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """Narrow a search. Empty means the whole collection."""

    article_ids: tuple[str, ...] = ()
    """Public ids; unknown ones raise ``ArticleNotFound`` rather than match nothing."""
    site: str | None = None
    """Case and accents make no difference here, nor in ``author``; unknown ones raise, too."""
    author: str | None = None
    """Part of the author line, such as one of several names."""
    language: str | None = None
    """As ISO 639-1, such as "en"."""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What made the stored vectors. A difference refuses to start and names the repair."""

    encoder: str
    dimension: int
    token_dimension: int
    """Zero for an encoder without token vectors."""
    passages_version: int


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Result of checking a library; sound when ``faults`` is empty."""

    articles: int
    passages: int
    faults: tuple[str, ...] = field(default=())
    notes: tuple[str, ...] = field(default=())
    """Harmless findings, such as a cache that will be built on first use."""


def join_statements(statements: Sequence[Statement]) -> str:
    """Return the statements as one text, each followed by its ``[n]`` markers."""
    return " ".join(s.text + " " + "".join(f"[{n}]" for n in s.numbers) for s in statements)
