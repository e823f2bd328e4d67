"""The Discord client: what it listens to, its commands, and when they are registered with Discord."""

import logging
import time
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs import COMMANDS, EXTENSIONS
from bot.command_sync import sync_commands
from bot.context import Bot, Interaction
from bot.errors import report
from bot.formatting import notice
from bot.guilds import elsewhere, speak_as_chosen
from bot.i18n import CommandTranslator, t
from bot.replies import RESTARTING, Replies
from bot.settings import BotSettings
from bot.state import ChosenSettings, Clock, Metrics, Offers, SharedLimiter, Track, log_line
from bot.views import RetryButton, answer_card

if TYPE_CHECKING:
    from retrieval.librarian import Librarian

MAX_FILE_BYTES = 5_000_000
PRESSES_AT_ONCE = 10
PRESS_EVERY_S = 2.0
"""Buttons and lists are cheap, but each takes a place in the queue of questions."""
INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
"""Nothing privileged: commands and buttons need no message content."""
COMPANION_INTENTS = discord.Intents(message_content=True, guild_reactions=True)
"""What the link companion needs beside these; the first is privileged, and the operator's choice."""


class CommandTree(app_commands.CommandTree["FootnoteBot"]):
    """Slash commands for servers and direct messages that answer even when they fail."""

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Turn commands away while the bot is being stopped, and in channels not chosen for it."""
        speak_as_chosen(interaction)
        words = t(RESTARTING) if self.client.replies.stopping else elsewhere(interaction)
        if not words:
            return True
        if interaction.type is not discord.InteractionType.autocomplete:
            await interaction.response.send_message(view=notice(words), ephemeral=True)
        return False

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Tell the person what went wrong."""
        await report(interaction, error)


_log = logging.getLogger("footnote.answers")


class FootnoteBot(Bot):
    """Answers on Discord from the library it is given.

    *max_file_bytes* is the library's limit, checked before an attachment is downloaded.
    *always_sync* tells Discord of the commands at each start, for a Discord that forgets. *metrics* goes
    on counting where the bot of a failed connection stopped.
    """

    tree: CommandTree
    replies: Replies

    def __init__(
        self,
        librarian: "Librarian",
        settings: BotSettings,
        *,
        clock: Clock = time.monotonic,
        max_file_bytes: int = MAX_FILE_BYTES,
        always_sync: bool = False,
        metrics: Metrics | None = None,
        **options: Any,
    ) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=CommandTree,
            intents=INTENTS | COMPANION_INTENTS if settings.message_content else INTENTS,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            **options,
        )
        self.librarian = librarian
        self.settings = settings
        self.clock = clock
        self.max_file_bytes = max_file_bytes
        self.metrics = metrics or Metrics()
        self.replies = Replies(self._log_answer, RetryButton)
        self.answer_card = answer_card
        self.chosen = ChosenSettings(librarian)
        self.offers = Offers(librarian)
        limiter = partial(SharedLimiter, processes=librarian.processes, clock=clock)
        self.questions = limiter(
            "questions", at_once=settings.questions_at_once, every_s=settings.question_every_s
        )
        self.server_questions = limiter("server questions", at_once=1, every_s=0.0)
        """Its pace is each server's own."""
        self.additions = limiter(
            "additions", at_once=settings.additions_at_once, every_s=settings.addition_every_s
        )
        self.presses = limiter("presses", at_once=PRESSES_AT_ONCE, every_s=PRESS_EVERY_S)
        self._always_sync = always_sync

    def _log_answer(self, track: Track) -> None:
        """Write the line of an answer, and count it."""
        self.metrics.count_answer(track)
        _log.info("%s", log_line(track, with_question=self.settings.log_questions))

    async def setup_hook(self) -> None:
        """Take up what a process before left open; tell Discord of the commands when they have changed."""
        await self.chosen.load()
        self.librarian.processes.watch(self.chosen.follow)
        await self.tree.set_translator(CommandTranslator())
        await self.load(EXTENSIONS)
        await sync_commands(self.tree, self.librarian, self.settings.dev_guild_id, always=self._always_sync)

    async def close(self) -> None:
        """Hear no more of other processes, and disconnect."""
        self.librarian.processes.unwatch(self.chosen.follow)
        await super().close()

    async def add_commands(self) -> None:
        """Add the commands and their buttons, and nothing that works by itself."""
        await self.load(COMMANDS)

    async def load(self, extensions: Sequence[str]) -> None:
        """Load extensions by name, in order; what one raises is raised as it is."""
        for name in extensions:
            try:
                await self.load_extension(name)
            except commands.ExtensionFailed as failed:
                # The library's errors are written for people, and the runner looks for Discord's.
                raise failed.original from None

    async def on_message(self, message: discord.Message, /) -> None:
        """Look for no commands in messages; ``Conversation`` listens for those who speak to the bot."""
