"""Adding what others have posted: all links and files of a message, or of a channel's pinned ones."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.article_group import AddWith
from bot.context import Bot, Interaction, Reply, place_of
from bot.i18n import gettext_noop, t
from bot.messages import KINDS, is_readable, links_in, read_attachment
from bot.views import say
from retrieval.domain import Outcome
from retrieval.errors import BadQuestion, RetrievalError, SourceRefused
from retrieval.protocols import Progress
from retrieval.sources import canonical_url

AT_ONCE = 25
"""New sources that one message or channel may bring at a time; each is a visit to a site."""
PINS_READ = 250
"""As many as Discord lets one pin."""
_NOTHING = gettext_noop("This message has no link and no file that I can read.")
_NO_PINS = gettext_noop("No pinned message of this channel has a link or a file that I can read.")
_BLIND_PINS = gettext_noop(
    "I cannot read the pinned messages here: whoever runs me has not switched on the reading of messages. "
    "Hand them to me one by one: press and hold a message (or right-click it), Apps, Add to library."
)
_MAY_NOT = gettext_noop(
    "I may not read this channel. Ask a moderator to allow me View Channel and Read Message History."
)


@dataclass(frozen=True, slots=True)
class Posted:
    """A link or file that somebody posted."""

    url: str = ""
    file: discord.Attachment | None = None

    @property
    def name(self) -> str:
        """What to call it."""
        return self.file.filename if self.file is not None else self.url


class Gathering(commands.Cog):
    """A subcommand and an entry of the message menu that add what messages hold; ``Curating`` holds them."""

    def __init__(self, bot: Bot, add_with: AddWith) -> None:
        self.bot = bot
        self._add_with = add_with
        self.menu = app_commands.ContextMenu(name="Add to library", callback=self.add_message)

    async def add_message(self, interaction: Interaction, message: discord.Message) -> None:
        """Add all links and files of a message."""

        async def add(reply: Reply, collection: str) -> AsyncIterator[Outcome]:
            posted = find_posted([message])
            if not posted:
                raise BadQuestion(t(_NOTHING))
            async for outcome in add_posted(self.bot, posted, reply, collection):
                yield outcome

        await self._add_with(interaction, add)

    @app_commands.command(name="pinned")
    @app_commands.describe(channel="The channel; this one if left empty")
    async def pinned(self, interaction: Interaction, channel: discord.TextChannel | None = None) -> None:
        """Add the links and files of a channel's pinned messages."""
        where = channel or interaction.channel
        if not place_of(interaction).is_server or not isinstance(where, discord.TextChannel | discord.Thread):
            await say(interaction, t("I can read pinned messages only in the channels of a server I am in."))
            return
        if not _may_read(interaction, where):
            await say(interaction, t("You cannot read that channel, so I will not read it for you."))
            return

        async def add(reply: Reply, collection: str) -> AsyncIterator[Outcome]:
            posted = await _list_pinned(where)
            async for outcome in add_posted(self.bot, posted, reply, collection):
                yield outcome

        await self._add_with(interaction, add)


def find_posted(messages: Sequence[discord.Message]) -> list[Posted]:
    """Return the links and readable files of messages, each once."""
    found: dict[str, Posted] = {}
    for message in messages:
        for url in links_in(message):
            found.setdefault(canonical_url(url), Posted(url))
        for file in message.attachments:
            if is_readable(file, KINDS):
                found.setdefault(str(file.id), Posted(file=file))
    return list(found.values())


async def add_posted(
    bot: Bot, posted: Sequence[Posted], reply: Reply, collection: str, at_once: int = AT_ONCE
) -> AsyncIterator[Outcome]:
    """Add what was posted and yield the outcome of each; what is known already costs no visit.

    New ones beyond *at_once* are left for another time, which is an outcome too.
    """
    visits = left = 0
    for number, one in enumerate(posted, 1):
        reply.progress(Progress(t("Adding links and files"), number, len(posted)))
        known = await bot.librarian.articles.find_url(one.url, collection=collection) if one.url else None
        if known is not None:
            yield Outcome(one.name, known)
        elif visits >= at_once:
            left += 1
        else:
            visits += 1
            try:
                async for outcome in _add_one(bot, one, collection):
                    yield outcome
            except RetrievalError as error:
                yield Outcome(one.name, error=error)
    if left:
        why = t("I add {most} new ones at a time. Run the command again for the next.", most=at_once)
        yield Outcome(t("{number:,} more", number=left), error=SourceRefused(why))


async def _add_one(bot: Bot, one: Posted, collection: str) -> AsyncIterator[Outcome]:
    if one.file is None:
        async for outcome in bot.librarian.articles.add_all_at(one.url, collection=collection):
            yield outcome
        return
    body = await read_attachment(one.file, bot.max_file_bytes)
    async for outcome in bot.librarian.articles.add_all_in(one.file.filename, body, collection=collection):
        yield outcome


async def _list_pinned(channel: discord.TextChannel | discord.Thread) -> list[Posted]:
    try:
        messages = [message async for message in channel.pins(limit=PINS_READ)]
    except discord.Forbidden as error:
        raise BadQuestion(t(_MAY_NOT)) from error
    posted = find_posted(messages)
    if not posted:
        blank = messages and not any(one.content or one.embeds or one.attachments for one in messages)
        raise BadQuestion(t(_BLIND_PINS) if blank else t(_NO_PINS))
    return posted


def _may_read(interaction: Interaction, channel: discord.TextChannel | discord.Thread) -> bool:
    """Tell whether the person may read the channel; asked of Discord's own rules, not of the command."""
    if channel.id == interaction.channel_id:
        return True
    person = interaction.user
    if not isinstance(person, discord.Member):
        return False
    rights = channel.permissions_for(person)
    return rights.view_channel and rights.read_message_history
