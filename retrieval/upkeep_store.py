"""Corrections by people, and when an article's page was last looked at, in the database."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime

from retrieval.domain import Article, ArticleId
from retrieval.store import ArticleStore
from retrieval.upkeep import Edit, Particulars


class UpkeepStore:
    """Writes and reads what was done to articles after they came. Belongs to the lane."""

    def __init__(self, store: ArticleStore) -> None:
        self._store = store
        self._connection: sqlite3.Connection = store.connection

    def edits(self, article: ArticleId) -> list[Edit]:
        """Return the corrections of an article, oldest first."""
        rows = self._connection.execute(
            "SELECT field, was, now, edited_at, editor FROM edits WHERE article_id = ? ORDER BY id",
            (article,),
        )
        return [
            Edit(field, was, now, datetime.fromisoformat(moment), editor)
            for field, was, now, moment, editor in rows
        ]

    def correct(
        self, article: Article, wanted: Particulars, site: str | None, edits: Sequence[Edit]
    ) -> Article:
        """Change what is known of an article and keep a record of it; return it as it is now.

        Raises:
            ArticleNotFound: It was removed.
        """
        with self._store.transaction():
            self._connection.execute(
                "UPDATE articles SET title = ?, author = ?, published = ?, url = ?, site = ? WHERE id = ?",
                (
                    wanted.title,
                    wanted.author,
                    wanted.published.isoformat() if wanted.published else None,
                    wanted.url,
                    site,
                    article.id,
                ),
            )
            after = self._store.article_numbered(article.collection, article.id)
            self._connection.executemany(
                "INSERT INTO edits (article_id, field, was, now, edited_at, editor) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (article.id, one.field, one.was, one.now, _stamp(one.edited_at), one.editor)
                    for one in edits
                ],
            )
        return after

    def note_looked(self, article: ArticleId, moment: datetime) -> None:
        """Keep when an article's page was last looked at, whatever came of it."""
        with self._store.transaction():
            self._connection.execute(
                "INSERT INTO page_looks SELECT id, ? FROM articles WHERE id = ? "
                "ON CONFLICT (article_id) DO UPDATE SET looked_at = excluded.looked_at",
                (_stamp(moment), article),
            )

    def looked_at(self, article: Article) -> datetime:
        """Return when an article's page was last looked at; else when the article was added."""
        row = self._connection.execute(
            "SELECT looked_at FROM page_looks WHERE article_id = ?", (article.id,)
        ).fetchone()
        return max(article.added_at, datetime.fromisoformat(row[0])) if row else article.added_at

    def stale(self, collection: str, before: datetime) -> list[Article]:
        """Return the articles of web pages that nobody has looked at since, the longest ago first."""
        rows = self._connection.execute(
            "SELECT a.id FROM articles a JOIN collections c ON c.id = a.collection_id "
            "LEFT JOIN page_looks p ON p.article_id = a.id "
            "WHERE c.name = ? AND a.url LIKE 'http%' AND max(a.added_at, coalesce(p.looked_at, '')) < ? "
            "ORDER BY max(a.added_at, coalesce(p.looked_at, '')), a.id",
            (collection, _stamp(before)),
        )
        ids = [ArticleId(row[0]) for row in rows]
        found = self._store.articles_by_row(ids)
        return [found[one] for one in ids if one in found]


def _stamp(moment: datetime) -> str:
    """Return a moment as articles are stamped, so that texts compare as moments do."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")
