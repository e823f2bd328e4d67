"""The nouns of digests and timelines: many articles seen at once, every line with its exact words."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from retrieval.domain.answers import Citation
from retrieval.domain.articles import Article
from retrieval.messages import Message, message, plural_message

Precision = Literal["day", "week", "month", "year"]
"""How exactly an article dates something; the first day of a week, month or year stands for it."""
Kind = Literal["figures", "claims"]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Sentences of different articles that cannot both be right, the older article's first."""

    kind: Kind
    sides: tuple[Citation, ...]
    at_odds: tuple[str, ...]
    """The words of each side that differ, such as "1.2 million pounds"."""


@dataclass(frozen=True, slots=True)
class Story:
    """Articles about one event, with the line that stands for it."""

    line: Citation
    articles: tuple[Article, ...]
    """All of them, copies included, the one that is cited first."""
    disagreements: tuple[Disagreement, ...] = ()
    worded: str = ""
    """The line in a language model's words, which the cited sentence supports; empty without a model."""

    @property
    def sources(self) -> int:
        """How many independent sources there are: copies of one text, and articles of one site, are one."""
        groups: list[set[str]] = []
        for article in self.articles:
            own = {f"text {article.source or -article.id}"}
            own |= {f"site {article.site.casefold()}"} if article.site else set()
            same = [group for group in groups if group & own]
            groups = [group for group in groups if not group & own] + [own.union(*same)]
        return len(groups)


@dataclass(frozen=True, slots=True)
class Digest:
    """What many articles report, one line a story; stories with most sources first."""

    topic: str | None
    stories: tuple[Story, ...]
    articles_read: int = 0
    articles_left: int = 0
    """Older articles that were not read because there were too many."""
    library_size: int = 0
    written_by: str = ""
    """The language model that worded lines, if any."""
    chosen_by: str = ""
    """The language model that chose the lines among the articles' own sentences, if any."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A sentence that says when something happened."""

    day: date
    precision: Precision
    words: str
    """The words of the sentence that give the date."""
    citation: Citation


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened when, in order."""

    topic: str
    statements: tuple[Dated, ...]
    library_size: int = 0


def format_approximate_date(day: date, precision: Precision) -> Message:
    """Return a date no more exact than it is known: "4 Jun 2026", "Jun 2026", "2026"."""
    match precision:
        case "day":
            return message("{day.day} {day:%b} {day.year}", day=day)
        case "week":
            return message("week of {day.day} {day:%b} {day.year}", day=day)
        case "month":
            return message("{day:%b} {day.year}", day=day)
        case "year":
            return message("{day.year}", day=day)


def format_source_count(story: Story) -> Message:
    """Return "1 source", "3 independent sources", or "2 articles of 1 source"."""
    many = len(story.articles)
    if many == story.sources:
        return plural_message("{count:,} source", "{count:,} independent sources", count=story.sources)
    return plural_message(
        "{articles:,} articles of {count:,} source",
        "{articles:,} articles of {count:,} independent sources",
        count=story.sources,
        articles=many,
    )
