"""What every form or button that asks a question does with it: check, wait, answer, show."""

from collections.abc import Awaitable, Callable
from typing import Any

from discord import ui

from bot.cards import notice
from bot.context import Bot, Interaction, Place, Reply, place_of
from bot.errors import Reporting
from bot.i18n import gettext_noop, t
from bot.limits import turned_away
from bot.replies import RESTARTING

Ask = Callable[[Bot, Place, Reply], Awaitable[ui.LayoutView]]
"""Asks the library, and returns the card of the answer."""
AskThis = Callable[[Bot, str, Place, Reply], Awaitable[ui.LayoutView]]
"""The same, given the words that somebody typed."""


async def answer_form(interaction: Interaction, question: ui.Label[Any], ask: AskThis) -> None:
    """Answer the question that somebody typed into a form."""
    assert isinstance(question.component, ui.TextInput)
    typed = question.component.value

    async def ask_it(bot: Bot, place: Place, reply: Reply) -> ui.LayoutView:
        return await ask(bot, typed, place, reply)

    async with Reporting(interaction):
        await answer_question(interaction, ask_it)


async def answer_question(interaction: Interaction, ask: Ask, *, private: bool = False) -> None:
    """Check whether a question may be asked now, ask it and show the answer.

    Unless *private*, the answer is as public as the card on which the button was pressed or the form opened.
    """
    bot = interaction.client
    if bot.replies.stopping:
        await interaction.response.send_message(view=notice(t(RESTARTING)), ephemeral=True)
        return
    if await turned_away(interaction, bot.questions, gettext_noop("ask")):
        return
    private = private or (interaction.message is not None and interaction.message.flags.ephemeral)
    async with bot.replies.open(interaction, private=private) as reply:
        await reply.show(await ask(bot, place_of(interaction), reply))
