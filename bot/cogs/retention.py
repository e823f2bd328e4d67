"""Removes, once a day, articles that are older than their server wants to keep them."""

import logging
from datetime import UTC, datetime, timedelta

from discord.ext import commands, tasks

from bot.context import Bot
from retrieval.errors import RetrievalError

LEASE = "retention"
LOOK_EVERY_S = 30.0
EVERY = timedelta(days=1)
LOOKED = "discord.retention"
"""The note of when articles were last looked through."""
_log = logging.getLogger(__name__)


class Keeping(commands.Cog):
    """Looks through the servers that have chosen how long articles are kept."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        """Begin to look."""
        self.look.start()

    async def cog_unload(self) -> None:
        """Stop looking."""
        self.look.cancel()

    @tasks.loop(seconds=LOOK_EVERY_S)
    async def look(self) -> None:
        """Remove what is too old, if that is this process's task and a day has passed."""
        try:
            await self.look_daily(datetime.now(UTC))
        except RetrievalError as error:
            _log.warning("Old articles could not be looked for: %r", error)

    async def look_daily(self, now: datetime) -> None:
        """Remove what is too old, a day after that was last done by whichever process."""
        librarian = self.bot.librarian
        if not await librarian.processes.hold(LEASE):
            return
        last = await librarian.notes.get(LOOKED)
        if last is not None and now - datetime.fromisoformat(last) < EVERY:
            return
        await remove_what_is_too_old(self.bot, now)
        await librarian.notes.set(LOOKED, now.isoformat())

    @look.before_loop
    async def _wait_for_discord(self) -> None:
        await self.bot.wait_until_ready()


async def remove_what_is_too_old(bot: Bot, now: datetime) -> None:
    """Remove articles added longer ago than their server keeps them, one server after the other."""
    for collection, chosen in bot.chosen.every().items():
        if not chosen.keep_days:
            continue
        try:
            removed = await bot.librarian.articles.remove_added_before(
                now - timedelta(days=chosen.keep_days), collection=collection
            )
        except RetrievalError as error:
            _log.warning("Old articles of %s were not removed: %r", collection, error)
            continue
        if removed:
            _log.info("Removed %d articles of %s, kept for %d days", removed, collection, chosen.keep_days)


async def setup(bot: Bot) -> None:
    """Add the daily look to the bot."""
    await bot.add_cog(Keeping(bot))
