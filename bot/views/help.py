"""How to use the bot: eight lines, and buttons that open the rest by subject."""

import re
from typing import Literal, Self, cast, get_args

from bot.context import AnyInteraction, Bot, Place, place_of
from bot.formatting import Card, Tone, plain
from bot.guilds import curators
from bot.i18n import t
from bot.views.dynamic_items import DynamicButton
from bot.views.presses import answer_press

Subject = Literal["start", "answers", "articles", "server", "privacy"]


class HelpButton(DynamicButton, template=rf"h:(?P<subject>{'|'.join(get_args(Subject))})"):
    """Opens the help on one subject, for the one who presses it."""

    def __init__(self, subject: Subject, label: str = "") -> None:
        super().__init__(f"h:{subject}", label)
        self.subject = subject

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the button of a matched id."""
        return cls(cast("Subject", match["subject"]))

    async def callback(self, interaction: AnyInteraction) -> None:
        """Show the help on the subject."""
        place = place_of(interaction)

        async def card(bot: Bot) -> Card:
            reads = bot.reads_messages and place.is_server
            needed = curators(bot.settings.add_role)
            return help_card(place, self.subject, needed=needed, reads_messages=reads)

        await answer_press(interaction, card)


def help_card(
    place: Place, subject: Subject = "start", *, needed: str = "", reads_messages: bool = False
) -> Card:
    """Return the help on a subject; *needed* is what adding an article takes."""
    card = Card(Tone.NEUTRAL)
    match subject:
        case "start":
            card.add_text(_start())
        case "answers":
            card.add_text(_answers())
        case "articles":
            card.add_text(_articles(place, needed))
        case "server":
            card.add_text(_server())
        case "privacy":
            card.add_text(_privacy(place, reads_messages=reads_messages))
    buttons = [
        HelpButton("start", t("Overview")),
        HelpButton("answers", t("Checking answers")),
        HelpButton("articles", t("Adding articles")),
        HelpButton("server", t("Running a server")),
        HelpButton("privacy", t("Privacy")),
    ]
    here = {subject} if place.is_server else {subject, "server"}
    card.add_buttons(one for one in buttons if one.subject not in here)
    return card


def _start() -> str:
    return t(
        "**I answer questions about articles, and every sentence shows its source.**\n"
        "`/ask` a question, or mention me with it.\n"
        "`/summarize` an article, a page or a file.\n"
        "`/quote` finds who said what, and `/who` everything that one person is quoted on.\n"
        "`/digest show` sums up many articles; `/timeline` puts events in order.\n"
        "`/article list` shows what I have read, and `/article add` adds to it.\n"
        "A message's menu, Apps: Summarize, Ask about this, Check against articles, Add to library.\n"
        "If the articles do not say it, I say so."
    )


def _answers() -> str:
    return t(
        "**Checking an answer**\n"
        "Each sentence ends in a number such as [1], which opens the article at those words.\n"
        "**Quotes** shows the exact words in their context, **More** a longer answer and what to ask next.\n"
        "**Follow up** asks the next question; “it” and “she” are understood.\n"
        "**⋯** has the rest: **Sources** shows every passage I read, **Wrong?** tells the moderators what is "
        "wrong, **Continue in a thread** opens a thread.\n"
        "`/quote` with `exact` tells you whether somebody really said it.\n"
        "The words are the article's; whether the article is right is for you to judge."
    )


def _articles(place: Place, needed: str) -> str:
    lines = t(
        "**Adding and keeping articles**\n"
        "`/article add` takes a link to a page or feed, a file (.html, .txt, .md, .pdf, .docx, .odt, .rtf, "
        ".epub, .vtt, .srt, .ipynb, or a .zip of these) or pasted text.\n"
        "`/article pinned` adds the links and files of a channel's pinned messages.\n"
        "`/article info` shows what is known of an article, `/article history` how its page changed.\n"
        "`/article refresh` reads a page again, `/article edit` corrects title, author, date or link.\n"
        "`/article export` gives you all articles as a file, `/article remove` deletes one.\n"
    )
    if place.is_server:
        return lines + t("Adding articles requires {needed}.", needed=plain(needed))
    return lines + t("This library is yours alone.")


def _server() -> str:
    return t(
        "**Running a server**\n"
        "`/settings`: who may add articles, where I speak, limits, sources, how long articles are kept.\n"
        "`/reports`: answers that readers called wrong; moderators decide.\n"
        "`/digest schedule` posts a digest daily or weekly, `/digest unschedule` stops it.\n"
        "`/companion` adds links as they are posted in channels that you choose."
    )


def _privacy(place: Place, *, reads_messages: bool) -> str:
    companion = t(", and every message where this server chose that with `/companion`")
    return t(
        "**Privacy**\n"
        "I answer from {library} only.\n"
        "I read messages that mention me or are sent to me, and recent ones when you ask me for “the link "
        "above”{companion}.\n"
        "`/privacy` shows what I keep about you and this server; you can export or delete it there.",
        library=place.library,
        companion=companion if reads_messages else "",
    )
