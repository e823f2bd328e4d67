"""What the bot does when the connection to Discord breaks: nothing said meanwhile is lost."""

import asyncio

import discord_payloads as payloads
import pytest
from loopback_discord import Fault, LoopbackDiscord
from wire_driver import connected, hurry

from bot.settings import LoginRefused

pytestmark = pytest.mark.wire

QUESTION = "When was the harbor deepened?"


@pytest.fixture(autouse=True)
def _hurried(monkeypatch):
    hurry(monkeypatch)


async def answered(wire, person=1, guild=None):
    asked = await wire.discord.slash(person, "ask", guild, question=QUESTION)
    await wire.discord.until(lambda: any("deepened" in said for said in asked.said))
    return asked


@pytest.mark.parametrize("code", [1000, 1001, 1011, 4000, 4008, 4009])
async def test_a_closed_connection_is_resumed_and_what_was_missed_is_answered(code):
    async with connected() as wire:
        await wire.discord.cut(code)
        await answered(wire)
        assert wire.discord.count("gateway", "resumed", 0) == 1
        assert len(wire.bots) == 1


async def test_a_session_that_discord_forgot_is_begun_anew():
    async with connected() as wire:
        await wire.discord.cut(4000, forget=True)
        await wire.discord.until(lambda: wire.discord.count("gateway", "identified", 0) == 2)
        await answered(wire)


async def test_a_connection_is_changed_when_discord_asks_for_it():
    async with connected() as wire:
        await wire.discord.request(7)
        await wire.discord.until(lambda: wire.discord.count("gateway", "resumed", 0))
        await answered(wire)


async def test_a_session_declared_invalid_is_begun_anew():
    async with connected() as wire:
        await wire.discord.request(9, d=False)
        await wire.discord.until(lambda: wire.discord.count("gateway", "identified", 0) == 2)
        await answered(wire)


async def test_a_connection_without_heartbeats_is_given_up_and_resumed():
    async with connected(LoopbackDiscord(heartbeat_ms=50), heartbeat_timeout=0.2) as wire:
        wire.discord.acks_heartbeats = False
        await wire.discord.until(lambda: wire.discord.count("gateway", "closed"))
        wire.discord.acks_heartbeats = True
        await wire.discord.until(lambda: wire.discord.count("gateway", "resumed", 0))
        await answered(wire)


@pytest.mark.parametrize("fault", ["refused_connections", "closed_at_once"])
async def test_a_first_connection_that_fails_is_made_again(fault):
    discord = LoopbackDiscord()
    setattr(discord, fault, 2)
    async with connected(discord) as wire:
        await answered(wire)


@pytest.mark.parametrize("path", ["/users/@me", "/gateway/bot", "/applications/*/commands"])
@pytest.mark.parametrize(("status", "times"), [(0, 2), (503, 1)])
async def test_a_login_that_fails_is_made_by_a_new_client(path, status, times):
    discord = LoopbackDiscord()
    # aiohttp itself asks twice over a connection that is dropped.
    discord.faults.append(Fault("PUT" if "commands" in path else "GET", path, status, times))
    async with connected(discord) as wire:
        await answered(wire)
        assert len(wire.bots) == 2


async def test_every_shard_answers_its_servers_and_resumes_alone():
    async with connected(LoopbackDiscord(shards=2)) as wire:
        first, second = wire.discord.guilds
        await asyncio.gather(answered(wire, 1, first), answered(wire, 2, second))
        await wire.discord.cut(4000, shard=1)
        await asyncio.gather(answered(wire, 1, first), answered(wire, 2, second))
        assert wire.discord.count("gateway", "resumed", 0) == 0
        assert wire.discord.count("gateway", "resumed", 1) == 1
        collections = {collection for _, collection, _ in wire.librarian.answers.asked}
        assert collections == {f"guild:{first}", f"guild:{second}"}


async def test_a_token_that_the_gateway_refuses_ends_the_program(monkeypatch):
    monkeypatch.setattr("loopback_gateway.TOKEN", "another")
    with pytest.raises(LoginRefused):
        async with connected():
            pass


async def test_a_mention_is_answered_under_it():
    async with connected() as wire:
        await wire.discord.mention(1, QUESTION)
        channel = payloads.channel_of(wire.discord.guilds[0])
        await wire.discord.until(lambda: wire.discord.count("posted", channel, "-# Looking …"))
        await wire.discord.until(
            lambda: any(one[0] == "edited" and "deepened" in one[2] for one in wire.discord.happened)
        )
