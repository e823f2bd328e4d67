from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from fakes import small_library
from hypothesis import given
from hypothesis import strategies as st

from retrieval.digests.schedules import Schedule, is_due, latest_slot, normalize_zone, suggest_zones
from retrieval.errors import BadQuestion

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
LATER = datetime(2030, 1, 1, tzinfo=UTC)
DAILY = Schedule("guild:1", 7, "daily", 0, 8, "Europe/Berlin", None, LONG_AGO, LONG_AGO)


def slots(every, weekday, hour, zone, first, days):
    """The slots one meets by asking every half hour."""
    found = (
        latest_slot(every, weekday, hour, zone, first + timedelta(minutes=30 * n)) for n in range(48 * days)
    )
    return sorted(set(found))


def test_a_daily_slot_is_the_hour_of_the_zone():
    now = datetime(2026, 7, 1, 6, 0, tzinfo=UTC)
    assert is_due(DAILY, now) == now
    assert is_due(DAILY, now - timedelta(seconds=1)) == now - timedelta(days=1)


def test_a_slot_that_was_seen_to_is_not_due_again():
    now = datetime(2026, 7, 1, 6, 30, tzinfo=UTC)
    seen = replace(DAILY, last_slot=datetime(2026, 7, 1, 6, tzinfo=UTC))
    assert is_due(seen, now) is None
    assert is_due(seen, now + timedelta(days=1)) == datetime(2026, 7, 2, 6, tzinfo=UTC)


def test_of_several_missed_slots_only_the_latest_is_due():
    seen = replace(DAILY, last_slot=datetime(2026, 7, 1, 6, tzinfo=UTC))
    assert is_due(seen, datetime(2026, 7, 9, 12, tzinfo=UTC)) == datetime(2026, 7, 9, 6, tzinfo=UTC)


def test_a_weekly_slot_is_on_its_weekday():
    found = slots("weekly", 2, 20, "America/New_York", datetime(2026, 7, 1, tzinfo=UTC), 21)
    local = [slot.astimezone(ZoneInfo("America/New_York")) for slot in found]
    assert {(one.weekday(), one.hour) for one in local} == {(2, 20)}
    assert len(found) == 4


@pytest.mark.parametrize("start", [datetime(2026, 3, 27, tzinfo=UTC), datetime(2026, 10, 23, tzinfo=UTC)])
@pytest.mark.parametrize("hour", [1, 2, 3])
def test_when_clocks_change_each_day_still_has_one_slot(start, hour):
    found = slots("daily", 0, hour, "Europe/Berlin", start, 5)
    days = [slot.astimezone(ZoneInfo("Europe/Berlin")).date() for slot in found]
    assert len(days) == len(set(days))
    assert all(timedelta(hours=22) < b - a < timedelta(hours=26) for a, b in pairwise(found))


@given(
    st.sampled_from(sorted(available_timezones())),
    st.integers(0, 23),
    st.integers(0, 6),
    st.sampled_from(["daily", "weekly"]),
    st.integers(1_577_836_800, 2_051_222_400).map(lambda stamp: datetime.fromtimestamp(stamp, UTC)),
)
def test_a_slot_lies_in_the_past_and_no_further_than_its_period(zone, hour, weekday, every, now):
    slot = latest_slot(every, weekday, hour, zone, now)
    assert slot <= now
    # A zone that moves across the date line skips a whole day, hence the second one.
    assert now - slot < timedelta(days=3 if every == "daily" else 15)


def test_zones_are_found_by_name_and_by_city():
    assert normalize_zone("europe/berlin") == normalize_zone("Berlin") == "Europe/Berlin"
    assert normalize_zone("New York") == "America/New_York"
    assert normalize_zone("utc") == "UTC"
    assert suggest_zones("berl")[0] == "Europe/Berlin"
    assert len(suggest_zones("")) == 25


@pytest.mark.parametrize("typed", ["", "Berlin time", "../etc/passwd", "Mars/Base"])
def test_an_unknown_zone_is_refused(typed):
    with pytest.raises(BadQuestion, match="time zone"):
        normalize_zone(typed)


async def test_a_schedule_outlives_a_restart_and_its_slot_is_claimed_once(tmp_path):
    slot = datetime(2026, 7, 1, 6, tzinfo=UTC)
    async with small_library(tmp_path) as librarian:
        await librarian.digests.set_schedule(DAILY)
        assert await librarian.digests.claim_slot(slot, slot, collection="guild:1")
    async with small_library(tmp_path) as librarian:
        assert not await librarian.digests.claim_slot(slot, slot, collection="guild:1")
        assert await librarian.digests.list_schedules() == [replace(DAILY, last_slot=slot, claimed_at=slot)]
        assert await librarian.digests.get_schedule(collection="guild:2") is None


async def test_failures_in_a_row_are_counted_and_a_delivery_forgets_them(tmp_path):
    async with small_library(tmp_path) as librarian:
        await librarian.digests.set_schedule(DAILY)
        assert [await librarian.digests.record_refusal(collection="guild:1") for _ in range(2)] == [1, 2]
        until = datetime(2026, 7, 1, 6, 0, 1, tzinfo=UTC)
        await librarian.digests.record_delivery(until, collection="guild:1")
        kept = await librarian.digests.get_schedule(collection="guild:1")
        assert (kept.failures, kept.covered_until) == (0, until)


async def test_a_collection_has_one_schedule_and_can_end_it(tmp_path):
    async with small_library(tmp_path) as librarian:
        await librarian.digests.set_schedule(DAILY)
        await librarian.digests.set_schedule(replace(DAILY, hour=9, topic="bridges"))
        assert [one.hour for one in await librarian.digests.list_schedules()] == [9]
        assert await librarian.digests.remove_schedule(collection="guild:1")
        assert not await librarian.digests.remove_schedule(collection="guild:1")
        assert not await librarian.digests.claim_slot(LATER, LATER, collection="guild:1")
        assert await librarian.digests.record_refusal(collection="guild:1") == 0
