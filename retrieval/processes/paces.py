"""How often people and places do something, counted for all processes together."""

import math

from retrieval.storage import Connection


class PaceStore:
    """The generic cell rate algorithm in one statement: a row says when the bucket will be full again."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(self, pace: str, who: str, at_once: int, every_s: float) -> int:
        """Count one use and return 0, or count nothing and return the whole seconds left to wait.

        Args:
            pace: Name of what is counted.
            who: A person or place.
            at_once: Uses that need no waiting.
            every_s: Seconds after which there is one more.
        """
        now = self._connection.dialect.now
        full_at = f"CASE WHEN paces.full_at > {now} THEN paces.full_at ELSE {now} END"
        values = {"pace": pace, "who": who, "every_s": every_s, "spare_s": (at_once - 1) * every_s}
        counted = self._connection.execute(
            f"INSERT INTO paces (pace, who, full_at) VALUES (:pace, :who, {now} + :every_s) "  # noqa: S608
            f"ON CONFLICT (pace, who) DO UPDATE SET full_at = {full_at} + :every_s "
            f"WHERE {full_at} - {now} <= :spare_s RETURNING full_at",
            values,
        ).fetchone()
        if counted is not None:
            return 0
        row = self._connection.execute(
            f"SELECT full_at - {now} - :spare_s FROM paces WHERE pace = :pace AND who = :who",  # noqa: S608
            values,
        ).fetchone()
        return 0 if row is None else max(1, math.ceil(row[0]))

    def forget_full(self) -> None:
        """Delete those who need not wait, which says who did something lately."""
        self._connection.execute(f"DELETE FROM paces WHERE full_at < {self._connection.dialect.now}")  # noqa: S608
