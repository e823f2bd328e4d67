"""Forms that report their errors, and refusals: what cards and buttons share."""

import discord
from discord import ui

from bot.context import Bot, Interaction, place_of
from bot.formatting import Tone, notice, plain
from bot.guilds import curators
from bot.i18n import t


class Form(ui.Modal):
    """A modal; its title, labels and hints are looked up when it is made."""

    def __init__(self) -> None:
        super().__init__()
        self.title = t(self.title)
        for part in self.walk_children():
            if isinstance(part, ui.Label):
                part.text = t(part.text)
                part.description = t(part.description) if part.description else None
            elif isinstance(part, ui.TextInput) and part.placeholder:
                part.placeholder = t(part.placeholder)
            elif isinstance(part, ui.Select):
                part.options = [_option(one) for one in part.options]


def _option(option: discord.SelectOption) -> discord.SelectOption:
    return discord.SelectOption(label=t(option.label), value=option.value, default=option.default)


async def refuse(interaction: Interaction, bot: Bot, what: str) -> None:
    """Say who may do *what*, a message of the catalogs, to somebody who may not."""
    chosen = bot.chosen.now(place_of(interaction).collection)
    needed = curators(bot.settings.add_role, chosen=bool(chosen.adders))
    await say(
        interaction, t("{what} requires {needed}. Ask somebody who has it.", what=t(what), needed=needed)
    )


async def say(interaction: Interaction, words: str) -> None:
    """Say something, in the language of the place, to the person alone, as the first answer."""
    card = notice(plain(words), Tone.FAILED)
    await interaction.response.send_message(view=card, ephemeral=True)
