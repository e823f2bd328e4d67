"""The group ``/article``, which the files about adding, repairing and moving articles share."""

from typing import TYPE_CHECKING, cast

from discord import app_commands

from bot.choosing import suggest_articles
from bot.permissions import Interaction

if TYPE_CHECKING:
    from bot.client import FootnoteBot

article_group = app_commands.Group(name="article", description="The articles I answer from")


async def suggest(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Offer articles while somebody types."""
    bot = cast("FootnoteBot", interaction.client)
    return await suggest_articles(bot.librarian, interaction, typed)
