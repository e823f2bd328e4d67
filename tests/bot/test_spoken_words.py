"""The bot in German: complete where it is spoken, and English everywhere else."""

import ast
import importlib
import string
from pathlib import Path

import discord
import pytest
from discord_driver import buttons_of, text_of

from bot.german import COUNTED, GERMAN
from bot.german_commands import COMMANDS
from bot.guild_settings import GuildSettings
from bot.words import CommandTranslator, counted, speak, speaking, t

QUESTION = "When was the harbor deepened?"
FOLDER = Path(__file__).parents[2] / "bot"


def spoken():
    """Every literal that is given to ``t`` or ``counted`` anywhere in the bot."""
    for path in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            arguments = node.args[:1] if name == "t" else []
            for argument in arguments:
                for part in ast.walk(argument):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield path.name, part.value


def noticed():
    """Every literal, or constant of its module, that is shown as a line of its own: ``notice``, ``say``."""
    for path in FOLDER.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        constants = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            for shown in node.args[:1] if name == "notice" else node.args[1:2] if name == "say" else []:
                if isinstance(shown, ast.Name) and isinstance(constants.get(shown.id), str):
                    yield path.name, constants[shown.id]
                if isinstance(shown, ast.Constant) and isinstance(shown.value, str):
                    yield path.name, shown.value
                if isinstance(shown, ast.Name) and shown.id.isupper() and shown.id not in constants:
                    yield path.name, vars(importlib.import_module(_module_of(tree, shown.id)))[shown.id]


def _module_of(tree, name):
    return next(
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and any(one.name == name for one in node.names)
    )


def fields(text):
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def test_every_word_that_is_looked_up_has_a_translation():
    assert [(name, words) for name, words in spoken() if words not in GERMAN] == []
    assert len(list(spoken())) > 100


def test_every_line_of_its_own_has_a_translation():
    assert [(name, words) for name, words in noticed() if words not in GERMAN] == []
    assert len(list(noticed())) > 20


@pytest.mark.parametrize("english", GERMAN)
def test_a_translation_has_the_same_places_for_values(english):
    assert set(fields(GERMAN[english])) <= set(fields(english))
    assert GERMAN[english].count("**") == english.count("**")


def test_descriptions_of_commands_fit_into_discord():
    assert [text for text in COMMANDS.values() if not 1 <= len(text) <= 100] == []


async def test_every_command_is_described_in_german(simcord_env):
    missing = []
    for command in simcord_env.bot.tree.walk_commands():
        texts = [command.description, *(str(one.description) for one in getattr(command, "parameters", []))]
        missing += [text for text in texts if text not in COMMANDS]
    assert missing == []


def test_numbers_and_plurals_are_german_too():
    with speaking("de"):
        assert counted(1, "article") == "1 Artikel"
        assert counted(1_234, "more sentence") == "1.234 weitere Sätze"
        assert counted(2, "thing") == "2 things"
        assert t("no such words") == "no such words"
    assert counted(1_234, "article") == "1,234 articles"
    assert all(one and more for one, more in COUNTED.values())


@pytest.mark.parametrize(
    ("chosen", "locale", "said"),
    [
        ("", discord.Locale.german, "Quellen"),
        ("", discord.Locale.french, "Sources"),
        ("", None, "Sources"),
        ("en", discord.Locale.german, "Sources"),
        ("de", discord.Locale.american_english, "Quellen"),
    ],
)
def test_a_choice_wins_over_discords_language(chosen, locale, said):
    with speaking("en"):
        speak(chosen, locale)
        assert t("Sources") == said


async def test_a_server_chooses_german_and_everything_follows(place):
    role = place.guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    manager = place.guild.add_member(place.env.create_user("mia"), roles=[role])
    panel = (await manager.slash(place.channel, "settings")).response
    changed = await manager.select(panel, ["de"], custom_id="g:language")
    assert "**Einstellungen dieses Servers**" in text_of(changed.response)
    answer = await place.reader.slash(place.channel, "ask", question=QUESTION)
    assert list(buttons_of(answer.response))[:4] == ["Zitate", "Quellen", "Mehr", "Falsch?"]
    assert "The harbor was deepened in 1907." in text_of(answer.response)
    assert "1 Artikel in der Bibliothek dieses Servers" in text_of(answer.response)
    opened = await place.reader.click(answer.response, label="Zitate")
    assert "**Der genaue Wortlaut**" in text_of(opened.response)
    form = await place.reader.click(answer.response, label="Nachfragen")
    assert form.modal["title"] == "Nachfragen"
    nothing = await place.reader.slash(place.channel, "ask", question="Is there nothing on xylophones?")
    assert "keine Antwort darauf gefunden" in text_of(nothing.response)
    refused = await place.reader.slash(place.channel, "settings")
    assert "„Server verwalten“" in text_of(refused.response)
    await place.reader.send(place.channel, f"<@{place.env.bot.user.id}> hm")
    assert place.env.bot.chosen.now(place.collection) == GuildSettings(language="de")


async def test_another_server_stays_english(place):
    await place.env.bot.chosen.put(GuildSettings(language="de"), place.collection)
    guild = place.env.create_guild("Elsewhere")
    channel = guild.create_text_channel("talk")
    stranger = guild.add_member(place.env.create_user("sue"))
    result = await stranger.slash(channel, "ask", question=QUESTION)
    assert "is empty.**" in text_of(result.response)


async def test_names_of_commands_stay():
    translator = CommandTranslator()
    where = discord.app_commands.TranslationContextLocation

    class Context:
        location = where.command_name

    text = discord.app_commands.locale_str("ask")
    assert await translator.translate(text, discord.Locale.german, Context()) is None
