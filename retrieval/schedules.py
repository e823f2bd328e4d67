"""When a scheduled digest is due: an hour of somebody's day, whatever the clocks there do."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from retrieval.errors import BadQuestion
from retrieval.words import without_accents

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


def checked_zone(typed: str) -> str:
    """Return the name of a time zone as it is written.

    Raises:
        BadQuestion: There is no such zone, or more than one.
    """
    found = [name for name in available_timezones() if name.casefold() == typed.strip().casefold()]
    found = found or [name for name in suggested_zones(typed) if _city(name) == _plain(typed)]
    if len(found) != 1:
        raise BadQuestion("I do not know that time zone. Choose one from the list, as Europe/Berlin.")
    return found[0]


def suggested_zones(typed: str, limit: int = 25) -> list[str]:
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
