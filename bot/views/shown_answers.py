"""Which answer a message of the bot shows."""

import discord

from bot.views.answer_details import AnswerButton
from bot.views.digests import LinesButton


def answer_shown(message: discord.Message) -> int | None:
    """Return the number of the answer that a message of the bot shows, by its buttons."""
    view = discord.ui.LayoutView.from_message(message, timeout=None)
    for item in view.walk_children():
        custom_id = getattr(item, "custom_id", None) or ""
        match = AnswerButton.matching(custom_id) or LinesButton.matching(custom_id)
        if match:
            return int(match["answer"])
    return None
