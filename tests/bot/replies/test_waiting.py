import discord
import pytest
from discord import app_commands
from discord_driver import accent_of, text_of

from bot.errors import error_card
from bot.formatting.cards import Tone
from retrieval.errors import IndexMismatch, LibraryBusy, RetrievalError
from retrieval.protocols import Progress

# Naps longer than this are simcord's to skip, shorter ones it would sit out.
pytestmark = pytest.mark.simcord(settle_timeout=0.9)
QUESTION = "When was the harbor deepened?"


async def ask(place):
    return await place.reader.slash(place.channel, "ask", question=QUESTION)


async def test_a_long_wait_shows_ones_place_and_then_the_answer(place):
    place.librarian.wait_s, place.librarian.place = 9, 4
    result = await ask(place)
    await place.env.advance_time(1)
    assert result.response.components == []
    await place.env.advance_time(2)
    assert text_of(result.response) == "-# 3 questions are ahead of yours."
    await place.env.advance_time(7)
    assert "in 1907" in text_of(result.response)


async def test_a_long_addition_shows_how_far_it_is(place):
    place.librarian.wait_s, place.librarian.progress = 4, Progress("Reading passages", 20, 60)
    result = await place.curator.slash(place.channel, "article add", url="https://harbor.example/")
    await place.env.advance_time(3)
    assert text_of(result.response) == "-# Reading passages: 20 of 60"
    await place.env.advance_time(3)
    assert "Added, 3 passages." in text_of(result.response)


async def test_a_status_that_cannot_be_shown_costs_no_answer(place):
    place.librarian.wait_s, place.librarian.place = 4, 2
    result = await ask(place)
    place.env.inject_error("PATCH", "/webhooks/*", status=400, code=50035, times=1)
    await place.env.advance_time(3)
    await place.env.advance_time(3)
    assert "in 1907" in text_of(result.response)


async def test_an_answer_survives_a_discord_that_is_briefly_unavailable(place):
    place.librarian.wait_s = 1
    result = await ask(place)
    place.env.inject_error("PATCH", "/webhooks/*", status=503, times=2)
    await place.env.advance_time(10)
    assert "in 1907" in text_of(result.response)


async def test_an_answer_that_cannot_be_delivered_is_logged(place, caplog):
    place.librarian.wait_s = 1
    await ask(place)
    place.env.inject_error("PATCH", "*", status=404, code=10015, times=9)
    place.env.inject_error("POST", "*", status=403, code=50013, times=9)
    await place.env.advance_time(5)
    assert place.env.errors
    assert "could not be shown" in caplog.text


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (LibraryBusy("64 questions are waiting. Ask again in a minute."), "Ask again in a minute."),
        (IndexMismatch("Run 'footnote rebuild' in /home/me."), "I cannot use my library right now."),
        (ZeroDivisionError("secret"), "Something went wrong on my side."),
    ],
)
async def test_errors_are_shown_in_red_and_in_words_for_people(place, failure, words, caplog):
    place.librarian.failure = failure
    result = await ask(place)
    text = text_of(result.response)
    assert words in text
    assert "secret" not in text
    assert "/home" not in text
    assert accent_of(result.response) == Tone.FAILED.value.value
    assert ("Traceback" in caplog.text) == (not isinstance(failure, LibraryBusy))
    assert QUESTION not in caplog.text
    assert place.env.errors


async def test_an_error_text_with_an_articles_words_is_shown_as_text(place):
    place.librarian.failure = RetrievalError("There is no **article** <@1>.")
    result = await ask(place)
    assert text_of(result.response) == "There is no \\*\\*article\\*\\* \\<\\@1>."
    assert place.env.errors


async def test_a_bot_that_is_stopping_takes_no_new_questions(place):
    answer = await ask(place)
    await place.env.bot.replies.finish(timeout_s=1)
    again = await ask(place)
    pressed = await place.reader.click(answer.response, label="Quotes")
    for result in (again, pressed):
        assert text_of(result.response) == "I am being restarted. Please ask again in a minute."
        assert result.ephemeral
    assert await place.reader.autocomplete(place.channel, "ask", "article", "h", question="Why?") == []


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (app_commands.CommandNotFound("ask", []), "This command has changed."),
        (
            app_commands.TransformerError(
                "x", discord.AppCommandOptionType.string, app_commands.Transformer()
            ),
            "One of the options",
        ),
    ],
)
async def test_what_discord_gets_wrong_is_worded_too(error, words):
    card = error_card(error, "1")
    assert words in card.to_components()[0]["components"][0]["content"]


async def test_a_file_that_discord_does_not_deliver_is_asked_for_again(place, monkeypatch):
    monkeypatch.setattr(place.env.backend.cdn, "get", lambda url: None)
    result = await place.curator.slash(place.channel, "article add", file=("a.txt", b"Some text."))
    assert "Please attach it again." in text_of(result.response)
    assert place.env.errors
