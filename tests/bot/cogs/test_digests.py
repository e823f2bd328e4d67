import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import discord
import pytest
from discord_driver import accent_of, buttons_of, text_of
from simcord.components import walk_components

from bot.formatting.cards import Tone
from retrieval.digests.schedules import Schedule
from retrieval.domain.articles import Filters

EIGHT = datetime(2026, 7, 1, 6, 0, tzinfo=UTC)
"""Eight in the morning in Berlin, in summer."""


@pytest.fixture
def manager(place):
    role = place.guild.create_role("Owners", permissions=discord.Permissions(manage_guild=True))
    return place.guild.add_member(place.env.create_user("mia"), roles=[role])


@pytest.fixture
def cog(place):
    cog = place.env.bot.get_cog("Digests")
    cog.now = lambda: EIGHT - timedelta(hours=1)
    return cog


def scheduled(place, **known):
    before = EIGHT - timedelta(days=1)
    one = Schedule(place.collection, place.channel.id, "daily", 0, 8, "Europe/Berlin", None, before, before)
    place.librarian.digests.schedules[place.collection] = replace(one, **known)


def new_article(place, title="New bridge"):
    article = place.librarian.put(place.collection, title)
    place.librarian.shelf[article.id] = replace(article, added_at=EIGHT - timedelta(hours=2))


def posted(place):
    """The text of every card in the channel."""
    cards = [[one.to_dict() for one in message.components] for message in place.channel.history()]
    return ["\n".join(part.get("content", "") for part in walk_components(card)) for card in cards]


# -- shown ---------------------------------------------------------------------------


async def test_a_digest_shows_verbatim_lines_with_their_sources(place):
    result = await place.reader.slash(place.channel, "digest show", topic="harbor", since="2024-01-01")
    text = text_of(result.response)
    assert "Digest of harbor (since 1 Jan 2024)" in text
    assert "**1 source**\n> “The harbor was deepened in 1907.” [[1]](<https://harbor.example/1#" in text
    assert "-# **1** [Harbor history](<https://harbor.example/1>) · harbor.example · 2 Mar 2024" in text
    assert place.librarian.digests.asked == [("harbor", Filters(since=date(2024, 1, 1)), None)]
    assert accent_of(result.response) == Tone.ANSWERED.value.value


async def test_more_lines_than_fit_are_on_pages(place):
    for _ in range(6):
        place.librarian.put(place.collection)
    result = await place.reader.slash(place.channel, "digest show")
    assert list(buttons_of(result.response)) == ["3 more lines", "Quotes"]
    opened = await place.reader.click(result.response, label="3 more lines")
    assert "Lines 5 to 7 of 7" in text_of(opened.response)
    assert text_of(opened.response).count("“The harbor was deepened in 1907.”") == 3
    turned = await place.reader.click(opened.response, label="‹")
    assert "Lines 1 to 4 of 7" in text_of(turned.response)


async def test_the_quotes_of_a_digest_open(place):
    result = await place.reader.slash(place.channel, "digest show")
    opened = await place.reader.click(result.response, label="Quotes")
    assert "**The harbor was deepened in 1907.**" in text_of(opened.response)


async def test_a_timeline_shows_the_date_its_words_and_the_sentence(place):
    result = await place.reader.slash(place.channel, "timeline", topic="harbor")
    assert "**1907 (“in 1907”)**\n> “The harbor was deepened in 1907.”" in text_of(result.response)


@pytest.mark.parametrize("command", ["digest show", "timeline"])
async def test_an_empty_library_says_how_to_fill_it(place, command):
    place.librarian.shelf.clear()
    result = await place.reader.slash(place.channel, command, topic="harbor")
    assert "Add a first article with `/article add`" in text_of(result.response)


# -- scheduled -----------------------------------------------------------------------


async def test_scheduling_takes_manage_server(place):
    options = {"channel": place.channel, "hour": 8, "zone": "Europe/Berlin"}
    refused = await place.curator.slash(place.channel, "digest schedule", **options)
    assert "You need the permission Manage Server" in text_of(refused.response)
    refused = await place.curator.slash(place.channel, "digest unschedule")
    assert "You need the permission Manage Server" in text_of(refused.response)
    assert not place.librarian.digests.schedules


async def test_a_digest_is_scheduled_and_ended(place, manager, cog):
    done = await manager.slash(
        place.channel,
        "digest schedule",
        channel=place.channel,
        hour=8,
        zone="berlin",
        every="weekly",
        weekday="Wednesday",
    )
    assert "every Wednesday at 8:00 (Europe/Berlin)" in text_of(done.response)
    kept = place.librarian.digests.schedules[place.collection]
    assert (kept.channel, kept.every, kept.weekday, kept.hour) == (place.channel.id, "weekly", 2, 8)
    assert kept.last_slot == EIGHT - timedelta(days=7)
    ended = await manager.slash(place.channel, "digest unschedule")
    assert "I no longer post the scheduled digest" in text_of(ended.response)
    assert not place.librarian.digests.schedules


async def test_what_was_not_posted_yet_stays_new_when_the_schedule_changes(place, manager, cog):
    scheduled(place)
    new_article(place)
    await manager.slash(place.channel, "digest schedule", channel=place.channel, hour=9, zone="Europe/Berlin")
    await cog.post_due(EIGHT)
    assert posted(place) == []
    await cog.post_due(EIGHT + timedelta(hours=1))
    assert len(posted(place)) == 1


async def test_an_unknown_time_zone_is_explained(place, manager):
    options = {"channel": place.channel, "hour": 8, "zone": "Moon"}
    refused = await manager.slash(place.channel, "digest schedule", **options)
    assert "I do not know that time zone" in text_of(refused.response)
    assert place.env.errors


async def test_time_zones_are_offered_within_discords_limit(place, manager):
    offered = await manager.autocomplete(place.channel, "digest schedule", "zone", "new")
    assert 1 < len(offered) <= 25
    assert "America/New_York" in [choice["value"] for choice in offered]


async def test_what_is_new_is_posted_once(place, cog):
    scheduled(place)
    new_article(place)
    await cog.post_due(EIGHT - timedelta(minutes=1))
    assert posted(place) == []
    for minutes in (0, 1, 2):
        await cog.post_due(EIGHT + timedelta(minutes=minutes))
    (text,) = posted(place)
    assert "Digest of everything (new articles)" in text
    assert "New bridge" in text
    assert "Harbor history" not in text


async def test_nothing_new_is_no_message(place, cog):
    scheduled(place)
    await cog.post_due(EIGHT)
    assert posted(place) == []
    assert place.librarian.digests.schedules[place.collection].last_slot == EIGHT


async def test_what_was_posted_is_not_new_the_next_day(place, cog):
    scheduled(place)
    new_article(place)
    await cog.post_due(EIGHT)
    await cog.post_due(EIGHT + timedelta(days=1))
    assert len(posted(place)) == 1


async def test_a_channel_that_is_gone_switches_the_schedule_off_after_three_times(place, cog, caplog):
    scheduled(place, channel=12345)
    new_article(place)
    for day in range(3):
        assert place.collection in place.librarian.digests.schedules
        await cog.post_due(EIGHT + timedelta(days=day))
    assert place.collection not in place.librarian.digests.schedules
    assert "was switched off" in caplog.text


async def test_a_channel_that_is_closed_to_the_bot_counts_as_refused(place, cog):
    scheduled(place)
    new_article(place)
    place.env.inject_error("POST", "*/messages", status=403, code=50013)
    await cog.post_due(EIGHT)
    assert place.librarian.digests.schedules[place.collection].failures == 1


async def test_what_could_not_be_posted_comes_with_the_next_slot(place, cog):
    scheduled(place)
    new_article(place)
    place.env.inject_error("POST", "*/messages", status=400, code=50035)
    await cog.post_due(EIGHT)
    assert posted(place) == []
    await cog.post_due(EIGHT + timedelta(days=1))
    assert len(posted(place)) == 1


async def test_another_servers_schedule_is_left_to_the_process_that_serves_it(place, cog):
    scheduled(place, collection="guild:12345")
    new_article(place)
    await cog.post_due(EIGHT)
    assert posted(place) == []


async def test_another_process_with_the_lease_posts(place, cog):
    scheduled(place)
    new_article(place)
    place.librarian.processes.elsewhere.add("digests")
    await cog.post_due(EIGHT)
    assert posted(place) == []
    place.librarian.processes.elsewhere.clear()
    await cog.post_due(EIGHT)
    assert len(posted(place)) == 1


async def post_until_killed(place, cog, monkeypatch, method, now):
    """Let the process end where it calls *method* of the digests."""

    async def end(*_, **__):
        raise asyncio.CancelledError

    with monkeypatch.context() as patched:
        patched.setattr(place.librarian.digests, method, end)
        with pytest.raises(asyncio.CancelledError):
            await cog.post_due(now)


@pytest.mark.parametrize("method", ["create", "record_answer", "record_delivery"])
async def test_a_digest_is_posted_once_wherever_a_process_was_killed(place, cog, monkeypatch, method):
    scheduled(place)
    new_article(place)
    await post_until_killed(place, cog, monkeypatch, method, EIGHT)
    await cog.post_due(EIGHT + timedelta(minutes=1))
    nonces = [one.json["nonce"] for one in place.env.http_requests if is_post(one)]
    assert len(set(nonces)) == 1
    kept = place.librarian.digests.schedules[place.collection]
    assert (kept.covered_until, kept.claimed_at, kept.delivering) == (EIGHT, None, None)


async def test_after_a_long_outage_a_digest_that_is_there_is_not_posted_again(place, cog, monkeypatch):
    now = datetime(2026, 1, 1, tzinfo=UTC)  # by the clock of the simulated Discord
    scheduled(place, last_slot=now - timedelta(days=9), covered_until=now - timedelta(days=9))
    await post_until_killed(place, cog, monkeypatch, "record_delivery", now)
    await cog.post_due(now + timedelta(hours=1))
    assert len(posted(place)) == 1
    assert place.librarian.digests.schedules[place.collection].claimed_at is None


async def test_after_a_long_outage_a_digest_that_is_not_there_is_posted(place, cog, monkeypatch):
    scheduled(place)
    new_article(place)
    await post_until_killed(place, cog, monkeypatch, "record_answer", EIGHT)
    await cog.post_due(EIGHT + timedelta(hours=1))
    assert len(posted(place)) == 1


async def test_a_schedule_of_a_shard_elsewhere_is_seen_to_by_whoever_has_the_lease(place, cog, monkeypatch):
    scheduled(place)
    new_article(place)
    bot = place.env.bot
    monkeypatch.setattr(type(bot), "serves", lambda self, guild: False)
    monkeypatch.setattr(bot, "get_guild", lambda guild: None)
    await cog.post_due(EIGHT)
    assert len(posted(place)) == 1


def is_post(request):
    return request.method == "POST" and request.path.endswith("/messages")


async def test_a_digest_pings_nobody(place, cog):
    scheduled(place)
    new_article(place, "@everyone look")
    await cog.post_due(EIGHT)
    sent = [one for one in place.env.http_requests if is_post(one)]
    assert sent[-1].json["allowed_mentions"] == {"parse": []}


async def test_a_failure_nobody_foresaw_is_logged_and_the_bot_looks_again(place, cog, caplog, monkeypatch):
    monkeypatch.setitem(type(cog)._go_on.__globals__, "AFTER_ERROR_S", 0.0)
    cog.look.cancel()
    restarted = []
    monkeypatch.setattr(cog.look, "restart", lambda: restarted.append(True))
    await cog._go_on(ZeroDivisionError("a bug"))
    assert restarted
    assert "Looking for digests that are due failed" in caplog.text


async def test_the_bot_looks_for_what_is_due_while_it_runs_and_no_longer(place, cog):
    assert cog.look.is_running()
    assert cog.look.seconds == 15
    task = cog.look.get_task()
    await place.env.bot.remove_cog("Digests")
    await asyncio.wait([task], timeout=5)
    assert task.done()
