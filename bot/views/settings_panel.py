"""The panel of ``/settings``: every choice with what it is now, and what changes it."""

import asyncio
import logging
import re
from collections.abc import Sequence
from typing import Any, Literal, Self, cast, get_args

import discord
from discord import ui
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.context import AnyInteraction, Bot, Interaction, place_of
from bot.errors import Reporting
from bot.formatting import Card, Tone, plain, small
from bot.guilds import may_manage
from bot.i18n import gettext_noop, languages, nt, speak, t
from bot.state import GuildSettings, read_domains
from bot.views.base import Form, say
from bot.views.dynamic_items import DynamicButton, DynamicItem
from retrieval.domain import Usage
from retrieval.errors import BadQuestion
from retrieval.settings import LlmMode

PUBLIC = gettext_noop("**Answers** are public unless the asker says otherwise")
PRIVATE = gettext_noop("**Answers** are private unless the asker says otherwise")
KEPT = {
    0: gettext_noop("forever"),
    30: gettext_noop("for 30 days"),
    90: gettext_noop("for 90 days"),
    180: gettext_noop("for half a year"),
    365: gettext_noop("for a year"),
}
MOST_CHOSEN = 25
USAGE_WITHIN_S = 1.0
"""Discord wants the panel within three seconds."""
_DOMAINS_SHOWN = 4
ChannelChoice = Literal["channels", "reports_channel"]
ListChoice = Literal["keep_days", "language"]
ButtonChoice = Literal["private", "everyone_adds", "limits", "domains"]
_FAULTS = {
    "less_than_equal": gettext_noop("Input should be less than or equal to {le}"),
    "greater_than_equal": gettext_noop("Input should be greater than or equal to {ge}"),
    "int_parsing": gettext_noop("Input should be a valid integer, unable to parse string as an integer"),
    "float_parsing": gettext_noop("Input should be a valid number, unable to parse string as a number"),
    "literal_error": gettext_noop("Input should be {expected}"),
    "too_long": gettext_noop(
        "{field_type} should have at most {max_length} items after validation, not {actual_length}"
    ),
}
"""What pydantic says of values that people can type or forge, by the type of the error."""
NOT_YOURS = gettext_noop("You need the permission Manage Server to change settings. Ask somebody who has it.")

_log = logging.getLogger(__name__)


def _fault(error: ErrorDetails) -> str:
    template = _FAULTS.get(error["type"])
    return error["msg"] if template is None else t(template, **error.get("ctx", {}))


class PanelRoles(DynamicItem[ui.RoleSelect[Any]], template=r"g:adders"):
    """Roles that may add articles."""

    def __init__(self, chosen: Sequence[int] = (), hint: str = "") -> None:
        super().__init__(
            ui.RoleSelect(
                custom_id="g:adders",
                placeholder=hint,
                min_values=0,
                max_values=MOST_CHOSEN,
                default_values=[
                    discord.SelectDefaultValue(id=one, type=discord.SelectDefaultValueType.role)
                    for one in chosen
                ],
            )
        )

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the select of a matched id."""
        return cls()

    async def callback(self, interaction: AnyInteraction) -> None:
        """Keep what was chosen; the role of everybody means everybody."""
        async with Reporting(interaction):
            roles = [role for role in self.item.values if not role.is_default()]
            everyone = len(roles) < len(self.item.values)
            extra = {"everyone_adds": True} if everyone else {}
            await change(interaction, t("Saved."), adders=tuple(role.id for role in roles), **extra)


class PanelChannels(
    DynamicItem[ui.ChannelSelect[Any]], template=rf"g:(?P<name>{'|'.join(get_args(ChannelChoice))})"
):
    """Channels in which the bot speaks, or the one in which moderators are notified."""

    def __init__(
        self, name: ChannelChoice, chosen: Sequence[int] = (), hint: str = "", most: int = MOST_CHOSEN
    ) -> None:
        super().__init__(
            ui.ChannelSelect(
                custom_id=f"g:{name}",
                placeholder=hint,
                channel_types=[
                    discord.ChannelType.text,
                    discord.ChannelType.news,
                    discord.ChannelType.forum,
                ],
                min_values=0,
                max_values=most,
                default_values=[
                    discord.SelectDefaultValue(id=one, type=discord.SelectDefaultValueType.channel)
                    for one in chosen
                ],
            )
        )
        self.name = name

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the select of a matched id."""
        return cls(cast("ChannelChoice", match["name"]))

    async def callback(self, interaction: AnyInteraction) -> None:
        """Keep what was chosen."""
        async with Reporting(interaction):
            ids = tuple(channel.id for channel in self.item.values)
            if self.name == "reports_channel":
                await change(interaction, t("Saved."), reports_channel=ids[0] if ids else 0)
            else:
                await change(interaction, t("Saved."), channels=ids)


class PanelList(DynamicItem[ui.Select[Any]], template=rf"g:(?P<name>{'|'.join(get_args(ListChoice))})"):
    """How long articles are kept, or the language in which the bot speaks."""

    def __init__(self, name: ListChoice, options: Sequence[discord.SelectOption] = ()) -> None:
        super().__init__(ui.Select(custom_id=f"g:{name}", options=list(options)))
        self.name = name

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the select of a matched id."""
        return cls(cast("ListChoice", match["name"]))

    async def callback(self, interaction: AnyInteraction) -> None:
        """Keep what was chosen, and say what it will do."""
        async with Reporting(interaction):
            value = next(iter(self.item.values), "")
            if self.name == "language":
                language = "" if value == "discord" else value
                speak(language, interaction.guild_locale)
                await change(interaction, t("Saved."), language=language)
                return
            days = value or "0"
            if not days.isdecimal():  # a forged value
                raise BadQuestion(t("Choose one of the times in the list."))
            said = t("Saved.")
            if int(days):
                said = t("Saved. Articles older than that are removed within a day.")
            await change(interaction, said, keep_days=int(days))


class PanelButton(DynamicButton, template=rf"g:(?P<name>{'|'.join(get_args(ButtonChoice))})"):
    """Turns a choice round, or opens a form."""

    def __init__(self, name: ButtonChoice, label: str = "") -> None:
        super().__init__(f"g:{name}", label)
        self.name = name

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the button of a matched id."""
        return cls(cast("ButtonChoice", match["name"]))

    async def callback(self, interaction: AnyInteraction) -> None:
        """Act, if the one who presses may."""
        async with Reporting(interaction):
            if not may_manage(interaction):
                await say(interaction, t(NOT_YOURS))
                return
            bot: Bot = interaction.client
            chosen = bot.chosen.now(place_of(interaction).collection)
            match self.name:
                case "limits":
                    await interaction.response.send_modal(Limits(chosen))
                case "domains":
                    await interaction.response.send_modal(Sources(chosen))
                case "private":
                    await change(interaction, t("Saved."), private=not chosen.private)
                case _:
                    await change(interaction, t("Saved."), everyone_adds=not chosen.everyone_adds)


async def change(interaction: Interaction, said: str, **changes: Any) -> None:
    """Keep changed settings and show the panel with them.

    Raises:
        BadQuestion: A value is out of range.
    """
    if not may_manage(interaction):
        await say(interaction, t(NOT_YOURS))
        return
    bot, collection = interaction.client, place_of(interaction).collection
    before = await bot.chosen.of(collection)
    try:
        chosen = GuildSettings.model_validate({**before.model_dump(), **changes})
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise BadQuestion(t("That is not possible: {reason}.", reason=_fault(first))) from None
    await bot.chosen.put(chosen, collection)
    _log.info("%s of %s changed by %s", ", ".join(changes), collection, interaction.user.id)
    usage = await usage_today(bot, collection)
    await interaction.response.edit_message(view=settings_panel(chosen, bot, said, usage))


def settings_panel(chosen: GuildSettings, bot: Bot, said: str = "", usage: Usage | None = None) -> Card:
    """Return the panel; *said* is what the last change did, *usage* what a language model cost today."""
    card = Card(Tone.NEUTRAL)
    card.add_text(t("**Settings of this server**") + (f"\n{small(said)}" if said else ""))
    some = t("members who may manage messages, and these roles")
    card.add_text(t("**Who may add articles:** ") + (t("everybody") if chosen.everyone_adds else some))
    card.add_buttons([PanelRoles(chosen.adders, t("Roles that may add and remove articles"))])
    where = t("only in these channels") if chosen.channels else t("everywhere")
    card.add_text(t("**Where I speak:** ") + where)
    card.add_buttons([PanelChannels("channels", chosen.channels, t("Channels I speak in; none means all"))])
    reports_place = (
        t("in this channel")
        if chosen.reports_channel
        else t("in Discord's channel for such messages, or a direct message to the owner")
    )
    card.add_text(t("**Where moderators hear of reports:** ") + reports_place)
    reports = (chosen.reports_channel,) if chosen.reports_channel else ()
    card.add_buttons([PanelChannels("reports_channel", reports, t("Channel for the moderators"), most=1)])
    card.add_text(t("**Articles are kept** ") + _how_long(chosen.keep_days))
    card.add_buttons([_retention_list(chosen.keep_days)])
    card.add_buttons([_languages(chosen.language)])
    card.add_line()
    card.add_text(
        t(PRIVATE if chosen.private else PUBLIC)
        + t(
            " · **Questions:** {pace} · **Sources:** {sources}",
            pace=_pace(chosen, bot),
            sources=_sources(chosen),
        )
    )
    card.add_buttons(
        [
            PanelButton("private", t("Make answers public") if chosen.private else t("Make answers private")),
            PanelButton(
                "everyone_adds", t("Let only some add") if chosen.everyone_adds else t("Let everybody add")
            ),
            PanelButton("limits", t("Limits …")),
            PanelButton("domains", t("Sources …")),
        ]
    )
    posting = len(chosen.companion_channels)
    companion = nt("{count:,} channel", "{count:,} channels", posting) if posting else t("off")
    card.add_footer(
        t(
            "Link companion: {companion} (/companion) · Scheduled digest: /digest schedule",
            companion=companion,
        )
        + _format_usage(usage, bot.librarian.mode)
    )
    return card


async def usage_today(bot: Bot, collection: str) -> Usage | None:
    """Return what the language model cost today; ``None`` without one, or if it takes too long to say."""
    if not bot.librarian.model:
        return None
    try:
        async with asyncio.timeout(USAGE_WITHIN_S):
            return await bot.librarian.usage.get(collection=collection)
    except TimeoutError:
        return None


def _format_usage(usage: Usage | None, mode: LlmMode) -> str:
    if usage is None:
        return ""
    how = t("it chooses sentences") if mode == "choose" else t("it writes drafts, which are checked")
    tokens, calls = usage.tokens.total, nt("{count:,} call", "{count:,} calls", usage.calls)
    if usage.budget is None:
        return "\n" + t(
            "Language model today ({how}): {tokens:,} tokens, {calls}", how=how, tokens=tokens, calls=calls
        )
    return "\n" + t(
        "Language model today ({how}): {tokens:,} of {budget:,} tokens, {calls}",
        how=how,
        tokens=tokens,
        budget=usage.budget,
        calls=calls,
    )


def _pace(chosen: GuildSettings, bot: Bot) -> str:
    settings = bot.settings
    at_once = settings.questions_at_once if chosen.questions_at_once is None else chosen.questions_at_once
    every_s = settings.question_every_s if chosen.question_every_s is None else chosen.question_every_s
    together = ""
    if chosen.questions_an_hour:
        together = t(", at most {number:,} an hour in all", number=chosen.questions_an_hour)
    return (
        t("each person {number} in a row, then one every {seconds:g} s", number=at_once, seconds=every_s)
        + together
    )


def _sources(chosen: GuildSettings) -> str:
    said = []
    if chosen.domains_allowed:
        said.append(t("only ") + _join_domains(chosen.domains_allowed))
    if chosen.domains_refused:
        said.append(t("not ") + _join_domains(chosen.domains_refused))
    return "; ".join(said) or t("all sites")


def _join_domains(domains: Sequence[str]) -> str:
    more = len(domains) - _DOMAINS_SHOWN
    shown = ", ".join(plain(one) for one in domains[:_DOMAINS_SHOWN])
    return t("{shown} and {more} more", shown=shown, more=more) if more > 0 else shown


def _retention_list(days: int) -> PanelList:
    known = sorted({*KEPT, days})
    return PanelList(
        "keep_days",
        [
            discord.SelectOption(
                label=t("Keep articles ") + _how_long(value), value=str(value), default=value == days
            )
            for value in known
        ],
    )


def _how_long(days: int) -> str:
    return t(KEPT[days]) if days in KEPT else t("for {days} days", days=days)


def _languages(language: str) -> PanelList:
    names = {"": t("Same as Discord"), **languages()}
    return PanelList(
        "language",
        [
            discord.SelectOption(
                label=t("My language: ") + name, value=value or "discord", default=value == language
            )
            for value, name in [*names.items()][:MOST_CHOSEN]
        ],
    )


class Limits(Form, title=gettext_noop("Limits")):
    """How often may be asked; an empty field is as the operator has set it."""

    at_once: ui.Label["Limits"] = ui.Label(
        text=gettext_noop("Questions a person may ask in a row"),
        description=gettext_noop("1 to 100; leave empty for the bot's default"),
        component=ui.TextInput(required=False, max_length=3),
    )
    every_s: ui.Label["Limits"] = ui.Label(
        text=gettext_noop("Seconds until one more is allowed"),
        description=gettext_noop("0 to 3,600; leave empty for the bot's default"),
        component=ui.TextInput(required=False, max_length=6),
    )
    an_hour: ui.Label["Limits"] = ui.Label(
        text=gettext_noop("Questions an hour, all members together"),
        description=gettext_noop("Empty or 0: no limit"),
        component=ui.TextInput(required=False, max_length=6),
    )

    def __init__(self, chosen: GuildSettings) -> None:
        super().__init__()
        _fill(self.at_once, chosen.questions_at_once)
        _fill(self.every_s, chosen.question_every_s)
        _fill(self.an_hour, chosen.questions_an_hour or None)

    async def on_submit(self, interaction: AnyInteraction) -> None:
        """Keep the limits."""
        async with Reporting(interaction):
            await change(
                interaction,
                t("Saved."),
                questions_at_once=_read_text(self.at_once) or None,
                question_every_s=_read_text(self.every_s) or None,
                questions_an_hour=_read_text(self.an_hour) or 0,
            )


class Sources(Form, title=gettext_noop("Sources")):
    """Sites that articles may or may not come from."""

    allowed: ui.Label["Sources"] = ui.Label(
        text=gettext_noop("Only from these sites"),
        description=gettext_noop(
            "One per line, such as example.org; subdomains count too. Empty: every site."
        ),
        component=ui.TextInput(style=discord.TextStyle.paragraph, required=False, max_length=3_000),
    )
    refused: ui.Label["Sources"] = ui.Label(
        text=gettext_noop("Never from these"),
        component=ui.TextInput(style=discord.TextStyle.paragraph, required=False, max_length=3_000),
    )

    def __init__(self, chosen: GuildSettings) -> None:
        super().__init__()
        _fill(self.allowed, "\n".join(chosen.domains_allowed))
        _fill(self.refused, "\n".join(chosen.domains_refused))

    async def on_submit(self, interaction: AnyInteraction) -> None:
        """Keep the sites."""
        async with Reporting(interaction):
            allowed, refused = read_domains(_read_text(self.allowed)), read_domains(_read_text(self.refused))
            said = t("Saved. Articles that are already in the library stay.")
            await change(interaction, said, domains_allowed=allowed, domains_refused=refused)


def _fill(label: ui.Label[Any], value: object) -> None:
    assert isinstance(label.component, ui.TextInput)
    label.component.default = f"{value:g}" if isinstance(value, float) else str(value or "")


def _read_text(label: ui.Label[Any]) -> str:
    assert isinstance(label.component, ui.TextInput)
    return label.component.value.strip()


PANEL_ITEMS = (PanelRoles, PanelChannels, PanelList, PanelButton)
