"""What /help says: every command by its name, and nothing that is not there."""

import re

import discord
from discord import app_commands
from discord_driver import make_bot, text_of

from bot.settings import BotSettings


async def test_help_names_every_command_and_every_entry_of_the_menus(place):
    tree = place.env.bot.tree
    text = text_of((await place.reader.slash(place.channel, "help")).response)
    commands = [one for one in tree.walk_commands() if isinstance(one, app_commands.Command)]
    menus = tree.get_commands(type=discord.AppCommandType.message)
    missing = [f"/{one.qualified_name}" for one in commands if f"/{one.qualified_name}" not in text]
    missing += [one.name for one in menus if one.name not in text]
    assert missing in ([], ["/help"])


async def test_help_names_no_command_that_is_not_there(place):
    known = {one.qualified_name for one in place.env.bot.tree.walk_commands()}
    text = text_of((await place.reader.slash(place.channel, "help")).response)
    named = {name.strip() for name in re.findall(r"`/([a-z ]+?)`", text)}
    assert named <= known


async def test_help_says_where_messages_are_read(place):
    text = text_of((await place.reader.slash(place.channel, "help")).response)
    assert "chose it with /companion" not in text
    settings = BotSettings(_env_file=None, token="x", message_content=True)
    await place.env.restart_bot(make_bot(place.librarian, settings=settings))
    text = text_of((await place.reader.slash(place.channel, "help")).response)
    assert "all where this server chose it with /companion" in text
