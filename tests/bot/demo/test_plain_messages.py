"""In the demo, plain messages are answered or get a hint, and the greeting's buttons ask."""

import pytest
from discord_driver import make_bot, text_of
from simcord.components import walk_components

from bot.demo.greeting import QUESTIONS, REFUSED, SuggestedQuestions
from bot.demo.plain_messages import PlainMessages
from bot.settings import BotSettings

QUESTION = "When was the harbor deepened?"


@pytest.fixture
async def demo(place):
    settings = BotSettings(_env_file=None, token="x", message_content=True)
    await place.env.restart_bot(make_bot(place.librarian, settings=settings))
    await place.env.bot.add_cog(PlainMessages(place.env.bot))
    return place


async def said(demo, words):
    """What the bot answers to a message: the text of each card."""
    await demo.reader.send(demo.channel, words)
    cards = [[part.to_dict() for part in one.components] for one in demo.channel.history() if one.author.bot]
    return ["\n".join(one["content"] for one in walk_components(card) if one["type"] == 10) for card in cards]


@pytest.mark.parametrize("words", [QUESTION, f"/ask question: {QUESTION}"])
async def test_a_plain_question_and_a_pasted_command_are_answered(demo, words):
    [answer] = await said(demo, words)
    assert "The harbor was deepened in 1907." in answer


async def test_anything_else_gets_a_hint(demo):
    [hint] = await said(demo, "hello there")
    assert hint.startswith("Ask me a question about the articles, such as")


async def test_a_link_is_left_to_the_companion(demo):
    assert await said(demo, "https://news.example/story") == []


async def test_a_button_of_the_greeting_asks_in_the_open(demo):
    view = SuggestedQuestions()
    assert [button.label for button in view.children] == [*QUESTIONS, REFUSED]
    message = await demo.env.bot.get_channel(demo.channel.id).send("Hello!", view=view)
    result = await demo.reader.click(message, label=QUESTIONS[0])
    assert demo.librarian.answers.asked[-1][0] == QUESTIONS[0]
    assert QUESTIONS[0] in text_of(result.response)
    assert not result.ephemeral
