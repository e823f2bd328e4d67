"""Posts the digests that are due: by one process, and once, wherever a process is killed.

The schedule's row is marked before anything is sent, gets the number of the answer before that goes out, and
is cleared afterwards. A mark that is found was left by a process that ended: what it began is finished with
the same answer under the same nonce, by which Discord knows a message that it has already. Discord remembers
a nonce for some minutes; after that, the message is looked for.
"""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

import discord
from discord import ui

from bot.context import Bot, Place
from bot.guilds import speak_for
from bot.i18n import t
from bot.replies import NOT_SENT, send_card
from bot.views import digest_answer, overview_card
from retrieval.digests import Schedule, is_due
from retrieval.domain import Answer
from retrieval.errors import AnswerNotFound, RetrievalError

LEASE = "digests"
REFUSALS = 3
"""Refused so often in a row, a schedule is switched off."""
NONCE_KEPT = timedelta(minutes=2)
"""Discord says "the past few minutes", and a lease is taken over within one."""
LOOKED_THROUGH = 200
"""Messages among which one is looked for that may be there already."""
_log = logging.getLogger(__name__)


async def post_due(bot: Bot, now: datetime) -> None:
    """Post what is due, and what a process that ended left half done.

    What could not be posted comes with the next slot.
    """
    digests = bot.librarian.digests
    if not await bot.librarian.processes.hold(LEASE):
        return
    for schedule in await digests.list_schedules():
        if bot.replies.stopping or not _may_be_ours(bot, schedule):
            continue
        if schedule.claimed_at is not None:
            await _see_to(bot, schedule, now)
            continue
        slot = is_due(schedule, now)
        if slot is not None and await digests.claim_slot(slot, now, collection=schedule.collection):
            await _see_to(bot, replace(schedule, claimed_at=now, delivering=None), now)


async def _see_to(bot: Bot, schedule: Schedule, now: datetime) -> None:
    digests, collection = bot.librarian.digests, schedule.collection
    assert schedule.claimed_at is not None
    try:
        if await _post(bot, schedule, now):
            await digests.record_delivery(schedule.claimed_at, collection=collection)
        else:
            await digests.give_up_slot(collection=collection)
    except (discord.NotFound, discord.Forbidden) as error:
        await _note_refusal(bot, schedule, error)
    except NOT_SENT as error:
        _log.warning("Digest of %s was not posted: %r", collection, error)
        await digests.give_up_slot(collection=collection)
    except RetrievalError as error:  # the mark stays, and it is tried again
        _log.warning("Digest of %s was not finished yet: %r", collection, error)


async def _post(bot: Bot, schedule: Schedule, now: datetime) -> bool:
    """Post a digest, unless nothing is new; return whether its articles have been shown."""
    await speak_for(bot, schedule.collection)
    answer = await _find_begun(bot, schedule) or await _make_digest(bot, schedule)
    if answer is None:
        return False
    channel = bot.get_channel(schedule.channel) or await bot.fetch_channel(schedule.channel)
    assert isinstance(channel, discord.abc.Messageable)  # it was chosen among text channels
    card = overview_card(answer, Place(schedule.collection, is_server=True))
    assert schedule.claimed_at is not None
    if now - schedule.claimed_at > NONCE_KEPT and await _is_there(bot, channel, card, schedule.claimed_at):
        return True
    await send_card(channel.send, card, nonce=f"digest-{answer.id}")
    return True


async def _make_digest(bot: Bot, schedule: Schedule) -> Answer | None:
    """Return a digest, recorded and noted as the one that is being posted; ``None`` if nothing is new."""
    librarian, collection = bot.librarian, schedule.collection
    digest = await librarian.digests.create(
        schedule.topic, collection=collection, added_since=schedule.covered_until
    )
    if not digest.stories:
        return None
    answer = await librarian.answers.record(digest_answer(digest, t("new articles")), collection=collection)
    assert answer.id is not None
    await librarian.digests.record_answer(answer.id, collection=collection)
    return answer


async def _find_begun(bot: Bot, schedule: Schedule) -> Answer | None:
    """Return the digest that a process before us may have posted; ``None`` if it came to none."""
    if schedule.delivering is None:
        return None
    try:
        return await bot.librarian.answers.recall(schedule.delivering, collection=schedule.collection)
    except AnswerNotFound:
        return None


async def _is_there(bot: Bot, channel: discord.abc.Messageable, card: ui.LayoutView, since: datetime) -> bool:
    """Tell whether a card stands in a channel already; ``False`` too if the bot may not look."""
    wanted = _button_ids(card)
    try:
        async for message in channel.history(limit=LOOKED_THROUGH, after=since - timedelta(minutes=1)):
            if message.author == bot.user and wanted <= _button_ids(ui.LayoutView.from_message(message)):
                return bool(wanted)
    except discord.Forbidden:
        _log.info("Channel %s cannot be looked through", getattr(channel, "id", "?"))
    return False


def _button_ids(card: ui.LayoutView) -> set[str]:
    return {one.custom_id for one in card.walk_children() if isinstance(one, ui.Button) and one.custom_id}


async def _note_refusal(bot: Bot, schedule: Schedule, error: discord.HTTPException) -> None:
    """Note that a channel is gone or closed to us; switch the schedule off when that stays."""
    count = await bot.librarian.digests.record_refusal(collection=schedule.collection)
    _log.warning("Channel %s refused a digest, %s in a row: %r", schedule.channel, count, error)
    if count >= REFUSALS:
        await bot.librarian.digests.remove_schedule(collection=schedule.collection)
        _log.warning("The scheduled digest of %s was switched off", schedule.collection)


def _may_be_ours(bot: Bot, schedule: Schedule) -> bool:
    """Tell whether the bot is in the guild, or may be: another process may serve its shard."""
    kind, _, number = schedule.collection.partition(":")
    if kind != "guild" or not number.isdigit():
        return False
    return bot.get_guild(int(number)) is not None or not bot.serves(int(number))
