"""The link companion: adds links posted in the chosen channels, and reacts instead of talking."""

import logging

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.companion.choice import (
    NEEDS_MANAGE_SERVER,
    NOT_READ,
    READ,
    CompanionButton,
    choose_channel,
)
from bot.cogs.companion.reposts import Discussed
from bot.cogs.companion.threads import ThreadSummaries
from bot.context import Bot, Interaction, place_in
from bot.guilds import may_manage, refuse_if_too_soon, speak_in
from bot.i18n import gettext_noop, t
from bot.messages import links_in
from bot.state import Limiter
from bot.views import notify_guild, say
from retrieval.domain import Added
from retrieval.errors import RetrievalError
from retrieval.sources import only_from

LINKS_A_MESSAGE = 3
"""More in one message is a list, not a story; its menu adds them all."""
SERVER_AT_ONCE = 20
SERVER_EVERY_S = 15.0
"""What all members of a server together may bring, beside the pace of each."""

_log = logging.getLogger(__name__)


class Companion(commands.Cog):
    """Listens in the channels that servers have chosen for it."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._pace = Limiter(at_once=SERVER_AT_ONCE, every_s=SERVER_EVERY_S, clock=bot.clock)
        self._discussed = Discussed(bot)
        self._summaries = ThreadSummaries(bot)

    @app_commands.command(name="companion")
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.describe(
        channel="In which channel posted links are added quietly",
        on="Switch this on or off; on unless you choose",
    )
    async def companion(
        self, interaction: Interaction, channel: discord.TextChannel | None = None, on: bool = True
    ) -> None:
        """Choose channels in which posted links are added with one reaction and no words."""
        if not may_manage(interaction):
            await say(interaction, t(NEEDS_MANAGE_SERVER))
            return
        if await refuse_if_too_soon(interaction, self.bot.presses, gettext_noop("do this")):
            return
        async with self.bot.replies.open(interaction, private=True) as reply:
            await reply.show(await choose_channel(self.bot, interaction, channel, on=on))

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Add the links of a message in a chosen channel."""
        if message.guild is None or message.author.bot or message.webhook_id is not None:
            return
        if message.type not in (discord.MessageType.default, discord.MessageType.reply):
            return
        links = links_in(message)[:LINKS_A_MESSAGE]
        if not links or not await self._listens(message.guild.id, message.channel):
            return
        speak_in(self.bot, place_in(message.guild.id, message.author.id).collection)
        try:
            await self._add(message, message.guild, links)
        except (discord.HTTPException, aiohttp.ClientError) as error:
            # No right to react or to reply here, or the message is gone: there is nobody to tell.
            _log.info("Message %s of the companion was left as it is: %r", message.id, error)
        except RetrievalError as error:
            _log.warning("Message %s of the companion was left as it is: %r", message.id, error)

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        """Summarize in a thread what somebody reacted to as the companion did."""
        if payload.guild_id is None or payload.member is None or payload.member.bot:
            return
        channel = self.bot.get_channel(payload.channel_id)
        if str(payload.emoji) != READ or not isinstance(channel, discord.TextChannel | discord.Thread):
            return
        if not await self._listens(payload.guild_id, channel):
            return
        speak_in(self.bot, place_in(payload.guild_id, payload.user_id).collection)
        try:
            message = await channel.fetch_message(payload.message_id)
            if not any(one.me and str(one.emoji) == READ for one in message.reactions):
                return
            if wait_s := await self.bot.questions.wait_s(payload.user_id):
                _log.info("Reaction to message %s came %d s too soon", message.id, wait_s)
                return
            await self._summaries.show(message, links_in(message)[:LINKS_A_MESSAGE])
        except (discord.HTTPException, aiohttp.ClientError) as error:
            _log.info("Message %s was not summarized: %r", payload.message_id, error)
        except RetrievalError as error:
            _log.warning("Message %s was not summarized: %r", payload.message_id, error)

    async def _listens(self, guild_id: int, channel: object) -> bool:
        """Tell whether a channel, or the one that a thread belongs to, is a chosen one."""
        if not self.bot.reads_messages or self.bot.replies.stopping:
            return False
        ids = {getattr(channel, "id", 0), getattr(channel, "parent_id", 0)}
        chosen = await self.bot.chosen.of(place_in(guild_id, 0).collection)
        return bool(ids & set(chosen.companion_channels))

    async def _add(self, message: discord.Message, guild: discord.Guild, links: list[str]) -> None:
        if await self.bot.additions.wait_s(message.author.id) or self._pace.wait_s(guild.id):
            _log.info("The links of message %s came faster than the pace", message.id)
            await message.add_reaction(NOT_READ)
            return
        collection = place_in(guild.id, message.author.id).collection
        chosen = await self.bot.chosen.of(collection)
        with only_from(chosen.sources):
            tried = [await self._add_link(message, url, collection) for url in links]
        added = [one for one in tried if one is not None]
        found = [one.article for one in added]
        if found:
            await message.add_reaction(READ)
        if len(found) < len(links):
            await message.add_reaction(NOT_READ)
        await self._discussed.point_back(message, guild, found)
        await notify_guild(self.bot, guild, added, message.author.id)

    async def _add_link(self, message: discord.Message, url: str, collection: str) -> Added | None:
        """Return the article behind a link, added if need be; if it cannot be, ``None``, and it is logged."""
        library = self.bot.librarian
        try:
            known = await library.articles.find_url(url, collection=collection)
            return known or await library.articles.add_url(url, collection=collection)
        except RetrievalError as error:
            _log.info("A link of message %s was not added: %s", message.id, type(error).__name__)
            return None


async def setup(bot: Bot) -> None:
    """Add the command, its buttons and the listeners to the bot."""
    bot.add_dynamic_items(CompanionButton)
    await bot.add_cog(Companion(bot))
