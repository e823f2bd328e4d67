"""The button Follow up: a form for the next question, understood by the answer above it.

Discord shows a bot no reply to an answer that was given to a slash command, so the form is the way
that works everywhere.
"""

import re
from typing import Self

import discord
from discord import ui

from bot.asking import ask_library, recorded_card
from bot.cards import notice
from bot.context import AnyInteraction, Bot, Interaction, Place, Reply, place_of
from bot.dynamic_items import DynamicButton
from bot.errors import Reporting
from bot.forms import Form
from bot.i18n import gettext_noop, t
from bot.late_replies import edit_original
from bot.limits import turned_away
from bot.markdown import cut, one_line
from bot.question_forms import answer_form

THREAD_NAME_CHARS = 100
"""Discord's limit; nothing but Discord checks it."""
ALREADY = gettext_noop("There is a thread under this answer already.")
THREAD_EXISTS = 160_004
"""Discord's code for a message that has a thread already."""


class FollowButton(DynamicButton, template=r"f:(?P<answer>[0-9]{1,18})"):
    """Opens the form for a question that follows up an answer."""

    def __init__(self, answer_id: int) -> None:
        super().__init__(f"f:{answer_id}", t("Follow up"))
        self.answer_id = answer_id

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the button of a matched id."""
        return cls(int(match["answer"]))

    async def callback(self, interaction: AnyInteraction) -> None:
        """Show the form."""
        async with Reporting(interaction):
            await interaction.response.send_modal(FollowUp(self.answer_id))


class ThreadButton(DynamicButton, template=r"t:(?P<answer>[0-9]{1,18})"):
    """Opens a thread under an answer, in which mentions follow it up."""

    def __init__(self, answer_id: int) -> None:
        super().__init__(f"t:{answer_id}", t("Continue in a thread"))
        self.answer_id = answer_id

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the button of a matched id."""
        return cls(int(match["answer"]))

    async def callback(self, interaction: AnyInteraction) -> None:
        """Open the thread, or say why that cannot be."""
        bot: Bot = interaction.client
        async with Reporting(interaction):
            if await turned_away(interaction, bot.presses, gettext_noop("press this")):
                return
            message = interaction.message
            if (
                message is None
                or message.flags.ephemeral
                or not isinstance(message.channel, discord.TextChannel)
            ):
                await _say(interaction, t("A thread can only be opened under an answer that everybody sees."))
                return
            await interaction.response.defer(thinking=True, ephemeral=True)
            answer = await bot.librarian.answers.recall(
                self.answer_id, collection=place_of(interaction).collection
            )
            name = cut(one_line(answer.understood or answer.question), THREAD_NAME_CHARS) or "Footnote"
            try:
                if message.guild is not None and message.guild.get_thread(message.id) is not None:
                    await edit_original(interaction, notice(t(ALREADY)))
                    return
                thread = await message.create_thread(name=name)
            except discord.Forbidden:
                words = t("I may not open threads here. Ask a moderator to allow me Create Public Threads.")
            except discord.HTTPException as error:
                if error.code != THREAD_EXISTS:
                    raise
                words = t(ALREADY)
            else:
                words = t("Continue in {thread}: mention me there to ask on.", thread=thread.mention)
            await edit_original(interaction, notice(words))


async def _say(interaction: Interaction, words: str) -> None:
    await interaction.response.send_message(view=notice(words), ephemeral=True)


class FollowUp(Form, title=gettext_noop("Follow up")):
    """A form for the next question."""

    question: ui.Label["FollowUp"] = ui.Label(
        text=gettext_noop("Question"),
        description=gettext_noop("Words such as “it” or “she” are understood by the answer above."),
        component=ui.TextInput(
            min_length=3, max_length=500, placeholder=gettext_noop("And who paid for it?")
        ),
    )

    def __init__(self, answer_id: int) -> None:
        super().__init__()
        self._answer_id = answer_id

    async def on_submit(self, interaction: AnyInteraction) -> None:
        """Answer with what was said before in mind."""

        async def ask(bot: Bot, question: str, place: Place, reply: Reply) -> ui.LayoutView:
            before = await bot.librarian.answers.recall(self._answer_id, collection=place.collection)
            answer = await ask_library(bot, reply, place, question, after=before)
            return await recorded_card(bot, reply, answer, place)

        await answer_form(interaction, self.question, ask)
