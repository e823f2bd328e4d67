from types import SimpleNamespace

import discord
import pytest
from discord_driver import buttons_of, text_of

from bot.messages.messages import link_in

LONG = "The harbor is deep and wide, and ships come in from the north. " * 10


async def hand_over(place, *parts, **kept):
    message = await place.curator.send(place.channel, *parts, **kept)
    return await place.reader.context_menu(place.channel, "Summarize", message)


async def test_the_link_of_a_message_is_summarized(place):
    result = await hand_over(place, "Look: https://news.example/story.")
    assert place.librarian.articles.read == ["https://news.example/story"]
    assert "It was quiet." in text_of(result.response)


async def test_a_link_to_an_article_of_the_library_reads_the_library(place):
    result = await hand_over(place, "Look: <https://harbor.example/1>!")
    assert place.librarian.articles.read == []
    assert "Key quotes" in buttons_of(result.response)


async def test_the_file_of_a_message_is_summarized(place):
    await hand_over(place, "", attachments=[("cat.png", b"PNG"), ("notes.txt", LONG.encode())])
    assert place.librarian.articles.read == ["notes.txt"]


async def test_a_long_message_is_summarized_itself(place):
    result = await hand_over(place, LONG)
    assert place.librarian.articles.read == ["message.txt"]
    assert "The harbor is" in text_of(result.response)


async def test_a_short_message_is_said_to_hold_nothing(place):
    result = await hand_over(place, "Hello!")
    assert "There is nothing to summarize in it." in text_of(result.response)
    assert place.env.errors


async def test_without_options_the_newest_link_above_is_summarized(place, monkeypatch):
    monkeypatch.setattr(discord.TextChannel, "history", history_of("https://old.example/", "Hi", ""))
    await place.reader.slash(place.channel, "summarize")
    assert place.librarian.articles.read == ["https://old.example/"]


async def test_where_messages_cannot_be_read_it_says_what_to_do(place, monkeypatch):
    monkeypatch.setattr(discord.TextChannel, "history", history_of("", ""))
    result = await place.reader.slash(place.channel, "summarize")
    assert "I cannot read the messages here." in text_of(result.response)
    assert "then Apps, then Summarize" in text_of(result.response)
    assert place.env.errors


async def test_a_channel_without_links_says_so(place, monkeypatch):
    monkeypatch.setattr(discord.TextChannel, "history", history_of("Hello", ""))
    result = await place.reader.slash(place.channel, "summarize")
    assert "There is no link in the last 25 messages." in text_of(result.response)
    assert place.env.errors


async def test_a_channel_that_is_closed_to_the_bot_says_what_to_do(place, monkeypatch):
    async def forbidden(self, *, limit):
        raise discord.Forbidden(SimpleNamespace(status=403, reason="no"), "Missing Access")
        yield

    monkeypatch.setattr(discord.TextChannel, "history", forbidden)
    result = await place.reader.slash(place.channel, "summarize")
    assert "I cannot read the messages here." in text_of(result.response)
    assert place.env.errors


@pytest.mark.parametrize(
    ("content", "link"),
    [
        ("see [this](https://a.example/x) now", "https://a.example/x"),
        ("(https://a.example/x?y=1&z=2).", "https://a.example/x?y=1&z=2"),
        ("**https://a.example/x**", "https://a.example/x"),
        ("http is a protocol", None),
    ],
)
def test_links_are_read_out_of_sentences(content, link):
    assert link_in(SimpleNamespace(content=content, embeds=[])) == link


def test_the_link_of_a_preview_is_a_link():
    assert link_in(SimpleNamespace(content="", embeds=[SimpleNamespace(url="https://e.example/")])) == (
        "https://e.example/"
    )


def history_of(*newest_first):
    """A channel's history as Discord gives it; empty where content is withheld."""

    async def history(self, *, limit):
        for content in newest_first:
            author = SimpleNamespace(id=1)
            yield SimpleNamespace(content=content, embeds=[], attachments=[], author=author)

    return history
