"""What the README promises about settings and commands is what the code has."""

import re
from pathlib import Path

import pytest

from bot.settings import PREFIX as BOT_PREFIX
from bot.settings import BotSettings
from retrieval.cli import app
from retrieval.settings import PREFIX, LibrarySettings

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
ROW = re.compile(r"^\| `(?P<name>[A-Z_]+)` \| (?P<default>.*?) \| (?P<meaning>.*?) \|$", re.MULTILINE)


def rows():
    return {match["name"]: match["meaning"] for match in ROW.finditer(README)}


def test_the_table_of_settings_is_the_fields():
    fields = {
        prefix + name.upper(): field.description
        for prefix, settings in ((BOT_PREFIX, BotSettings), (PREFIX, LibrarySettings))
        for name, field in settings.model_fields.items()
    }
    assert rows() == fields


@pytest.mark.parametrize("command", [command.name for command in app.registered_commands])
def test_every_command_of_the_terminal_is_in_the_readme(command):
    assert re.search(rf"footnote {command}\b", README)


def test_nothing_is_left_to_fill_in():
    assert not re.findall(r"\b[A-Z]+_(?:TABLE|MB|MINUTES)\b", README)
