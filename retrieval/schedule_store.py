"""Scheduled digests in the database, so that they survive a restart and none is sent twice."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from retrieval.schedules import Schedule
from retrieval.store import ArticleStore

_COLUMNS = (
    "c.name, s.channel, s.every, s.weekday, s.hour, s.zone, s.topic, s.last_slot, s.covered_until, s.failures"
)
_FIELDS = (
    "collection", "channel", "every", "weekday", "hour", "zone", "topic", "last_slot", "covered_until",
    "failures",
)  # fmt: skip


class ScheduleStore:
    """Writes and reads schedules. Belongs to the lane."""

    def __init__(self, store: ArticleStore) -> None:
        self._store = store
        self._connection: sqlite3.Connection = store.connection

    def all(self) -> list[Schedule]:
        """Return the schedules of all collections."""
        return self._read("")

    def of(self, collection: str) -> Schedule | None:
        """Return a collection's schedule, if it has one."""
        found = self._read("WHERE c.name = ?", collection)
        return found[0] if found else None

    def put(self, schedule: Schedule) -> None:
        """Keep a schedule in place of the collection's former one."""
        with self._store.transaction():
            self._connection.execute(
                "INSERT OR REPLACE INTO schedules VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    self._store.ensure_collection(schedule.collection),
                    schedule.channel,
                    schedule.every,
                    schedule.weekday,
                    schedule.hour,
                    schedule.zone,
                    schedule.topic,
                    _stamp(schedule.last_slot),
                    _stamp(schedule.covered_until),
                    schedule.failures,
                ),
            )

    def remove(self, collection: str) -> bool:
        """Forget a collection's schedule; tell whether it had one."""
        with self._store.transaction():
            done = self._connection.execute(
                "DELETE FROM schedules WHERE collection_id = ?", (self._store.collection_id(collection),)
            )
        return done.rowcount > 0

    def claim(self, collection: str, slot: datetime) -> bool:
        """Note that a slot is being seen to; ``False`` if it was already, by whomever."""
        with self._store.transaction():
            done = self._connection.execute(
                "UPDATE schedules SET last_slot = :slot WHERE collection_id = :row AND last_slot < :slot",
                {"slot": _stamp(slot), "row": self._store.collection_id(collection)},
            )
        return done.rowcount > 0

    def delivered(self, collection: str, covered_until: datetime) -> None:
        """Note up to when the articles have been shown."""
        with self._store.transaction():
            self._connection.execute(
                "UPDATE schedules SET covered_until = ?, failures = 0 WHERE collection_id = ?",
                (_stamp(covered_until), self._store.collection_id(collection)),
            )

    def failed(self, collection: str) -> int:
        """Count a delivery that was refused; return how many there were in a row."""
        with self._store.transaction():
            row = self._connection.execute(
                "UPDATE schedules SET failures = failures + 1 WHERE collection_id = ? RETURNING failures",
                (self._store.collection_id(collection),),
            ).fetchone()
        return int(row[0]) if row else 0

    def _read(self, condition: str, *values: str) -> list[Schedule]:
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM schedules s JOIN collections c ON c.id = s.collection_id "  # noqa: S608
            f"{condition} ORDER BY c.id",
            values,
        )
        return [_schedule(row) for row in rows]


def _schedule(row: Sequence[Any]) -> Schedule:
    fields = dict(zip(_FIELDS, row, strict=True))
    moments: dict[str, Any] = {
        name: datetime.fromisoformat(fields.pop(name)) for name in ("last_slot", "covered_until")
    }
    return Schedule(**fields, **moments)


def _stamp(moment: datetime) -> str:
    """Return a moment, which is in UTC, so that texts compare as moments do.

    Whole seconds, as articles are stamped: nothing that came in the same second is passed over.
    """
    return moment.isoformat(timespec="seconds")
