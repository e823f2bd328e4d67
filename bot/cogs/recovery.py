"""Sees to the questions that a former process left open: once after the start, and until they are too old."""

import logging
from datetime import UTC, datetime

from discord.ext import commands, tasks

from bot.context import Bot
from bot.views import RetryButton, announce_unanswered
from retrieval.domain import OpenQuestion
from retrieval.errors import RetrievalError

_log = logging.getLogger(__name__)


class Retrying(commands.Cog):
    """Offers Retry where nobody is answering any more."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._left_open: list[OpenQuestion] = []

    async def cog_load(self) -> None:
        """Find out what was left open, before anybody can press a button or ask anew."""
        self._left_open = await self.bot.librarian.pending_questions.interrupt_added_before(datetime.now(UTC))
        self.look.start()

    async def cog_unload(self) -> None:
        """Stop looking."""
        self.look.cancel()

    @tasks.loop(hours=1)
    async def look(self) -> None:
        """Tell those who were left waiting, once; forget what is too old."""
        unanswered, self._left_open = self._left_open, []
        await announce_unanswered(self.bot, unanswered)
        try:
            await self.bot.librarian.pending_questions.delete_expired(datetime.now(UTC))
        except RetrievalError as error:
            _log.warning("Old open questions were not forgotten: %r", error)

    @look.before_loop
    async def _wait_for_discord(self) -> None:
        await self.bot.wait_until_ready()


async def setup(bot: Bot) -> None:
    """Add the look at open questions, and Retry to the bot."""
    bot.add_dynamic_items(RetryButton)
    await bot.add_cog(Retrying(bot))
