"""Files of one JSON object a line: read as a stream, with a reason for every line that is refused."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from retrieval.domain import Block, NewArticle, read_block_rows
from retrieval.errors import BadRow
from retrieval.messages import message
from retrieval.sources.bylines import read_date, read_first_line
from retrieval.sources.urls import site_of

MAX_LINE_BYTES = 64_000_000
"""A longer line is no article; reading it whole could fill the memory."""

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Row:
    """One line that is a JSON object."""

    number: int
    """Counted from 1, empty lines included."""
    fields: Mapping[str, Any]

    @property
    def id(self) -> str | int | None:
        """The ``id`` (or ``_id``) as it was given, when it can be one."""
        value = self.fields.get("id", self.fields.get("_id"))
        return value if isinstance(value, str | int) and not isinstance(value, bool) else None


@dataclass(frozen=True, slots=True)
class BadLine:
    """One line that is not a JSON object."""

    number: int
    reason: str


def read_rows(stream: BinaryIO) -> Iterator[Row | BadLine]:
    """Yield each line of *stream* as soon as it is there; empty lines are skipped."""
    for number, line in _numbered_lines(stream):
        if line is None:
            yield BadLine(number, message("it is longer than {limit:,} bytes.", limit=MAX_LINE_BYTES))
        elif line.strip():
            yield _row(number, line)


def article_of(row: Row) -> NewArticle:
    """Return the article that *row* describes, its text exactly as given.

    Only keys that are absent are filled from the text's first line and the address: a key
    that is there wins, even with the value ``null``, so that an export comes back as it was.
    Metadata that cannot be used costs a note, not the article.

    Raises:
        BadRow: If there is no text, or neither an id nor an address, or its blocks are none of the text.
    """
    notes: list[str] = []
    fields = row.fields
    text = fields.get("text")
    if not isinstance(text, str) or not text.strip():
        raise BadRow('it has no "text".')
    if _LONE_SURROGATE.search(text):
        raise BadRow('its "text" holds half a character (a lone surrogate), which cannot be stored as it is.')
    given_id, url = _given_id(row), _web_address(fields, notes)
    if given_id is None and url is None:
        raise BadRow('it has neither an "id" nor a web address in "url".')
    author, published = read_first_line(text)
    return NewArticle(
        text=text,
        title=_words(fields, "title", notes) or "",
        author=_words(fields, "author", notes) if "author" in fields else author,
        site=_words(fields, "site", notes) if "site" in fields else site_of(url or "") or None,
        url=url,
        published=_day(fields, "published", notes) if "published" in fields else published,
        updated=_day(fields, "updated", notes),
        language=_words(fields, "language", notes),
        page_starts=_page_starts(fields, len(text), notes),
        blocks=_blocks(fields, len(text)),
        given_id=given_id,
        id_is_ours=fields.get("given") is False,
        notes=tuple(notes),
    )


def required_text(row: Row, key: str) -> str:
    """Return the text under *key*, such as a question.

    Raises:
        BadRow: If the row has no such text.
    """
    value = row.fields.get(key)
    if not isinstance(value, str) or not value.strip():
        raise BadRow(message('The row has no "{key}".', key=key))
    return whole_characters(value)


def required_id(row: Row) -> str:
    """Return the row's id as an article's public id.

    Raises:
        BadRow: If it has none.
    """
    if row.id is None or row.id == "":
        raise BadRow('The row has no "id".')
    return whole_characters(str(row.id))


def optional_id(row: Row, key: str) -> str | None:
    """Return the id of another row, or of an article, under *key*; ``None`` without one.

    Raises:
        BadRow: What is there can be no id.
    """
    value = row.fields.get(key)
    if value is None:
        return None
    if not isinstance(value, str | int) or isinstance(value, bool) or value == "":
        raise BadRow(message('Its "{key}" is not an id: give text or a number.', key=key))
    return whole_characters(str(value))


def whole_characters(text: str) -> str:
    """Return *text* with lone surrogates, which no database takes, replaced by U+FFFD."""
    return _LONE_SURROGATE.sub("\ufffd", text)


def _numbered_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    number = 0
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        too_long = len(line) > MAX_LINE_BYTES
        while too_long and line and not line.endswith(b"\n"):
            line = stream.readline(MAX_LINE_BYTES + 1)
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        yield number, None if too_long else line


def _row(number: int, line: bytes) -> Row | BadLine:
    try:
        fields = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        return BadLine(number, message("it is not UTF-8."))
    except json.JSONDecodeError as error:
        return BadLine(
            number,
            message("it is not JSON ({problem}, column {column}).", problem=error.msg, column=error.colno),
        )
    except (ValueError, RecursionError):  # an integer of thousands of digits, a list of lists of …
        return BadLine(number, message("it is not JSON that can be read."))
    if not isinstance(fields, dict):
        return BadLine(number, message("it is not a JSON object."))
    return Row(number, fields)


def _given_id(row: Row) -> str | None:
    given = row.id
    if given is None or not str(given).strip():
        return None
    if _LONE_SURROGATE.search(str(given)):
        raise BadRow('its "id" holds half a character (a lone surrogate).')
    return str(given)


def _web_address(fields: Mapping[str, Any], notes: list[str]) -> str | None:
    url = _words(fields, "url", notes)
    if url is None:
        return None
    if not site_of(url):
        notes.append(message('Its "url" is not a web address and was left out.'))
        return None
    return url


def _words(fields: Mapping[str, Any], key: str, notes: list[str]) -> str | None:
    value = fields.get(key)
    if value is None or value == "":
        return None
    if not isinstance(value, str) or _LONE_SURROGATE.search(value):
        notes.append(message('Its "{key}" is not text and was left out.', key=key))
        return None
    return value


def _page_starts(fields: Mapping[str, Any], chars: int, notes: list[str]) -> tuple[int, ...]:
    starts = fields.get("page_starts") or []
    numbers = isinstance(starts, list) and all(type(start) is int for start in starts)
    if not numbers or sorted(starts) != starts or any(not 0 <= start <= chars for start in starts):
        notes.append(message('Its "page_starts" are not places in the text and were left out.'))
        return ()
    return tuple(starts)


def _blocks(fields: Mapping[str, Any], chars: int) -> tuple[Block, ...]:
    if fields.get("blocks") is None:
        return ()
    try:
        return read_block_rows(fields["blocks"], chars)
    except ValueError as error:
        raise BadRow(
            message('its "blocks" are not parts of the text: {problem}.', problem=str(error))
        ) from error


def _day(fields: Mapping[str, Any], key: str, notes: list[str]) -> date | None:
    value = _words(fields, key, notes)
    if value is None:
        return None
    day = read_date(value)
    if day is None:
        notes.append(message('Its "{key}" is not a date such as 2025-02-08 and was left out.', key=key))
    return day
