"""A restart loses no question: whoever waits is told, and Retry works in the next process."""

import asyncio

import pytest
from dictionary_librarian import DictionaryLibrarian
from loopback_discord import LoopbackDiscord, custom_ids
from wire_driver import connected, hurry

from bot.replies import PRESS_RETRY
from retrieval.domain import Filters

pytestmark = pytest.mark.wire

QUESTION = "When was the harbor deepened?"


@pytest.fixture(autouse=True)
def _hurried(monkeypatch):
    hurry(monkeypatch)
    monkeypatch.setattr("bot.runner.FINISH_WITHIN_S", 0.2)


class StallingLibrarian(DictionaryLibrarian):
    """Never answers, until it is let go."""

    def __init__(self):
        super().__init__()
        self.stalls = True

    async def ask(self, question, *, collection, filters=Filters(), after=None, on_place=None, **model):  # noqa: B008
        if self.stalls:
            await asyncio.Event().wait()
        return await super().ask(question, collection=collection, filters=filters, after=after)


async def test_an_open_answer_is_told_and_answered_by_the_next_process():
    discord, librarian = LoopbackDiscord(), StallingLibrarian()
    async with connected(discord, librarian) as wire:
        asked = await wire.discord.slash(1, "ask", question=QUESTION, site="harbor.example")
        await wire.discord.until(lambda: librarian.open_questions)
    assert asked.said[-1] == PRESS_RETRY
    librarian.stalls = False
    async with connected(discord, librarian) as wire:
        again = await wire.discord.press(1, custom_ids(asked.cards[-1])["Retry"], asked.cards[-1])
        await wire.discord.until(lambda: again.cards)
        assert "deepened" in again.said[-1]
        assert librarian.asked[-1][2] == Filters(site="harbor.example")
        await wire.discord.until(lambda: not librarian.open_questions)


async def test_what_a_killed_process_left_open_is_offered_at_the_next_start():
    discord, librarian = LoopbackDiscord(), StallingLibrarian()
    async with connected(discord, librarian) as wire:
        asked = await wire.discord.slash(1, "ask", question=QUESTION)
        await wire.discord.until(lambda: librarian.open_questions)
        as_killed = dict(librarian.open_questions)
    librarian.open_questions = as_killed
    told = asked.said.count(PRESS_RETRY)
    async with connected(discord, librarian) as wire:
        await wire.discord.until(lambda: asked.said.count(PRESS_RETRY) == told + 1)


async def test_somebody_else_cannot_have_it_asked_anew():
    discord, librarian = LoopbackDiscord(), StallingLibrarian()
    async with connected(discord, librarian) as wire:
        asked = await wire.discord.slash(1, "ask", question=QUESTION)
        await wire.discord.until(lambda: librarian.open_questions)
    librarian.stalls = False
    async with connected(discord, librarian) as wire:
        other = await wire.discord.press(2, custom_ids(asked.cards[-1])["Retry"], asked.cards[-1])
        await wire.discord.until(lambda: other.said)
        assert "answered already" in other.said[-1]
        assert ("whispered",) in wire.discord.happened
    assert librarian.asked == []
