"""The button Wrong?: a form that keeps what is wrong, and hides what should not be shown."""

import re
from typing import Self, cast

import discord
from discord import ui

from bot.cards import notice
from bot.context import AnyInteraction, Bot, Interaction, place_of
from bot.dynamic_items import DynamicButton
from bot.errors import Reporting
from bot.forms import Form
from bot.i18n import gettext_noop, t
from bot.limits import turned_away
from bot.moderators import tell_moderators
from bot.report_cards import FAULTS, hidden_card, told_card
from retrieval.opinions import Fault, Report

WORDS_CHARS = 500
KEPT = gettext_noop("Thank you. Your report is kept; moderators find it under `/reports`.")
HIDDEN = gettext_noop("The answer is hidden.")
TOLD = gettext_noop(" The moderators have been told.")
NOT_TOLD = gettext_noop(" I could not reach the moderators; they find your report under `/reports`.")
DECIDED = gettext_noop(
    "Thank you. A moderator has looked at this answer before and left it; your report is kept for them."
)


class WrongButton(DynamicButton, template=r"w:(?P<answer>[0-9]{1,18})"):
    """Opens the form in which one says what is wrong."""

    def __init__(self, answer_id: int) -> None:
        super().__init__(f"w:{answer_id}", t("Wrong?"))
        self.answer_id = answer_id

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the button of a matched id."""
        return cls(int(match["answer"]))

    async def callback(self, interaction: AnyInteraction) -> None:
        """Show the form."""
        async with Reporting(interaction):
            await interaction.response.send_modal(WhatIsWrong(self.answer_id))


class WhatIsWrong(Form, title=gettext_noop("What is wrong?")):
    """A form with what can be wrong, and room for words."""

    fault: ui.Label["WhatIsWrong"] = ui.Label(
        text=gettext_noop("What is wrong with this answer?"),
        description=gettext_noop("The last one hides it at once, until a moderator has looked."),
        component=ui.Select(
            options=[discord.SelectOption(label=label, value=fault) for fault, label in FAULTS.items()]
        ),
    )
    words: ui.Label["WhatIsWrong"] = ui.Label(
        text=gettext_noop("In your own words"),
        component=ui.TextInput(required=False, max_length=WORDS_CHARS, style=discord.TextStyle.paragraph),
    )

    def __init__(self, answer_id: int) -> None:
        super().__init__()
        self._answer_id = answer_id

    async def on_submit(self, interaction: AnyInteraction) -> None:
        """Keep the report; hide the answer if that is asked for."""
        bot: Bot = interaction.client
        async with Reporting(interaction):
            if await turned_away(interaction, bot.presses, gettext_noop("report")):
                return
            assert isinstance(self.fault.component, ui.Select)
            assert isinstance(self.words.component, ui.TextInput)
            message = interaction.message
            report = await bot.librarian.feedback.report(
                self._answer_id,
                cast("Fault", self.fault.component.values[0]),
                collection=place_of(interaction).collection,
                person=str(interaction.user.id),
                words=self.words.component.value.strip(),
                link=message.jump_url if message is not None and not message.flags.ephemeral else "",
            )
            await _answered(interaction, report)


async def _answered(interaction: Interaction, report: Report) -> None:
    """Put the hidden card in place of the answer, and thank the one who reported."""
    if report.fault != "hide":
        await interaction.response.send_message(view=notice(t(KEPT)), ephemeral=True)
        return
    if not report.hides:
        await interaction.response.send_message(view=notice(t(DECIDED)), ephemeral=True)
        return
    card = hidden_card(report)
    card.stop()
    await interaction.response.edit_message(view=card)
    words = t(HIDDEN)
    if interaction.guild is not None:
        told = await tell_moderators(
            interaction.client, interaction.guild, told_card(report, interaction.guild.name)
        )
        words += t(TOLD) if told else t(NOT_TOLD)
    await interaction.followup.send(view=notice(words), ephemeral=True)
