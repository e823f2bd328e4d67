"""Quotations with their speakers, and what comparing somebody's words with the articles gives."""

from dataclasses import dataclass
from typing import Literal

from retrieval.domain.articles import Article
from retrieval.domain.spans import Span


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
class Difference:
    """A run of words that an asked-about wording and the article share, or that only one has."""

    kind: Literal["same", "only asked", "only there"]
    text: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of an article that are, or come near to, words somebody asked about."""

    article: Article
    span: Span
    text: str
    sentence: Span
    """The whole sentence or sentences around them."""
    in_quotation: bool
    """Whether they stand in quotation marks; else they are the article's own."""
    speaker: str | None
    differences: tuple[Difference, ...] = ()
    """Empty if, and only if, the words are the same up to typography."""
    warnings: tuple[str, ...] = ()
    """Differences that turn the meaning, such as a missing "not"."""


@dataclass(frozen=True, slots=True)
class WordsCheck:
    """Whether words stand in the articles."""

    words: str
    """What was looked for: without quotation marks and final stops."""
    wordings: tuple[Wording, ...]
    """The exact ones; if there are none, the nearest."""
    count: int
    """How many there are, with those left out here."""
    library_size: int
    """Articles that were looked through."""

    @property
    def verdict(self) -> Literal["exact", "changed", "absent"]:
        """Word for word · with differences · not in the articles."""
        if not self.wordings:
            return "absent"
        return "changed" if self.wordings[0].differences else "exact"


@dataclass(frozen=True, slots=True)
class Sayings:
    """What one person is quoted with."""

    name: str
    """The fullest name known; what was typed when that is nobody or several people."""
    quotations: tuple[Quotation, ...]
    """By story, the newest first; the same words in reprints once."""
    people: tuple[str, ...] = ()
    """Those whom the name can mean, when they are several."""

    @property
    def stories(self) -> list[tuple[Quotation, ...]]:
        """The quotations of each story: of an article and its copies."""
        stories: dict[int, list[Quotation]] = {}
        for one in self.quotations:
            stories.setdefault(one.article.source or -one.article.id, []).append(one)
        return [tuple(story) for story in stories.values()]
