"""The JSON line of one article, as ``export`` writes and ``import`` reads it."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, BinaryIO

from retrieval.domain.articles import Article
from retrieval.domain.structure import Block, block_rows

JsonObject = dict[str, Any]


def write_row(stream: BinaryIO, row: JsonObject) -> None:
    """Write *row* as one line of UTF-8, and flush.

    A lone surrogate cannot be UTF-8; ``backslashreplace`` turns it into the very escape
    that JSON has for it, so that a reader gets back what was there.
    """
    line = json.dumps(row, ensure_ascii=False) + "\n"
    stream.write(line.encode("utf-8", "backslashreplace"))
    stream.flush()


def article_row(article: Article) -> JsonObject:
    """Describe an article as ``list`` and ``export`` do, without its text."""
    return {
        "id": article.public_id,
        "title": article.title,
        "author": article.author,
        "site": article.site,
        "url": article.url,
        "published": format_day(article.published),
    }


def exported_row(article: Article, text: str, blocks: Sequence[Block] = ()) -> JsonObject:
    """Describe an article so that ``import`` takes it back unchanged.

    An id that this library made up says so, and is then no identity where it comes in.
    """
    row = article_row(article)
    order = ("id", "title")
    return {
        **{key: row[key] for key in order},
        "text": text,
        **{key: value for key, value in row.items() if key not in order},
        "updated": format_day(article.updated),
        "language": article.language,
        **({"page_starts": list(article.page_starts)} if article.page_starts else {}),
        **({"blocks": block_rows(blocks)} if blocks else {}),
        **({} if article.given else {"given": False}),
    }


def format_day(day: date | None) -> str | None:
    """Return a day as ISO 8601 writes it."""
    return day.isoformat() if day else None
