"""Buttons under a summary that outlive the process: key quotes, ask about it, add it."""

import re
from typing import Literal, Self, cast, get_args

from discord import ui

from bot.context import AnyInteraction, Bot, Place, Reply, place_of
from bot.errors import Reporting
from bot.formatting import Card, Tone, notice, plain
from bot.guilds import curators, may_add
from bot.i18n import gettext_noop, t
from bot.replies import ask_library, record_card
from bot.views.answer_details import found_quotations_card, quotations_answer
from bot.views.articles import added_card
from bot.views.base import Form
from bot.views.dynamic_items import DynamicButton
from bot.views.follow_up import answer_form
from bot.views.injection_findings import notify_of_injections
from bot.views.presses import answer_press
from retrieval.domain import Filters, Outcome

Deed = Literal["key", "ask"]
"""Show an article's key quotes · ask about it."""


class ArticleButton(
    DynamicButton, template=rf"s:(?P<article>[0-9]{{1,18}}):(?P<deed>{'|'.join(get_args(Deed))})"
):
    """Opens an article's key quotes for the one who presses, or a form to ask about it."""

    def __init__(self, article: int, deed: Deed, label: str = "") -> None:
        super().__init__(f"s:{article}:{deed}", label)
        self.article = article
        self.deed = deed

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the button of a matched id."""
        return cls(int(match["article"]), cast("Deed", match["deed"]))

    async def callback(self, interaction: AnyInteraction) -> None:
        """Show the quotes, or the form."""
        if self.deed == "ask":
            async with Reporting(interaction):
                await interaction.response.send_modal(AskAbout(self.article))
            return
        collection = place_of(interaction).collection

        async def card(bot: Bot) -> Card:
            found = await bot.librarian.articles.get_numbered(self.article, collection=collection)
            quotations = await bot.librarian.quotes.find(collection=collection, article=found.public_id)
            named = [one for one in quotations if one.speaker]
            answer = quotations_answer(named or quotations, t("Key quotes of {title}", title=found.title))
            return found_quotations_card(await bot.librarian.answers.record(answer, collection=collection))

        await answer_press(interaction, card)


class AddButton(DynamicButton, template=r"n:(?P<offer>[0-9]{1,18})"):
    """Adds what was read without being kept, if the one who presses may."""

    def __init__(self, offer: int) -> None:
        super().__init__(f"n:{offer}", t("Add to the library"))
        self.offer = offer

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the button of a matched id."""
        return cls(int(match["offer"]))

    async def callback(self, interaction: AnyInteraction) -> None:
        """Add the article and report the outcome."""
        place = place_of(interaction)

        async def card(bot: Bot) -> Card:
            if not may_add(interaction, bot.settings.add_role):
                needed = plain(curators(bot.settings.add_role))
                return notice(t("Adding articles requires {needed}.", needed=needed), Tone.FAILED)
            source = await bot.offers.get(self.offer, collection=place.collection)
            if source.url is not None:
                added = await bot.librarian.articles.add_url(source.url, collection=place.collection)
            else:
                added = await bot.librarian.articles.add_file(
                    source.name, source.body, collection=place.collection
                )
            await notify_of_injections(interaction, [Outcome(source.name, added)])
            return added_card(added, place)

        await answer_press(interaction, card)


class AskAbout(Form, title=gettext_noop("Ask about this article")):
    """A form for a question to one article."""

    question: ui.Label["AskAbout"] = ui.Label(
        text=gettext_noop("Question"), component=ui.TextInput(min_length=3, max_length=500)
    )

    def __init__(self, article: int) -> None:
        super().__init__()
        self._article = article

    async def on_submit(self, interaction: AnyInteraction) -> None:
        """Answer from this article only."""

        async def ask(bot: Bot, question: str, place: Place, reply: Reply) -> ui.LayoutView:
            within = await bot.librarian.articles.get_numbered(self._article, collection=place.collection)
            filters = Filters((within.public_id,))
            answer = await ask_library(bot, reply, place, question, filters=filters)
            return await record_card(bot, reply, answer, place, within=within)

        await answer_form(interaction, self.question, ask)
