"""Gets a card to Discord through failures that pass, and never twice.

discord.py itself waits out rate limits and most server errors. What it raises at once, although
trying again helps, is a 503, a 429 from the network in front of Discord, and a dropped connection.
"""

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import TypeVar

import aiohttp
import discord
from discord import ui

from bot.context import Interaction

T = TypeVar("T")
SEND_TRIES = 3
FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 5.0
"""Somebody is waiting; what asks for a longer pause has to wait for the person to ask again."""
ACKNOWLEDGE_PAUSE_S = 0.3
"""Discord gives three seconds for the first sign of life."""
ALREADY_ACKNOWLEDGED = 40_060
NOT_SENT = (discord.HTTPException, aiohttp.ClientError, TimeoutError)
"""What a send raises when the network or Discord is the cause."""

Edit = Callable[[ui.LayoutView], Awaitable[object]]
"""Puts a card where an answer is awaited; one try."""


async def edit_card(edit: Edit, card: ui.LayoutView) -> None:
    """Show *card*; an edit may safely arrive twice."""
    card.stop()  # Buttons find their way by custom_id; a view that listens would stay in memory for ever.
    await _persistently(lambda: edit(card), FIRST_PAUSE_S)


async def send_card(
    send: Callable[..., Awaitable[discord.Message]], card: ui.LayoutView, *, nonce: str = ""
) -> discord.Message:
    """Post *card* as a new message, and return it.

    *send* is a channel's or message's own method. All tries have one nonce, by which Discord knows
    a message that arrived although its answer was lost; one that is given, those of other processes too.
    """
    card.stop()
    nonce = nonce or str(secrets.randbits(63))
    return await _persistently(lambda: send(view=card, nonce=nonce), FIRST_PAUSE_S)


async def defer_reply(interaction: Interaction, *, private: bool = False, in_place: bool = False) -> None:
    """Acknowledge an interaction at once: with "thinking…", or silently when a card is to be replaced."""

    async def defer() -> None:
        try:
            await interaction.response.defer(thinking=not in_place, ephemeral=private)
        except discord.HTTPException as error:
            if error.code != ALREADY_ACKNOWLEDGED:
                raise
            # An earlier try arrived although its answer was lost. discord.py must know, to edit it later.
            interaction.response._response_type = (
                discord.InteractionResponseType.deferred_message_update
                if in_place
                else discord.InteractionResponseType.deferred_channel_message
            )

    await _persistently(defer, ACKNOWLEDGE_PAUSE_S)


def may_pass(error: BaseException) -> bool:
    """Tell whether a send that failed so may succeed a little later."""
    if isinstance(error, discord.HTTPException):
        return (
            error.status >= HTTPStatus.INTERNAL_SERVER_ERROR or error.status == HTTPStatus.TOO_MANY_REQUESTS
        )
    return isinstance(error, NOT_SENT)


async def _persistently(call: Callable[[], Awaitable[T]], pause_s: float) -> T:
    for attempt in range(1, SEND_TRIES):
        try:
            return await call()
        except NOT_SENT as error:
            if not may_pass(error):
                raise
            await asyncio.sleep(max(attempt * pause_s, _retry_after_s(error)))
    return await call()


def _retry_after_s(error: BaseException) -> float:
    """Return the seconds that a refusal asks to wait, as far as we can; 0 if it asks for none."""
    asked = 0.0
    if isinstance(error, discord.HTTPException):
        with contextlib.suppress(ValueError):  # it may be a date, which only caches send
            asked = float(error.response.headers.get("Retry-After", 0))
    return min(asked, LONGEST_PAUSE_S)


def response_editor(interaction: Interaction) -> Edit:
    """Return the way to an interaction's answer."""

    async def edit(card: ui.LayoutView) -> object:
        return await interaction.edit_original_response(view=card)

    return edit
