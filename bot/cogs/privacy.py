"""The command that says what is kept, and hands it out or deletes it."""

from discord import app_commands
from discord.ext import commands

from bot.context import Bot, Interaction, server_of
from bot.guilds import may_manage, refuse_if_too_soon
from bot.i18n import gettext_noop
from bot.views import PrivacyButton, SureButton, privacy_card


class PrivacyCommand(commands.Cog):
    """Shows what is kept; the buttons do the rest."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    @app_commands.command()
    async def privacy(self, interaction: Interaction) -> None:
        """See, export or delete what I keep about you and this server."""
        if await refuse_if_too_soon(interaction, self.bot.presses, gettext_noop("do this")):
            return
        async with self.bot.replies.open(interaction, private=True) as reply:
            in_server = server_of(interaction) is not None
            await reply.show(privacy_card(manages=may_manage(interaction), in_server=in_server))


async def setup(bot: Bot) -> None:
    """Add the command and its buttons to the bot."""
    bot.add_dynamic_items(PrivacyButton, SureButton)
    await bot.add_cog(PrivacyCommand(bot))
