"""The extensions of the bot: slash commands, menus and listeners, by what people do.

Each module named here has ``setup(bot)``, which adds its cog and the dynamic items that the cog owns. They
are loaded by name, so that nothing imports them; each bot of a process has its own copy of such a module.
"""

__all__ = ["EXTENSIONS"]

COMMANDS = (
    "bot.cogs.ask",
    "bot.cogs.summarize",
    "bot.cogs.quotes",
    "bot.cogs.articles",
    "bot.cogs.digests",
    "bot.cogs.conversation",
    "bot.cogs.companion.cog",
    "bot.cogs.moderation",
    "bot.cogs.message_menus",
    "bot.cogs.settings",
    "bot.cogs.privacy",
)
"""In the order in which Discord is sent their commands."""
BACKGROUND = ("bot.cogs.recovery", "bot.cogs.guild_lifecycle", "bot.cogs.retention")
"""Without commands: they work on the library, and only one process may."""
EXTENSIONS = (*COMMANDS, *BACKGROUND)
