"""What Discord says about the bot, asked over HTTP without putting the bot online."""

import asyncio
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord

from bot.operations.invite import PERMISSIONS

TIMEOUT_S = 10.0
USER_AGENT = f"DiscordBot (https://github.com/Rapptz/discord.py, {discord.__version__})"
"""Discord wants this form, and turns other ones away; the requests are as discord.py makes them."""
SERVERS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class DiscordAsked:
    """What came back."""

    name: str = ""
    message_content: bool = False
    servers: int = 0
    ids: frozenset[int] = frozenset()
    """Of these servers, the first 200."""
    lacking: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Servers in which the bot lacks permissions, with their names."""
    refused: bool = False
    status: int = 0
    """Of an answer that was no success."""


async def ask_discord(token: str) -> DiscordAsked:
    """Ask who the bot is, which intents it was granted, and what it may do in its servers.

    Raises:
        aiohttp.ClientError, TimeoutError, OSError: Discord cannot be reached.
    """
    headers = {"Authorization": f"Bot {token.strip()}", "User-Agent": USER_AGENT}
    timeout = aiohttp.ClientTimeout(total=TIMEOUT_S)
    async with aiohttp.ClientSession(headers=headers, timeout=timeout) as session:
        paths = ("/users/@me", "/applications/@me", "/users/@me/guilds")
        answers = await asyncio.gather(*(_get(session, path) for path in paths))
    statuses = [status for status, _ in answers]
    if 401 in statuses:
        return DiscordAsked(refused=True)
    if failed := [status for status in statuses if status != 200]:
        return DiscordAsked(status=failed[0])
    me, application, guilds = (body for _, body in answers)
    flags = discord.ApplicationFlags._from_value(int(application.get("flags") or 0))
    return DiscordAsked(
        name=str(me.get("username", "")),
        message_content=flags.gateway_message_content or flags.gateway_message_content_limited,
        servers=len(guilds),
        ids=frozenset(int(guild["id"]) for guild in guilds),
        lacking=tuple(_list_missing_permissions(guilds))[:SERVERS_SHOWN],
    )


async def _get(session: aiohttp.ClientSession, path: str) -> tuple[int, Any]:
    async with session.get(discord.http.Route.BASE + path) as response:
        return response.status, await response.json() if response.status == 200 else None


def _list_missing_permissions(guilds: list[dict[str, Any]]) -> list[tuple[str, tuple[str, ...]]]:
    found = []
    for guild in guilds:
        granted = discord.Permissions(int(guild.get("permissions", 0)))
        if granted.administrator:
            continue
        missing = tuple(
            name.replace("_", " ") for name, wanted in PERMISSIONS if wanted and not getattr(granted, name)
        )
        if missing:
            found.append((str(guild.get("name", guild.get("id"))), missing))
    return found
