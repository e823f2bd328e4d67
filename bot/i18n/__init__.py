"""The language of the interface: gettext catalogs, read with babel. Articles' own words are never translated.

The English text is the message id, so that code reads as it is shown; a message without a translation
is shown in English. ``t`` and ``nt`` translate where they are called; ``gettext_noop`` marks a text that is
defined in one place, such as a constant, and translated in another. Values are put in by name after the
look-up. The language is chosen once, where an interaction or a message comes in, and is not passed on.

A language is one file, ``locale/<code>/LC_MESSAGES/footnote.po``, and nothing else: /settings offers it, and
Discord's own language selects it. After texts have changed, or to begin a new language::

    python -m bot.i18n           # update every catalog: new messages are added, unused ones removed
    python -m bot.i18n pt_BR     # the same, and begin a catalog for Brazilian Portuguese

A test fails on messages without a translation, unused ones, fuzzy ones and different placeholders.
"""

import gettext
import re
import string
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import discord
from babel import Locale, dates, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from discord import app_commands

__all__ = [
    "DOMAIN",
    "SOURCE_LANGUAGE",
    "CommandTranslator",
    "catalog_path",
    "format_date",
    "gettext_noop",
    "languages",
    "nt",
    "speak",
    "t",
    "translate_error",
    "translate_message",
]

SOURCE_LANGUAGE = "en"
LOCALE_DIR = Path(__file__).with_name("locale")
DOMAIN = "footnote"
_language: ContextVar[str] = ContextVar("interface_language", default=SOURCE_LANGUAGE)


def t(message: str, **values: object) -> str:
    """Return a message in the current language, with its values put in (gettext).

    Numbers are formatted as in ``str.format``, but with the separators of the language.
    """
    text = _translations(_language.get()).gettext(message) if message else ""
    return _FORMATTER.vformat(text, (), values) if values else text


def nt(singular: str, plural: str, count: int, **values: object) -> str:
    """Return the message for so many things in the current language (ngettext); both may name *count*."""
    text = _translations(_language.get()).ngettext(singular, plural, count)
    return _FORMATTER.vformat(text, (), {"count": count, **values})


def gettext_noop(message: str) -> str:
    """Return *message* as it is; marks it for the catalogs, where ``t`` will look it up."""
    return message


def translate_message(message: str) -> str:
    """Return a message of the library in the current language.

    One that has a ``template`` and ``values`` is looked up by its template, and by its ``plural`` if it has
    one; any other text is looked up as it stands.
    """
    template: str | None = getattr(message, "template", None)
    if not template:
        return t(message)
    values: Mapping[str, object] = getattr(message, "values", {})
    plural: str = getattr(message, "plural", "")
    count = values.get("count")
    translations = _translations(_language.get())
    if plural and isinstance(count, int):
        text = translations.ngettext(template, plural, count)
    else:
        text = translations.gettext(template)
    translated = {
        name: translate_message(value) if isinstance(value, str) and hasattr(value, "template") else value
        for name, value in values.items()
    }
    return _FORMATTER.vformat(text, (), translated)  # also without values: braces are doubled in it


def translate_error(error: BaseException) -> str:
    """Return the text of an error in the current language."""
    # str(error) would return a plain str, without the template.
    alone = len(error.args) == 1 and isinstance(error.args[0], str)
    return translate_message(error.args[0] if alone else str(error))


def format_date(day: date, pattern: str) -> str:
    """Return a date by a pattern of CLDR, such as ``d MMM y``, in the current language."""
    return dates.format_date(day, pattern, locale=_language.get())


@cache
def languages() -> dict[str, str]:
    """Return each language that the interface has, by code, with its own name for itself."""
    catalogs = LOCALE_DIR.glob(f"*/LC_MESSAGES/{DOMAIN}.po")
    codes = [SOURCE_LANGUAGE, *sorted(path.parts[-3] for path in catalogs)]
    return {code: Locale.parse(code).get_display_name() or code for code in codes}


@cache
def match_language(locale: discord.Locale | None) -> str:
    """Return the language for a locale of Discord's, such as ``de`` or ``pt-BR``; else English."""
    if locale is None:
        return SOURCE_LANGUAGE
    language, _, _ = locale.value.partition("-")
    matches = (code for code in (locale.value.replace("-", "_"), language) if code in languages())
    return next(matches, SOURCE_LANGUAGE)


def speak(chosen: str, locale: discord.Locale | None) -> None:
    """Use, from here on in this task, the chosen language, else that of Discord."""
    _language.set(chosen if chosen in languages() else match_language(locale))


@contextmanager
def use_language(language: str) -> Iterator[None]:
    """Use a language inside the block."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


_NAMES = frozenset(
    {
        app_commands.TranslationContextLocation.command_name,
        app_commands.TranslationContextLocation.group_name,
        app_commands.TranslationContextLocation.parameter_name,
    }
)


class CommandTranslator(app_commands.Translator):
    """Gives Discord the descriptions of commands, and the names of choices, in every language there is.

    The names of commands and options stay: help texts and people refer to them.
    """

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """Return a description in a language of Discord's; ``None`` leaves it in English."""
        language = match_language(locale)
        if language == SOURCE_LANGUAGE or context.location in _NAMES:
            return None
        translation = _translations(language).gettext(string.message)
        return None if translation == string.message else translation


_CLDR = {"%A": "EEEE", "%B": "MMMM", "%b": "MMM", "%Y": "y"}
"""Parts of dates: the notation of ``strftime``, and that of CLDR."""


class _Formatter(string.Formatter):
    """``str.format`` with the separators of the current language in numbers, and its names in dates."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return one value as text."""
        if isinstance(value, date):
            return re.sub("%[ABbY]", lambda part: format_date(value, _CLDR[part[0]]), format_spec) or str(
                value
            )
        text: str = format(value, format_spec)
        if not isinstance(value, int | float):
            return text
        language = _language.get()
        group, decimal = numbers.get_group_symbol(language), numbers.get_decimal_symbol(language)
        return text.translate({ord(","): group, ord("."): decimal})


_FORMATTER = _Formatter()


@cache
def _translations(language: str) -> gettext.NullTranslations:
    """Return the messages of a language, compiled in memory so that no build step is needed."""
    if language == SOURCE_LANGUAGE:
        return gettext.NullTranslations()
    with catalog_path(language).open("rb") as file:
        catalog = read_po(file, locale=language, domain=DOMAIN)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def catalog_path(language: str) -> Path:
    """Return where the catalog of a language is, or would be."""
    return LOCALE_DIR / language / "LC_MESSAGES" / f"{DOMAIN}.po"
