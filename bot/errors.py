"""The only place where an exception becomes words on Discord.

What the library foresees is written for people and shown; what concerns the operator, and what
nobody foresaw, is logged under a number, and people get the number.
"""

import logging
import secrets
from types import TracebackType

import discord
from discord import app_commands

from bot.context import Interaction
from bot.formatting import Card, Tone, fit, notice
from bot.guilds import speak_as_chosen
from bot.i18n import t, translate_error
from bot.replies import NOT_SENT, edit_original
from retrieval.errors import (
    AnswerHidden,
    AnswerNotFound,
    IndexMismatch,
    ModelMissing,
    RetrievalError,
    StorageError,
)

_OPERATORS = (StorageError, IndexMismatch, ModelMissing)
_MESSAGE_CHARS = 1_500

_log = logging.getLogger(__name__)


def error_card(error: BaseException, error_id: str) -> Card:
    """Return what to tell the person; never the text of an error that was not written for people."""
    match error:
        case AnswerHidden():
            words = t("This answer is hidden until a moderator has looked at it.")
        case AnswerNotFound():
            words = t("This answer is too old or not from this server. Please ask again.")
        case _ if isinstance(error, _OPERATORS):
            words = t(
                "I cannot use my library right now. The person who runs me finds the reason under {number}.",
                number=error_id,
            )
        case RetrievalError():
            words = translate_error(error)
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            words = t("This command has changed. Restart Discord (Ctrl+R), then try again.")
        case app_commands.TransformerError():
            words = t("One of the options cannot be used as it stands. Choose it again from the list.")
        case _:
            words = t(
                "Something went wrong on my side. Please try again; if it keeps happening, report error "
                "{number}.",
                number=error_id,
            )
    return notice(fit(words, _MESSAGE_CHARS), Tone.FAILED)


async def report(interaction: Interaction, error: BaseException) -> None:
    """Tell the person and, when it needs somebody's attention, the log."""
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    error_id = log_error(cause, _where(interaction))
    try:
        await _send(interaction, error_card(cause, error_id))
    except NOT_SENT as lost:
        # Nobody can be notified any more: the interaction has expired or was never acknowledged.
        _log.warning("Error %s could not be shown in %s: %r", error_id, _where(interaction), lost)


def log_error(error: BaseException, where: str) -> str:
    """Log an error that needs somebody's attention; return the number it can be found under."""
    error_id = secrets.token_hex(4)
    if not isinstance(error, RetrievalError) or isinstance(error, _OPERATORS):
        _log.error("Error %s in %s", error_id, where, exc_info=error)
    return error_id


class Reporting:
    """Reports what its body raises; for buttons and forms, whose errors discord.py only logs."""

    def __init__(self, interaction: Interaction) -> None:
        self._interaction = interaction

    async def __aenter__(self) -> None:
        """Speak the language of the place from here on."""
        speak_as_chosen(self._interaction)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        """Report errors; let cancellation and the end of the program pass."""
        if not isinstance(error, Exception):
            return False
        await report(self._interaction, error)
        return True


async def _send(interaction: Interaction, card: Card) -> None:
    response = interaction.response
    if response.type is discord.InteractionResponseType.deferred_channel_message:
        await edit_original(interaction, card)
    elif response.is_done():
        await interaction.followup.send(view=card, ephemeral=True)
    else:
        await response.send_message(view=card, ephemeral=True)


def _where(interaction: Interaction) -> str:
    command = interaction.command.qualified_name if interaction.command else "a button or form"
    return f"{command}, interaction {interaction.id}, server {interaction.guild_id}"
