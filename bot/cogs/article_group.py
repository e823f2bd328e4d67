"""What the subcommands of ``/article`` have in common."""

from collections.abc import AsyncIterator, Awaitable, Callable

from discord import app_commands

from bot.cogs.autocomplete import suggest_articles
from bot.context import Interaction, Reply
from retrieval.domain import Outcome

Add = Callable[[Reply, str], AsyncIterator[Outcome]]
"""Adds something to a collection, one article or many, telling the reply how far it is."""
AddWith = Callable[[Interaction, Add], Awaitable[None]]
"""Checks the right and the pace, adds, and shows the outcome; see ``Curating.add_with``."""


async def suggest(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Offer articles while somebody types."""
    return await suggest_articles(interaction.client.librarian, interaction, typed)
