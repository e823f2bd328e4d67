"""What the language model cost, so that a day's budget outlives a restart.

Who spent how much is known for the current day only, which is as long as a budget needs it.
"""

from datetime import date, timedelta

from retrieval.domain import Tokens
from retrieval.storage import ArticleStore

KEPT_DAYS = 30
"""What is older tells nobody anything."""


class UsageStore:
    """Writes and reads tokens. Belongs to the lane."""

    def __init__(self, store: ArticleStore) -> None:
        self._store = store
        self._connection = store.connection

    def add(self, collection: str, person: str, day: date, tokens: Tokens) -> None:
        """Count the tokens of a call; who spent on earlier days is forgotten."""
        with self._store.transaction():
            self._connection.execute(
                "UPDATE usage SET person = '' WHERE person <> '' AND day < :day", {"day": day.isoformat()}
            )
            oldest = day - timedelta(days=KEPT_DAYS)
            self._connection.execute("DELETE FROM usage WHERE day < :oldest", {"oldest": oldest.isoformat()})
            self._connection.execute(
                "INSERT INTO usage (collection_id, person, day, prompt, completion) "
                "VALUES (:collection_id, :person, :day, :prompt, :completion)",
                {
                    "collection_id": self._store.ensure_collection(collection),
                    "person": person,
                    "day": day.isoformat(),
                    "prompt": tokens.prompt,
                    "completion": tokens.completion,
                },
            )

    def of(self, collection: str, day: date) -> tuple[int, Tokens]:
        """Return the calls and tokens of a collection on a day."""
        row = self._connection.execute(
            "SELECT COUNT(*), COALESCE(SUM(u.prompt), 0), COALESCE(SUM(u.completion), 0) "
            "FROM usage u JOIN collections c ON c.id = u.collection_id "
            "WHERE c.name = :collection AND u.day = :day",
            {"collection": collection, "day": day.isoformat()},
        ).fetchone()
        return int(row[0]), Tokens(int(row[1]), int(row[2]))

    def of_all(self, day: date) -> Tokens:
        """Return what a day cost all collections together."""
        row = self._connection.execute(
            "SELECT COALESCE(SUM(prompt), 0), COALESCE(SUM(completion), 0) FROM usage WHERE day = :day",
            {"day": day.isoformat()},
        ).fetchone()
        return Tokens(*row)

    def of_person(self, person: str, day: date) -> int:
        """Return the tokens of a person on a day, in all collections together."""
        row = self._connection.execute(
            "SELECT COALESCE(SUM(prompt + completion), 0) FROM usage WHERE person = :person AND day = :day",
            {"person": person, "day": day.isoformat()},
        ).fetchone()
        return int(row[0])
