"""The command that says what is kept, and hands it out or deletes it."""

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from bot.limits import turned_away
from bot.permissions import Interaction, may_manage, server_of
from bot.privacy_cards import privacy_card

if TYPE_CHECKING:
    from bot.client import FootnoteBot


class PrivacyCommand(commands.Cog):
    """Shows what is kept; the buttons do the rest."""

    def __init__(self, bot: "FootnoteBot") -> None:
        self.bot = bot

    @app_commands.command()
    async def privacy(self, interaction: Interaction) -> None:
        """What I keep about you and this server; export or delete it."""
        if await turned_away(interaction, self.bot.presses, "do this"):
            return
        async with self.bot.replies.open(interaction, private=True) as reply:
            in_server = server_of(interaction) is not None
            await reply.show(privacy_card(manages=may_manage(interaction), in_server=in_server))
