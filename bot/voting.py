"""✓ and ✗ beside each citation: whether the words carry the sentence. Kept for the people who tune."""

import re
from typing import TYPE_CHECKING, Any, Self, cast

from discord import ui

from bot.buttons import pressed, quotes_page
from bot.cards import Card
from bot.custom_ids import VOTE_ID
from bot.permissions import Interaction, place_of

if TYPE_CHECKING:
    from bot.client import FootnoteBot


class VoteButton(ui.DynamicItem[ui.Button[Any]], template=VOTE_ID):
    """Keeps what the one who presses it thinks of a citation; pressed again, forgets it."""

    def __init__(self, item: ui.Button[Any], answer_id: int, number: int, supports: bool, page: int) -> None:
        super().__init__(item)
        self._answer_id = answer_id
        self._number = number
        self._supports = supports
        self._page = page

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the button back from its id."""
        button = cast("ui.Button[Any]", item)
        return cls(
            button, int(match["answer"]), int(match["number"]), match["vote"] == "y", int(match["page"])
        )

    async def callback(self, interaction: Interaction) -> None:
        """Keep the vote, and show the page again with it."""
        collection, person = place_of(interaction).collection, str(interaction.user.id)

        async def card(bot: "FootnoteBot") -> Card:
            librarian = bot.librarian
            votes = await librarian.feedback.get_votes(self._answer_id, collection=collection, person=person)
            vote = None if votes.get(self._number) is self._supports else self._supports
            await librarian.feedback.vote(
                self._answer_id, self._number, vote, collection=collection, person=person
            )
            answer = await librarian.answers.recall(self._answer_id, collection=collection)
            return await quotes_page(bot, answer, self._page, collection, person)

        await pressed(interaction, card)
