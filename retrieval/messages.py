"""Texts for people that an interface can translate, though the library itself speaks English only.

A ``Message`` is its English text, a ``str`` like any other, and also says what it was made of: the
template that a catalog has as its key, and the values. The contract:

- ``template`` has named fields of ``str.format``; ``template.format(**values)`` is the text. A plural
  form, if there is one, is in ``plural``, and stands for all numbers but one; the number is the value
  ``count``.
- Values are numbers, dates, strings, or messages. Strings are data (a host, a title) and are never
  translated; a value that is a ``Message`` is translated before it is put in.
- A text without values is a template, too: a constant string and a message of it are translated alike.
- A message that is joined, sliced or formatted into another string becomes a plain ``str``.

``translate`` does all of that for a catalog of gettext. Numbers and dates are written by a function that
the interface may give, as their notation belongs to a language.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from gettext import NullTranslations
from string import Formatter
from types import MappingProxyType
from typing import Any

Write = Callable[[object, str], str]
"""Returns a value as text, given the part of its field behind the colon: ``format`` is one."""
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_NOTATION = re.compile(r",?(?:\.[0-9])?[dfg]?")
"""What may stand behind the colon of a field that another process sent: no width, which costs memory."""
_MOST_NESTED = 5


class Message(str):
    """An English text with what it was made of. Immutable; compares and hashes as the text."""

    __slots__ = ("plural", "template", "values")

    template: str
    """What it says for one thing, or always; the key of a catalog."""
    plural: str
    """What it says for several things; empty for a message that does not count."""
    values: Mapping[str, object]

    def __new__(
        cls, text: str, *, template: str = "", plural: str = "", values: Mapping[str, object] | None = None
    ) -> "Message":
        """Return *text* with its parts; ``message`` and ``plural_message`` make it from them."""
        made = super().__new__(cls, text)
        made.template = template or text.replace("{", "{{").replace("}", "}}")
        made.plural = plural
        made.values = MappingProxyType(dict(values or {}))
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        """Make copies and pickles whole."""
        return _rebuild, (str(self), self.template, self.plural, dict(self.values))


NOTHING = Message("")
"""The message that says nothing, where there is none to give."""


def message(template: str, /, **values: object) -> Message:
    """Return the English text of a template with its values.

    Raises:
        KeyError: The template names a value that is not given.
    """
    simple = {name: _simple(value) for name, value in values.items()}
    return Message(template.format(**simple), template=template, values=simple)


def plural_message(one: str, several: str, /, *, count: int, **values: object) -> Message:
    """Return the English text for so many things; both templates may name ``count``.

    Raises:
        KeyError: The template names a value that is not given.
    """
    simple = {"count": count, **{name: _simple(value) for name, value in values.items()}}
    text = (one if count == 1 else several).format(**simple)
    return Message(text, template=one, plural=several, values=simple)


def count_articles(count: int) -> Message:
    """Return "1 article", "2 articles"."""
    return plural_message("{count:,} article", "{count:,} articles", count=count)


def join_messages(texts: Sequence[str], separator: str = ", ") -> Message:
    """Return one message of several, each of which is translated by itself."""
    template = (
        separator.replace("{", "{{").replace("}", "}}").join(f"{{part{at}}}" for at in range(len(texts)))
    )
    return message(template, **{f"part{at}": text for at, text in enumerate(texts)})


def translate(text: str, catalog: NullTranslations, write: Write = format) -> str:
    """Return *text* in the language of a catalog; in English where the catalog lacks it.

    *write* gets each number, date and string that is put in; the default is the English notation.
    """
    if not text:
        return ""
    if not isinstance(text, Message):
        return catalog.gettext(text)
    if text.plural:
        template = catalog.ngettext(text.template, text.plural, _count(text))
    else:
        template = catalog.gettext(text.template)
    values = {
        name: translate(value, catalog, write) if isinstance(value, Message) else value
        for name, value in text.values.items()
    }
    return _Writer(write).vformat(template, (), values)


def as_json(text: str) -> str | dict[str, Any]:
    """Return a text for JSON: a message with its parts if they are simple, else the text alone.

    Numbers, strings and messages are simple; dates are not.
    """
    if not isinstance(text, Message) or text == text.template or not _is_plain(text):
        return str(text)
    return {
        "text": str(text),
        "template": text.template,
        "plural": text.plural,
        "values": {
            name: as_json(value) if isinstance(value, str) else value for name, value in text.values.items()
        },
    }


def from_json(said: object) -> str:
    """Return what ``as_json`` wrote. The writer is not trusted: a template may only hold plain fields.

    Raises:
        KeyError, TypeError, ValueError: It is something else, or its parts do not make up its text.
    """
    return _from_json(said, _MOST_NESTED)


def _from_json(said: object, depth: int) -> str:
    if isinstance(said, str):
        return said
    if not isinstance(said, dict) or depth == 0:
        raise TypeError("no text")
    text, template, plural, values = (said[key] for key in ("text", "template", "plural", "values"))
    if not all(isinstance(one, str) for one in (text, template, plural)) or not isinstance(values, dict):
        raise TypeError("no message")
    read = {
        str(name): value if isinstance(value, int | float) else _from_json(value, depth - 1)
        for name, value in values.items()
    }
    found = Message(text, template=template, plural=plural, values=read)
    if not template or not _is_plain(found) or _english(found) != text:
        raise ValueError("not the message of this text")
    return found


def _english(text: Message) -> str:
    template = text.plural if text.plural and _count(text) != 1 else text.template
    return template.format(**text.values)


def _is_plain(text: Message) -> bool:
    """Tell whether a message has only values that JSON knows, in fields that reach into none of them."""
    fields = [*Formatter().parse(text.template), *Formatter().parse(text.plural)]
    return (
        all(isinstance(value, str | int | float) for value in text.values.values())
        and (not text.plural or isinstance(text.values.get("count"), int))
        and all(
            name is None
            or (
                _NAME.fullmatch(name) is not None
                and name in text.values
                and _NOTATION.fullmatch(notation or "") is not None
                and conversion in (None, "r")
            )
            for _, name, notation, conversion in fields
        )
    )


def _count(text: Message) -> int:
    count = text.values["count"]
    assert isinstance(count, int)
    return count


def _simple(value: object) -> object:
    return value if isinstance(value, str | int | float | date) else str(value)


def _rebuild(text: str, template: str, plural: str, values: Mapping[str, object]) -> Message:
    return Message(text, template=template, plural=plural, values=values)


class _Writer(Formatter):
    """``str.format`` with another hand for the values."""

    def __init__(self, write: Write) -> None:
        self._write = write

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return one value as text."""
        return self._write(value, format_spec)
