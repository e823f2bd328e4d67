"""What a collection's people prefer, as a text that only its writer understands."""

from retrieval.domain import PREFERENCES
from retrieval.storage import ArticleStore


class PreferenceStore:
    """Writes and reads preferences. Belongs to the lane."""

    def __init__(self, store: ArticleStore) -> None:
        self._store = store
        self._connection = store.connection

    def of(self, collection: str) -> str | None:
        """Return a collection's preferences, if any were ever kept."""
        row = self._connection.execute(
            "SELECT p.body FROM preferences p JOIN collections c ON c.id = p.collection_id "
            "WHERE c.name = :collection",
            {"collection": collection},
        ).fetchone()
        return None if row is None else str(row[0])

    def every(self) -> dict[str, str]:
        """Return all that are kept, by collection."""
        rows = self._connection.execute(
            "SELECT c.name, p.body FROM preferences p JOIN collections c ON c.id = p.collection_id"
        )
        return {str(name): str(body) for name, body in rows}

    def put(self, collection: str, body: str) -> None:
        """Keep preferences in place of the former ones."""
        with self._store.transaction():
            self._connection.execute(
                "INSERT INTO preferences (collection_id, body) VALUES (:collection_id, :body) "
                "ON CONFLICT (collection_id) DO UPDATE SET body = excluded.body",
                {"collection_id": self._store.ensure_collection(collection), "body": body},
            )
            self._store.announce(f"{PREFERENCES} {collection}")
