"""The button More, and those under it that ask a question which leads on."""

import re
from typing import TYPE_CHECKING, Any, Self, cast

from discord import ui

from bot.asking import ask_library, recorded_card
from bot.buttons import pressed
from bot.cards import Card
from bot.custom_ids import MORE_ID, NEXT_ID
from bot.errors import Reporting
from bot.more_cards import more_card
from bot.permissions import Interaction, Place, place_of
from bot.question_forms import answer_question
from bot.replies import Reply
from retrieval.errors import AnswerNotFound

if TYPE_CHECKING:
    from bot.client import FootnoteBot


class MoreButton(ui.DynamicItem[ui.Button[Any]], template=MORE_ID):
    """Shows, to the one who presses it, an answer at length."""

    def __init__(self, item: ui.Button[Any], answer_id: int) -> None:
        super().__init__(item)
        self._answer_id = answer_id

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the button back from its id."""
        return cls(cast("ui.Button[Any]", item), int(match["answer"]))

    async def callback(self, interaction: Interaction) -> None:
        """Look up more, and show it."""
        collection = place_of(interaction).collection

        async def card(bot: "FootnoteBot") -> Card:
            answer = await bot.librarian.answers.recall(self._answer_id, collection=collection)
            longer = await bot.librarian.answers.elaborate(answer, collection=collection)
            return more_card(await bot.librarian.answers.record(longer, collection=collection), answer)

        await pressed(interaction, card, opens=True, asks=True)


class NextButton(ui.DynamicItem[ui.Button[Any]], template=NEXT_ID):
    """Asks, for the one who presses it, a question that an answer leads on to."""

    def __init__(self, item: ui.Button[Any], answer_id: int, number: int) -> None:
        super().__init__(item)
        self._answer_id = answer_id
        self._number = number

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the button back from its id."""
        return cls(cast("ui.Button[Any]", item), int(match["answer"]), int(match["number"]))

    async def callback(self, interaction: Interaction) -> None:
        """Answer the question beside the card that offered it."""

        async def ask(bot: "FootnoteBot", place: Place, reply: Reply) -> Card:
            before = await bot.librarian.answers.recall(self._answer_id, collection=place.collection)
            if self._number >= len(before.follow_ups):
                raise AnswerNotFound("That question is no longer offered. Ask it with /ask.")
            question = before.follow_ups[self._number]
            answer = await ask_library(bot, reply, place, question)
            return await recorded_card(bot, reply, answer, place)

        async with Reporting(interaction):
            await answer_question(interaction, ask)
