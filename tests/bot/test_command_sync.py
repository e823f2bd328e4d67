import discord
import pytest
import simcord
from discord_driver import make_bot
from fake_librarian import FakeLibrarian

from bot.command_sync import sync_commands
from bot.settings import BotSettings
from retrieval.settings import SettingsError

FOR_SERVERS = {"companion", "settings"}
"""Commands that only somebody who manages a server needs."""


def sent(env):
    return [entry.path for entry in env.http_requests if entry.method == "PUT"]


def dev_bot(librarian, guild_id):
    return make_bot(librarian, settings=BotSettings(_env_file=None, token="x", dev_guild_id=guild_id))


async def test_commands_are_sent_once(simcord_env, librarian):
    assert len(sent(simcord_env)) == 1
    await simcord_env.restart_bot(make_bot(librarian))
    assert len(sent(simcord_env)) == 1


async def test_commands_are_sent_again_when_they_changed(simcord_env, librarian):
    (key,) = [one for one in librarian.notes.kept if one.startswith("discord.commands")]
    librarian.notes.kept[key] = "everywhere something-older"
    await simcord_env.restart_bot(make_bot(librarian))
    assert len(sent(simcord_env)) == 2


async def test_a_process_waits_while_another_tells_discord(monkeypatch, simcord_env, librarian):
    librarian.processes.elsewhere.add("commands")
    waited = []

    async def wait(_):
        waited.append(True)
        librarian.processes.elsewhere.clear()

    monkeypatch.setattr("bot.command_sync.asyncio.sleep", wait)
    tree = simcord_env.bot.tree
    assert not await sync_commands(tree, librarian, None)
    assert waited
    assert "commands" in librarian.processes.released


async def test_commands_are_sent_each_time_to_a_discord_that_forgets(simcord_env, librarian):
    await simcord_env.restart_bot(make_bot(librarian, always_sync=True))
    assert len(sent(simcord_env)) == 2


async def test_a_server_for_development_gets_them_alone(simcord_env, librarian):
    guild = simcord_env.create_guild()
    await simcord_env.restart_bot(dev_bot(librarian, guild.id))
    *_, cleared, filled = sent(simcord_env)
    assert cleared.endswith("/commands")
    assert "guilds" not in cleared
    assert filled.endswith(f"/guilds/{guild.id}/commands")
    assert simcord_env.backend.find_command("ask", None, type=1) is None
    assert simcord_env.backend.find_command("ask", guild.id, type=1) is not None


async def test_leaving_development_leaves_no_doubles(simcord_env, librarian):
    guild = simcord_env.create_guild()
    channel = guild.create_text_channel("talk")
    person = guild.add_member(simcord_env.create_user("rob"))
    await simcord_env.restart_bot(dev_bot(librarian, guild.id))
    await simcord_env.restart_bot(make_bot(librarian))
    assert sorted(person.available_commands(channel)) == [
        "article add",
        "article edit",
        "article export",
        "article history",
        "article info",
        "article list",
        "article pinned",
        "article refresh",
        "article remove",
        "ask",
        "companion",
        "digest schedule",
        "digest show",
        "digest unschedule",
        "help",
        "privacy",
        "quote",
        "settings",
        "summarize",
        "timeline",
        "who",
    ]
    guild_commands = f"/guilds/{guild.id}/commands"
    assert [path for path in sent(simcord_env) if path.endswith(guild_commands)] != []


async def test_a_server_for_development_without_the_bot_is_explained():
    bot = dev_bot(FakeLibrarian(), 12345)
    run = simcord.run(bot)
    run._env.inject_error("PUT", "*", status=403, code=50001)
    with pytest.raises(SettingsError, match="DISCORD_DEV_GUILD_ID names the server 12345"):
        async with run:
            pass


async def test_every_description_is_within_discords_limit(simcord_env):
    def described(payload):
        yield payload.get("description", "")
        for option in payload.get("options", []):
            yield from described(option)

    tree = simcord_env.bot.tree
    texts = [
        text
        for command in tree.get_commands(type=discord.AppCommandType.chat_input)
        for text in described(command.to_dict(tree))
    ]
    assert len(texts) > 15
    assert [text for text in texts if not 1 <= len(text) <= 100] == []


async def test_commands_are_for_servers_direct_messages_groups_and_those_who_install_them(simcord_env):
    payloads = [command.to_dict(simcord_env.bot.tree) for command in simcord_env.bot.tree.get_commands()]
    wide = [one for one in payloads if one["name"] not in FOR_SERVERS]
    assert {tuple(one["contexts"]) for one in wide} == {(0, 1, 2)}
    assert {tuple(one["integration_types"]) for one in wide} == {(0, 1)}


async def test_what_a_server_decides_is_not_offered_elsewhere(simcord_env):
    payloads = [command.to_dict(simcord_env.bot.tree) for command in simcord_env.bot.tree.get_commands()]
    narrow = [one for one in payloads if one["name"] in FOR_SERVERS]
    assert {(*one["contexts"], *one["integration_types"]) for one in narrow} == {(0, 0)}


async def test_memory_holds_no_messages_and_no_members(simcord_env):
    state = simcord_env.bot._connection
    assert state.max_messages is None
    assert state.member_cache_flags == discord.MemberCacheFlags.none()
