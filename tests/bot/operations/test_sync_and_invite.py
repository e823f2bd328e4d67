import base64

import pytest
from fake_librarian import FakeLibrarian
from loopback_discord import Fault, LoopbackDiscord
from typer.testing import CliRunner

from bot.__main__ import app
from bot.operations.invite import PERMISSIONS, application_id_of
from bot.operations.registration import DiscordUnreachable, send_commands
from bot.settings import BotSettings, LoginRefused
from retrieval.settings import SettingsError

pytestmark = pytest.mark.wire

NUMBER = 123456789012345678
TOKEN = base64.urlsafe_b64encode(str(NUMBER).encode()).decode().rstrip("=") + ".Gabcde.made-up-for-tests"
PLAIN = BotSettings(_env_file=None, token=TOKEN)


async def test_every_command_is_registered_even_when_nothing_changed():
    librarian, discord = FakeLibrarian(), LoopbackDiscord()
    async with discord.open():
        first = await send_commands(PLAIN, librarian)
        assert await send_commands(PLAIN, librarian) == first
    assert {"ask", "summarize", "help"} <= set(first)
    assert len(librarian.notes.kept) == 1
    assert discord.unknown == []


async def test_commands_can_be_registered_in_one_server():
    librarian, discord = FakeLibrarian(), LoopbackDiscord()
    settings = PLAIN.model_copy(update={"dev_guild_id": 77})
    async with discord.open():
        with pytest.raises(DiscordUnreachable):  # the loopback knows no commands of servers
            await send_commands(settings, librarian)
    assert discord.unknown == [("PUT", "/applications/901/guilds/77/commands")]


async def test_questions_that_the_running_bot_is_answering_are_left_to_it():
    librarian = FakeLibrarian()

    async def taken_away(before):
        raise AssertionError("the other process lost its questions")

    librarian.pending_questions.interrupt_added_before = taken_away
    async with LoopbackDiscord().open():
        assert await send_commands(PLAIN, librarian)


async def test_a_refused_token_is_said_to_be_one():
    discord = LoopbackDiscord()
    discord.faults.append(Fault("GET", "/users/@me", 401))
    async with discord.open():
        with pytest.raises(LoginRefused, match="refuses the token"):
            await send_commands(PLAIN, FakeLibrarian())


@pytest.fixture
def footnote(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    return lambda *words: CliRunner().invoke(app, words, prog_name="footnote")


def test_the_link_holds_the_application_and_the_permissions_the_bot_needs(footnote):
    result = footnote("invite")
    assert result.exit_code == 0
    assert f"client_id={NUMBER}" in result.output
    assert f"permissions={PERMISSIONS.value}" in result.output
    assert "scope=bot+applications.commands" in result.output


@pytest.mark.parametrize("command", ["invite", "sync"])
def test_without_a_token_the_five_steps_to_one_are_lines(footnote, monkeypatch, command):
    monkeypatch.setenv("DISCORD_TOKEN", "")
    result = footnote(command)
    assert result.exit_code == 1
    assert "\n  5. In the server, type /help." in result.stderr


@pytest.mark.parametrize("wrong", ["hello", "a.b.c", "MTIz.x.y", "…..…", TOKEN.rsplit(".", 1)[0], "é.b.c"])
def test_what_is_no_token_is_said_to_be_none(wrong):
    with pytest.raises(SettingsError, match="not a bot's token"):
        application_id_of(wrong)
