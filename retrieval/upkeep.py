"""What is done to an article after it came: its page is read again, or a person corrects it.

Plain values; ``upkeep_store.py`` keeps them and the librarian makes them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, get_args

from retrieval.domain import Article, NewArticle
from retrieval.errors import RetrievalError
from retrieval.messages import Message, join_messages, message

Field = Literal["title", "author", "published", "url"]
FIELDS: tuple[Field, ...] = get_args(Field)
STALE_DAYS = 30
"""Days after which a page is read again by ``refresh_stale`` unless the caller says otherwise."""
MAX_TITLE_CHARS = 500
PAGES_AT_ONCE = 50
"""Pages that are read again at one go unless the caller says otherwise; each is a visit to a site."""
MUCH_SHORTER = 0.5
"""Share of the former text below which a refreshed article is pointed out: the page may be damaged."""


@dataclass(frozen=True, slots=True)
class Particulars:
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
    """What became of one article whose page was read again."""

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


def particulars_of(article: Article) -> Particulars:
    """Return what could be corrected, as it is now."""
    return Particulars(article.title, article.author, article.published, article.url)


def with_edits(new: NewArticle, edits: Sequence[Edit]) -> NewArticle:
    """Return an article as it was read, with what people corrected; *edits* are in order of time."""
    kept = {edit.field: edit.now for edit in edits if edit.field != "url"}
    if "title" in kept:
        new = replace(new, title=kept["title"] or "")
    if "author" in kept:
        new = replace(new, author=kept["author"])
    if "published" in kept:
        new = replace(new, published=date.fromisoformat(kept["published"]) if kept["published"] else None)
    return new


def counts(refreshed: Sequence[Refreshed]) -> Message:
    """Return the counts in words: "2 changed, 5 unchanged, 1 failed"."""
    changed = sum(one.text_changed or bool(one.fields) for one in refreshed)
    failed = sum(one.error is not None for one in refreshed)
    said = (
        message("{count:,} changed", count=changed),
        message("{count:,} unchanged", count=len(refreshed) - changed - failed),
        message("{count:,} failed", count=failed),
    )
    shown = [one for one in said if one.values["count"]]
    return join_messages(shown) if shown else message("nothing to do")
