"""Where a story was first brought up, so that the second to bring it up can be shown the first."""

from dataclasses import dataclass
from datetime import UTC, datetime

from retrieval.domain import Article, ArticleId
from retrieval.storage import ArticleStore


@dataclass(frozen=True, slots=True)
class Mention:
    """An article, or a copy of it, that was brought up before."""

    article: Article
    place: str
    """Where: whatever the caller wrote there."""
    mentioned_at: datetime


class MentionStore:
    """Writes and reads where articles were first brought up. Belongs to the lane."""

    def __init__(self, store: ArticleStore) -> None:
        self._store = store
        self._connection = store.connection

    def mention(self, article: Article, place: str, moment: datetime) -> Mention | None:
        """Return where the story was brought up first, if elsewhere; keep *place* if nowhere yet."""
        with self._store.transaction():
            self._connection.execute(
                "INSERT INTO mentions (article_id, place, mentioned_at) "
                "SELECT id, CAST(:place AS TEXT), CAST(:moment AS TEXT) FROM articles WHERE id = :id "
                "ON CONFLICT DO NOTHING",
                {
                    "place": place,
                    "moment": moment.astimezone(UTC).isoformat(timespec="seconds"),
                    "id": article.id,
                },
            )
            row = self._connection.execute(
                "SELECT m.article_id, m.place, m.mentioned_at FROM mentions m "
                "JOIN articles a ON a.id = m.article_id "
                "JOIN articles mine ON mine.collection_id = a.collection_id AND mine.source = a.source "
                "WHERE mine.id = :id ORDER BY m.mentioned_at, m.article_id = mine.id, m.article_id LIMIT 1",
                {"id": article.id},
            ).fetchone()
        if row is None or row[1] == place:
            return None
        number = ArticleId(row[0])
        return Mention(self._store.articles_by_row([number])[number], row[1], datetime.fromisoformat(row[2]))

    def forget(self, collection: str, place: str) -> None:
        """Forget what was brought up in a place that is gone."""
        with self._store.transaction():
            self._connection.execute(
                "DELETE FROM mentions WHERE place = :place AND article_id IN (SELECT a.id FROM articles a "
                "JOIN collections c ON c.id = a.collection_id WHERE c.name = :collection)",
                {"place": place, "collection": collection},
            )
