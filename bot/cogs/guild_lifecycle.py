"""Joining and leaving servers: the welcome, and the clock after which a server's data is deleted."""

import asyncio
import logging
from datetime import datetime

import discord
from discord.ext import commands, tasks

from bot.context import Bot, place_in
from bot.formatting import Card, Tone, plain, small
from bot.guilds import curators, speak_in
from bot.i18n import t
from bot.replies import NOT_SENT, send_card


def welcome_card(curators: str) -> Card:
    """Return three steps from an empty library to a checked answer."""
    card = Card(Tone.ANSWERED)
    card.add_text(
        t(
            "**Hello! I answer questions about articles, in their exact words.**\n"
            "1. `/article add`: give me a link, a file or pasted text. That requires {needed}.\n"
            "2. `/ask` a question about what I have read, or mention me with it.\n"
            "3. Press **Quotes** under the answer: it shows where each sentence comes from.",
            needed=plain(curators),
        )
    )
    card.add_text(
        small(t("`/help` explains everything else; `/privacy` shows what I keep and can delete it."))
    )
    return card


def channel_for_welcome(guild: discord.Guild) -> discord.TextChannel | None:
    """Return the server's channel for such messages, or the first in which the bot may write."""
    candidates = sorted(guild.text_channels, key=lambda channel: (channel.position, channel.id))
    if guild.system_channel is not None:
        candidates.insert(0, guild.system_channel)
    for channel in candidates:
        permissions = channel.permissions_for(guild.me)
        if permissions.view_channel and permissions.send_messages:
            return channel
    return None


SERVERS = "guild:"
"""How the collections of servers begin; see ``permissions.place_in``."""
LOOK_EVERY_H = 6.0
AFTER_ERROR_S = 600.0

_log = logging.getLogger(__name__)


class Staying(commands.Cog):
    """Greets new servers, and forgets those that removed the bot, 30 days later."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self.now = discord.utils.utcnow

    async def cog_load(self) -> None:
        """Begin to look for servers whose time has passed."""
        self.look.start()

    async def cog_unload(self) -> None:
        """End with the bot."""
        self.look.cancel()

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Stop the clock of a server that comes back; greet a new one, once."""
        collection = place_in(guild.id, 0).collection
        if not await self.bot.librarian.privacy.arrive(self.now(), collection=collection):
            return
        channel = channel_for_welcome(guild)
        if channel is None:
            return
        speak_in(self.bot, collection)
        try:
            await send_card(channel.send, welcome_card(curators(self.bot.settings.add_role)))
        except NOT_SENT as error:
            _log.info("Server %s was not greeted: %r", guild.id, error)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Start the clock. An outage of Discord is another event, and starts nothing."""
        await self.bot.librarian.privacy.leave(self.now(), collection=place_in(guild.id, 0).collection)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Notice which servers were left, or came back, while the bot was not running."""
        await self.compare()

    async def compare(self) -> None:
        """Compare the servers that the library knows with those that the bot is in."""
        # Servers in an outage are among them.
        present = {place_in(guild.id, 0).collection for guild in self.bot.guilds}
        left, back = await self.bot.librarian.privacy.compare_places(
            SERVERS, present, self.now(), is_ours=self._serves
        )
        if left or back:
            _log.info("While I was away, %d servers removed me and %d came back", left, back)

    def _serves(self, collection: str) -> bool:
        """Tell whether a collection is of a guild that this process would see."""
        number = collection.removeprefix(SERVERS)
        return number.isdecimal() and self.bot.serves(int(number))

    @tasks.loop(hours=LOOK_EVERY_H)
    async def look(self) -> None:
        """Forget the servers whose time has passed."""
        await self.forget_overdue(self.now())

    async def forget_overdue(self, now: datetime) -> None:
        """Forget the servers that were left 30 days before *now*, unless the bot is in them again."""
        for collection in await self.bot.librarian.privacy.list_overdue(now):
            number = collection.removeprefix(SERVERS)
            if self._serves(collection) and self.bot.get_guild(int(number)) is None:
                await self.bot.librarian.privacy.forget_collection(collection=collection)
                self.bot.chosen.forget(collection)

    @look.before_loop
    async def _wait_for_discord(self) -> None:
        await self.bot.wait_until_ready()

    @look.error
    async def _go_on(self, error: BaseException) -> None:
        """Log what nobody foresaw, and look again later."""
        _log.error("Forgetting servers that left failed", exc_info=error)
        await asyncio.sleep(AFTER_ERROR_S)
        self.look.restart()


async def setup(bot: Bot) -> None:
    """Add the listeners and the daily look to the bot."""
    await bot.add_cog(Staying(bot))
