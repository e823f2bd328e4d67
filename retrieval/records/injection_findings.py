"""Which articles address language models, in the database, so that a list of them costs no reading."""

from retrieval.domain import Article
from retrieval.storage import ArticleStore


class InjectionStore:
    """Writes and reads what was found in articles that give orders to models. Belongs to the lane."""

    def __init__(self, store: ArticleStore) -> None:
        self._store = store
        self._connection = store.connection

    def of(self, article: Article, basis: str) -> str | None:
        """Return the first such words of an article, empty if it has none.

        ``None`` if nobody looked yet, or at another *basis*: a text, names or rules that were.
        """
        row = self._connection.execute(
            "SELECT words FROM attempts WHERE article_id = :id AND looked_at = :basis",
            {"id": article.id, "basis": basis},
        ).fetchone()
        return None if row is None else str(row[0])

    def put(self, article: Article, basis: str, words: str) -> None:
        """Keep what was found, if the article is still there."""
        with self._store.transaction():
            self._connection.execute(
                "INSERT INTO attempts (article_id, looked_at, words) "
                "SELECT id, CAST(:basis AS TEXT), CAST(:words AS TEXT) FROM articles WHERE id = :id "
                "ON CONFLICT (article_id) "
                "DO UPDATE SET looked_at = excluded.looked_at, words = excluded.words",
                {"basis": basis, "words": words, "id": article.id},
            )
