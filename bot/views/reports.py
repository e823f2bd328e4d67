"""Reports on wrong answers: the form, the cards, and the moderators' decision."""

import logging
import re
from collections.abc import Sequence
from typing import Self, cast

import aiohttp
import discord
from discord import ui

from bot.context import AnyInteraction, Bot, Interaction, Place, place_of
from bot.errors import Reporting
from bot.formatting import Card, Tone, cut, day, fit, notice, one_line, page_of, small
from bot.guilds import may_moderate, notify_moderators, refuse_if_too_soon
from bot.i18n import gettext_noop, nt, t
from bot.views.base import Form
from bot.views.dynamic_items import MAX_PAGES, DynamicButton, page_buttons
from bot.views.presses import answer_press
from bot.views.shown_answers import fetch_shown
from retrieval.domain import Fault, Report

REPORTS_PAGE = 4
FAULTS = {
    "quote": gettext_noop("The quote does not support the sentence"),
    "answer": gettext_noop("It does not answer the question"),
    "article": gettext_noop("The article is wrong or out of date"),
    "hide": gettext_noop("It should not be shown here"),
}
"""What can be wrong, in the words of the form."""
_QUESTION_CHARS = 200
NOT_YOURS = gettext_noop("You need the permission Manage Messages to decide on reports.")
_LINK = re.compile(r"/channels/(?:[0-9]+|@me)/(?P<channel>[0-9]+)/(?P<message>[0-9]+)$")

_log = logging.getLogger(__name__)


class DecideButton(DynamicButton, template=r"d:(?P<report>[0-9]{1,18}):(?P<decision>show|hide)"):
    """Decides a report, if the one who presses may; the right is asked for again."""

    def __init__(self, report: int, label: str = "", *, hidden: bool) -> None:
        super().__init__(f"d:{report}:{'hide' if hidden else 'show'}", label)
        self.report = report
        self.hidden = hidden

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the button of a matched id."""
        return cls(int(match["report"]), hidden=match["decision"] == "hide")

    async def callback(self, interaction: AnyInteraction) -> None:
        """Decide; bring the answer's message up to date, and the list if it was pressed there."""
        place = place_of(interaction)

        async def card(bot: Bot) -> Card:
            if not may_moderate(interaction):
                return notice(t(NOT_YOURS), Tone.FAILED)
            report = await bot.librarian.feedback.settle(
                self.report, collection=place.collection, hidden=self.hidden
            )
            words = await _update_answer(bot, report, place)
            message = interaction.message
            if message is not None and message.flags.ephemeral:
                return await reports_page(bot, 0, place)
            return notice(words)

        await answer_press(interaction, card)


class ReportsButton(DynamicButton, template=r"p:(?P<page>[0-9]{1,4})"):
    """Turns the pages of the list of reports."""

    def __init__(self, page: int) -> None:
        super().__init__(f"p:{page}")
        self.page = page

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the button of a matched id."""
        return cls(int(match["page"]))

    async def callback(self, interaction: AnyInteraction) -> None:
        """Show that page of the list."""
        place = place_of(interaction)

        async def card(bot: Bot) -> Card:
            if not may_moderate(interaction):
                return notice(t(NOT_YOURS), Tone.FAILED)
            return await reports_page(bot, self.page, place)

        await answer_press(interaction, card)


def hidden_card(report: Report) -> Card:
    """Return what stands where an answer was hidden."""
    card = notice(t("**This answer is hidden** until a moderator has looked at it."), Tone.NEUTRAL)
    card.add_buttons([DecideButton(report.id, t("Show it again (moderators)"), hidden=False)])
    return card


def reports_card(reports: Sequence[Report], page: int, count: int) -> Card:
    """Return one page of the reports that wait for a decision."""
    card = Card(Tone.NEUTRAL)
    if not count:
        card.add_text(t("**No reports are waiting.** Readers report an answer with *Wrong?* below it."))
        return card
    pages = -(-count // REPORTS_PAGE)
    page = min(page, pages - 1)
    waiting = nt("**{count:,} report waiting**", "**{count:,} reports waiting**", count)
    card.add_text(waiting + page_of(page, pages) + t(" · newest first"))
    room = (card.room - 100) // max(1, len(reports))
    for report in reports:
        card.add_text(describe_report(report, room))
        show = t("Show it again") if report.hides else t("Leave it shown")
        hide = t("Leave it hidden") if report.hides else t("Hide it")
        card.add_buttons(
            [DecideButton(report.id, show, hidden=False), DecideButton(report.id, hide, hidden=True)]
        )
    card.add_buttons(page_buttons(page, min(pages, MAX_PAGES), ReportsButton))
    return card


def hidden_answer_notice(report: Report, server: str) -> Card:
    """Return the notice to moderators of an answer that was hidden."""
    card = Card(Tone.NOTHING_FOUND)
    card.add_text(
        t(
            "**I hid an answer in {server}** because a reader asked for it.",
            server=fit(one_line(server), 100),
        )
    )
    card.add_text(describe_report(report, card.room - 200))
    card.add_footer(t("Use /reports there to show it again or leave it hidden."))
    return card


def describe_report(report: Report, room: int) -> str:
    """Return what was reported, of what, by whom and when."""
    question = fit(cut(one_line(report.question), _QUESTION_CHARS), room // 3)
    reader = f"<@{report.person}>"
    where = t(" · [the message]({link})", link=report.link) if report.link else ""
    by = t("by {person} on {day}", person=reader, day=day(report.reported_at.date()))
    tail = small(by + where)
    head = f"**{t(FAULTS[report.fault])}**\n{question}\n"
    words = f"“{fit(one_line(report.words), room - len(head) - len(tail) - 4)}”\n" if report.words else ""
    return head + words + tail


async def reports_page(bot: Bot, page: int, place: Place) -> Card:
    """Return one page of the reports that wait."""
    reports, count = await bot.librarian.feedback.list_reports(
        collection=place.collection, offset=page * REPORTS_PAGE, limit=REPORTS_PAGE
    )
    if not reports and page:
        return await reports_page(bot, 0, place)
    return reports_card(reports, page, count)


async def _update_answer(bot: Bot, report: Report, place: Place) -> str:
    """Show or hide the answer where it was given; report the outcome."""
    done = t("The answer is hidden.") if report.hides else t("The answer is shown again.")
    link = _LINK.search(report.link)
    if link is None:
        return done + " " + t("Its message was private; nothing else changes.")
    if report.hides:
        card: ui.LayoutView = hidden_card(report)
    else:
        answer = await bot.librarian.answers.recall(report.answer_id, collection=place.collection)
        card = bot.answer_card(answer, place)
    card.stop()
    channel = bot.get_partial_messageable(int(link["channel"]))
    try:
        await channel.get_partial_message(int(link["message"])).edit(view=card)
    except (discord.HTTPException, aiohttp.ClientError) as error:
        _log.info("The message of report %s was not edited: %r", report.id, error)
        return (
            done + " " + t("I could not change its message; perhaps it was deleted, or I may not read there.")
        )
    return done


WORDS_CHARS = 500
KEPT = gettext_noop("Thank you for the report. Moderators will find it under `/reports`.")
HIDDEN = gettext_noop("The answer is hidden.")
TOLD = gettext_noop(" The moderators have been told.")
NOT_TOLD = gettext_noop(" I could not reach the moderators; they will find your report under `/reports`.")
DECIDED = gettext_noop(
    "Thank you for the report. A moderator has already looked at this answer and left it as it is."
)


class WrongButton(DynamicButton, template=r"w:(?P<answer>[0-9]{1,18})(?::(?P<message>[0-9]{1,20}))?"):
    """Opens the form in which one says what is wrong.

    ``w:7`` stands under answer 7 itself, ``w:7:12`` on a card about it, which message 12 shows.
    """

    def __init__(self, answer_id: int, message_id: int | None = None) -> None:
        own = f"w:{answer_id}" + ("" if message_id is None else f":{message_id}")
        super().__init__(own, t("Wrong?"))
        self.answer_id = answer_id
        self.message_id = message_id

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the button of a matched id."""
        return cls(int(match["answer"]), int(match["message"]) if match["message"] else None)

    async def callback(self, interaction: AnyInteraction) -> None:
        """Show the form."""
        async with Reporting(interaction):
            await interaction.response.send_modal(WhatIsWrong(self.answer_id, self.message_id))


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

    def __init__(self, answer_id: int, message_id: int | None = None) -> None:
        super().__init__()
        self._answer_id = answer_id
        self._message_id = message_id

    async def on_submit(self, interaction: AnyInteraction) -> None:
        """Keep the report; hide the answer if that is asked for."""
        bot: Bot = interaction.client
        async with Reporting(interaction):
            if await refuse_if_too_soon(interaction, bot.presses, gettext_noop("report")):
                return
            assert isinstance(self.fault.component, ui.Select)
            assert isinstance(self.words.component, ui.TextInput)
            message = await fetch_shown(interaction, self._message_id, self._answer_id)
            report = await bot.librarian.feedback.report(
                self._answer_id,
                cast("Fault", self.fault.component.values[0]),
                collection=place_of(interaction).collection,
                person=str(interaction.user.id),
                words=self.words.component.value.strip(),
                link=message.jump_url if message is not None and not message.flags.ephemeral else "",
            )
            await _replace_with_hidden_card(interaction, report, message)


async def _replace_with_hidden_card(
    interaction: Interaction, report: Report, shown: discord.Message | None
) -> None:
    """Put the hidden card in place of the answer that a message shows, and thank the one who reported."""
    if report.fault != "hide":
        await interaction.response.send_message(view=notice(t(KEPT)), ephemeral=True)
        return
    if not report.hides:
        await interaction.response.send_message(view=notice(t(DECIDED)), ephemeral=True)
        return
    card = hidden_card(report)
    card.stop()
    await interaction.response.edit_message(view=card)
    if shown is not None and shown != interaction.message:
        await _hide(shown, report)
    words = t(HIDDEN)
    if interaction.guild is not None:
        notified = await notify_moderators(
            interaction.client, interaction.guild, hidden_answer_notice(report, interaction.guild.name)
        )
        words += t(TOLD) if notified else t(NOT_TOLD)
    await interaction.followup.send(view=notice(words), ephemeral=True)


async def _hide(shown: discord.Message, report: Report) -> None:
    card = hidden_card(report)
    card.stop()
    try:
        await shown.edit(view=card)
    except (discord.HTTPException, aiohttp.ClientError) as error:
        _log.info("The message of report %s was not edited: %r", report.id, error)
