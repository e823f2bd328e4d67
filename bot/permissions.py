"""Who may do what, asked at the moment of doing, and whose library a place reads.

Discord's default permissions do not reach subcommands, and a button may be pressed long after
it was shown; so nothing here relies on what Discord hides.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import discord

from bot.words import counted, speak, t

if TYPE_CHECKING:
    from bot.guild_settings import GuildSettings

Interaction = discord.Interaction[Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was asked, and which collection answers there."""

    collection: str
    is_server: bool
    is_thread: bool = False

    def articles(self, count: int) -> str:
        """Name so many of its articles in a sentence."""
        if self.is_server:
            return t("the {articles} of this server", articles=counted(count, "article"))
        return t("your {articles}", articles=counted(count, "article"))

    @property
    def library(self) -> str:
        """What to call the library in a sentence."""
        return t("this server's library") if self.is_server else t("your library")


def place_of(interaction: Interaction) -> Place:
    """Return the place of an interaction: a server shares one library, each person has another.

    The person's own answers in direct messages, and wherever the person carries the bot along.
    """
    in_thread = isinstance(interaction.channel, discord.Thread)
    return place_in(server_of(interaction), interaction.user.id, is_thread=in_thread)


def server_of(interaction: Interaction) -> int | None:
    """Return the server whose library answers: the one in which it was asked, if it added the bot.

    People can install the bot for themselves and use it in any server; there, the bot knows nobody's
    rights, and a library that a server of this number once had is none of their business.
    """
    number = interaction.guild_id
    if number is None or interaction.is_guild_integration():
        return number
    return number if interaction.client.get_guild(number) is not None else None


def is_carried_along(interaction: Interaction) -> bool:
    """Tell whether a person brought the bot to where it is no member: a group, or another server.

    What is answered from a person's own library there is for that person's eyes.
    """
    if interaction.guild_id is not None:
        return server_of(interaction) is None
    return bool(interaction.context.private_channel)


def place_in(guild_id: int | None, user_id: int, *, is_thread: bool = False) -> Place:
    """Return the place of a server, or of a person's direct messages."""
    if guild_id is None:
        return Place(f"user:{user_id}", is_server=False)
    return Place(f"guild:{guild_id}", is_server=True, is_thread=is_thread)


def may_curate(interaction: Interaction, role: str | None) -> bool:
    """Tell whether this person may change the library here.

    In a server that takes the permission Manage Messages, the role named (or numbered) *role*, or one that
    the server has chosen; anywhere else the library is the person's own.
    """
    if server_of(interaction) is None:
        return True
    if interaction.permissions.manage_messages or interaction.permissions.administrator:
        return True
    chosen = _chosen(interaction).adders
    return any(
        held.id in chosen or (role is not None and role.casefold() in (str(held.id), held.name.casefold()))
        for held in getattr(interaction.user, "roles", ())
    )


def may_add(interaction: Interaction, role: str | None) -> bool:
    """Tell whether this person may add articles here: who may change the library, or everybody."""
    return _chosen(interaction).everyone_adds or may_curate(interaction, role)


def curators(role: str | None, *, chosen: bool = False) -> str:
    """Say who may change a server's library; *chosen* if the server has chosen roles for it."""
    needed = t("the permission Manage Messages")
    roles = [t("the role {role}", role=role)] if role else []
    roles += [t("a role that this server has chosen")] if chosen else []
    return t(" or ").join((needed, *roles))


def speak_as_chosen(interaction: Interaction) -> None:
    """Use the language of the place for what is said to this interaction."""
    locale = interaction.guild_locale if server_of(interaction) is not None else interaction.locale
    speak(_chosen(interaction).language, locale)


def _chosen(interaction: Interaction) -> "GuildSettings":
    settings: GuildSettings = interaction.client.chosen.now(place_of(interaction).collection)
    return settings


def may_moderate(interaction: Interaction) -> bool:
    """Tell whether this person may decide what is shown here: Manage Messages, or one's own messages."""
    permissions = interaction.permissions
    return server_of(interaction) is None or permissions.manage_messages or permissions.administrator


def may_manage(interaction: Interaction) -> bool:
    """Tell whether this person may change what the bot does in this server: Manage Server."""
    permissions = interaction.permissions
    return server_of(interaction) is not None and (permissions.manage_guild or permissions.administrator)
