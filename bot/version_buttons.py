"""The buttons that show what a new text of an article changed; they outlive the process."""

import re
from typing import TYPE_CHECKING, Any, Self, cast

from discord import ui

from bot.buttons import pressed
from bot.cards import Card
from bot.custom_ids import VERSION_ID
from bot.history_cards import changes_card
from bot.permissions import Interaction, place_of
from retrieval.errors import ArticleNotFound

if TYPE_CHECKING:
    from bot.client import FootnoteBot


class VersionButton(ui.DynamicItem[ui.Button[Any]], template=VERSION_ID):
    """Shows what replaced a text of an article, a page at a time."""

    def __init__(self, item: ui.Button[Any], article: int, digest: str, page: int) -> None:
        super().__init__(item)
        self._article = article
        self._digest = digest
        self._page = page

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the button back from its id."""
        button = cast("ui.Button[Any]", item)
        return cls(button, int(match["article"]), match["digest"], int(match["page"]))

    async def callback(self, interaction: Interaction) -> None:
        """Show the page to the one who pressed."""
        collection = place_of(interaction).collection

        async def card(bot: "FootnoteBot") -> Card:
            library = bot.librarian
            article = await library.articles.get_numbered(self._article, collection=collection)
            versions = await library.upkeep.list_versions(article.public_id, collection=collection)
            old = next((one for one in versions if one.digest.startswith(self._digest)), None)
            if old is None:
                raise ArticleNotFound("That earlier text is no longer kept. See `/article history`.")
            changes = await library.upkeep.compare(article.public_id, old.digest, collection=collection)
            return changes_card(article, old, changes, self._page)

        await pressed(interaction, card)
