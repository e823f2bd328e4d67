"""What acts in the panel of ``/settings``: selects, buttons, and two forms.

The right is asked again at each use, wherever the id came from; what is kept is checked by
``GuildSettings``. Every change is in the operator's log, with who made it.
"""

import logging
import re
from typing import TYPE_CHECKING, Any, Self, cast

import discord
from discord import ui
from pydantic import ValidationError

from bot.custom_ids import PANEL_BUTTON_ID, PANEL_CHANNELS_ID, PANEL_LIST_ID, PANEL_ROLES_ID
from bot.domains import read_domains
from bot.errors import Reporting
from bot.forms import Form
from bot.guild_settings import GuildSettings
from bot.permissions import Interaction, may_manage, place_of
from bot.refusals import say
from bot.settings_panel import settings_panel, usage_today
from bot.words import speak
from retrieval.errors import BadQuestion
from retrieval.messages import message

if TYPE_CHECKING:
    from bot.client import FootnoteBot

NOT_YOURS = "Settings take the permission Manage Server. Ask somebody who has it."
_log = logging.getLogger(__name__)


async def change(interaction: Interaction, said: str, **changes: Any) -> None:
    """Keep changed settings and show the panel with them.

    Raises:
        BadQuestion: A value is out of range.
    """
    if not may_manage(interaction):
        await say(interaction, NOT_YOURS)
        return
    bot, collection = cast("FootnoteBot", interaction.client), place_of(interaction).collection
    before = await bot.chosen.of(collection)
    try:
        chosen = GuildSettings.model_validate({**before.model_dump(), **changes})
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise BadQuestion(message("That cannot be chosen: {problem}.", problem=first["msg"])) from None
    await bot.chosen.put(chosen, collection)
    _log.info("%s of %s changed by %s", ", ".join(changes), collection, interaction.user.id)
    usage = await usage_today(bot, collection)
    await interaction.response.edit_message(view=settings_panel(chosen, bot, said, usage))


class PanelRoles(ui.DynamicItem[ui.RoleSelect[Any]], template=PANEL_ROLES_ID):
    """Roles that may add articles."""

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the select back from its id."""
        return cls(cast("ui.RoleSelect[Any]", item))

    async def callback(self, interaction: Interaction) -> None:
        """Keep what was chosen; the role of everybody means everybody."""
        async with Reporting(interaction):
            roles = [role for role in self.item.values if not role.is_default()]
            everyone = len(roles) < len(self.item.values)
            extra = {"everyone_adds": True} if everyone else {}
            await change(interaction, "Saved.", adders=tuple(role.id for role in roles), **extra)


class PanelChannels(ui.DynamicItem[ui.ChannelSelect[Any]], template=PANEL_CHANNELS_ID):
    """Channels in which the bot speaks, or the one in which moderators are told."""

    def __init__(self, item: ui.ChannelSelect[Any], name: str) -> None:
        super().__init__(item)
        self._name = name

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the select back from its id."""
        return cls(cast("ui.ChannelSelect[Any]", item), match["name"])

    async def callback(self, interaction: Interaction) -> None:
        """Keep what was chosen."""
        async with Reporting(interaction):
            ids = tuple(channel.id for channel in self.item.values)
            if self._name == "reports_channel":
                await change(interaction, "Saved.", reports_channel=ids[0] if ids else 0)
            else:
                await change(interaction, "Saved.", channels=ids)


class PanelList(ui.DynamicItem[ui.Select[Any]], template=PANEL_LIST_ID):
    """How long articles are kept, or the language in which the bot speaks."""

    def __init__(self, item: ui.Select[Any], name: str) -> None:
        super().__init__(item)
        self._name = name

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the select back from its id."""
        return cls(cast("ui.Select[Any]", item), match["name"])

    async def callback(self, interaction: Interaction) -> None:
        """Keep what was chosen, and say what it will do."""
        async with Reporting(interaction):
            value = next(iter(self.item.values), "")
            if self._name == "language":
                language = "" if value == "discord" else value
                speak(language, interaction.guild_locale)
                await change(interaction, "Saved.", language=language)
                return
            days = value or "0"
            if not days.isdecimal():  # a forged value
                raise BadQuestion("Choose one of the times in the list.")
            said = "Saved. Articles older than that are removed within a day." if int(days) else "Saved."
            await change(interaction, said, keep_days=int(days))


class PanelButton(ui.DynamicItem[ui.Button[Any]], template=PANEL_BUTTON_ID):
    """Turns a choice round, or opens a form."""

    def __init__(self, item: ui.Button[Any], name: str) -> None:
        super().__init__(item)
        self._name = name

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the button back from its id."""
        return cls(cast("ui.Button[Any]", item), match["name"])

    async def callback(self, interaction: Interaction) -> None:
        """Act, if the one who presses may."""
        async with Reporting(interaction):
            if not may_manage(interaction):
                await say(interaction, NOT_YOURS)
                return
            bot = cast("FootnoteBot", interaction.client)
            chosen = bot.chosen.now(place_of(interaction).collection)
            match self._name:
                case "limits":
                    await interaction.response.send_modal(Limits(chosen))
                case "domains":
                    await interaction.response.send_modal(Sources(chosen))
                case "private":
                    await change(interaction, "Saved.", private=not chosen.private)
                case _:
                    await change(interaction, "Saved.", everyone_adds=not chosen.everyone_adds)


class Limits(Form, title="Limits"):
    """How often may be asked; an empty field is as the operator has set it."""

    at_once: ui.Label["Limits"] = ui.Label(
        text="Questions a person may ask at once",
        description="1 to 100; empty: as whoever runs me has set it",
        component=ui.TextInput(required=False, max_length=3),
    )
    every_s: ui.Label["Limits"] = ui.Label(
        text="Seconds after which one more is free",
        description="0 to 3,600; empty: as whoever runs me has set it",
        component=ui.TextInput(required=False, max_length=6),
    )
    an_hour: ui.Label["Limits"] = ui.Label(
        text="Questions an hour, of all members together",
        description="Empty or 0: no limit",
        component=ui.TextInput(required=False, max_length=6),
    )

    def __init__(self, chosen: GuildSettings) -> None:
        super().__init__()
        _fill(self.at_once, chosen.questions_at_once)
        _fill(self.every_s, chosen.question_every_s)
        _fill(self.an_hour, chosen.questions_an_hour or None)

    async def on_submit(self, interaction: Interaction) -> None:
        """Keep the limits."""
        async with Reporting(interaction):
            await change(
                interaction,
                "Saved.",
                questions_at_once=_typed(self.at_once) or None,
                question_every_s=_typed(self.every_s) or None,
                questions_an_hour=_typed(self.an_hour) or 0,
            )


class Sources(Form, title="Sources"):
    """Sites that articles may or may not come from."""

    allowed: ui.Label["Sources"] = ui.Label(
        text="Only from these sites",
        description="One a line, as example.org; all below it count too. Empty: from every site.",
        component=ui.TextInput(style=discord.TextStyle.paragraph, required=False, max_length=3_000),
    )
    refused: ui.Label["Sources"] = ui.Label(
        text="Never from these",
        component=ui.TextInput(style=discord.TextStyle.paragraph, required=False, max_length=3_000),
    )

    def __init__(self, chosen: GuildSettings) -> None:
        super().__init__()
        _fill(self.allowed, "\n".join(chosen.domains_allowed))
        _fill(self.refused, "\n".join(chosen.domains_refused))

    async def on_submit(self, interaction: Interaction) -> None:
        """Keep the sites."""
        async with Reporting(interaction):
            allowed, refused = read_domains(_typed(self.allowed)), read_domains(_typed(self.refused))
            said = "Saved. Articles that are in the library already stay."
            await change(interaction, said, domains_allowed=allowed, domains_refused=refused)


def _fill(label: ui.Label[Any], value: object) -> None:
    assert isinstance(label.component, ui.TextInput)
    label.component.default = f"{value:g}" if isinstance(value, float) else str(value or "")


def _typed(label: ui.Label[Any]) -> str:
    assert isinstance(label.component, ui.TextInput)
    return label.component.value.strip()


PANEL_ITEMS = (PanelRoles, PanelChannels, PanelList, PanelButton)
