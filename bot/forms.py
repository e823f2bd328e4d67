"""Forms whose fixed words are in the language of the place."""

import discord
from discord import ui

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
