"""Cards about answers that somebody found wrong: in place of a hidden one, and for moderators."""

from collections.abc import Sequence

from bot.cards import Card, Tone, notice, small
from bot.custom_ids import decide_button, report_page_buttons
from bot.markdown import cut, fit, one_line
from bot.sources import day
from bot.words import counted
from retrieval.opinions import Report

REPORTS_PAGE = 4
FAULTS = {
    "quote": "The quote does not carry the sentence",
    "answer": "It does not answer the question",
    "article": "The article is wrong or out of date",
    "hide": "It should not be shown here",
}
"""What can be wrong, in the words of the form."""
_QUESTION_CHARS = 200


def hidden_card(report: Report) -> Card:
    """Return what stands where an answer was hidden."""
    card = notice("**This answer is hidden** until a moderator has looked at it.", Tone.NEUTRAL)
    card.add_buttons([decide_button(report.id, "show", "Show it again (moderators)")])
    return card


def reports_card(reports: Sequence[Report], page: int, count: int) -> Card:
    """Return one page of the reports that wait for a decision."""
    card = Card(Tone.NEUTRAL)
    if not count:
        card.add_text("**No reports are waiting.** Readers report an answer with *Wrong?* below it.")
        return card
    pages = -(-count // REPORTS_PAGE)
    page = min(page, pages - 1)
    place = f" · page {page + 1} of {pages:,}" if pages > 1 else ""
    card.add_text(f"**{counted(count, 'report')} waiting**{place} · newest first")
    room = (card.room - 100) // max(1, len(reports))
    for report in reports:
        card.add_text(described(report, room))
        show = "Show it again" if report.hides else "Leave it shown"
        hide = "Leave it hidden" if report.hides else "Hide it"
        card.add_buttons([decide_button(report.id, "show", show), decide_button(report.id, "hide", hide)])
    card.add_buttons(report_page_buttons(page, pages))
    return card


def told_card(report: Report, server: str) -> Card:
    """Return what moderators are told of an answer that was hidden."""
    card = Card(Tone.NOTHING_FOUND)
    card.add_text(f"**I hid an answer in {fit(one_line(server), 100)}** because a reader asked for it.")
    card.add_text(described(report, card.room - 200))
    card.add_footer("Decide with /reports there: show it again, or leave it hidden.")
    return card


def described(report: Report, room: int) -> str:
    """Return what was reported, of what, by whom and when."""
    question = fit(cut(one_line(report.question), _QUESTION_CHARS), room // 3)
    where = f" · [the message]({report.link})" if report.link else ""
    tail = small(f"by <@{report.person}> on {day(report.reported_at.date())}{where}")
    head = f"**{FAULTS[report.fault]}**\n{question}\n"
    words = f"“{fit(one_line(report.words), room - len(head) - len(tail) - 4)}”\n" if report.words else ""
    return head + words + tail
