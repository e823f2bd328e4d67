"""Entries in the menu of a message: ask about what it holds, check what it claims."""

from dataclasses import replace

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.context import AnyInteraction, Bot, Interaction, Place, Reply
from bot.errors import Reporting
from bot.formatting import Card, cut, dates, independent, one_line
from bot.i18n import gettext_noop, t
from bot.messages import Given, read_given, texts_of
from bot.replies import ask_library, record_card
from bot.views import (
    AddButton,
    Form,
    answer_form,
    answer_question,
    claims_card,
    claims_check_card,
    nothing_card,
)
from retrieval.domain import Answer, Filters

LINKED = gettext_noop("linked in the message")
ASKED_HERE = gettext_noop("I looked only at what the message holds, and kept none of it")
_FAILURE_CHARS = 150


class MessageMenus(commands.Cog):
    """Answers about a message that somebody hands to the bot."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._entries = [
            app_commands.ContextMenu(name="Ask about this", callback=self.ask_about),
            app_commands.ContextMenu(name="Check against articles", callback=self.check_claims),
        ]

    async def cog_load(self) -> None:
        """Add the entries, which a cog cannot declare."""
        for entry in self._entries:
            self.bot.tree.add_command(entry)

    async def cog_unload(self) -> None:
        """Take the entries out again."""
        for entry in self._entries:
            self.bot.tree.remove_command(entry.name, type=entry.type)

    async def ask_about(self, interaction: Interaction, message: discord.Message) -> None:
        """Open the form for a question about the links, files or words of a message."""
        async with Reporting(interaction):
            await interaction.response.send_modal(AskAboutMessage(message))

    async def check_claims(self, interaction: Interaction, message: discord.Message) -> None:
        """Hold each claim of a message against the articles, for the asker's eyes only."""

        async def check(bot: Bot, place: Place, reply: Reply) -> Card:
            checked = await bot.librarian.claims.check(
                message.clean_content, collection=place.collection, on_place=reply.place
            )
            return claims_check_card(checked, place)

        async with Reporting(interaction):
            await answer_question(interaction, check, private=True)


class AskAboutMessage(Form, title=gettext_noop("Ask about this message")):
    """A form for a question to what a message holds."""

    question: ui.Label["AskAboutMessage"] = ui.Label(
        text=gettext_noop("Question"),
        description=gettext_noop(
            "I answer from the links and files of the message, or from its words if it has none."
        ),
        component=ui.TextInput(min_length=3, max_length=500),
    )

    def __init__(self, message: discord.Message) -> None:
        super().__init__()
        self._message = message

    async def on_submit(self, interaction: AnyInteraction) -> None:
        """Read what the message holds, and answer from that only."""

        async def ask(bot: Bot, question: str, place: Place, reply: Reply) -> ui.LayoutView:
            given = await read_given(bot, self._message, place.collection, reply)
            if not given.read:
                return await _from_the_library(bot, question, given, place, reply)
            return await _from_the_message(bot, question, given, place, reply)

        await answer_form(interaction, self.question, ask)


async def _from_the_library(
    bot: Bot, question: str, given: Given, place: Place, reply: Reply
) -> ui.LayoutView:
    """Ask the articles of the library that the message links to."""
    filters = Filters(tuple(article.public_id for article in given.kept))
    answer = await ask_library(bot, reply, place, question, filters=filters)
    answer = _with_failures(answer, given)
    within = given.kept[0] if len(given.kept) == 1 else None
    return await record_card(bot, reply, answer, place, within=within, narrowed="" if within else t(LINKED))


async def _from_the_message(bot: Bot, question: str, given: Given, place: Place, reply: Reply) -> Card:
    """Ask what was read for now, together with what the library has of it."""
    texts = await texts_of(bot, given.kept, place.collection) + [new for _, new in given.read]
    answer = await bot.librarian.answers.ask_new(
        question, texts, collection=place.collection, on_place=reply.place
    )
    answer = _with_failures(answer, given)
    if not answer.found:
        return nothing_card(answer, t("what this message holds"))
    buttons = []
    if len(given.read) == 1:
        offer = await bot.offers.put(given.read[0][0], collection=place.collection)
        buttons.append(AddButton(offer))
    cited = [citation.article for citation in answer.citations]
    return claims_card(answer, f"{dates(cited)} · {independent(cited)} · {t(ASKED_HERE)}", buttons)


def _with_failures(answer: Answer, given: Given) -> Answer:
    failures = (cut(one_line(failure), _FAILURE_CHARS) for failure in given.failures)
    return replace(answer, notes=(*answer.notes, *failures))


async def setup(bot: Bot) -> None:
    """Add the entries of the message menu to the bot."""
    await bot.add_cog(MessageMenus(bot))
