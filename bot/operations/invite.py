"""The link that invites the bot to a server, and what the bot asks to be allowed there."""

import base64
import binascii

import discord

from retrieval.settings import SettingsError

PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    add_reactions=True,  # the link companion
    read_message_history=True,  # the link above, and the answer that a message replies to
)


def invite_link(application_id: int) -> str:
    """Return where to go with a browser to add the bot to a server."""
    return discord.utils.oauth_url(
        application_id, permissions=PERMISSIONS, scopes=("bot", "applications.commands")
    )


def application_id_of(token: str) -> int:
    """Return the application's id, which is the first part of its token. Needs no network.

    Raises:
        SettingsError: This is no bot's token.
    """
    first, *others = token.strip().split(".")
    try:
        number = base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)).decode("ascii")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        number = ""
    if len(others) != 2 or not all(others) or not (number.isdecimal() and 17 <= len(number) <= 20):
        raise SettingsError(
            "DISCORD_TOKEN is not a bot's token: that is three parts with dots between them, from the page "
            "Bot (not General Information, not OAuth2) of https://discord.com/developers/applications."
        )
    return int(number)
