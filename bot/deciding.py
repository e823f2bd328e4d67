"""What moderators decide about reports: show an answer again, or hide it, from a list or in its place."""

import logging
import re
from typing import TYPE_CHECKING, Any, Self, cast

import aiohttp
import discord
from discord import ui

from bot.buttons import pressed
from bot.cards import Card, Tone, notice
from bot.custom_ids import DECIDE_ID, REPORTS_ID
from bot.permissions import Interaction, Place, may_moderate, place_of
from bot.render import answer_card
from bot.report_cards import REPORTS_PAGE, hidden_card, reports_card
from retrieval.opinions import Report

if TYPE_CHECKING:
    from bot.client import FootnoteBot

NOT_YOURS = "Deciding on reports takes the permission Manage Messages."
_LINK = re.compile(r"/channels/(?:[0-9]+|@me)/(?P<channel>[0-9]+)/(?P<message>[0-9]+)$")

_log = logging.getLogger(__name__)


class DecideButton(ui.DynamicItem[ui.Button[Any]], template=DECIDE_ID):
    """Decides a report, if the one who presses may; the right is asked for again."""

    def __init__(self, item: ui.Button[Any], report: int, *, hidden: bool) -> None:
        super().__init__(item)
        self._report = report
        self._hidden = hidden

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the button back from its id."""
        button = cast("ui.Button[Any]", item)
        return cls(button, int(match["report"]), hidden=match["decision"] == "hide")

    async def callback(self, interaction: Interaction) -> None:
        """Decide; bring the answer's message up to date, and the list if it was pressed there."""
        place = place_of(interaction)

        async def card(bot: "FootnoteBot") -> Card:
            if not may_moderate(interaction):
                return notice(NOT_YOURS, Tone.FAILED)
            report = await bot.librarian.feedback.settle(
                self._report, collection=place.collection, hidden=self._hidden
            )
            words = await _bring_up_to_date(bot, report, place)
            message = interaction.message
            if message is not None and message.flags.ephemeral:
                return await reports_page(bot, 0, place)
            return notice(words)

        await pressed(interaction, card)


class ReportsButton(ui.DynamicItem[ui.Button[Any]], template=REPORTS_ID):
    """Turns the pages of the list of reports."""

    def __init__(self, item: ui.Button[Any], page: int) -> None:
        super().__init__(item)
        self._page = page

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the button back from its id."""
        return cls(cast("ui.Button[Any]", item), int(match["page"]))

    async def callback(self, interaction: Interaction) -> None:
        """Show that page of the list."""
        place = place_of(interaction)

        async def card(bot: "FootnoteBot") -> Card:
            if not may_moderate(interaction):
                return notice(NOT_YOURS, Tone.FAILED)
            return await reports_page(bot, self._page, place)

        await pressed(interaction, card)


async def reports_page(bot: "FootnoteBot", page: int, place: Place) -> Card:
    """Return one page of the reports that wait."""
    reports, count = await bot.librarian.feedback.list_reports(
        collection=place.collection, offset=page * REPORTS_PAGE, limit=REPORTS_PAGE
    )
    if not reports and page:
        return await reports_page(bot, 0, place)
    return reports_card(reports, page, count)


async def _bring_up_to_date(bot: "FootnoteBot", report: Report, place: Place) -> str:
    """Show or hide the answer where it was given; say what became of it."""
    done = "The answer is hidden." if report.hides else "The answer is shown again."
    link = _LINK.search(report.link)
    if link is None:
        return done + " Its message was private; nothing else changes."
    if report.hides:
        card = hidden_card(report)
    else:
        answer = await bot.librarian.answers.recall(report.answer_id, collection=place.collection)
        card = answer_card(answer, place)
    card.stop()
    channel = bot.get_partial_messageable(int(link["channel"]))
    try:
        await channel.get_partial_message(int(link["message"])).edit(view=card)
    except (discord.HTTPException, aiohttp.ClientError) as error:
        _log.info("The message of report %s was not edited: %r", report.id, error)
        return done + " I could not change its message; perhaps it was deleted, or I may not read there."
    return done
