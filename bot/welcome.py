"""The one message a server gets when it adds the bot: three steps, in the first channel that takes it."""

import discord

from bot.cards import Card, Tone, small
from bot.i18n import t
from bot.markdown import plain


def welcome_card(curators: str) -> Card:
    """Return three steps from an empty library to a checked answer."""
    card = Card(Tone.ANSWERED)
    card.add_text(
        t(
            "**Hello! I answer questions about articles, in their exact words.**\n"
            "1. `/article add`: give me a link, a file or pasted text. That takes {needed}.\n"
            "2. `/ask` a question about what I have read, or mention me with it.\n"
            "3. Press **Quotes** under the answer: it shows where each sentence comes from.",
            needed=plain(curators),
        )
    )
    card.add_text(small(t("`/help` names everything else; `/privacy` says what I keep, and deletes it.")))
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
