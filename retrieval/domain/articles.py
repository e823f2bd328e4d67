"""Articles, passages and spans, what is known and corrected of them, and what came of adding them.

Frozen values without behavior beyond checking themselves. All offsets are Unicode code points into an
article's stored text, half-open.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NewType, get_args

from retrieval.domain.spans import Span
from retrieval.domain.structure import Block
from retrieval.errors import RetrievalError
from retrieval.messages import Message, join_messages, message

FEED_ENTRIES = 50
"""Entries of a feed that are read unless the caller says otherwise; each is a visit to the site."""
STALE_DAYS = 30
"""Days after which a page is read again by ``refresh_stale`` unless the caller says otherwise."""
PAGES_AT_ONCE = 50
"""Pages that are read again at one go unless the caller says otherwise; each is a visit to a site."""
ArticleId = NewType("ArticleId", int)
"""SQLite rowid of an article; never shown to people, who see ``Article.public_id``."""
PassageId = NewType("PassageId", int)
"""SQLite rowid of a passage, and its id in the FAISS index."""


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
    blocks: tuple[Block, ...] = ()
    """Its structure, where more of it was read than the text shows; see ``retrieval.structure``."""
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
class Added:
    """The outcome for one source."""

    article: Article
    passages: int
    status: Literal["added", "known", "replaced"]
    notes: tuple[str, ...] = ()
    injection: str = ""
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
    """The outcome of one of several sources: exactly one of the two is there."""

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


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence that came, went, or was reworded; both sides are verbatim."""

    before: str
    after: str

    @property
    def kind(self) -> Literal["added", "removed", "reworded"]:
        """What happened to it."""
        if not self.before:
            return "added"
        return "reworded" if self.after else "removed"


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed between two texts, in the order of the texts."""

    found: tuple[Change, ...]
    too_many: bool = False
    """Whether the texts are too long and too different to be compared."""

    def count(self, kind: str) -> int:
        """Return how many changes are of a kind."""
        return sum(one.kind == kind for one in self.found)


Field = Literal["title", "author", "published", "url"]
FIELDS: tuple[Field, ...] = get_args(Field)


MUCH_SHORTER = 0.5
"""Share of the former text below which a refreshed article is pointed out: the page may be damaged."""


@dataclass(frozen=True, slots=True)
class ArticleMetadata:
    """What a person may correct; each field is meant as it stands, ``None`` says "there is none"."""

    title: str
    author: str | None
    published: date | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Edit:
    """One correction by a person; it outlives a refresh of the page."""

    field: Field
    was: str | None
    now: str | None
    edited_at: datetime
    editor: str = ""
    """Whom the caller said it was; empty for the command line."""


@dataclass(frozen=True, slots=True)
class Edited:
    """An article before and after a correction."""

    before: Article
    after: Article

    @property
    def fields(self) -> tuple[Field, ...]:
        """What was changed."""
        return tuple(name for name in FIELDS if getattr(self.before, name) != getattr(self.after, name))


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The outcome of one article whose page was read again."""

    before: Article
    after: Article | None = None
    """``None`` if the page could not be read; the article then stays as it was."""
    error: RetrievalError | None = None
    notes: tuple[str, ...] = ()

    @property
    def text_changed(self) -> bool:
        """Whether the words are others now."""
        return self.after is not None and self.after.digest != self.before.digest

    @property
    def fields(self) -> tuple[str, ...]:
        """What else is said of the article now than before."""
        if self.after is None:
            return ()
        names = ("title", "author", "site", "published", "updated")
        return tuple(name for name in names if getattr(self.before, name) != getattr(self.after, name))

    @property
    def much_shorter(self) -> bool:
        """Whether most of the former text is gone, as when a page is damaged or behind a wall."""
        return self.after is not None and self.after.chars < self.before.chars * MUCH_SHORTER


def summarize_outcomes(outcomes: Sequence[Outcome]) -> Message:
    """Return the counts of a batch in words: "3 added, 1 already known, 2 failed"."""
    counts = {"added": 0, "replaced": 0, "known": 0, "failed": 0}
    for outcome in outcomes:
        counts[outcome.added.status if outcome.added else "failed"] += 1
    said = (
        message("{count:,} added", count=counts["added"]),
        message("{count:,} replaced", count=counts["replaced"]),
        message("{count:,} already known", count=counts["known"]),
        message("{count:,} failed", count=counts["failed"]),
    )
    shown = [one for one in said if one.values["count"]]
    return join_messages(shown) if shown else message("nothing found")
