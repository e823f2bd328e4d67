"""Commands for moderators: what readers reported."""

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from bot.cards import Tone, notice
from bot.deciding import NOT_YOURS, reports_page
from bot.permissions import Interaction, may_moderate, place_of

if TYPE_CHECKING:
    from bot.client import FootnoteBot


class Moderating(commands.Cog):
    """Shows moderators what readers found wrong."""

    def __init__(self, bot: "FootnoteBot") -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.default_permissions(manage_messages=True)
    async def reports(self, interaction: Interaction) -> None:
        """Answers that readers reported as wrong or not to be shown; you decide."""
        if not may_moderate(interaction):
            await interaction.response.send_message(view=notice(NOT_YOURS, Tone.FAILED), ephemeral=True)
            return
        async with self.bot.replies.open(interaction, private=True) as reply:
            await reply.show(await reports_page(self.bot, 0, place_of(interaction)))
