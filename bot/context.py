"""What commands, views and replies need from the bot, and where they were called.

``client.FootnoteBot`` is the only ``Bot``. What stands above this module reaches the bot through this type,
so nothing has to import the client, and imports have one direction.
"""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import discord
from discord import ui
from discord.ext import commands

from bot.i18n import nt, t
from bot.settings import BotSettings
from bot.state import ChosenSettings, Clock, Offers, SharedLimiter, Track
from retrieval.domain import Answer, Article, OpenQuestion, Statement
from retrieval.protocols import Progress

if TYPE_CHECKING:
    from retrieval.librarian import Librarian


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was asked, and which collection answers there."""

    collection: str
    is_server: bool
    is_thread: bool = False

    def articles(self, count: int) -> str:
        """Name so many of its articles in a sentence."""
        if self.is_server:
            return nt("the {count:,} article of this server", "the {count:,} articles of this server", count)
        return nt("your {count:,} article", "your {count:,} articles", count)

    @property
    def library(self) -> str:
        """What to call the library in a sentence."""
        return t("this server's library") if self.is_server else t("your library")

    @property
    def empty(self) -> str:
        """A sentence that says that the library is empty."""
        if self.is_server:
            return t("**This server's library is empty.**")
        return t("**Your library is empty.**")


class KeptQuestion(Protocol):
    """A question that the library keeps until it is answered; see ``asking.Kept``."""

    @property
    def number(self) -> int:
        """Its number in the library."""

    async def close(self) -> None:
        """Forget it."""

    async def cut_off(self) -> None:
        """Keep it for Retry."""


class Reply(Protocol):
    """An answer that somebody waits for; see ``replies.Reply``. ``show`` ends the waiting."""

    number: int
    """Of the interaction or message that is answered, for the log."""
    person: str
    """Who waits."""
    where: dict[str, int | str]
    """How another process finds the message that waits for the answer; see ``views/follow_up.py``."""
    kept: KeptQuestion | None
    track: Track | None

    def place(self, place: int) -> None:
        """Note one's place in the queue, 1 being next; an ``OnPlace``."""

    def progress(self, progress: Progress) -> None:
        """Note how far a long job is; an ``OnProgress``."""

    def draft(self, statements: Sequence[Statement]) -> None:
        """Note what of an answer is written and has passed the check; an ``OnDraft``."""

    def start_tracking(self, track: Track) -> Track:
        """Measure the stages of a question from here on; return *track*."""

    async def show(self, card: ui.LayoutView) -> None:
        """Put the card where "thinking…" stood."""


class Replies(Protocol):
    """Every answer that is being worked on; see ``replies.Replies``."""

    stopping: bool
    """Whether the bot takes no new questions, because it is being stopped."""

    def open(
        self, interaction: "Interaction", *, private: bool | None = False, asked: OpenQuestion | None = None
    ) -> AbstractAsyncContextManager[Reply]:
        """Acknowledge an interaction at once; the block shows its answer. ``None``: as the guild chose.

        What is *asked* is kept before, if it is known.
        """

    def open_message(self, message: discord.Message) -> AbstractAsyncContextManager[Reply]:
        """Answer a message with another one, at first a line that says it is being worked on."""


class AnswerCard(Protocol):
    """Renders a recorded answer; see ``render.answer_card``."""

    def __call__(
        self, answer: Answer, place: Place, *, within: Article | None = None, narrowed: str = ""
    ) -> ui.LayoutView:
        """Return the card, with the buttons that lead on from it."""


class Bot(commands.AutoShardedBot):
    """The attributes of the bot that commands, views and replies use; ``client.FootnoteBot`` sets them."""

    librarian: "Librarian"
    settings: BotSettings
    clock: Clock
    max_file_bytes: int
    """The library's limit, checked before an attachment is downloaded."""
    chosen: ChosenSettings
    """What guilds have chosen in /settings."""
    replies: Replies
    offers: Offers
    questions: SharedLimiter
    server_questions: SharedLimiter
    """Of all members of a guild together; the pace is each guild's own."""
    additions: SharedLimiter
    presses: SharedLimiter
    answer_card: AnswerCard
    """The card of an answer shows buttons which answer a question with such a card. This attribute is where
    that circle is closed; every other view is imported from its module."""

    def serves(self, guild_id: int) -> bool:
        """Tell whether this process has the shard of a guild."""
        shards = self.shard_ids
        return not shards or not self.shard_count or (guild_id >> 22) % self.shard_count in shards

    @property
    def reads_messages(self) -> bool:
        """Whether Discord shows the words of messages that are not meant for the bot."""
        return self.intents.message_content


Interaction = discord.Interaction[Bot]
AnyInteraction = discord.Interaction[Any]
"""For overrides of ``Item.callback`` and ``Modal.on_submit``, whose type variable is the method's own and
admits no narrower client."""


def place_of(interaction: Interaction) -> Place:
    """Return the place of an interaction: a server shares one library, each person has another.

    The person's own answers in direct messages, and wherever the person has installed the bot.
    """
    in_thread = isinstance(interaction.channel, discord.Thread)
    return place_in(server_of(interaction), interaction.user.id, is_thread=in_thread)


def server_of(interaction: Interaction) -> int | None:
    """Return the server whose library answers: the one in which it was asked, if it added the bot.

    People can install the bot for themselves and use it in any server; there, the bot knows nobody's
    rights, and a library that a server of this number once had is none of their business.
    """
    number = interaction.guild_id
    if number is None or interaction.is_guild_integration():
        return number
    return number if interaction.client.get_guild(number) is not None else None


def is_carried_along(interaction: Interaction) -> bool:
    """Tell whether a person brought the bot to where it is no member: a group, or another server.

    What is answered from a person's own library there is for that person's eyes.
    """
    if interaction.guild_id is not None:
        return server_of(interaction) is None
    return bool(interaction.context.private_channel)


def place_in(guild_id: int | None, user_id: int, *, is_thread: bool = False) -> Place:
    """Return the place of a server, or of a person's direct messages."""
    if guild_id is None:
        return Place(f"user:{user_id}", is_server=False)
    return Place(f"guild:{guild_id}", is_server=True, is_thread=is_thread)
