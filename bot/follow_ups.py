"""The button Follow up: a form for the next question, understood by the answer above it.

Discord shows a bot no reply to an answer that was given to a slash command, so the form is the way
that works everywhere.
"""

import re
from typing import TYPE_CHECKING, Any, Self, cast

import discord
from discord import ui

from bot.asking import ask_library, recorded_card
from bot.cards import Card, notice
from bot.custom_ids import FOLLOW_ID, THREAD_ID
from bot.errors import Reporting
from bot.forms import Form
from bot.limits import turned_away
from bot.markdown import cut, one_line
from bot.permissions import Interaction, Place, place_of
from bot.question_forms import answer_form
from bot.replies import Reply, edit_original
from bot.words import t

if TYPE_CHECKING:
    from bot.client import FootnoteBot

THREAD_NAME_CHARS = 100
"""Discord's limit; nothing but Discord checks it."""
ALREADY = "There is a thread under this answer already."
THREAD_EXISTS = 160_004
"""Discord's code for a message that has a thread already."""


class FollowButton(ui.DynamicItem[ui.Button[Any]], template=FOLLOW_ID):
    """Opens the form for a question that follows up an answer."""

    def __init__(self, item: ui.Button[Any], answer_id: int) -> None:
        super().__init__(item)
        self._answer_id = answer_id

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the button back from its id."""
        return cls(cast("ui.Button[Any]", item), int(match["answer"]))

    async def callback(self, interaction: Interaction) -> None:
        """Show the form."""
        async with Reporting(interaction):
            await interaction.response.send_modal(FollowUp(self._answer_id))


class ThreadButton(ui.DynamicItem[ui.Button[Any]], template=THREAD_ID):
    """Opens a thread under an answer, in which mentions follow it up."""

    def __init__(self, item: ui.Button[Any], answer_id: int) -> None:
        super().__init__(item)
        self._answer_id = answer_id

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the button back from its id."""
        return cls(cast("ui.Button[Any]", item), int(match["answer"]))

    async def callback(self, interaction: Interaction) -> None:
        """Open the thread, or say why that cannot be."""
        bot = cast("FootnoteBot", interaction.client)
        async with Reporting(interaction):
            if await turned_away(interaction, bot.presses, "press this"):
                return
            message = interaction.message
            if (
                message is None
                or message.flags.ephemeral
                or not isinstance(message.channel, discord.TextChannel)
            ):
                await _say(interaction, "A thread can only be opened under an answer that everybody sees.")
                return
            await interaction.response.defer(thinking=True, ephemeral=True)
            answer = await bot.librarian.answers.recall(
                self._answer_id, collection=place_of(interaction).collection
            )
            name = cut(one_line(answer.understood or answer.question), THREAD_NAME_CHARS) or "Footnote"
            try:
                if message.guild is not None and message.guild.get_thread(message.id) is not None:
                    await edit_original(interaction, notice(ALREADY))
                    return
                thread = await message.create_thread(name=name)
            except discord.Forbidden:
                words = "I may not open threads here. Ask a moderator to allow me Create Public Threads."
            except discord.HTTPException as error:
                if error.code != THREAD_EXISTS:
                    raise
                words = ALREADY
            else:
                words = t("Continue in {thread}: mention me there to ask on.", thread=thread.mention)
            await edit_original(interaction, notice(words))


async def _say(interaction: Interaction, words: str) -> None:
    await interaction.response.send_message(view=notice(words), ephemeral=True)


class FollowUp(Form, title="Follow up"):
    """A form for the next question."""

    question: ui.Label["FollowUp"] = ui.Label(
        text="Question",
        description="Words such as “it” or “she” are understood by the answer above.",
        component=ui.TextInput(min_length=3, max_length=500, placeholder="And who paid for it?"),
    )

    def __init__(self, answer_id: int) -> None:
        super().__init__()
        self._answer_id = answer_id

    async def on_submit(self, interaction: Interaction) -> None:
        """Answer with what was said before in mind."""

        async def ask(bot: "FootnoteBot", question: str, place: Place, reply: Reply) -> Card:
            before = await bot.librarian.answers.recall(self._answer_id, collection=place.collection)
            answer = await ask_library(bot, reply, place, question, after=before)
            return await recorded_card(bot, reply, answer, place)

        await answer_form(interaction, self.question, ask)
