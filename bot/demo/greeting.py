"""What the demo says first: things to try, each of which shows something."""

from typing import Any

import discord
from discord import ui

from bot.context import Bot, Place, Reply
from bot.errors import Reporting
from bot.i18n import t
from bot.replies import ask_library, record_card
from bot.views import answer_question

QUESTIONS = (
    "When did Tambora erupt?",
    "Who was the last person to catch smallpox naturally?",
    "Who invented the World Wide Web?",
)
SUMMARIZED = "The year without a summer"
QUOTED = "the footbridge"
DISPUTED = "footbridge"
"""The library holds a report on it and a correction."""
CLAIMS = (
    "Did you know that Mount Tambora erupted in April 1816? "
    "Between 1969 and 1972 six Apollo missions landed on the Moon. "
    "The wheels of the Moon car were made by a baker in Trieste."
)
"""What another member says: one false claim, one true, one of which the articles know nothing."""
REFUSED = "Who won the football world cup in 2018?"


class QuestionButton(ui.Button["SuggestedQuestions"]):
    """Asks a suggested question, in the open, for the one who presses it."""

    def __init__(self, question: str) -> None:
        super().__init__(label=question, style=discord.ButtonStyle.primary)
        self.question = question

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer the question below the greeting."""

        async def ask(bot: Bot, place: Place, reply: Reply) -> ui.LayoutView:
            answer = await ask_library(bot, reply, place, self.question)
            return await record_card(bot, reply, answer, place)

        async with Reporting(interaction):
            await answer_question(interaction, ask)


class SuggestedQuestions(ui.View):
    """The buttons of the greeting, a row each, so that a narrow window shows them whole."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        for row, question in enumerate((*QUESTIONS, REFUSED)):
            button = QuestionButton(question)
            button.row = row
            self.add_item(button)


def greeting(articles: int) -> str:
    """Return the first message in the channel, in Discord's markdown."""
    return t(
        "**Hello! I have read {articles} sample articles and answer in their exact words.**\n"
        "Press a question below, or type one of your own. The articles do not answer the last one, and I "
        "say so. (On Discord, mention me or use `/ask`; here, a plain question will do.)\n"
        "More to try; type `/` for all commands:\n"
        "`/summarize article: {summarized}`\n"
        "`/quote about: {quoted}`\n"
        "`/digest show topic: {disputed}` (two reports disagree) and `/timeline topic: {disputed}`\n"
        "`/article add` takes pasted text or a file of yours.\n"
        "On the left are threads and your direct messages with me. Right-click a message for its menu: "
        "Sam's below, for instance, to check it against the articles.",
        articles=articles,
        summarized=SUMMARIZED,
        quoted=QUOTED,
        disputed=DISPUTED,
    )


def direct_greeting(articles: int) -> str:
    """Return the first direct message."""
    return t(
        "**Hello! This is your own library, with the same {articles} sample articles.**\n"
        "Just type a question, or press one:",
        articles=articles,
    )
