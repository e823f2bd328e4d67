"""The panel of ``/settings``: every choice with what it is now, and what changes it."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.cards import Card, Tone, small
from bot.custom_ids import panel_id
from bot.guild_settings import GuildSettings
from bot.markdown import plain
from bot.words import LANGUAGES, counted, t
from retrieval.drafts import Usage

if TYPE_CHECKING:
    from bot.client import FootnoteBot

PUBLIC = "**Answers** are public unless the asker says otherwise"
PRIVATE = "**Answers** are for the asker alone unless the asker says otherwise"
KEPT = {0: "for ever", 30: "for 30 days", 90: "for 90 days", 180: "for half a year", 365: "for a year"}
MOST_CHOSEN = 25
USAGE_WITHIN_S = 1.0
"""Discord wants the panel within three seconds."""
_DOMAINS_SHOWN = 4


def settings_panel(
    chosen: GuildSettings, bot: "FootnoteBot", said: str = "", usage: Usage | None = None
) -> Card:
    """Return the panel; *said* is what the last change did, *usage* what a language model cost today."""
    card = Card(Tone.NEUTRAL)
    card.add_text(t("**Settings of this server**") + (f"\n{small(t(said))}" if said else ""))
    some = t("who may manage messages, and these roles")
    card.add_text(t("**Who may add articles:** ") + (t("everybody") if chosen.everyone_adds else some))
    card.add_buttons([_roles("adders", chosen.adders, t("Roles that may add and remove articles"))])
    where = t("only in these channels") if chosen.channels else t("everywhere")
    card.add_text(t("**Where I speak:** ") + where)
    card.add_buttons([_channels("channels", chosen.channels, t("Channels in which I speak; none: all"))])
    told = t("in this channel") if chosen.reports_channel else t("where Discord tells them, or the owner")
    card.add_text(t("**Where moderators are told of reports:** ") + told)
    reports = (chosen.reports_channel,) if chosen.reports_channel else ()
    card.add_buttons([_channels("reports_channel", reports, t("Channel for the moderators"), most=1)])
    card.add_text(t("**Articles are kept** ") + _how_long(chosen.keep_days))
    card.add_buttons([_kept(chosen.keep_days)])
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
            _button("private", t("Make answers public") if chosen.private else t("Make answers private")),
            _button(
                "everyone_adds", t("Let only some add") if chosen.everyone_adds else t("Let everybody add")
            ),
            _button("limits", t("Limits …")),
            _button("domains", t("Sources …")),
        ]
    )
    companion = counted(len(chosen.companion_channels), "channel") if chosen.companion_channels else t("off")
    card.add_footer(
        t(
            "Link companion: {companion} (/companion) · Scheduled digest: /digest schedule",
            companion=companion,
        )
        + _used(usage)
    )
    return card


async def usage_today(bot: "FootnoteBot", collection: str) -> Usage | None:
    """Return what the language model cost today; ``None`` without one, or if it takes too long to say."""
    if not bot.librarian.model:
        return None
    try:
        async with asyncio.timeout(USAGE_WITHIN_S):
            return await bot.librarian.usage.get(collection=collection)
    except TimeoutError:
        return None


def _used(usage: Usage | None) -> str:
    if usage is None:
        return ""
    budget = t(" of {budget}", budget=f"{usage.budget:,}") if usage.budget is not None else ""
    tokens = f"{usage.tokens.total:,}{budget}"
    return "\n" + t(
        "Language model today: {tokens} tokens, {calls}", tokens=tokens, calls=counted(usage.calls, "call")
    )


def _pace(chosen: GuildSettings, bot: "FootnoteBot") -> str:
    settings = bot.settings
    at_once = settings.questions_at_once if chosen.questions_at_once is None else chosen.questions_at_once
    every_s = settings.question_every_s if chosen.question_every_s is None else chosen.question_every_s
    together = ""
    if chosen.questions_an_hour:
        together = t(", {number} an hour for all", number=f"{chosen.questions_an_hour:,}")
    return (
        t("{number} at once a person, then one every {seconds} s", number=at_once, seconds=f"{every_s:g}")
        + together
    )


def _sources(chosen: GuildSettings) -> str:
    said = []
    if chosen.domains_allowed:
        said.append(t("only ") + _listed(chosen.domains_allowed))
    if chosen.domains_refused:
        said.append(t("not ") + _listed(chosen.domains_refused))
    return "; ".join(said) or t("all sites")


def _listed(domains: Sequence[str]) -> str:
    more = len(domains) - _DOMAINS_SHOWN
    shown = ", ".join(plain(one) for one in domains[:_DOMAINS_SHOWN])
    return t("{shown} and {more} more", shown=shown, more=more) if more > 0 else shown


def _button(name: str, label: str) -> ui.Button[Any]:
    return ui.Button(label=label, custom_id=panel_id(name), style=discord.ButtonStyle.secondary)


def _roles(name: str, chosen: Sequence[int], hint: str) -> ui.RoleSelect[Any]:
    return ui.RoleSelect(
        custom_id=panel_id(name),
        placeholder=hint,
        min_values=0,
        max_values=MOST_CHOSEN,
        default_values=[
            discord.SelectDefaultValue(id=one, type=discord.SelectDefaultValueType.role) for one in chosen
        ],
    )


def _channels(name: str, chosen: Sequence[int], hint: str, most: int = MOST_CHOSEN) -> ui.ChannelSelect[Any]:
    return ui.ChannelSelect(
        custom_id=panel_id(name),
        placeholder=hint,
        channel_types=[discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.forum],
        min_values=0,
        max_values=most,
        default_values=[
            discord.SelectDefaultValue(id=one, type=discord.SelectDefaultValueType.channel) for one in chosen
        ],
    )


def _kept(days: int) -> ui.Select[Any]:
    known = sorted({*KEPT, days})
    return ui.Select(
        custom_id=panel_id("keep_days"),
        options=[
            discord.SelectOption(
                label=t("Keep articles ") + _how_long(value), value=str(value), default=value == days
            )
            for value in known
        ],
    )


def _how_long(days: int) -> str:
    return t(KEPT[days]) if days in KEPT else t("for {days} days", days=days)


def _languages(language: str) -> ui.Select[Any]:
    return ui.Select(
        custom_id=panel_id("language"),
        options=[
            discord.SelectOption(
                label=t("My language: ") + t(name), value=value or "discord", default=value == language
            )
            for value, name in LANGUAGES.items()
        ],
    )
