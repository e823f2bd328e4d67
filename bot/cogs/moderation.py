"""Commands for moderators: what readers reported."""

from discord import app_commands
from discord.ext import commands

from bot.context import Bot, Interaction, place_of
from bot.formatting import Tone, notice
from bot.guilds import may_moderate
from bot.i18n import t
from bot.views import NOT_YOURS, DecideButton, ReportsButton, reports_page


class Moderating(commands.Cog):
    """Shows moderators what readers found wrong."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.default_permissions(manage_messages=True)
    async def reports(self, interaction: Interaction) -> None:
        """Decide on answers that readers reported."""
        if not may_moderate(interaction):
            await interaction.response.send_message(view=notice(t(NOT_YOURS), Tone.FAILED), ephemeral=True)
            return
        async with self.bot.replies.open(interaction, private=True) as reply:
            await reply.show(await reports_page(self.bot, 0, place_of(interaction)))


async def setup(bot: Bot) -> None:
    """Add the command and the buttons of a report to the bot."""
    bot.add_dynamic_items(DecideButton, ReportsButton)
    await bot.add_cog(Moderating(bot))
