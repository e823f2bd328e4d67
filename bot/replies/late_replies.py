"""Results that come after their interaction has expired: a quarter of an hour after the command.

Discord then knows the token no more, and what was promised goes out as a new message: in the channel
if the reply was for everybody, else to the person alone.
"""

import logging

import discord

from bot.context import Interaction
from bot.replies.sending import edit_card, response_editor, send_card

UNKNOWN_WEBHOOK = 10_015
INVALID_WEBHOOK_TOKEN = 50_027
EXPIRED = frozenset((UNKNOWN_WEBHOOK, INVALID_WEBHOOK_TOKEN))
"""Discord's two codes for the token of an interaction that has expired."""
PRIVATE = "private"
"""Where an interaction notes whether its reply is for one person; see ``note_privacy``."""

_log = logging.getLogger(__name__)


def note_privacy(interaction: Interaction, *, private: bool) -> None:
    """Note whether the reply to an interaction is for one person alone."""
    interaction.extras[PRIVATE] = private


async def edit_original(interaction: Interaction, card: discord.ui.LayoutView) -> None:
    """Show *card* as the interaction's answer, or as a new message if the interaction has expired."""
    try:
        await edit_card(response_editor(interaction), card)
    except discord.HTTPException as error:
        if error.code not in EXPIRED:
            raise
        _log.info("Interaction %s has expired; its result is a new message", interaction.id)
        await _send(interaction, card)


async def send_file(interaction: Interaction, file: discord.File) -> None:
    """Send *file* to the one person of an interaction, directly if the interaction has expired.

    Raises:
        discord.Forbidden: It has expired, and the person takes no direct messages.
    """
    try:
        await interaction.followup.send(file=file, ephemeral=True)
    except discord.HTTPException as error:
        if error.code not in EXPIRED:
            raise
        _log.info("Interaction %s has expired; its file goes to direct messages", interaction.id)
        file.fp.seek(0)  # the try before has read it
        await interaction.user.send(file=discord.File(file.fp, file.filename))


async def _send(interaction: Interaction, card: discord.ui.LayoutView) -> None:
    channel = interaction.channel
    # What is not known to be public is taken for private.
    if not interaction.extras.get(PRIVATE, True) and isinstance(channel, discord.abc.Messageable):
        try:
            await send_card(channel.send, card)
        except discord.Forbidden:
            _log.info("Interaction %s: no right to write where it came from", interaction.id)
        else:
            return
    await send_card(interaction.user.send, card)
