"""Overviews of many articles: event clusters, contradictions, timelines, schedules."""

from retrieval.digests.contradictions import find_contradictions
from retrieval.digests.overview import Overviews
from retrieval.digests.schedules import (
    Every,
    Schedule,
    ScheduleStore,
    is_due,
    latest_slot,
    normalize_zone,
    suggest_zones,
)
from retrieval.digests.topics import normalize_topic

__all__ = [
    "Every",
    "Overviews",
    "Schedule",
    "ScheduleStore",
    "find_contradictions",
    "is_due",
    "latest_slot",
    "normalize_topic",
    "normalize_zone",
    "suggest_zones",
]
