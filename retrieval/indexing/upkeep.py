"""Corrections by people and re-reads of pages: what changed, and the tables that keep it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from retrieval.domain import Article, ArticleId, ArticleMetadata, Edit, NewArticle, Refreshed
from retrieval.messages import Message, join_messages, message
from retrieval.storage import ArticleStore

MAX_TITLE_CHARS = 500


def metadata_of(article: Article) -> ArticleMetadata:
    """Return what could be corrected, as it is now."""
    return ArticleMetadata(article.title, article.author, article.published, article.url)


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


class UpkeepStore:
    """Writes and reads what was done to articles after they came. Belongs to the lane."""

    def __init__(self, store: ArticleStore) -> None:
        self._store = store
        self._connection = store.connection

    def edits(self, article: ArticleId) -> list[Edit]:
        """Return the corrections of an article, oldest first."""
        rows = self._connection.execute(
            "SELECT field, was, now, edited_at, editor FROM edits WHERE article_id = :id ORDER BY id",
            {"id": article},
        )
        return [
            Edit(field, was, now, datetime.fromisoformat(moment), editor)
            for field, was, now, moment, editor in rows
        ]

    def correct(
        self, article: Article, wanted: ArticleMetadata, site: str | None, edits: Sequence[Edit]
    ) -> Article:
        """Change what is known of an article and keep a record of it; return it as it is now.

        Raises:
            ArticleNotFound: It was removed.
        """
        with self._store.transaction():
            self._connection.execute(
                "UPDATE articles SET title = :title, author = :author, published = :published, url = :url, "
                "site = :site WHERE id = :id",
                {
                    "title": wanted.title,
                    "author": wanted.author,
                    "published": wanted.published.isoformat() if wanted.published else None,
                    "url": wanted.url,
                    "site": site,
                    "id": article.id,
                },
            )
            after = self._store.article_numbered(article.collection, article.id)
            self._connection.executemany(
                "INSERT INTO edits (article_id, field, was, now, edited_at, editor) "
                "VALUES (:id, :field, :was, :now, :edited_at, :editor)",
                [
                    {
                        "id": article.id,
                        "field": one.field,
                        "was": one.was,
                        "now": one.now,
                        "edited_at": _stamp(one.edited_at),
                        "editor": one.editor,
                    }
                    for one in edits
                ],
            )
        return after

    def record_check(self, article: ArticleId, moment: datetime) -> None:
        """Keep when an article's page was last looked at, whatever came of it."""
        with self._store.transaction():
            self._connection.execute(
                "INSERT INTO page_looks (article_id, looked_at) "
                "SELECT id, CAST(:moment AS TEXT) FROM articles WHERE id = :id "
                "ON CONFLICT (article_id) DO UPDATE SET looked_at = excluded.looked_at",
                {"moment": _stamp(moment), "id": article},
            )

    def stale(self, collection: str, before: datetime) -> list[Article]:
        """Return the articles of web pages that were last looked at by then, the longest ago first.

        Seconds are compared: of this very moment, these are all pages.
        """
        like = self._connection.dialect.like
        rows = self._connection.execute(
            "SELECT id FROM (SELECT a.id, CASE WHEN p.looked_at > a.added_at THEN p.looked_at "  # noqa: S608
            "ELSE a.added_at END AS looked_at FROM articles a JOIN collections c ON c.id = a.collection_id "
            "LEFT JOIN page_looks p ON p.article_id = a.id "
            f"WHERE c.name = :collection AND a.url {like} 'http%') AS pages "
            "WHERE looked_at <= :before ORDER BY looked_at, id",
            {"collection": collection, "before": _stamp(before)},
        )
        ids = [ArticleId(row[0]) for row in rows]
        found = self._store.articles_by_row(ids)
        return [found[one] for one in ids if one in found]


def _stamp(moment: datetime) -> str:
    """Return a moment as articles are stamped, so that texts compare as moments do."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")
