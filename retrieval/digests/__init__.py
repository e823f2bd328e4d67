"""Overviews of many articles: event clusters, contradictions, timelines, schedules."""

from retrieval.digests.contradictions import contradicting
from retrieval.digests.overview import Overviews
from retrieval.digests.schedules import (
    Every,
    Schedule,
    ScheduleStore,
    checked_zone,
    is_due,
    latest_slot,
    suggested_zones,
)
from retrieval.digests.topics import checked_topic

__all__ = [
    "Every",
    "Overviews",
    "Schedule",
    "ScheduleStore",
    "checked_topic",
    "checked_zone",
    "contradicting",
    "is_due",
    "latest_slot",
    "suggested_zones",
]
