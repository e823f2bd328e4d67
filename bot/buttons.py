"""Buttons that outlive the process: all they need to know is in their ``custom_id``.

Anybody can send any ``custom_id``, so each press asks the library of *this* place for the
answer; one of another server is not found there.
"""

import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Self, cast

from discord import ui

from bot.cards import Card, Tone, notice
from bot.custom_ids import ANSWER_ID, LIST_ID, REMOVE_ID, What
from bot.digest_cards import lines_card
from bot.errors import Reporting
from bot.library_cards import list_card, list_offset, removed_card
from bot.limits import turned_away
from bot.markdown import plain
from bot.permissions import Interaction, curators, may_curate, place_of
from bot.quote_cards import (
    QUOTES_PAGE,
    Cited,
    on_page,
    passage_card,
    quotes_card,
    sources_card,
    spoken_card,
)
from bot.replies import RESTARTING
from bot.words import t
from retrieval.domain import Answer, Citation
from retrieval.errors import ArticleNotFound

if TYPE_CHECKING:
    from bot.client import FootnoteBot

MakeCard = Callable[["FootnoteBot"], Awaitable[Card]]


class AnswerButton(ui.DynamicItem[ui.Button[Any]], template=ANSWER_ID):
    """Opens, for the one who presses it, something about an answer; or turns its pages."""

    def __init__(self, item: ui.Button[Any], answer_id: int, what: What, page: int | None) -> None:
        super().__init__(item)
        self._answer_id = answer_id
        self._what = what
        self._page = page or 0
        self._opens = page is None or what == "passage"

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the button back from its id."""
        button = cast("ui.Button[Any]", item)
        page = int(match["page"]) if match["page"] else None
        return cls(button, int(match["answer"]), cast("What", match["what"]), page)

    async def callback(self, interaction: Interaction) -> None:
        """Show the page to the one who pressed."""
        collection = place_of(interaction).collection

        async def card(bot: "FootnoteBot") -> Card:
            answer = await bot.librarian.answers.recall(self._answer_id, collection=collection)
            match self._what:
                case "quotes":
                    person = str(interaction.user.id)
                    return await quotes_page(bot, answer, self._page, collection, person)
                case "passage":
                    return await _passage(bot, answer, self._page, collection)
                case "sources":
                    return sources_card(answer, self._page)
                case "spoken":
                    return spoken_card(answer, self._page)
                case "lines":
                    return lines_card(answer, self._page)

        await pressed(interaction, card, opens=self._opens)


class ListButton(ui.DynamicItem[ui.Button[Any]], template=LIST_ID):
    """Turns the pages of the list of articles."""

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
            count = await bot.librarian.articles.count(collection=place.collection)
            offset, limit = list_offset(self._page, count)
            articles = await bot.librarian.articles.list(
                collection=place.collection, offset=offset, limit=limit
            )
            ids = [one.public_id for one in articles]
            tried = await bot.librarian.injection_findings.find(ids, collection=place.collection)
            return list_card(articles, self._page, count, place, tried)

        await pressed(interaction, card)


class RemoveButton(ui.DynamicItem[ui.Button[Any]], template=REMOVE_ID):
    """Removes an article, if the one who presses may; the right is asked for again."""

    def __init__(self, item: ui.Button[Any], article: int) -> None:
        super().__init__(item)
        self._article = article

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the button back from its id."""
        return cls(cast("ui.Button[Any]", item), int(match["article"]))

    async def callback(self, interaction: Interaction) -> None:
        """Remove the article and say so in place of the question."""
        place = place_of(interaction)

        async def card(bot: "FootnoteBot") -> Card:
            if not may_curate(interaction, bot.settings.add_role):
                needed = plain(curators(bot.settings.add_role))
                return notice(t("Removing articles here takes {needed}.", needed=needed), Tone.FAILED)
            found = await bot.librarian.articles.get_numbered(self._article, collection=place.collection)
            return removed_card(
                await bot.librarian.articles.remove(found.public_id, collection=place.collection), place
            )

        await pressed(interaction, card)


async def pressed(
    interaction: Interaction, make_card: MakeCard, *, opens: bool = False, asks: bool = False
) -> None:
    """Show a card in answer to a press: in place on a page of one's own, else as a new message.

    With *opens* always as a new message; with *asks* it counts as a question, because it costs as much.
    """
    bot = cast("FootnoteBot", interaction.client)
    async with Reporting(interaction):
        if bot.replies.stopping:
            await interaction.response.send_message(view=notice(RESTARTING), ephemeral=True)
            return
        limiter, deed = (bot.questions, "ask") if asks else (bot.presses, "press this")
        if await turned_away(interaction, limiter, deed):
            return
        message = interaction.message
        if message is not None and message.flags.ephemeral and not opens:
            await interaction.response.defer()
        else:
            await interaction.response.defer(thinking=True, ephemeral=True)
        async with bot.replies.open(interaction) as reply:
            await reply.show(await make_card(bot))


async def quotes_page(bot: "FootnoteBot", answer: Answer, page: int, collection: str, person: str) -> Card:
    """Return one page of an answer's exact words, with what this person thinks of them."""
    citations = answer.citations[on_page(page, len(answer.citations), QUOTES_PAGE)]
    cited = [await _cited(bot, citation, collection) for citation in citations]
    votes = {}
    if answer.id is not None:
        votes = await bot.librarian.feedback.get_votes(answer.id, collection=collection, person=person)
    return quotes_card(answer, cited, page, votes)


async def _passage(bot: "FootnoteBot", answer: Answer, number: int, collection: str) -> Card:
    for citation in answer.citations:
        if citation.number == number:
            return passage_card(answer, await _cited(bot, citation, collection))
    return notice(
        t("The article behind [{number}] was removed from the library, and its words with it.", number=number)
    )


async def _cited(bot: "FootnoteBot", citation: Citation, collection: str) -> Cited:
    try:
        return Cited(citation, await bot.librarian.answers.context(citation, collection=collection))
    except ArticleNotFound:
        return Cited(citation, None)
