"""Tells Discord of the commands when they have changed, and never shows them twice.

Discord allows 200 new commands a day and a bot may restart more often than that; so the hash
of what was last sent is kept with the library.
"""

import asyncio
import hashlib
import json
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from retrieval.messages import message
from retrieval.settings import SettingsError

if TYPE_CHECKING:
    from retrieval.librarian import Librarian

EVERYWHERE = "everywhere"
LEASE = "commands"
ASK_AGAIN_S = 0.5


async def sync_commands(
    tree: app_commands.CommandTree[Any],
    librarian: "Librarian",
    dev_guild_id: int | None,
    *,
    always: bool = False,
) -> bool:
    """Send the commands to all servers, or to *dev_guild_id* alone; tell whether it was needed.

    Of several processes one does so, and the others wait for it.

    Raises:
        SettingsError: The bot is not in the server for development.
    """
    processes = librarian.processes
    while not await processes.hold(LEASE):  # noqa: ASYNC110 - it waits for another process
        await asyncio.sleep(ASK_AGAIN_S)
    try:
        return await _sync(tree, librarian, dev_guild_id, always=always)
    finally:
        await processes.release(LEASE)


async def _sync(
    tree: app_commands.CommandTree[Any], librarian: "Librarian", dev_guild_id: int | None, *, always: bool
) -> bool:
    key = f"discord.commands.{tree.client.application_id}"
    scope = EVERYWHERE if dev_guild_id is None else str(dev_guild_id)
    noted_scope, _, noted_hash = ((await librarian.notes.get(key)) or "").partition(" ")
    current_hash = await commands_hash(tree)
    if not always and (noted_scope, noted_hash) == (scope, current_hash):
        return False
    if noted_scope and noted_scope != scope:
        await _clear(tree, noted_scope)
    await _send(tree, dev_guild_id)
    await librarian.notes.set(key, f"{scope} {current_hash}")
    return True


async def commands_hash(tree: app_commands.CommandTree[Any]) -> str:
    """Return a hash of the commands as Discord would be sent them."""
    translator = tree.translator
    payloads = [
        await command.get_translated_payload(tree, translator) if translator else command.to_dict(tree)
        for command in sorted(tree.get_commands(), key=lambda one: one.name)
    ]
    return hashlib.sha256(json.dumps(payloads, sort_keys=True).encode()).hexdigest()


async def _send(tree: app_commands.CommandTree[Any], dev_guild_id: int | None) -> None:
    if dev_guild_id is None:
        await tree.sync()
        return
    guild = discord.Object(dev_guild_id)
    tree.copy_global_to(guild=guild)
    try:
        await tree.sync(guild=guild)
    except discord.Forbidden as error:
        raise SettingsError(
            message(
                "DISCORD_DEV_GUILD_ID names the server {server}, which the bot is not in. "
                "Invite the bot there, or unset it.",
                server=dev_guild_id,
            )
        ) from error


async def _clear(tree: app_commands.CommandTree[Any], scope: str) -> None:
    """Remove the commands from where they were last sent."""
    client = tree.client
    assert client.application_id is not None
    if scope == EVERYWHERE:
        await client.http.bulk_upsert_global_commands(client.application_id, [])
    else:
        await client.http.bulk_upsert_guild_commands(client.application_id, int(scope), [])
