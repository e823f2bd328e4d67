"""Forty people ask at once: each is acknowledged first, and knows how many are ahead."""

import asyncio

import pytest
from fake_answers import FakeAnswers
from fake_librarian import FakeLibrarian
from wire_driver import connected, hurry

from bot.replies.reply import Reply
from retrieval.runtime.lane import Lane

pytestmark = pytest.mark.wire

PEOPLE = 40
QUESTION = "When was the harbor deepened?"


class QueueingAnswers(FakeAnswers):
    """Answers one at a time, on the real lane, once it is let go."""

    def __init__(self, library, lane):
        super().__init__(library)
        self.lane = lane
        self.go = asyncio.Event()

    async def ask(self, question, *, collection, on_place=None, **_):
        loop = asyncio.get_running_loop()

        def wait():
            asyncio.run_coroutine_threadsafe(self.go.wait(), loop).result()

        await self.lane.run(wait, on_place=on_place)
        return await super().ask(question, collection=collection)


@pytest.fixture(autouse=True)
def _hurried(monkeypatch):
    hurry(monkeypatch)
    monkeypatch.setattr("bot.replies.reply.FIRST_STATUS_AFTER_S", 0.05)


async def test_forty_people_are_acknowledged_before_any_is_answered_and_see_their_places():
    async with Lane() as lane:
        librarian = FakeLibrarian()
        librarian.answers = QueueingAnswers(librarian, lane)
        async with connected(librarian=librarian) as wire:
            asked = await asyncio.gather(
                *(wire.discord.slash(person, "ask", question=QUESTION) for person in range(PEOPLE))
            )
            await wire.discord.until(lambda: all(one.acknowledged for one in asked))
            await wire.discord.until(lambda: sum(bool(one.cards) for one in asked) == PEOPLE - 1)
            places = {said for one in asked for said in one.said}
            assert places == {words(place) for place in range(1, PEOPLE)}
            librarian.answers.go.set()
            await wire.discord.until(lambda: all("deepened" in (one.said or [""])[-1] for one in asked))
            order = [one[0] for one in wire.discord.happened if one[0] in ("acknowledged", "answered")]
            assert order[:PEOPLE] == ["acknowledged"] * PEOPLE


def words(place):
    reply = Reply(None, 0)
    reply.place(place)
    return reply._status
