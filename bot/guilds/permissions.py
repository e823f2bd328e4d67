"""Who may do what, asked at the moment of doing.

Discord's default permissions do not reach subcommands, and a button may be pressed long after
it was shown; so nothing here relies on what Discord hides.
"""

from bot.context import Bot, Interaction, place_of, server_of
from bot.i18n import speak, t
from bot.state import GuildSettings


def may_curate(interaction: Interaction, role: str | None) -> bool:
    """Tell whether this person may change the library here.

    In a server that takes the permission Manage Messages, the role named (or numbered) *role*, or one that
    the server has chosen; anywhere else the library is the person's own.
    """
    if server_of(interaction) is None:
        return True
    if interaction.permissions.manage_messages or interaction.permissions.administrator:
        return True
    chosen = _read_chosen(interaction).adders
    return any(
        held.id in chosen or (role is not None and role.casefold() in (str(held.id), held.name.casefold()))
        for held in getattr(interaction.user, "roles", ())
    )


def may_add(interaction: Interaction, role: str | None) -> bool:
    """Tell whether this person may add articles here: who may change the library, or everybody."""
    return _read_chosen(interaction).everyone_adds or may_curate(interaction, role)


def curators(role: str | None, *, chosen: bool = False) -> str:
    """Say who may change a server's library; *chosen* if the server has chosen roles for it."""
    needed = t("the permission Manage Messages")
    roles = [t("the role {role}", role=role)] if role else []
    roles += [t("a role that this server has chosen for it")] if chosen else []
    return t(" or ").join((needed, *roles))


def speak_as_chosen(interaction: Interaction) -> None:
    """Use the language of the place for what is said to this interaction."""
    locale = interaction.guild_locale if server_of(interaction) is not None else interaction.locale
    speak(_read_chosen(interaction).language, locale)


def speak_in(bot: Bot, collection: str) -> None:
    """Use the language of the server whose collection this is, for what nobody asked for just now."""
    kind, _, number = collection.partition(":")
    guild = bot.get_guild(int(number)) if kind == "guild" and number.isdecimal() else None
    speak(bot.chosen.now(collection).language, guild.preferred_locale if guild else None)


async def speak_for(bot: Bot, collection: str) -> None:
    """As ``speak_in``, also for a guild that another process serves.

    Raises:
        discord.NotFound, discord.Forbidden: The bot is not in it.
    """
    kind, _, number = collection.partition(":")
    if kind == "guild" and number.isdecimal() and not bot.serves(int(number)):
        guild = await bot.fetch_guild(int(number), with_counts=False)
        speak(bot.chosen.now(collection).language, guild.preferred_locale)
    else:
        speak_in(bot, collection)


def _read_chosen(interaction: Interaction) -> GuildSettings:
    return interaction.client.chosen.now(place_of(interaction).collection)


def may_moderate(interaction: Interaction) -> bool:
    """Tell whether this person may decide what is shown here: Manage Messages, or one's own messages."""
    permissions = interaction.permissions
    return server_of(interaction) is None or permissions.manage_messages or permissions.administrator


def may_manage(interaction: Interaction) -> bool:
    """Tell whether this person may change what the bot does in this server: Manage Server."""
    permissions = interaction.permissions
    return server_of(interaction) is not None and (permissions.manage_guild or permissions.administrator)
