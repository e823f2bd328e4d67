"""When a place was greeted and when it was left, in the database, so that a restart forgets neither."""

from collections.abc import Callable, Collection
from datetime import datetime

from retrieval.storage import ArticleStore


class PresenceStore:
    """Writes and reads presences. Belongs to the lane."""

    def __init__(self, store: ArticleStore) -> None:
        self._store = store
        self._connection = store.connection

    def arrive(self, collection: str, moment: datetime, again_after: datetime) -> bool:
        """Note that a place was joined; tell whether it is to be greeted, which it was not since then."""
        with self._store.transaction():
            self._connection.execute(
                "INSERT INTO presences (collection) VALUES (:name) "
                "ON CONFLICT (collection) DO UPDATE SET left_at = NULL",
                {"name": collection},
            )
            done = self._connection.execute(
                "UPDATE presences SET greeted_at = :moment WHERE collection = :name "
                "AND (greeted_at IS NULL OR greeted_at < :again_after)",
                {"moment": _stamp(moment), "name": collection, "again_after": _stamp(again_after)},
            )
        return done.rowcount > 0

    def leave(self, collection: str, moment: datetime) -> None:
        """Note that a place was left; the first note counts."""
        with self._store.transaction():
            self._note_left(collection, moment)

    def compare(
        self,
        prefix: str,
        present: Collection[str],
        moment: datetime,
        is_ours: Callable[[str], bool] | None = None,
    ) -> tuple[int, int]:
        """Note which places with *prefix*, of ours, are left or back; return how many of each are new."""
        with self._store.transaction():
            known = self._connection.execute(
                "SELECT name, p.left_at FROM (SELECT name FROM collections UNION SELECT collection "
                "FROM presences) AS place LEFT JOIN presences p ON p.collection = name "
                "WHERE substr(name, 1, :chars) = :prefix",
                {"chars": len(prefix), "prefix": prefix},
            ).fetchall()
            known = [one for one in known if is_ours is None or is_ours(one[0])]
            left = [name for name, since in known if name not in present and since is None]
            back = [name for name, since in known if name in present and since is not None]
            for name in left:
                self._note_left(name, moment)
            self._connection.executemany(
                "UPDATE presences SET left_at = NULL WHERE collection = :name",
                [{"name": name} for name in back],
            )
        return len(left), len(back)

    def list_left_before(self, moment: datetime) -> list[str]:
        """Return the places that were left before *moment*."""
        rows = self._connection.execute(
            "SELECT collection FROM presences WHERE left_at < :moment ORDER BY left_at",
            {"moment": _stamp(moment)},
        )
        return [name for (name,) in rows]

    def _note_left(self, collection: str, moment: datetime) -> None:
        self._connection.execute(
            "INSERT INTO presences (collection, left_at) VALUES (:name, :moment) "
            "ON CONFLICT (collection) DO UPDATE SET left_at = coalesce(presences.left_at, excluded.left_at)",
            {"name": collection, "moment": _stamp(moment)},
        )


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
