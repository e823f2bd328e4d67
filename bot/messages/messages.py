"""What a message holds that can be read: a link, an attachment, or a long text of its own.

Without the privileged intent for message content, Discord shows a bot only messages that
mention it, and those that somebody hands to it through a menu.
"""

import discord

from bot.context import Interaction
from bot.i18n import gettext_noop, t
from bot.messages.attachments import ARTICLE_KINDS, is_readable, read_attachment
from bot.messages.posted_links import addresses_in
from bot.state import Source
from retrieval.errors import BadQuestion
from retrieval.messages import message
from retrieval.sources import site_of

MESSAGES_READ = 25
LONG_CHARS = 400
"""A shorter message is read faster than its summary."""
OWN_TEXT = "message.txt"
NO_ARTICLES = frozenset(
    {
        *("discord.com", "discord.gg", "discordapp.com", "cdn.discordapp.com", "media.discordapp.net"),
        *("tenor.com", "giphy.com", "klipy.com"),
    }
)
"""Sites whose links people post without meaning anything to read."""
_BLIND = gettext_noop(
    "I cannot read the messages here. Give the link as `url`, or hand me the message: "
    "press and hold it (or right-click), then Apps, then Summarize."
)
_NONE = gettext_noop("There is no link in the last {count} messages. Give an `article`, a `url` or a `file`.")


def link_in(message: discord.Message) -> str | None:
    """Return the first link of a message."""
    if found := addresses_in(message.content):
        return found[0]
    return next((embed.url for embed in message.embeds if embed.url), None)


def links_in(message: discord.Message) -> list[str]:
    """Return the links of a message and of what it forwards, each once; none to Discord itself."""
    parts: list[discord.Message | discord.MessageSnapshot] = [message, *message.message_snapshots]
    found = [address for part in parts for address in addresses_in(part.content)]
    if not found:
        found = [embed.url for part in parts for embed in part.embeds if embed.url]
    return list(dict.fromkeys(url for url in found if site_of(url) not in NO_ARTICLES))


async def newest_link(interaction: Interaction) -> str:
    """Return the newest link in the channel's last messages, but not one of the bot's own cards.

    Raises:
        BadQuestion: There is none, or the messages cannot be read; says what to do instead.
    """
    channel = interaction.channel
    if not isinstance(channel, discord.abc.Messageable):
        raise BadQuestion(t(_BLIND))
    me = interaction.client.user
    seen = unseen = 0
    try:
        async for message in channel.history(limit=MESSAGES_READ):
            if me is not None and message.author.id == me.id:
                continue
            if url := link_in(message):
                return url
            blank = not (message.content or message.embeds or message.attachments)
            seen, unseen = seen + (not blank), unseen + blank
    except (discord.Forbidden, discord.NotFound) as error:
        raise BadQuestion(t(_BLIND)) from error
    raise BadQuestion(t(_BLIND) if unseen and not seen else t(_NONE, count=MESSAGES_READ))


async def source_in(message: discord.Message, max_bytes: int) -> Source:
    """Return what there is to summarize in a message: a link, a file, or its own text.

    Raises:
        BadQuestion: None of these.
        SourceRefused, FileNotFetched: The file cannot be had.
    """
    if url := link_in(message):
        return Source(url=url)
    if file := next(filter(is_readable, message.attachments), None):
        return Source(name=file.filename, body=await read_attachment(file, max_bytes, ARTICLE_KINDS))
    if len(message.content) >= LONG_CHARS:
        return Source(name=OWN_TEXT, body=message.content.encode())
    raise _empty_message_error()


def _empty_message_error() -> BadQuestion:
    return BadQuestion(
        message(
            "This message has no link, no file that I can read, and fewer than {limit} characters. "
            "There is nothing to summarize in it.",
            limit=LONG_CHARS,
        )
    )
