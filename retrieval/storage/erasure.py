"""Takes removed articles out of what else the database holds: answers that were given, and the word index.

What remains of an answer is what other articles say, and that an article was removed.
"""

import json
import sqlite3
from collections.abc import Generator
from typing import Any

from retrieval.messages import message

ARTICLE_REMOVED = message("What stood here came from an article that was removed from the library.")
"""In place of statements; an interface translates it."""
_UNTITLED = "a removed article"
_MADE_FROM_TEXTS = ("originals", "removed", "follow_ups", "notes")
"""Lists of sentences that are made from the articles' texts, and do not say from which."""
_SHORT_TITLE = 3
"""A title of so few characters is in many words by chance."""
_PAGES = 64
"""Pages of the word index that are written anew in one slice: some ten milliseconds."""


def erase_from_answers(connection: sqlite3.Connection, collection_id: int, title: str) -> None:
    """Take what removed articles said out of the collection's answers. Inside a transaction.

    *title* is that of the article removed just now, which headings of summaries repeat.
    """
    rows = connection.execute(
        "SELECT id, question, body FROM answers WHERE collection_id = ? AND EXISTS ("
        "SELECT 1 FROM (SELECT value FROM json_each(body, '$.citations') "
        "UNION ALL SELECT value FROM json_each(body, '$.nearest')) "
        "WHERE value ->> 'article' NOT IN (SELECT id FROM articles))",
        (collection_id,),
    ).fetchall()
    there = {row for (row,) in connection.execute("SELECT id FROM articles")} if rows else set()
    for number, question, body in rows:
        if len(title) > _SHORT_TITLE:
            question = question.replace(title, _UNTITLED)
        connection.execute(
            "UPDATE answers SET question = ?, body = ? WHERE id = ?",
            (question, json.dumps(_drop_articles(json.loads(body), there), ensure_ascii=False), number),
        )


def _drop_articles(body: dict[str, Any], there: set[int]) -> dict[str, Any]:
    """Return the body of an answer with nothing of articles that are not *there*."""
    gone = {one["number"] for one in body["citations"] if one["article"] not in there}
    statements: list[list[Any]] = []
    for statement in body["statements"]:
        if not gone & set(statement[1]):
            statements.append(statement)
        elif [ARTICLE_REMOVED, []] not in statements:
            statements.append([ARTICLE_REMOVED, []])
    near: list[Any] = body.get("near") or ["", []]
    kept = {name: [one for one in body[name] if one["article"] in there] for name in ("citations", "nearest")}
    if not gone:
        return {**body, **kept}
    return {
        **body,
        **kept,
        **{name: [] for name in _MADE_FROM_TEXTS},
        "statements": statements,
        "near": near if near[1] and not gone & set(near[1]) else None,
        "understood": "",
        "warning": "",
        "reading": "",
    }


def merge_words(connection: sqlite3.Connection, collection_id: int) -> Generator[None, None, None]:
    """Write a collection's word index anew, a few pages a slice: deleted words stay in it until then."""
    table, pages = f"words_{int(collection_id)}", -_PAGES  # negative: merge everything, however little
    while True:
        before = connection.total_changes
        connection.execute(
            f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)",  # noqa: S608 - an integer of our own
            (pages,),
        )
        if connection.total_changes - before < 2:  # what FTS5's documentation calls the end
            return
        pages = _PAGES
        yield
