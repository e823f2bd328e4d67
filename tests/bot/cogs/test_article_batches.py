from types import SimpleNamespace

import discord
import pytest
from discord_driver import text_of
from fake_librarian import TEXT

from bot.cogs.article_batches import AT_ONCE

MENU = "Add to library"


async def hand_over(place, *parts, who=None, **kept):
    message = await place.reader.send(place.channel, *parts, **kept)
    return await (who or place.curator).context_menu(place.channel, MENU, message)


async def test_all_links_and_files_of_a_message_are_added(place):
    result = await hand_over(
        place,
        "See https://one.example/a, <https://two.example/b> and https://one.example/a?utm_source=x.",
        attachments=[("notes.txt", TEXT.encode()), ("cat.png", b"PNG")],
    )
    assert [source for _, source in place.librarian.articles.added] == [
        "https://one.example/a",
        "https://two.example/b",
        ("notes.txt", TEXT.encode()),
    ]
    assert "**3 articles: 3 added.**" in text_of(result.response)


async def test_a_message_with_one_link_is_shown_as_that_article(place):
    result = await hand_over(place, "https://one.example/a")
    assert "Added, 3 passages." in text_of(result.response)


async def test_what_a_message_forwards_is_added(place):
    original = await place.reader.send(place.channel, "https://one.example/a")
    forwarded = await place.reader.forward(original, place.channel)
    await place.curator.context_menu(place.channel, MENU, forwarded)
    assert place.librarian.articles.added == [(place.collection, "https://one.example/a")]


async def test_a_known_link_costs_no_visit(place):
    result = await hand_over(place, "https://harbor.example/1 https://one.example/a")
    assert [source for _, source in place.librarian.articles.added] == ["https://one.example/a"]
    assert "1 added, 1 already known" in text_of(result.response)


@pytest.mark.parametrize("content", ["Hello!", "https://tenor.com/view/1 https://discord.com/channels/1/2/3"])
async def test_a_message_without_anything_to_read_says_so(place, content):
    result = await hand_over(place, content)
    assert "no link and no file that I can read" in text_of(result.response)
    assert place.librarian.articles.added == []
    assert place.env.errors


async def test_a_failure_stops_nobody_and_is_named(place):
    result = await hand_over(place, "https://x.example/", attachments=[("big.txt", b"x" * 5_000_001)])
    text = text_of(result.response)
    assert "1 added, 1 failed" in text
    assert "big.txt" in text.replace("\\", "")


async def test_more_links_than_go_at_once_are_left_and_counted(place):
    links = " ".join(f"https://s{number}.example/" for number in range(AT_ONCE + 4))
    result = await hand_over(place, links)
    assert len(place.librarian.articles.added) == AT_ONCE
    assert f"4 more: I add {AT_ONCE} new ones at a time." in text_of(result.response)


async def test_adding_a_message_takes_a_right_and_has_a_pace(place):
    refused = await hand_over(place, "https://one.example/a", who=place.reader)
    assert "requires the permission Manage Messages" in text_of(refused.response)
    assert place.librarian.articles.added == []
    for number in range(5):
        await hand_over(place, f"https://one.example/{number}")
    late = await hand_over(place, "https://one.example/late")
    assert "You can add an article again in 20 s." in text_of(late.response)


# -- pinned --------------------------------------------------------------------------


async def pin(place, *contents, channel=None):
    for content in contents:
        message = await place.reader.send(channel or place.channel, content)
        await place.curator.set_pinned(message, True)


async def test_the_links_of_pinned_messages_are_added(place):
    await pin(place, "https://one.example/a", "and https://two.example/b", "Hello")
    await place.reader.send(place.channel, "https://not-pinned.example/")
    result = await place.curator.slash(place.channel, "article pinned")
    assert {source for _, source in place.librarian.articles.added} == {
        "https://one.example/a",
        "https://two.example/b",
    }
    assert "**2 articles: 2 added.**" in text_of(result.response)


async def test_another_channel_can_be_named(place):
    other = place.guild.create_text_channel("links")
    await place.env.settle()
    await pin(place, "https://one.example/a", channel=other)
    await place.curator.slash(place.channel, "article pinned", channel=other)
    assert place.librarian.articles.added == [(place.collection, "https://one.example/a")]


async def test_a_channel_that_the_person_may_not_read_is_not_read_for_them(place):
    hidden = discord.PermissionOverwrite(read_message_history=False)
    secret = place.guild.create_text_channel("secret", overwrites={place.guild.default_role: hidden})
    await place.env.settle()
    result = await place.curator.slash(place.channel, "article pinned", channel=secret)
    assert "You cannot read that channel" in text_of(result.response)
    assert place.librarian.articles.added == []


async def test_pinned_messages_without_links_say_so(place):
    await pin(place, "Hello")
    result = await place.curator.slash(place.channel, "article pinned")
    assert "No pinned message of this channel has a link" in text_of(result.response)
    assert place.env.errors


async def test_pinned_messages_that_cannot_be_read_say_what_to_do(place, monkeypatch):
    async def blank(self, *, limit):
        yield SimpleNamespace(content="", embeds=[], attachments=[], message_snapshots=[])

    monkeypatch.setattr(discord.TextChannel, "pins", blank)
    result = await place.curator.slash(place.channel, "article pinned")
    assert "Apps, Add to library" in text_of(result.response)
    assert place.env.errors


async def test_a_channel_closed_to_the_bot_says_so(place, monkeypatch):
    async def forbidden(self, *, limit):
        raise discord.Forbidden(SimpleNamespace(status=403, reason="no"), "Missing Access")
        yield

    monkeypatch.setattr(discord.TextChannel, "pins", forbidden)
    result = await place.curator.slash(place.channel, "article pinned")
    assert "I may not read this channel" in text_of(result.response)
    assert place.env.errors


async def test_adding_the_pinned_takes_a_right(place):
    await pin(place, "https://one.example/a")
    result = await place.reader.slash(place.channel, "article pinned")
    assert "requires the permission Manage Messages" in text_of(result.response)
    assert place.librarian.articles.added == []


async def test_direct_messages_have_no_pinned_articles(place):
    person = place.env.create_user("dora")
    result = await person.slash("article pinned")
    assert "only in the channels of a server" in text_of(result.response)
