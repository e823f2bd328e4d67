"""Posts scheduled digests: each slot once, nothing when there is nothing new, and not for ever in vain."""

import logging
from datetime import UTC, datetime

import discord

from bot.context import Bot, Place
from bot.digest_cards import digest_answer, overview_card
from bot.i18n import t
from bot.permissions import speak_in
from bot.sending import NOT_SENT, sent
from retrieval.errors import RetrievalError
from retrieval.schedules import Schedule, is_due

REFUSALS = 3
"""Refused so often in a row, a schedule is switched off."""

_log = logging.getLogger(__name__)


async def post_due(bot: Bot, now: datetime) -> None:
    """Post what is due; a slot is claimed before anything is sent, so that none is posted twice.

    What could not be posted comes with the next slot.
    """
    for schedule in await bot.librarian.digests.list_schedules():
        slot = is_due(schedule, now)
        if slot is None or bot.replies.stopping or not _is_ours(bot, schedule):
            continue
        if not await bot.librarian.digests.claim_slot(slot, collection=schedule.collection):
            continue
        try:
            await _post(bot, schedule, now)
        except (discord.NotFound, discord.Forbidden) as error:
            await _refused(bot, schedule, error)
        except (*NOT_SENT, RetrievalError) as error:
            _log.warning("Digest of %s was not posted: %r", schedule.collection, error)


def utc_now() -> datetime:
    """Return the time; tests have a clock of their own."""
    return datetime.now(UTC)


async def _post(bot: Bot, schedule: Schedule, now: datetime) -> None:
    librarian = bot.librarian
    digest = await librarian.digests.create(
        schedule.topic, collection=schedule.collection, added_since=schedule.covered_until
    )
    if not digest.stories:
        return
    channel = bot.get_channel(schedule.channel) or await bot.fetch_channel(schedule.channel)
    assert isinstance(channel, discord.abc.Messageable)  # it was chosen among text channels
    speak_in(bot, schedule.collection)
    answer = await librarian.answers.record(
        digest_answer(digest, t("new articles")), collection=schedule.collection
    )
    card = overview_card(answer, Place(schedule.collection, is_server=True))
    await sent(channel.send, card)
    await librarian.digests.record_delivery(now, collection=schedule.collection)


async def _refused(bot: Bot, schedule: Schedule, error: discord.HTTPException) -> None:
    """Note that a channel is gone or closed to us; switch the schedule off when that stays."""
    count = await bot.librarian.digests.record_refusal(collection=schedule.collection)
    _log.warning("Channel %s refused a digest, %s in a row: %r", schedule.channel, count, error)
    if count >= REFUSALS:
        await bot.librarian.digests.remove_schedule(collection=schedule.collection)
        _log.warning("The scheduled digest of %s was switched off", schedule.collection)


def _is_ours(bot: Bot, schedule: Schedule) -> bool:
    """Tell whether the bot is in the server, and this process serves it; another may serve other shards."""
    kind, _, number = schedule.collection.partition(":")
    return kind == "guild" and number.isdigit() and bot.get_guild(int(number)) is not None
