"""What /help says: every command by its name, and nothing that is not there."""

import re

import discord
from discord import app_commands
from discord_driver import buttons_of, make_bot, press_forged, text_of

from bot.settings import BotSettings


async def pages_of(place):
    """What /help shows, and what each of its buttons opens."""
    shown = (await place.reader.slash(place.channel, "help")).response
    opened = [await press_forged(place, custom_id) for custom_id in buttons_of(shown).values()]
    return [text_of(shown), *(text_of(one.response) for one in opened)]


async def test_help_is_eight_lines_and_buttons(place):
    result = await place.reader.slash(place.channel, "help")
    assert len(text_of(result.response).split("\n")) == 8
    assert list(buttons_of(result.response)) == [
        "Checking answers",
        "Adding articles",
        "Running a server",
        "Privacy",
    ]


async def test_help_names_every_command_and_every_entry_of_the_menus(place):
    tree = place.env.bot.tree
    text = "\n".join(await pages_of(place))
    commands = [one for one in tree.walk_commands() if isinstance(one, app_commands.Command)]
    menus = tree.get_commands(type=discord.AppCommandType.message)
    missing = [f"/{one.qualified_name}" for one in commands if f"/{one.qualified_name}" not in text]
    missing += [one.name for one in menus if one.name not in text]
    assert missing in ([], ["/help"])


async def test_help_names_no_command_that_is_not_there(place):
    known = {one.qualified_name for one in place.env.bot.tree.walk_commands()}
    text = "\n".join(await pages_of(place))
    named = {name.strip() for name in re.findall(r"`/([a-z ]+?)`", text)}
    assert named <= known


async def test_help_says_where_messages_are_read(place):
    assert "chose that with `/companion`" not in (await pages_of(place))[-1]
    settings = BotSettings(_env_file=None, token="x", message_content=True)
    await place.env.restart_bot(make_bot(place.librarian, settings=settings))
    assert "every message where this server chose that with `/companion`" in (await pages_of(place))[-1]
