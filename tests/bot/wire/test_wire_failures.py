"""What the bot does when requests to Discord fail: everybody is answered, and nobody twice."""

import discord_payloads as payloads
import pytest
from loopback_discord import Fault
from wire_driver import connected, hurry

from bot.cogs.conversation import HINT

pytestmark = pytest.mark.wire

QUESTION = "When was the harbor deepened?"
LIMITED = {"message": "You are being rate limited.", "retry_after": 1.0, "global": False}
BANNED = "<html>Access denied</html>"
ANSWERS = "/webhooks/*/messages/@original"
POSTS = "/channels/*/messages"


@pytest.fixture(autouse=True)
def _hurried(monkeypatch):
    hurry(monkeypatch)


def faults(method, path):
    """Every fault that passes, for a kind of request."""
    return [
        pytest.param(Fault(method, path, 429, body=LIMITED), id="429"),
        pytest.param(Fault(method, path, 429, body={**LIMITED, "global": True}), id="429 for all"),
        pytest.param(
            Fault(method, path, 429, body=LIMITED, headers={"Retry-After": "2"}), id="429 without Via"
        ),
        pytest.param(Fault(method, path, 429, body=BANNED, headers={}), id="429 of the network in front"),
        *(pytest.param(Fault(method, path, status, 2), id=str(status)) for status in (500, 502, 503, 504)),
        pytest.param(Fault(method, path, 524, body=BANNED, headers={}), id="524 in HTML"),
        pytest.param(Fault(method, path), id="dropped"),
        pytest.param(Fault(method, path, after=True), id="carried out, then dropped"),
        pytest.param(Fault(method, path, 503, after=True), id="carried out, then 503"),
    ]


@pytest.mark.parametrize("fault", faults("PATCH", ANSWERS))
async def test_an_answer_arrives_in_spite_of(fault):
    async with connected() as wire:
        wire.discord.faults.append(fault)
        asked = await wire.discord.slash(1, "ask", question=QUESTION)
        await wire.discord.until(lambda: any("deepened" in said for said in asked.said))
        assert fault.times == 0


@pytest.mark.parametrize("fault", faults("POST", "/interactions/*/callback"))
async def test_a_question_is_acknowledged_in_spite_of(fault):
    async with connected() as wire:
        wire.discord.faults.append(fault)
        asked = await wire.discord.slash(1, "ask", question=QUESTION)
        await wire.discord.until(lambda: any("deepened" in said for said in asked.said))
        assert wire.discord.count("acknowledged", asked.payload["id"]) == 1


@pytest.mark.parametrize("fault", faults("POST", POSTS))
async def test_a_mention_is_answered_once_in_spite_of(fault):
    async with connected() as wire:
        wire.discord.faults.append(fault)
        await wire.discord.mention(1, "?")
        channel = payloads.channel_of(wire.discord.guilds[0])
        await wire.discord.until(lambda: wire.discord.count("posted", channel, HINT))
        await wire.discord.until(lambda: wire.discord.count("doubled", channel) == fault.after)
        later = await wire.discord.slash(2, "ask", question=QUESTION)
        await wire.discord.until(lambda: later.cards)
        assert wire.discord.count("posted", channel, HINT) == 1


async def test_a_refusal_that_stays_is_not_tried_again():
    async with connected() as wire:
        refused = Fault("POST", POSTS, 403, times=5, body={"message": "Missing Permissions", "code": 50013})
        wire.discord.faults.append(refused)
        await wire.discord.mention(1, QUESTION)
        await wire.discord.until(lambda: refused.times == 4)
        later = await wire.discord.slash(1, "ask", question=QUESTION)
        await wire.discord.until(lambda: later.cards)
        assert refused.times == 4
