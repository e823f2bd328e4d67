"""Tells the moderators of a server something, wherever they can be reached."""

import logging

import aiohttp
import discord

from bot.context import Bot, place_in
from bot.formatting import Card

_log = logging.getLogger(__name__)


async def notify_moderators(client: Bot, guild: discord.Guild, card: Card) -> bool:
    """Send *card* to a server's channel for moderators, else to its owner; tell whether it arrived.

    The channel is the one chosen in /settings; else that in which Discord itself tells moderators, which
    community servers have.
    """
    card.stop()
    chosen = await client.chosen.of(place_in(guild.id, 0).collection)
    channel = guild.get_channel(chosen.reports_channel) or guild.public_updates_channel
    if isinstance(channel, discord.abc.Messageable):
        try:
            await channel.send(view=card)
        except (discord.HTTPException, aiohttp.ClientError) as error:
            _log.info("The moderators' channel of %s takes no messages: %r", guild.id, error)
        else:
            return True
    if guild.owner_id is None:
        return False
    try:
        owner = await client.fetch_user(guild.owner_id)
        await owner.send(view=card)
    except (discord.HTTPException, aiohttp.ClientError) as error:
        _log.info("The owner of %s takes no messages: %r", guild.id, error)
        return False
    return True
