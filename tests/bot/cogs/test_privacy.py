"""Everybody gets and deletes their own, managers their server's, nobody anything else; on a real library."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import discord
import pytest
from discord_driver import buttons_of, make_bot, press_forged, text_of
from fakes import small_library
from simcord.components import walk_components

from bot.views import privacy as privacy_cards
from retrieval.domain.articles import NewArticle
from retrieval.errors import AnswerNotFound

NOW = datetime(2026, 5, 1, tzinfo=UTC)
DELETED = "**Deleted:**"


@pytest.fixture
async def librarian(tmp_path):
    async with small_library(tmp_path) as library:
        yield library


@pytest.fixture
def simcord_bot(librarian, clock):
    return make_bot(librarian, clock)


def article(name):
    text = f"The harbor of {name} was built in 1911. The harbor cost nine thousand crowns."
    return NewArticle(text, title=f"Harbor of {name}", url=f"https://{name}.example/harbor")


@pytest.fixture
async def place(simcord_env, librarian):
    """Two servers and a private library; Rob is a reader who has asked in all three."""
    rob = simcord_env.create_user("rob")
    servers = []
    for name in ("Keepers", "Others"):
        guild = simcord_env.create_guild(name)
        channel = guild.create_text_channel("talk")
        role = guild.create_role("Owners", permissions=discord.Permissions(manage_guild=True))
        manager = guild.add_member(simcord_env.create_user(f"mia-{name}"), roles=[role])
        await librarian.articles.add(article(name.lower()), collection=f"guild:{guild.id}")
        servers.append(
            SimpleNamespace(guild=guild, channel=channel, manager=manager, reader=guild.add_member(rob))
        )
    await librarian.articles.add(article("robs"), collection=f"user:{rob.id}")
    ours, theirs = servers
    found = SimpleNamespace(
        env=simcord_env,
        librarian=librarian,
        theirs=theirs,
        rob=rob,
        collection=f"guild:{ours.guild.id}",
        other=f"guild:{theirs.guild.id}",
        private=f"user:{rob.id}",
        **vars(ours),
    )
    for one in servers:
        await one.reader.slash(one.channel, "ask", question="When was the harbor built?")
    await rob.slash("ask", question="What did the harbor cost?")
    return found


async def opened(who, *where):
    return (await who.slash(*where, "privacy")).response


async def files_of(result):
    files = [file for message in result.followups for file in message.attachments]
    assert all(message.ephemeral for message in result.followups)
    return {file.filename: (await file.read()).decode() for file in files}


async def about(place, who):
    found = await place.librarian.privacy.export_person(str(who.id), collection=f"user:{who.id}")
    return sorted(row["collection"] for row in found["about_you"]["answers"])


# -- a person ------------------------------------------------------------------------


async def test_a_person_exports_what_they_asked_everywhere_without_articles_in_a_server(place):
    shown = await opened(place.reader, place.channel)
    assert shown.ephemeral
    files = await files_of(await place.reader.click(shown, label="Export my data"))
    assert list(files) == ["data.json"]
    data = json.loads(files["data.json"])
    asked = {row["collection"]: row["question"] for row in data["about_you"]["answers"]}
    assert asked[place.collection] == "When was the harbor built?"
    assert sorted(asked) == sorted([place.collection, place.other, place.private])


async def test_in_direct_messages_the_articles_come_too(place):
    shown = await opened(place.rob)
    assert list(buttons_of(shown)) == ["Export my data", "Delete my data"]
    files = await files_of(await place.rob.click(shown, label="Export my data"))
    assert json.loads(files["library.jsonl"])["title"] == "Harbor of robs"
    assert json.loads(files["data.json"])["person"] == str(place.rob.id)


async def test_a_person_is_asked_once_more_before_everything_goes(place):
    shown = await opened(place.reader, place.channel)
    asked = (await place.reader.click(shown, label="Delete my data")).response
    assert "cannot be undone" in text_of(asked)
    assert len(await about(place, place.rob)) == 3
    done = await place.reader.click(asked, label="Delete everything")
    assert DELETED in text_of(done.response)
    assert await about(place, place.rob) == []
    assert await place.librarian.articles.count(collection=place.private) == 0
    assert await place.librarian.articles.count(collection=place.collection) == 1


async def test_an_export_holds_nothing_of_another_person(place):
    await place.manager.slash(place.channel, "ask", question="What did the harbor cost in crowns?")
    shown = await opened(place.reader, place.channel)
    files = await files_of(await place.reader.click(shown, label="Export my data"))
    assert "in crowns?" not in files["data.json"]
    assert str(place.manager.id) not in files["data.json"]


async def test_the_button_for_another_person_deletes_nothing(place):
    result = await press_forged(place, f"z:me:{place.rob.id}", place.manager)
    assert "for somebody else" in text_of(result.response)
    assert len(await about(place, place.rob)) == 3


# -- a server ------------------------------------------------------------------------


async def test_a_manager_exports_the_server_and_it_alone(place):
    shown = await opened(place.manager, place.channel)
    files = await files_of(await place.manager.click(shown, label="Export this server's data"))
    assert json.loads(files["library.jsonl"])["title"] == "Harbor of keepers"
    data = json.loads(files["data.json"])
    assert {row["collection"] for row in data["answers"]} == {place.collection}
    assert str(place.rob.id) not in files["data.json"]


async def test_a_manager_deletes_the_server_and_it_alone(place):
    await place.env.bot.chosen.put(await place.env.bot.chosen.of(place.collection), place.collection)
    shown = await opened(place.manager, place.channel)
    asked = (await place.manager.click(shown, label="Delete this server's data")).response
    done = await place.manager.click(asked, label="Delete everything")
    assert "1 article, 1 answer" in text_of(done.response)
    assert await place.librarian.articles.count(collection=place.collection) == 0
    assert await about(place, place.rob) == sorted([place.other, place.private])
    with pytest.raises(AnswerNotFound):
        await place.librarian.answers.recall(1, collection=place.collection)
    assert await place.librarian.preferences.get(collection=place.collection) is None


async def test_a_reader_sees_no_button_for_the_server(place):
    shown = await opened(place.reader, place.channel)
    assert list(buttons_of(shown)) == ["Export my data", "Delete my data"]
    assert "deleted after 30 days" in text_of(shown)


@pytest.mark.parametrize("forged", ["y:server:export", "y:server:ask", "z:server:{here}"])
async def test_a_forged_button_gives_a_reader_nothing_of_the_server(place, forged):
    result = await press_forged(place, forged.format(here=place.guild.id), place.reader)
    assert "You need the permission Manage Server" in text_of(result.response)
    assert not await files_of(result)
    assert await place.librarian.articles.count(collection=place.collection) == 1


async def test_a_manager_of_one_server_cannot_delete_another(place):
    result = await press_forged(place, f"z:server:{place.theirs.guild.id}", place.manager)
    assert "for another server" in text_of(result.response)
    assert await place.librarian.articles.count(collection=place.other) == 1


async def test_an_export_too_large_for_discord_says_how_to_get_it(place, monkeypatch):
    monkeypatch.setattr(privacy_cards, "attachable", lambda *_: None)
    shown = await opened(place.manager, place.channel)
    result = await place.manager.click(shown, label="Export this server's data")
    assert f"footnote privacy export --server {place.guild.id}" in text_of(result.response)
    assert not await files_of(result)


# -- staying -------------------------------------------------------------------------


@pytest.fixture
def cog(place):
    found = place.env.bot.get_cog("Staying")
    found.now = lambda: NOW
    return found


async def joined(place, guild):
    """Discord says that the bot was added; the simulation says only that the server is there."""
    await place.env.settle()
    place.env.bot.dispatch("guild_join", place.env.bot.get_guild(guild.id))
    await heard("guild_join")


async def heard(event):
    """Wait for those who listen, as long as the library keeps them waiting."""
    await asyncio.gather(*(one for one in asyncio.all_tasks() if one.get_name() == f"discord.py: on_{event}"))


async def test_a_server_that_removed_the_bot_is_forgotten_after_thirty_days(place, cog):
    place.env.backend.remove_guild(place.guild.id)
    await place.env.settle()
    await heard("guild_remove")
    await cog.forget_overdue(NOW + timedelta(days=29))
    assert await place.librarian.articles.count(collection=place.collection) == 1
    await cog.forget_overdue(NOW + timedelta(days=31))
    assert await place.librarian.articles.count(collection=place.collection) == 0
    assert await place.librarian.articles.count(collection=place.other) == 1


async def test_an_outage_of_discord_is_no_removal(place, cog):
    place.env.backend.emit("GUILD_DELETE", {"id": str(place.guild.id), "unavailable": True})
    await place.env.settle()
    await cog.compare()
    assert await place.librarian.privacy.list_overdue(NOW + timedelta(days=99)) == []


async def test_a_server_left_while_the_bot_was_down_is_noticed_at_the_start(place, cog):
    await place.librarian.articles.add(article("gone"), collection="guild:77")
    await cog.compare()
    assert await place.librarian.privacy.list_overdue(NOW + timedelta(days=31)) == ["guild:77"]


async def test_a_server_that_the_bot_is_in_again_is_never_forgotten(place, cog):
    await place.librarian.privacy.leave(NOW, collection=place.collection)
    await cog.forget_overdue(NOW + timedelta(days=31))
    assert await place.librarian.articles.count(collection=place.collection) == 1
    await cog.compare()
    assert await place.librarian.privacy.list_overdue(NOW + timedelta(days=31)) == []


# -- the greeting --------------------------------------------------------------------


async def test_a_server_is_greeted_once_with_three_steps(place, cog):
    guild = place.env.create_guild("New")
    talk = guild.create_text_channel("talk")
    await joined(place, guild)
    [said] = talk.history()
    parts = walk_components([one.to_dict() for one in said.components])
    words = "\n".join(one.get("content", "") for one in parts)
    assert [f"{number}. " in words for number in (1, 2, 3)] == [True] * 3
    await cog.on_guild_remove(place.env.bot.get_guild(guild.id))
    await joined(place, guild)
    assert len(talk.history()) == 1
    assert await place.librarian.privacy.list_overdue(NOW + timedelta(days=99)) == []


async def test_the_greeting_goes_to_the_first_channel_that_takes_it(place, cog):
    guild = place.env.create_guild("Quiet")
    closed = discord.PermissionOverwrite(send_messages=False)
    silent = guild.create_text_channel("rules", overwrites={place.env.bot.user: closed})
    talk = guild.create_text_channel("talk")
    await joined(place, guild)
    assert [len(one.history()) for one in (silent, talk)] == [0, 1]


async def test_the_greeting_goes_to_the_channel_that_the_server_chose_for_such(place, cog):
    guild = place.env.create_guild("Chosen")
    talk, news = guild.create_text_channel("talk"), guild.create_text_channel("news")
    place.env.backend.edit_guild(guild.id, {"system_channel_id": news.id})
    await joined(place, guild)
    assert [len(one.history()) for one in (talk, news)] == [0, 1]


async def test_a_server_without_a_channel_is_noted_and_gets_nothing(place, cog):
    guild = place.env.create_guild("Empty")
    await joined(place, guild)
    assert not await place.librarian.privacy.arrive(NOW, collection=f"guild:{guild.id}")
