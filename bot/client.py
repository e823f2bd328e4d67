"""The Discord client: what it listens to, which commands it has, and when Discord is told of them."""

import logging
import time
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.answer_log import Track, log_line
from bot.article_buttons import AddButton, ArticleButton
from bot.buttons import AnswerButton, ListButton, RemoveButton
from bot.cards import notice
from bot.chosen_channels import elsewhere
from bot.cogs.companion import Companion
from bot.cogs.conversation import Conversation
from bot.cogs.curating import Curating
from bot.cogs.digests import Digests
from bot.cogs.keeping import Keeping
from bot.cogs.message_menus import MessageMenus
from bot.cogs.moderating import Moderating
from bot.cogs.privacy import PrivacyCommand
from bot.cogs.quoting import Quoting
from bot.cogs.reading import Reading
from bot.cogs.retrying import Retrying
from bot.cogs.settling import Settling
from bot.cogs.staying import Staying
from bot.cogs.summarizing import Summarizing
from bot.command_sync import sync_commands
from bot.deciding import DecideButton, ReportsButton
from bot.errors import report
from bot.follow_ups import FollowButton, ThreadButton
from bot.guild_settings import ChosenSettings
from bot.limits import Clock, Limiter
from bot.metrics import Metrics
from bot.more import MoreButton, NextButton
from bot.offers import Offers
from bot.permissions import Interaction, speak_as_chosen
from bot.privacy_buttons import PrivacyButton, SureButton
from bot.replies import RESTARTING, Replies
from bot.reporting import WrongButton
from bot.retry import RetryButton
from bot.settings import BotSettings
from bot.settings_items import PANEL_ITEMS
from bot.version_buttons import VersionButton
from bot.voting import VoteButton
from bot.words import CommandTranslator

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
        words = RESTARTING if self.client.replies.stopping else elsewhere(interaction)
        if not words:
            return True
        if interaction.type is not discord.InteractionType.autocomplete:
            await interaction.response.send_message(view=notice(words), ephemeral=True)
        return False

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Tell the person what went wrong."""
        await report(interaction, error)


_log = logging.getLogger("footnote.answers")


class FootnoteBot(commands.AutoShardedBot):
    """Answers on Discord from the library it is given.

    *max_file_bytes* is the library's limit, checked before an attachment is downloaded.
    *always_sync* tells Discord of the commands at each start, for a Discord that forgets. *metrics* goes
    on counting where the bot of a failed connection stopped.
    """

    tree: CommandTree

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
        self.replies = Replies(self._log_answer)
        self.chosen = ChosenSettings(librarian)
        self.offers = Offers(librarian)
        self.questions = Limiter(
            at_once=settings.questions_at_once, every_s=settings.question_every_s, clock=clock
        )
        self.server_questions = Limiter(at_once=1, every_s=0.0, clock=clock)
        """Its pace is each server's own."""
        self.additions = Limiter(
            at_once=settings.additions_at_once, every_s=settings.addition_every_s, clock=clock
        )
        self.presses = Limiter(at_once=PRESSES_AT_ONCE, every_s=PRESS_EVERY_S, clock=clock)
        self._always_sync = always_sync

    def _log_answer(self, track: Track) -> None:
        """Write the line of an answer, and count it."""
        self.metrics.answered(track)
        _log.info("%s", log_line(track, with_question=self.settings.log_questions))

    @property
    def reads_messages(self) -> bool:
        """Whether Discord shows the words of messages that are not meant for the bot."""
        return self.intents.message_content

    async def setup_hook(self) -> None:
        """Take up what a process before left open; tell Discord of the commands when they have changed."""
        await self.chosen.load()
        await self.tree.set_translator(CommandTranslator())
        await self.add_commands()
        await self.add_cog(Retrying(self))
        await self.add_cog(Staying(self))
        await self.add_cog(Keeping(self))
        await sync_commands(self.tree, self.librarian, self.settings.dev_guild_id, always=self._always_sync)

    async def add_commands(self) -> None:
        """Add the commands and buttons."""
        await self.add_cog(Reading(self))
        await self.add_cog(Summarizing(self))
        await self.add_cog(Quoting(self))
        await self.add_cog(Curating(self))
        await self.add_cog(Digests(self))
        await self.add_cog(Conversation(self))
        await self.add_cog(Companion(self))
        await self.add_cog(Moderating(self))
        await self.add_cog(MessageMenus(self))
        await self.add_cog(Settling(self))
        await self.add_cog(PrivacyCommand(self))
        self.add_dynamic_items(
            ArticleButton,
            AddButton,
            AnswerButton,
            ListButton,
            RemoveButton,
            FollowButton,
            ThreadButton,
            VersionButton,
        )
        self.add_dynamic_items(MoreButton, NextButton, VoteButton, WrongButton, DecideButton, ReportsButton)
        self.add_dynamic_items(RetryButton, PrivacyButton, SureButton, *PANEL_ITEMS)

    async def on_message(self, message: discord.Message, /) -> None:
        """Look for no commands in messages; ``Conversation`` listens for those who speak to the bot."""
