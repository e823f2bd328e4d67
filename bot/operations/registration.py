"""Registers the commands with Discord without running the bot."""

from typing import TYPE_CHECKING

import aiohttp
import discord

from bot.client import FootnoteBot
from bot.command_sync import sync_commands
from bot.i18n import CommandTranslator
from bot.settings import LOGIN_REFUSED, BotSettings, LoginRefused
from retrieval.errors import RetrievalError

if TYPE_CHECKING:
    from retrieval.librarian import Librarian


class DiscordUnreachable(RetrievalError):
    """Discord cannot be reached, or does not answer as it should."""

    transient = True


class _Messenger(FootnoteBot):
    """The bot's commands without its work: another process may be answering from the same library."""

    async def setup_hook(self) -> None:
        """Tell Discord of the commands."""
        await self.tree.set_translator(CommandTranslator())
        await self.add_commands()
        await sync_commands(self.tree, self.librarian, self.settings.dev_guild_id, always=True)


async def send_commands(settings: BotSettings, librarian: "Librarian") -> list[str]:
    """Send every command to where the settings say; return their names.

    What was sent is noted in the library, so that the bot does not send it again.

    Raises:
        LoginRefused: The token is wrong.
        DiscordUnreachable: Waiting may help.
        SettingsError: The bot is not in the server for development.
    """
    bot = _Messenger(librarian, settings)
    try:
        async with bot:
            await bot.login(settings.token.get_secret_value())
            return sorted({command.qualified_name for command in bot.tree.get_commands()})
    except discord.LoginFailure as error:
        raise LoginRefused(LOGIN_REFUSED) from error
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        raise DiscordUnreachable(
            f"Discord could not be told of the commands ({type(error).__name__}). "
            "Check the network of this machine and try again; 'footnote doctor' says more."
        ) from error
