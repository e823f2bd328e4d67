"""The extensions of the bot: slash commands, menus and listeners, by what people do.

Each module named here has ``setup(bot)``, which adds its cog and the dynamic items that the cog owns. They
are loaded by name, so that nothing imports them; each bot of a process has its own copy of such a module.
"""

COMMANDS = (
    "bot.cogs.reading",
    "bot.cogs.summarizing",
    "bot.cogs.quoting",
    "bot.cogs.curating",
    "bot.cogs.digests",
    "bot.cogs.conversation",
    "bot.cogs.companion",
    "bot.cogs.moderating",
    "bot.cogs.message_menus",
    "bot.cogs.settling",
    "bot.cogs.privacy",
)
"""In the order in which Discord is sent their commands."""
BACKGROUND = ("bot.cogs.retrying", "bot.cogs.staying", "bot.cogs.keeping")
"""Without commands: they work on the library, and only one process may."""
EXTENSIONS = (*COMMANDS, *BACKGROUND)
