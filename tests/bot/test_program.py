import subprocess
import sys

import pytest
from typer.testing import CliRunner

from bot.__main__ import app

pytestmark = pytest.mark.wire


@pytest.fixture
def footnote(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("DISCORD_TOKEN", "DISCORD_DEV_GUILD_ID"):
        monkeypatch.delenv(name, raising=False)
    return lambda *words: CliRunner().invoke(app, words, prog_name="footnote")


def test_help_shows_the_three_ways_to_begin(footnote):
    result = footnote("--help")
    assert result.exit_code == 0
    for command in ("footnote demo", "footnote run", "footnote add https://"):
        assert command in result.output


@pytest.mark.parametrize("command", ["run", "demo", "add", "import", "ask", "chat", "check"])
def test_the_librarys_commands_stand_beside_the_bots(footnote, command):
    assert footnote(command, "--help").exit_code == 0


def test_without_a_token_the_way_to_one_is_shown(footnote):
    result = footnote("run")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: DISCORD_TOKEN is not set")
    assert "\n  5. In the server, type /help." in result.stderr


def test_a_misspelt_setting_is_named(footnote, monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", "t")
    monkeypatch.setenv("FOOTNOTE_TREADS", "2")
    result = footnote("run")
    assert (result.exit_code, result.stderr.split(".")[0]) == (
        1,
        "Error: There is no setting FOOTNOTE_TREADS",
    )


def test_a_demo_without_its_packages_names_them(footnote, monkeypatch):
    monkeypatch.setitem(sys.modules, "simcord", None)
    result = footnote("demo")
    assert result.exit_code == 1
    assert 'pip install "footnote[demo]"' in result.stderr


def test_help_comes_without_discord():
    code = "import sys, bot.__main__; assert 'discord' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
