"""A job may outlive its interaction: Discord knows the token for a quarter of an hour."""

import json

import pytest
from fake_answers import FakeAnswers
from fake_articles import FakeArticles
from fake_librarian import TEXT, FakeLibrarian
from fake_places import FakePrivacy
from simcord.components import walk_components

MINUTES = 16


class SlowArticles(FakeArticles):
    async def add_all_at(self, url, **how):
        self._library.env.backend.advance_clock(MINUTES * 60)
        async for outcome in super().add_all_at(url, **how):
            yield outcome

    async def export(self, **how):
        self._library.env.backend.advance_clock(MINUTES * 60)
        async for one in super().export(**how):
            yield one


class SlowAnswers(FakeAnswers):
    async def ask(self, question, **how):
        self._library.env.backend.advance_clock(MINUTES * 60)
        return await super().ask(question, **how)


class SlowPrivacy(FakePrivacy):
    async def export_person(self, person, **how):
        self._library.env.backend.advance_clock(MINUTES * 60)
        return await super().export_person(person, **how)


class SlowLibrarian(FakeLibrarian):
    env = None

    def __init__(self):
        super().__init__()
        self.articles, self.answers, self.privacy = SlowArticles(self), SlowAnswers(self), SlowPrivacy(self)


@pytest.fixture
def librarian():
    return SlowLibrarian()


@pytest.fixture
def slow(place):
    place.librarian.env = place.env
    return place


def texts(messages):
    cards = [[part.to_dict() for part in one.components] for one in messages if one.author.bot]
    return [
        "\n".join(part["content"] for part in walk_components(card) if part["type"] == 10) for card in cards
    ]


def newer(place, before):
    return [one for one in place.channel.history() if one.id not in before]


async def in_dms(place, person):
    channel = place.env.backend.dm_channels.get(person.id)
    if channel is None:
        return []
    return texts([one async for one in (await place.env.bot.fetch_channel(channel)).history()])


async def test_the_result_of_a_feed_that_takes_16_minutes_is_a_new_message(slow):
    before = {one.id for one in slow.channel.history()}
    await slow.curator.slash(slow.channel, "article add", url="https://harbor.example/feed")
    assert any("added" in text.lower() for text in texts(newer(slow, before)))


async def test_a_late_public_answer_is_a_new_message_in_the_channel(slow):
    before = {one.id for one in slow.channel.history()}
    await slow.reader.slash(slow.channel, "ask", question="When was the harbor deepened?")
    assert any("The harbor was deepened in 1907." in text for text in texts(newer(slow, before)))


async def test_a_late_private_answer_goes_to_the_person_alone(slow):
    before = {one.id for one in slow.channel.history()}
    await slow.reader.slash(slow.channel, "ask", question="When was the harbor deepened?", private=True)
    assert not any("1907" in text for text in texts(newer(slow, before)))
    assert any("The harbor was deepened in 1907." in text for text in await in_dms(slow, slow.reader))


async def files_in_dms(place, person):
    channel = await place.env.bot.fetch_channel(place.env.backend.dm_channels[person.id])
    files = [file for message in [one async for one in channel.history()] for file in message.attachments]
    return {file.filename: (await file.read()).decode() for file in files}


async def test_a_late_export_goes_to_the_person_alone_with_its_file(slow):
    before = {one.id for one in slow.channel.history()}
    await slow.curator.slash(slow.channel, "article export")
    assert newer(slow, before) == []
    assert any("1 article" in text for text in await in_dms(slow, slow.curator))
    files = await files_in_dms(slow, slow.curator)
    assert json.loads(files["library.jsonl"])["text"] == TEXT


async def test_the_file_of_a_late_button_goes_to_direct_messages(slow):
    shown = (await slow.reader.slash(slow.channel, "privacy")).response
    await slow.reader.click(shown, label="Export my data")
    assert "data.json" in await files_in_dms(slow, slow.reader)


async def test_a_late_failure_is_reported_too(slow):
    before = {one.id for one in slow.channel.history()}
    slow.librarian.failure = ValueError("a bug")
    await slow.reader.slash(slow.channel, "ask", question="When was the harbor deepened?")
    assert any("Something went wrong" in text for text in texts(newer(slow, before)))
    assert slow.env.errors is not None
