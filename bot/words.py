"""The language in which the bot itself speaks; articles' words are never touched.

The English text is the key, so that code reads as it is shown, and what has no translation is shown
in English. Values are put in by name after the look-up. Which language holds is decided where an
interaction or a message is taken up, and told to nobody in between.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import discord
from discord import app_commands

from bot.german import COUNTED, GERMAN, MONTHS

LANGUAGES = {"": "As Discord is set", "en": "English", "de": "Deutsch"}
_current: ContextVar[str] = ContextVar("interface_language", default="en")


def t(english: str, **values: object) -> str:
    """Return a text in the current language, with its values put in."""
    text = GERMAN.get(english, english) if _current.get() == "de" else english
    return text.format(**values) if values else text


def counted(number: int, thing: str) -> str:
    """Return "1 article", "2 articles", "1,234 articles"."""
    if _current.get() == "de" and thing in COUNTED:
        one, more = COUNTED[thing]
        return f"{number:,}".replace(",", ".") + " " + (one if number == 1 else more)
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def month(english: str) -> str:
    """Return the short name of a month."""
    return MONTHS.get(english, english) if _current.get() == "de" else english


def speak(chosen: str, locale: discord.Locale | None) -> None:
    """Use, from here on in this task, the chosen language, else that of Discord."""
    german = chosen == "de" or (not chosen and locale is discord.Locale.german)
    _current.set("de" if german else "en")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Use a language inside the block."""
    token = _current.set(language)
    try:
        yield
    finally:
        _current.reset(token)


class CommandTranslator(app_commands.Translator):
    """Gives Discord the German descriptions of commands; their names stay."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """Return a description in German, if there is one."""
        names = (
            app_commands.TranslationContextLocation.command_name,
            app_commands.TranslationContextLocation.group_name,
            app_commands.TranslationContextLocation.parameter_name,
        )
        if locale is not discord.Locale.german or context.location in names:
            return None
        return GERMAN.get(string.message)
