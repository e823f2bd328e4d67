import pytest
from discord_driver import accent_of, buttons_of, make_bot, text_of

from bot.cards import Tone

QUESTION = "When was the harbor deepened?"


async def test_an_answer_shows_question_statement_source_and_freshness(place):
    result = await place.reader.slash(place.channel, "ask", question=QUESTION)
    text = text_of(result.response)
    assert text.startswith(f"-# {QUESTION}")
    assert "The harbor was deepened in 1907. [[1]](<https://harbor.example/1#:~:text=The%20harbor" in text
    assert "-# **1** [Harbor history](<https://harbor.example/1>) · harbor.example · 2 Mar 2024" in text
    assert "-# Sources of 2 Mar 2024 · 1 article in this server's library" in text
    assert accent_of(result.response) == Tone.ANSWERED.value.value
    assert list(buttons_of(result.response)) == ["Quotes", "Sources"]
    assert not result.ephemeral


async def test_quotes_show_the_exact_words_with_their_surroundings_to_one_person(place):
    answer = await place.reader.slash(place.channel, "ask", question=QUESTION)
    result = await place.curator.click(answer.response, label="Quotes")
    text = text_of(result.response)
    assert "**[1] Harbor history** · harbor.example · 2 Mar 2024" in text
    assert "> It was quiet. **The harbor was deepened in 1907.** Ships came." in text
    assert buttons_of(result.response)["Open"].startswith("https://harbor.example/1#:~:text=")
    assert result.ephemeral


@pytest.mark.parametrize("label", ["Quotes", "Sources"])
async def test_buttons_work_after_a_restart(place, label):
    answer = await place.reader.slash(place.channel, "ask", question=QUESTION)
    await place.env.restart_bot(make_bot(place.librarian))
    result = await place.reader.click(answer.response, label=label)
    assert "Harbor history" in text_of(result.response)
