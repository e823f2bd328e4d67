"""The real bot in a simulated Discord, over a librarian without models."""

from types import SimpleNamespace

import discord
import pytest
from discord_driver import Clock, make_bot
from fake_librarian import FakeLibrarian
from simcord.env import Env

# How long the simulated Discord waits for the bot's tasks before it looks again whether they only sleep.
# Each test meets that wait once, when the loops of the cogs start; 50 ms is what it waits by default.
Env._settle_internal.__kwdefaults__["idle"] = 0.002


@pytest.fixture
def librarian():
    return FakeLibrarian()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def simcord_bot(librarian, clock):
    return make_bot(librarian, clock)


@pytest.fixture
def place(simcord_env, librarian):
    """A server with a curator, a reader, and one article."""
    guild = simcord_env.create_guild("Keepers")
    channel = guild.create_text_channel("talk")
    curator_role = guild.create_role("Mods", permissions=discord.Permissions(manage_messages=True))
    collection = f"guild:{guild.id}"
    librarian.put(collection)
    return SimpleNamespace(
        env=simcord_env,
        guild=guild,
        channel=channel,
        collection=collection,
        librarian=librarian,
        curator=guild.add_member(simcord_env.create_user("cora"), roles=[curator_role]),
        reader=guild.add_member(simcord_env.create_user("rob")),
    )
