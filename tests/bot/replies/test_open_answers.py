"""A stop loses no answer: open ones are finished, late ones are told."""

import asyncio
from unittest.mock import create_autospec

import discord
import pytest
from discord_driver import text_of

from bot.formatting.cards import notice
from bot.replies.reply import PRESS_RETRY, Replies
from retrieval.domain.answers import Statement


@pytest.fixture
def interaction():
    mock = create_autospec(discord.Interaction, instance=True)
    mock.response = create_autospec(discord.InteractionResponse, instance=True)
    mock.response.is_done.return_value = False
    return mock


def shown(interaction):
    return [
        call.kwargs["view"].to_components() for call in interaction.edit_original_response.await_args_list
    ]


async def test_an_open_answer_is_waited_for(interaction):
    replies, started, ready = Replies(), asyncio.Event(), asyncio.Event()

    async def answer():
        async with replies.open(interaction) as reply:
            started.set()
            await ready.wait()
            await reply.show(notice("The answer"))

    task = asyncio.create_task(answer())
    await started.wait()
    asyncio.get_running_loop().call_soon(ready.set)
    await replies.finish(timeout_s=5)
    assert task.done()
    assert shown(interaction) == [notice("The answer").to_components()]


async def test_a_stop_with_nothing_open_is_immediate():
    replies = Replies()
    await replies.finish(timeout_s=5)
    assert replies.stopping


@pytest.mark.simcord(settle_timeout=0.9)
async def test_an_answer_that_takes_too_long_is_reported(place):
    place.librarian.wait_s = 600
    result = await place.reader.slash(place.channel, "ask", question="When was the harbor deepened?")
    await place.env.bot.replies.finish(timeout_s=0)
    assert text_of(result.response) == PRESS_RETRY


async def test_a_status_on_its_way_arrives_before_the_answer(interaction):
    replies, sending, arrived = Replies(), asyncio.Event(), asyncio.Event()
    order = []

    async def edit(view):
        order.append("status" if not order else "answer")
        if len(order) == 1:
            sending.set()
            await arrived.wait()
            order.append("arrived")

    interaction.edit_original_response.side_effect = edit
    async with replies.open(interaction) as reply:
        reply.place(3)
        status = asyncio.create_task(reply.show_status())
        await sending.wait()
        asyncio.get_running_loop().call_soon(arrived.set)
        await reply.show(notice("The answer"))
    await status
    assert order == ["status", "arrived", "answer"]


async def test_a_failure_lets_go_of_the_interaction(interaction):
    replies = Replies()
    with pytest.raises(ZeroDivisionError):
        async with replies.open(interaction):
            raise ZeroDivisionError
    await replies.finish(timeout_s=0)
    assert shown(interaction) == []


async def test_sentences_that_passed_the_gate_are_shown_while_it_is_written(interaction):
    replies = Replies()
    async with replies.open(interaction) as reply:
        reply.draft([Statement("It was *deepened* in 1907.", (1,))])
        await reply.show_status()
        await reply.show_status()
    [card] = shown(interaction)
    text = card[0]["components"][0]["content"]
    assert text.startswith("It was \\*deepened\\* in 1907.")
    assert "I show only sentences that the articles support." in text
