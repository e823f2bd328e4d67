"""When a scheduled digest is due, and the table of schedules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from retrieval.errors import BadQuestion
from retrieval.storage import ArticleStore
from retrieval.text import without_accents

Every = Literal["daily", "weekly"]


@dataclass(frozen=True, slots=True)
class Schedule:
    """A digest that a collection gets again and again. A collection has at most one."""

    collection: str
    channel: int
    """Where it goes; what the number means is the caller's business."""
    every: Every
    weekday: int
    """Monday is 0; of a weekly one."""
    hour: int
    zone: str
    """Name of a time zone, as "Europe/Berlin"."""
    topic: str | None
    last_slot: datetime
    """The latest time, in UTC, at which it was due and seen to."""
    covered_until: datetime
    """Articles added since are new to its readers."""
    failures: int = 0
    """How often in a row it could not be delivered."""
    claimed_at: datetime | None = None
    """Since when a process delivers it; ``None``: none does."""
    delivering: int | None = None
    """Number of the answer that is being delivered, once there is one."""


def latest_slot(every: Every, weekday: int, hour: int, zone: str, now: datetime) -> datetime:
    """Return the latest time up to *now*, in UTC, at which a schedule was due.

    Each local day has one such time: an hour that the clocks skip is the one after it, an hour that
    they repeat counts the first time.
    """
    where = ZoneInfo(zone)
    day = now.astimezone(where).date() + timedelta(days=1)
    while True:
        slot = _at(day, hour, where)
        if slot <= now and (every == "daily" or day.weekday() == weekday):
            return slot
        day -= timedelta(days=1)


def is_due(schedule: Schedule, now: datetime) -> datetime | None:
    """Return the slot that has not been seen to, or ``None``; of several missed ones the latest."""
    slot = latest_slot(schedule.every, schedule.weekday, schedule.hour, schedule.zone, now)
    return slot if slot > schedule.last_slot else None


def normalize_zone(typed: str) -> str:
    """Return the name of a time zone as it is written.

    Raises:
        BadQuestion: There is no such zone, or more than one.
    """
    found = [name for name in available_timezones() if name.casefold() == typed.strip().casefold()]
    found = found or [name for name in suggest_zones(typed) if _city(name) == _plain(typed)]
    if len(found) != 1:
        raise BadQuestion("I do not know that time zone. Choose one from the list, as Europe/Berlin.")
    return found[0]


def suggest_zones(typed: str, limit: int = 25) -> list[str]:
    """Return time zones whose name holds what was typed, cities that begin with it first."""
    wanted = _plain(typed)
    found = [name for name in available_timezones() if "/" in name or name == "UTC"]
    found = [name for name in found if wanted in _plain(name) and not name.startswith(("Etc/", "posix/"))]
    return sorted(found, key=lambda name: (not _city(name).startswith(wanted), name))[:limit]


def _at(day: date, hour: int, where: ZoneInfo) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=where).astimezone(UTC)


def _city(name: str) -> str:
    return _plain(name.rpartition("/")[2])


def _plain(name: str) -> str:
    return without_accents(name.replace("_", " "))


_COLUMNS = (
    "c.name, s.channel, s.every, s.weekday, s.hour, s.zone, s.topic, s.last_slot, s.covered_until, "
    "s.failures, s.claimed_at, s.delivering"
)
_FIELDS = (
    "collection", "channel", "every", "weekday", "hour", "zone", "topic", "last_slot", "covered_until",
    "failures", "claimed_at", "delivering",
)  # fmt: skip

_PUT = (
    "INSERT INTO schedules (collection_id, channel, every, weekday, hour, zone, topic, last_slot, "  # noqa: S608
    "covered_until, failures, claimed_at, delivering) VALUES (:collection_id, :channel, :every, :weekday, "
    ":hour, :zone, :topic, :last_slot, :covered_until, :failures, NULL, NULL) "
    "ON CONFLICT (collection_id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in _FIELDS[1:])
)


class ScheduleStore:
    """Writes and reads schedules. Belongs to the lane."""

    def __init__(self, store: ArticleStore) -> None:
        self._store = store
        self._connection = store.connection

    def all(self) -> list[Schedule]:
        """Return the schedules of all collections."""
        return self._read("", {})

    def of(self, collection: str) -> Schedule | None:
        """Return a collection's schedule, if it has one."""
        found = self._read("WHERE c.name = :collection", {"collection": collection})
        return found[0] if found else None

    def put(self, schedule: Schedule) -> None:
        """Keep a schedule in place of the collection's former one."""
        with self._store.transaction():
            self._connection.execute(
                _PUT,
                {
                    "collection_id": self._store.ensure_collection(schedule.collection),
                    "channel": schedule.channel,
                    "every": schedule.every,
                    "weekday": schedule.weekday,
                    "hour": schedule.hour,
                    "zone": schedule.zone,
                    "topic": schedule.topic,
                    "last_slot": _stamp(schedule.last_slot),
                    "covered_until": _stamp(schedule.covered_until),
                    "failures": schedule.failures,
                },
            )

    def remove(self, collection: str) -> bool:
        """Forget a collection's schedule; tell whether it had one."""
        with self._store.transaction():
            done = self._connection.execute(
                "DELETE FROM schedules WHERE collection_id = :row",
                {"row": self._store.collection_id(collection)},
            )
        return done.rowcount > 0

    def claim(self, collection: str, slot: datetime, now: datetime) -> bool:
        """Note that a slot is being seen to; ``False`` if it was already, by whomever."""
        with self._store.transaction():
            done = self._connection.execute(
                "UPDATE schedules SET last_slot = :slot, claimed_at = :now, delivering = NULL "
                "WHERE collection_id = :row AND last_slot < :slot",
                {
                    "slot": _stamp(slot),
                    "now": _stamp(now),
                    "row": self._store.collection_id(collection),
                },
            )
        return done.rowcount > 0

    def record_answer(self, collection: str, number: int) -> None:
        """Note which answer is about to be delivered."""
        self._set("delivering = :number", collection, number=number)

    def give_up(self, collection: str) -> None:
        """Note that nothing is being delivered any more."""
        self._set("claimed_at = NULL, delivering = NULL", collection)

    def record_delivery(self, collection: str, covered_until: datetime) -> None:
        """Note up to when the articles have been shown."""
        self._set(
            "covered_until = :until, failures = 0, claimed_at = NULL, delivering = NULL",
            collection,
            until=_stamp(covered_until),
        )

    def record_failure(self, collection: str) -> int:
        """Count a delivery that was refused; return how many there were in a row."""
        with self._store.transaction():
            row = self._connection.execute(
                "UPDATE schedules SET failures = failures + 1, claimed_at = NULL, delivering = NULL "
                "WHERE collection_id = :row RETURNING failures",
                {"row": self._store.collection_id(collection)},
            ).fetchone()
        return int(row[0]) if row else 0

    def _set(self, columns: str, collection: str, **values: object) -> None:
        with self._store.transaction():
            self._connection.execute(
                f"UPDATE schedules SET {columns} WHERE collection_id = :row",  # noqa: S608
                {**values, "row": self._store.collection_id(collection)},
            )

    def _read(self, condition: str, values: dict[str, str]) -> list[Schedule]:
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM schedules s JOIN collections c ON c.id = s.collection_id "  # noqa: S608
            f"{condition} ORDER BY c.id",
            values,
        )
        return [_schedule(row) for row in rows]


def _schedule(row: Sequence[Any]) -> Schedule:
    fields = dict(zip(_FIELDS, row, strict=True))
    moments: dict[str, Any] = {
        name: None if (stamp := fields.pop(name)) is None else datetime.fromisoformat(stamp)
        for name in ("last_slot", "covered_until", "claimed_at")
    }
    return Schedule(**fields, **moments)


def _stamp(moment: datetime) -> str:
    """Return a moment, which is in UTC, so that texts compare as moments do.

    Whole seconds, as articles are stamped: nothing that came in the same second is passed over.
    """
    return moment.isoformat(timespec="seconds")
