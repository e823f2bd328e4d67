"""Which answer a message of the bot shows."""

import re

import discord

from bot.context import Interaction
from bot.views.answer_details import AnswerButton
from bot.views.digests import LinesButton

WHICH_TEMPLATE = r"whole:(?P<answer>[0-9]{1,18}):(?P<article>[0-9]{1,18})"
"""Ids of the buttons of ``which_article.py``, which cannot be imported here: its buttons ask."""


def find_shown_answer(message: discord.Message) -> int | None:
    """Return the number of the answer that a message of the bot shows, by its buttons."""
    view = discord.ui.LayoutView.from_message(message, timeout=None)
    for item in view.walk_children():
        custom_id = getattr(item, "custom_id", None) or ""
        match = (
            AnswerButton.match_id(custom_id)
            or LinesButton.match_id(custom_id)
            or re.fullmatch(WHICH_TEMPLATE, custom_id)
        )
        if match:
            return int(match["answer"])
    return None


async def fetch_shown(
    interaction: Interaction, message_id: int | None, answer_id: int
) -> discord.Message | None:
    """Return the message under which a button was pressed, or *message_id* of the same channel.

    ``None`` if that is no message of the bot which shows this answer: anybody can send any id.
    """
    if message_id is None:
        return interaction.message
    channel = interaction.channel
    if not isinstance(channel, discord.abc.Messageable):
        return None
    try:
        message = await channel.fetch_message(message_id)
    except (discord.NotFound, discord.Forbidden):
        return None
    mine = message.author.id == interaction.application_id or message.author == interaction.client.user
    return message if mine and find_shown_answer(message) == answer_id else None
