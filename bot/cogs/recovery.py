"""Sees to the questions that processes which ended left open, and forgets them when they are too old."""

import logging
from datetime import UTC, datetime

from discord.ext import commands, tasks

from bot.context import Bot
from bot.views import RetryButton, announce_unanswered
from retrieval.domain import OpenQuestion
from retrieval.errors import RetrievalError

LOOK_EVERY_S = 10.0
LOOKS_AN_HOUR = 360
_log = logging.getLogger(__name__)


class Retrying(commands.Cog):
    """Offers Retry where nobody is answering any more."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._left_open: list[OpenQuestion] = []

    async def cog_load(self) -> None:
        """Find out what was left open, before anybody can press a button or ask anew."""
        self._left_open = await self._find_orphaned()
        self.look.start()

    async def cog_unload(self) -> None:
        """Stop looking."""
        self.look.cancel()

    async def _find_orphaned(self) -> list[OpenQuestion]:
        if not self.bot.librarian.processes.is_steady:
            return []  # those who answer them may only have lost the database, as this process had
        return await self.bot.librarian.pending_questions.interrupt_orphaned()

    @tasks.loop(seconds=LOOK_EVERY_S)
    async def look(self) -> None:
        """Tell those who were left waiting, once; forget, every hour, what is too old."""
        unanswered, self._left_open = self._left_open, []
        try:
            if self.bot.librarian.processes.is_shared:  # else nobody ends but those before us
                unanswered += await self._find_orphaned()
            if self.look.current_loop % LOOKS_AN_HOUR == 0:
                await self.bot.librarian.pending_questions.delete_expired(datetime.now(UTC))
        except RetrievalError as error:
            _log.warning("Open questions could not be looked through: %r", error)
        await announce_unanswered(self.bot, unanswered)

    @look.before_loop
    async def _wait_for_discord(self) -> None:
        await self.bot.wait_until_ready()


async def setup(bot: Bot) -> None:
    """Add the look at open questions, and Retry to the bot."""
    bot.add_dynamic_items(RetryButton)
    await bot.add_cog(Retrying(bot))
