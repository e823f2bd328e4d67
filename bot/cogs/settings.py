"""The command ``/settings``: what a server chooses for itself, as one panel."""

from discord import app_commands
from discord.ext import commands

from bot.context import Bot, Interaction, place_of
from bot.guilds import may_manage, refuse_if_too_soon
from bot.i18n import gettext_noop, t
from bot.views import NOT_YOURS, PANEL_ITEMS, say, settings_panel, usage_today


class Settling(commands.Cog):
    """Shows the panel; its parts act by themselves, see ``views/settings_panel.py``."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def settings(self, interaction: Interaction) -> None:
        """Choose who may add, where I speak, limits, sources, and how long articles are kept."""
        if not may_manage(interaction):
            await say(interaction, t(NOT_YOURS))
            return
        if await refuse_if_too_soon(interaction, self.bot.presses, gettext_noop("do this")):
            return
        collection = place_of(interaction).collection
        usage = await usage_today(self.bot, collection)
        panel = settings_panel(self.bot.chosen.now(collection), self.bot, usage=usage)
        await interaction.response.send_message(view=panel, ephemeral=True)


async def setup(bot: Bot) -> None:
    """Add the command and the items of the panel to the bot."""
    bot.add_dynamic_items(*PANEL_ITEMS)
    await bot.add_cog(Settling(bot))
