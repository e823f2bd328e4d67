"""A restart loses no question: those who wait are notified, and Retry works in the next process."""

import asyncio

import pytest
from fake_answers import FakeAnswers
from fake_librarian import FakeLibrarian
from loopback_discord import LoopbackDiscord, custom_ids
from wire_driver import connected, hurry

from bot.replies.reply import PRESS_RETRY
from retrieval.domain.articles import Filters

pytestmark = pytest.mark.wire

QUESTION = "When was the harbor deepened?"


@pytest.fixture(autouse=True)
def _hurried(monkeypatch):
    hurry(monkeypatch)
    monkeypatch.setattr("bot.runner.FINISH_WITHIN_S", 0.2)


class StallingAnswers(FakeAnswers):
    """Never answers, until it is let go."""

    stalls = True

    async def ask(self, question, **options):
        if self.stalls:
            await asyncio.Event().wait()
        return await super().ask(question, **options)


def stalling_librarian():
    librarian = FakeLibrarian()
    librarian.answers = StallingAnswers(librarian)
    return librarian


async def test_an_open_answer_is_announced_and_given_by_the_next_process():
    discord, librarian = LoopbackDiscord(), stalling_librarian()
    async with connected(discord, librarian) as wire:
        asked = await wire.discord.slash(1, "ask", question=QUESTION, site="harbor.example")
        await wire.discord.until(lambda: librarian.pending_questions.kept)
    assert asked.said[-1] == PRESS_RETRY
    librarian.answers.stalls = False
    async with connected(discord, librarian) as wire:
        again = await wire.discord.press(1, custom_ids(asked.cards[-1])["Retry"], asked.cards[-1])
        await wire.discord.until(lambda: again.cards)
        assert "deepened" in again.said[-1]
        assert librarian.answers.asked[-1][2] == Filters(site="harbor.example")
        await wire.discord.until(lambda: not librarian.pending_questions.kept)


async def test_what_a_killed_process_left_open_is_offered_at_the_next_start():
    discord, librarian = LoopbackDiscord(), stalling_librarian()
    async with connected(discord, librarian) as wire:
        asked = await wire.discord.slash(1, "ask", question=QUESTION)
        await wire.discord.until(lambda: librarian.pending_questions.kept)
        as_killed = dict(librarian.pending_questions.kept)
    librarian.pending_questions.kept = as_killed
    told = asked.said.count(PRESS_RETRY)
    async with connected(discord, librarian) as wire:
        await wire.discord.until(lambda: asked.said.count(PRESS_RETRY) == told + 1)


async def test_somebody_else_cannot_have_it_asked_anew():
    discord, librarian = LoopbackDiscord(), stalling_librarian()
    async with connected(discord, librarian) as wire:
        asked = await wire.discord.slash(1, "ask", question=QUESTION)
        await wire.discord.until(lambda: librarian.pending_questions.kept)
    librarian.answers.stalls = False
    async with connected(discord, librarian) as wire:
        other = await wire.discord.press(2, custom_ids(asked.cards[-1])["Retry"], asked.cards[-1])
        await wire.discord.until(lambda: other.said)
        assert "answered already" in other.said[-1]
        assert ("whispered",) in wire.discord.happened
    assert librarian.answers.asked == []
