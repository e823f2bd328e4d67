"""Tells the moderators of a server something, wherever they can be reached."""

import logging

import aiohttp
import discord

from bot.cards import Card

_log = logging.getLogger(__name__)


async def tell_moderators(client: discord.Client, guild: discord.Guild, card: Card) -> bool:
    """Send *card* to the server's channel for moderators, else to its owner; tell whether it arrived.

    Community servers have a channel of their own for what Discord tells their moderators.
    """
    card.stop()
    if guild.public_updates_channel is not None:
        try:
            await guild.public_updates_channel.send(view=card)
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
