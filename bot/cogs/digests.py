"""``/digest`` and ``/timeline``, and the posts of digests that are due."""

import asyncio
import logging
from datetime import datetime
from typing import Literal, get_args

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.cogs.digest_delivery import post_due
from bot.context import Bot, Interaction, place_of
from bot.formatting import Card, Tone, cut, describe_filters, filters_from, notice, one_line, plain
from bot.guilds import may_manage, refuse_if_too_soon
from bot.i18n import gettext_noop, t
from bot.views import digest_answer, overview_card, timeline_answer
from retrieval.digests import (
    Every,
    Schedule,
    latest_slot,
    normalize_topic,
    normalize_zone,
    suggest_zones,
)

_log = logging.getLogger(__name__)
LOOK_EVERY_S = 15.0
"""With a lease that ended after half a minute, a process that died is replaced within one."""
AFTER_ERROR_S = 60.0
Topic = app_commands.Range[str, 1, 200]
Day = app_commands.Range[str, 1, 40]
CHOICES = (
    gettext_noop("daily"),
    gettext_noop("weekly"),
    gettext_noop("Monday"),
    gettext_noop("Tuesday"),
    gettext_noop("Wednesday"),
    gettext_noop("Thursday"),
    gettext_noop("Friday"),
    gettext_noop("Saturday"),
    gettext_noop("Sunday"),
)
"""Choices of options, which discord.py reads from types; marked here for the catalogs."""
Weekday = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


class Digests(commands.Cog):
    """What many articles report, where they disagree, and what happened when."""

    digest = app_commands.Group(name="digest", description="What many articles report, in their own words")

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self.now = discord.utils.utcnow

    async def cog_load(self) -> None:
        """Begin to look for digests that are due."""
        self.look.start()

    async def cog_unload(self) -> None:
        """End with the bot."""
        self.look.cancel()

    @digest.command(name="show")
    @app_commands.describe(
        topic="What it should be about; everything if left empty",
        since="Only articles of this day or later, as 2025-02-08",
        until="Only articles of this day or earlier",
    )
    async def show(
        self,
        interaction: Interaction,
        topic: Topic | None = None,
        since: Day | None = None,
        until: Day | None = None,
    ) -> None:
        """Show what the articles report, one line per story, and where they disagree."""
        if await refuse_if_too_soon(interaction, self.bot.questions, gettext_noop("ask")):
            return
        async with self.bot.replies.open(interaction, private=None) as reply:
            place, filters = place_of(interaction), filters_from(since=since, until=until)
            found = await self.bot.librarian.digests.create(
                topic, collection=place.collection, filters=filters, on_progress=reply.progress
            )
            answer = digest_answer(found, describe_filters(filters))
            answer = await self.bot.librarian.answers.record(answer, collection=place.collection)
            await reply.show(overview_card(answer, place))

    @app_commands.command()
    @app_commands.describe(
        topic="What it should be about",
        since="Only articles of this day or later, as 2025-02-08",
        until="Only articles of this day or earlier",
    )
    async def timeline(
        self, interaction: Interaction, topic: Topic, since: Day | None = None, until: Day | None = None
    ) -> None:
        """Show what happened when: sentences with a date, in order."""
        if await refuse_if_too_soon(interaction, self.bot.questions, gettext_noop("ask")):
            return
        async with self.bot.replies.open(interaction, private=None) as reply:
            place, filters = place_of(interaction), filters_from(since=since, until=until)
            found = await self.bot.librarian.digests.create_timeline(
                topic, collection=place.collection, filters=filters, on_progress=reply.progress
            )
            answer = timeline_answer(found, describe_filters(filters))
            answer = await self.bot.librarian.answers.record(answer, collection=place.collection)
            await reply.show(overview_card(answer, place, dated=True))

    @digest.command(name="schedule")
    @app_commands.describe(
        channel="The channel to post it in",
        hour="The hour, from 0 to 23",
        zone="The time zone of that hour, such as Europe/Berlin",
        every="How often; daily unless you choose",
        weekday="The day of a weekly digest; Monday unless you choose",
        topic="What it should be about; everything if left empty",
    )
    async def schedule(
        self,
        interaction: Interaction,
        channel: discord.TextChannel,
        hour: app_commands.Range[int, 0, 23],
        zone: app_commands.Range[str, 1, 100],
        every: Every = "daily",
        weekday: Weekday = "Monday",
        topic: Topic | None = None,
    ) -> None:
        """Post a digest of new articles daily or weekly."""
        if not await self._may(interaction):
            return
        async with self.bot.replies.open(interaction, private=True) as reply:
            if not _can_post(channel):
                said = t("I may not write in <#{channel}>. Allow me to, then try again.", channel=channel.id)
                await reply.show(notice(said))
                return
            collection, now = place_of(interaction).collection, self.now()
            name, day = normalize_zone(zone), get_args(Weekday).index(weekday)
            former = await self.bot.librarian.digests.get_schedule(collection=collection)
            chosen = Schedule(
                collection=collection,
                channel=channel.id,
                every=every,
                weekday=day,
                hour=hour,
                zone=name,
                topic=normalize_topic(topic) if topic else None,
                last_slot=latest_slot(every, day, hour, name, now),
                covered_until=former.covered_until if former else now,
            )
            await self.bot.librarian.digests.set_schedule(chosen)
            await reply.show(_schedule_card(chosen, weekday))

    @digest.command(name="unschedule")
    async def unschedule(self, interaction: Interaction) -> None:
        """Stop posting the scheduled digest."""
        if not await self._may(interaction):
            return
        async with self.bot.replies.open(interaction, private=True) as reply:
            had_one = await self.bot.librarian.digests.remove_schedule(
                collection=place_of(interaction).collection
            )
            if had_one:
                await reply.show(notice(t("I no longer post the scheduled digest.")))
            else:
                await reply.show(notice(t("No digest was scheduled.")))

    @schedule.autocomplete("zone")
    async def suggest_zone(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer time zones while somebody types."""
        return [app_commands.Choice(name=zone, value=zone) for zone in suggest_zones(typed)]

    @tasks.loop(seconds=LOOK_EVERY_S)
    async def look(self) -> None:
        """Post the digests that are due."""
        await self.post_due(self.now())

    async def post_due(self, now: datetime) -> None:
        """Post the digests that are due at *now*."""
        await post_due(self.bot, now)

    @look.before_loop
    async def _wait_for_discord(self) -> None:
        await self.bot.wait_until_ready()

    @look.error
    async def _go_on(self, error: BaseException) -> None:
        """Log what nobody foresaw, and look again later."""
        _log.error("Looking for digests that are due failed", exc_info=error)
        await asyncio.sleep(AFTER_ERROR_S)
        self.look.restart()

    async def _may(self, interaction: Interaction) -> bool:
        if not place_of(interaction).is_server:
            words = t("Digests are posted only in servers that added me. Here, use `/digest show`.")
        elif not may_manage(interaction):
            words = t("You need the permission Manage Server to schedule digests. Ask somebody who has it.")
        else:
            return not await refuse_if_too_soon(interaction, self.bot.presses, gettext_noop("do this"))
        await interaction.response.send_message(view=notice(words, Tone.FAILED), ephemeral=True)
        return False


def _can_post(channel: discord.TextChannel) -> bool:
    permissions = channel.permissions_for(channel.guild.me)
    return permissions.view_channel and permissions.send_messages


def _schedule_card(schedule: Schedule, weekday: str) -> Card:
    about = t(" about {topic}", topic=plain(cut(one_line(schedule.topic), 100))) if schedule.topic else ""
    channel = f"<#{schedule.channel}>"
    when = t("every day") if schedule.every == "daily" else t("every {weekday}", weekday=t(weekday))
    return notice(
        t(
            "A digest of new articles{about} is posted in {channel} {when} at {hour}:00 ({zone}), "
            "if there are any. Stop it with `/digest unschedule`.",
            about=about,
            channel=channel,
            when=when,
            hour=schedule.hour,
            zone=plain(schedule.zone),
        ),
        Tone.ANSWERED,
    )


async def setup(bot: Bot) -> None:
    """Add the commands to the bot."""
    await bot.add_cog(Digests(bot))
