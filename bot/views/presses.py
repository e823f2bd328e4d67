"""What every button that opens or replaces a card does when it is pressed.

Anybody can send any ``custom_id``, so each press asks the library of *this* place for the
answer; one of another server is not found there.
"""

from collections.abc import Awaitable, Callable

from bot.context import Bot, Interaction
from bot.errors import Reporting
from bot.formatting import Card, notice
from bot.guilds import refuse_if_too_soon
from bot.i18n import gettext_noop, t
from bot.replies import RESTARTING

MakeCard = Callable[[Bot], Awaitable[Card]]


async def answer_press(
    interaction: Interaction, make_card: MakeCard, *, opens: bool = False, asks: bool = False
) -> None:
    """Show a card in answer to a press: in place on a page of one's own, else as a new message.

    With *opens* always as a new message; with *asks* it counts as a question, because it costs as much.
    """
    bot = interaction.client
    async with Reporting(interaction):
        if bot.replies.stopping:
            await interaction.response.send_message(view=notice(t(RESTARTING)), ephemeral=True)
            return
        limiter, deed = (
            (bot.questions, gettext_noop("ask")) if asks else (bot.presses, gettext_noop("press this"))
        )
        if await refuse_if_too_soon(interaction, limiter, deed):
            return
        message = interaction.message
        if message is not None and message.flags.ephemeral and not opens:
            await interaction.response.defer()
        else:
            await interaction.response.defer(thinking=True, ephemeral=True)
        async with bot.replies.open(interaction, private=True) as reply:
            await reply.show(await make_card(bot))
