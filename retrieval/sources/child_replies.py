"""What the reading child process says to its parent: one line of JSON, trusted only for its types."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from retrieval.domain import Found, NewArticle, block_rows, read_block_rows
from retrieval.errors import NotReadable, RetrievalError, SourceRefused
from retrieval.messages import as_json, from_json, message

_STOPPED = message("Reading this took too much memory or failed. Paste the part you need as text instead.")


class ChildStopped(NotReadable):
    """The child was killed, or fell silent, before it had read everything."""


def write_reply(article: NewArticle) -> bytes:
    """Return *article* as the child sends it."""
    return json.dumps({"article": _fields(article)}).encode()


def write_found(found: Sequence[Found]) -> bytes:
    """Return several articles, or why they could not be read, as the child sends them."""
    rows = []
    for one in found:
        row: dict[str, Any] = {"name": one.name, "url": one.url, "is_entry": one.is_entry}
        if one.article is not None:
            row["article"] = _fields(one.article)
        elif one.error is not None:
            row |= _refusal(one.error)
        rows.append(row)
    return json.dumps({"found": rows}).encode()


def _fields(article: NewArticle) -> dict[str, Any]:
    fields = asdict(replace(article, blocks=()))  # a copy of each would take long
    for day in ("published", "updated"):
        fields[day] = fields[day].isoformat() if fields[day] else None
    fields["blocks"] = block_rows(article.blocks)
    fields["notes"] = [as_json(note) for note in article.notes]
    return fields


def write_refusal(error: RetrievalError) -> bytes:
    """Return *error* as the child sends it."""
    return json.dumps(_refusal(error)).encode()


def _refusal(error: RetrievalError) -> dict[str, Any]:
    return {"refused": isinstance(error, SourceRefused), "text": as_json(error.text)}


def read_reply(said: bytes) -> NewArticle:
    """Return the article that a child sent, or raise the error that it sent.

    The child has read what strangers wrote, so nothing in the reply is trusted beyond its types.

    Raises:
        SourceRefused: If the child said so.
        NotReadable: If the child said so, or its reply makes no sense because it was stopped.
    """
    try:
        reply = json.loads(said)
        if "article" in reply:
            return _article(reply["article"])
        error = _error(reply)
    except (ValueError, KeyError, TypeError) as broken:
        raise ChildStopped(_STOPPED) from broken
    raise error


def read_found(said: bytes) -> list[Found]:
    """Return the articles that a child sent, or raise the error that it sent; see ``read_reply``."""
    try:
        reply = json.loads(said)
        if "found" in reply:
            return [_parse_found(row) for row in reply["found"]]
        error = _error(reply)
    except (ValueError, KeyError, TypeError) as broken:
        raise ChildStopped(_STOPPED) from broken
    raise error


def _parse_found(row: dict[str, Any]) -> Found:
    found = Found(str(row["name"]), url=str(row["url"]), is_entry=bool(row["is_entry"]))
    if "article" in row:
        return replace(found, article=_article(row["article"]))
    return replace(found, error=_error(row))


def _error(row: dict[str, Any]) -> RetrievalError:
    text = from_json(row["text"])
    return (SourceRefused if row["refused"] else NotReadable)(text)


def _article(fields: dict[str, Any]) -> NewArticle:
    def text_or_none(name: str) -> str | None:
        return None if fields[name] is None else str(fields[name])

    def day_or_none(name: str) -> date | None:
        day = text_or_none(name)
        return date.fromisoformat(day) if day else None

    return NewArticle(
        text=str(fields["text"]),
        title=str(fields["title"]),
        author=text_or_none("author"),
        site=text_or_none("site"),
        url=text_or_none("url"),
        published=day_or_none("published"),
        updated=day_or_none("updated"),
        language=text_or_none("language"),
        page_starts=tuple(int(start) for start in fields["page_starts"]),
        blocks=read_block_rows(fields["blocks"], len(fields["text"])),
        notes=tuple(from_json(note) for note in fields["notes"]),
    )
