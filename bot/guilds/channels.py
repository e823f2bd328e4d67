"""Channels that a server has chosen for the bot: elsewhere it answers in a whisper, or not at all."""

import discord

from bot.context import Bot, Interaction, place_in, server_of
from bot.guilds.permissions import may_manage
from bot.i18n import t

QUIET_HERE = "🔇"
"""Put to a message that speaks to the bot where it may not speak."""
ANYWHERE = frozenset({"help", "settings", "privacy"})
"""Commands whose answers only the asker sees."""
_SHOWN = 5


def may_speak(bot: Bot, message: discord.Message) -> bool:
    """Tell whether the bot may answer a message where it stands."""
    if message.guild is None:
        return True
    chosen = bot.chosen.now(place_in(message.guild.id, 0).collection)
    return chosen.may_speak_in(message.channel.id, getattr(message.channel, "parent_id", None))


def elsewhere(interaction: Interaction) -> str:
    """Return where to go when a command is not for this channel; empty when it may be used here."""
    server = server_of(interaction)
    if server is None or interaction.channel_id is None:
        return ""
    if interaction.command is not None and interaction.command.qualified_name in ANYWHERE:
        return ""
    chosen = interaction.client.chosen.now(place_in(server, 0).collection)
    parent = getattr(interaction.channel, "parent_id", None)
    if chosen.may_speak_in(interaction.channel_id, parent):
        return ""
    places = ", ".join(f"<#{one}>" for one in chosen.channels[:_SHOWN])
    more = t(" and others") if len(chosen.channels) > _SHOWN else ""
    hint = t(" You can change that with `/settings`.") if may_manage(interaction) else ""
    return t("This server has asked me to speak in {places} only. Ask me there.", places=places + more) + hint
