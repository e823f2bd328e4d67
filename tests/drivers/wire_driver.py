"""Connects the real bot to a Discord on the loopback, through its runner, and hurries discord.py."""

import asyncio
from contextlib import asynccontextmanager
from types import SimpleNamespace

from fake_librarian import FakeLibrarian
from loopback_discord import LoopbackDiscord
from loopback_gateway import TOKEN

from bot.client import FootnoteBot
from bot.runner import serve
from bot.settings import BotSettings

PAUSING = (
    "discord.http",
    "discord.webhook.async_",
    "discord.client",
    "discord.shard",
    "discord.gateway",
    "bot.replies.sending",
)
FACTOR = 0.01


class Hurried:
    """asyncio, with pauses a hundredth as long."""

    def __getattr__(self, name):
        return getattr(asyncio, name)

    @staticmethod
    async def sleep(delay, result=None):
        return await asyncio.sleep(delay * FACTOR, result)


def hurry(monkeypatch):
    for module in PAUSING:
        monkeypatch.setattr(f"{module}.asyncio", Hurried())


@asynccontextmanager
async def connected(discord=None, librarian=None, **options):
    """Serve until the body is done; the bots that were made, the last one current, are in ``bots``."""
    discord = discord or LoopbackDiscord()
    librarian = librarian or FakeLibrarian()
    settings = BotSettings(_env_file=None, token=TOKEN, questions_at_once=100)
    bots, stop = [], asyncio.Event()

    def make_bot():
        bots.append(FootnoteBot(librarian, settings, guild_ready_timeout=0.05, **options))
        return bots[-1]

    async with discord.open():
        for guild in discord.guilds:
            librarian.put(f"guild:{guild}")
        serving = asyncio.create_task(serve(make_bot, TOKEN, stop, first_pause_s=0.01))
        try:
            await until_ready(serving, bots)
            yield SimpleNamespace(discord=discord, librarian=librarian, bots=bots, stop=stop, serving=serving)
        finally:
            stop.set()
            await serving


async def until_ready(serving, bots):
    async with asyncio.timeout(20):
        while not (bots and bots[-1].is_ready()):
            assert not serving.done(), serving.exception()
            await asyncio.sleep(0.01)
