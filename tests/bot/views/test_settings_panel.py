"""/settings: every select, button and form of the panel, and that each choice acts."""

from datetime import UTC, datetime

import discord
import pytest
from discord_driver import buttons_of, make_bot, press_forged, press_other, text_of
from simcord.components import walk_components

from bot.cogs.retention import remove_what_is_too_old
from bot.state.guild_settings import GuildSettings, read_domains
from retrieval.domain.answers import Tokens
from retrieval.errors import BadQuestion

QUESTION = "When was the harbor deepened?"


@pytest.fixture
def manager(place):
    role = place.guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    place.manager = place.guild.add_member(place.env.create_user("mia"), roles=[role])
    return place


async def panel(place):
    result = await place.manager.slash(place.channel, "settings")
    assert result.ephemeral
    return result.response


def now(place):
    return place.env.bot.chosen.now(place.collection)


async def choose(place, **choices):
    await place.env.bot.chosen.put(GuildSettings(**choices), place.collection)


async def fill(place, shown, *values):
    fields = [label["component"]["custom_id"] for label in shown.modal["components"]]
    return await place.manager.submit_modal(shown, dict(zip(fields, values, strict=True)))


async def test_the_panel_shows_what_is_chosen(manager):
    text = text_of(await panel(manager))
    assert "**Who may add articles:** members who may manage messages, and these roles" in text
    assert "**Where I speak:** everywhere" in text
    assert "each person 5 in a row, then one every 8 s" in text
    assert "**Sources:** all sites" in text


@pytest.mark.parametrize("who", ["reader", "curator"])
async def test_it_takes_manage_server(manager, who):
    result = await getattr(manager, who).slash(manager.channel, "settings")
    assert "Manage Server" in text_of(result.response)
    assert result.ephemeral


@pytest.mark.parametrize("name", ["private", "everyone_adds", "limits", "domains"])
async def test_a_forged_button_changes_nothing_for_who_may_not(manager, name):
    result = await press_forged(manager, f"g:{name}")
    assert "Manage Server" in text_of(result.response)
    assert now(manager) == GuildSettings()


async def test_roles_that_may_add_act_at_once(manager):
    role = manager.guild.create_role("Helpers", permissions=discord.Permissions.none())
    ann = manager.guild.add_member(manager.env.create_user("ann"), roles=[role])
    refused = await ann.slash(manager.channel, "article remove", article="a1")
    assert "requires the permission Manage Messages" in text_of(refused.response)
    changed = await manager.manager.select(await panel(manager), [role], custom_id="g:adders")
    assert "Saved." in text_of(changed.response)
    asked = await ann.slash(manager.channel, "article remove", article="a1")
    assert "Remove it" in buttons_of(asked.response)


async def test_everybody_may_add_and_still_not_remove(manager):
    await manager.manager.click(await panel(manager), custom_id="g:everyone_adds")
    added = await manager.reader.slash(manager.channel, "article add", url="https://news.example/story")
    assert "Added" in text_of(added.response)
    refused = await manager.reader.slash(manager.channel, "article remove", article="a1")
    assert "requires the permission Manage Messages" in text_of(refused.response)


async def test_in_other_channels_it_says_where_to_go_and_does_not_speak(manager):
    quiet = manager.guild.create_text_channel("quiet")
    await manager.manager.select(await panel(manager), [manager.channel], custom_id="g:channels")
    result = await manager.reader.slash(quiet, "ask", question=QUESTION)
    assert result.ephemeral
    assert f"This server has asked me to speak in <#{manager.channel.id}> only" in text_of(result.response)
    await manager.reader.send(quiet, f"<@{manager.env.bot.user.id}> {QUESTION}")
    assert manager.librarian.answers.asked == []
    again = await manager.manager.slash(quiet, "settings")
    assert "Settings of this server" in text_of(again.response)
    answered = await manager.reader.slash(manager.channel, "ask", question=QUESTION)
    assert "deepened" in text_of(answered.response)


async def test_threads_of_a_chosen_channel_count(manager):
    await choose(manager, channels=(manager.channel.id,))
    first = await manager.reader.slash(manager.channel, "ask", question=QUESTION)
    await press_other(manager.reader, first.response, "Continue in a thread")
    [thread] = manager.channel.threads
    result = await manager.reader.slash(thread, "ask", question=QUESTION)
    assert "deepened" in text_of(result.response)


async def test_answers_are_private_unless_the_asker_says_otherwise(manager):
    await manager.manager.click(await panel(manager), custom_id="g:private")
    assert (await manager.reader.slash(manager.channel, "ask", question=QUESTION)).ephemeral
    shown = await manager.reader.slash(manager.channel, "ask", question=QUESTION, private=False)
    assert not shown.ephemeral
    assert (await manager.reader.slash(manager.channel, "who", speaker="Ada Berg")).ephemeral


async def test_limits_act_and_an_empty_field_is_the_operators(manager):
    shown = await manager.manager.click(await panel(manager), custom_id="g:limits")
    changed = await fill(manager, shown, "1", "60", "")
    assert "each person 1 in a row, then one every 60 s" in text_of(changed.response)
    await manager.reader.slash(manager.channel, "ask", question=QUESTION)
    result = await manager.reader.slash(manager.channel, "ask", question=QUESTION)
    assert "You can ask again in 60 s." in text_of(result.response)
    shown = await manager.manager.click(await panel(manager), custom_id="g:limits")
    await fill(manager, shown, "", "", "")
    assert now(manager) == GuildSettings()


async def test_all_members_together_have_a_limit(manager):
    await choose(manager, questions_an_hour=1)
    await manager.reader.slash(manager.channel, "ask", question=QUESTION)
    result = await manager.curator.slash(manager.channel, "ask", question=QUESTION)
    assert "This server has used up its questions for this hour." in text_of(result.response)
    await manager.curator.send(manager.channel, f"<@{manager.env.bot.user.id}> {QUESTION}")
    assert len(manager.librarian.answers.asked) == 1


@pytest.mark.parametrize(
    ("fields", "why"), [(("101", "", ""), "less than"), (("x", "", ""), "valid integer")]
)
async def test_limits_out_of_range_say_why(manager, fields, why):
    shown = await manager.manager.click(await panel(manager), custom_id="g:limits")
    result = await fill(manager, shown, *fields)
    assert why in text_of(result.response)
    assert now(manager) == GuildSettings()


async def test_sources_are_read_as_people_type_them(manager):
    shown = await manager.manager.click(await panel(manager), custom_id="g:domains")
    changed = await fill(manager, shown, "https://www.News.example/x, b.example", "*.spam.example")
    assert "only news.example, b.example; not spam.example" in text_of(changed.response)
    assert now(manager).domains_allowed == ("news.example", "b.example")
    shown = await manager.manager.click(await panel(manager), custom_id="g:domains")
    result = await fill(manager, shown, "not a site!", "")
    assert "is not a site" in text_of(result.response)


async def test_old_articles_are_removed(manager):
    changed = await manager.manager.select(await panel(manager), ["30"], custom_id="g:keep_days")
    assert "removed within a day" in text_of(changed.response)
    await remove_what_is_too_old(manager.env.bot, datetime(2026, 1, 20, tzinfo=UTC))
    assert len(manager.librarian.shelf) == 1
    await remove_what_is_too_old(manager.env.bot, datetime(2026, 2, 20, tzinfo=UTC))
    assert manager.librarian.shelf == {}


async def test_reports_go_to_the_chosen_channel(manager):
    channel = manager.guild.create_text_channel("mods")
    await manager.manager.select(await panel(manager), [channel], custom_id="g:reports_channel")
    answer = await manager.reader.slash(manager.channel, "ask", question=QUESTION)
    shown = await press_other(manager.reader, answer.response, "Wrong?")
    await manager.reader.submit_modal(shown, _hide(shown))
    messages = [one async for one in manager.env.bot.get_channel(channel.id).history()]
    assert len(messages) == 1


def _hide(shown):
    parts = [one for one in walk_components(shown.modal["components"]) if one.get("options")]
    return {parts[0]["custom_id"]: ["hide"]}


async def test_choices_outlive_a_restart_and_so_does_the_panel(manager):
    shown = await panel(manager)
    await manager.manager.click(shown, custom_id="g:private")
    await manager.env.restart_bot(make_bot(manager.librarian))
    assert now(manager).private
    changed = await manager.manager.click(shown, custom_id="g:private")
    assert "Answers** are public" in text_of(changed.response)


async def test_another_server_has_its_own(manager):
    await choose(manager, private=True)
    guild = manager.env.create_guild("Elsewhere")
    channel = guild.create_text_channel("talk")
    stranger = guild.add_member(manager.env.create_user("sue"))
    assert not (await stranger.slash(channel, "ask", question=QUESTION)).ephemeral


@pytest.mark.parametrize("typed", ["a b c", "http://", "localhost", "exa mple.org/", "ex_ample.org", "." * 9])
def test_what_is_no_site_is_refused(typed):
    with pytest.raises(BadQuestion, match="is not a site"):
        read_domains(typed)


def test_foreign_letters_are_sites_too():
    assert read_domains("bücher.example\nEXAMPLE.org.") == ("xn--bcher-kva.example", "example.org")


async def test_what_a_language_model_cost_today_is_shown(manager):
    assert "Language model" not in text_of(await panel(manager))
    manager.librarian.model, manager.librarian.usage.spent = "small-model", Tokens(1_200, 34)
    manager.librarian.mode = "choose"
    said = "Language model today (it chooses sentences): 1,234 of 5,000 tokens, 2 calls"
    assert said in text_of(await panel(manager))
    manager.librarian.mode = "write"
    assert "(it writes drafts, which are checked)" in text_of(await panel(manager))
    page = (await manager.env.bot.metrics.page(manager.librarian)).decode()
    assert 'footnote_model_tokens_today{kind="read"} 1200.0' in page
