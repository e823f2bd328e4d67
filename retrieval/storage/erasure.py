"""Takes removed articles out of what else the database holds: answers that were given, and the word index.

What remains of an answer is what other articles say, and that an article was removed.
"""

import json
from typing import Any

from retrieval.messages import message
from retrieval.storage.connection import Connection

ARTICLE_REMOVED = message("What stood here came from an article that was removed from the library.")
"""In place of statements; an interface translates it."""
_UNTITLED = "a removed article"
_MADE_FROM_TEXTS = ("originals", "removed", "follow_ups", "notes")
"""Lists of sentences that are made from the articles' texts, and do not say from which."""
_SHORT_TITLE = 3
"""A title of so few characters is in many words by chance."""


def erase_from_answers(connection: Connection, collection_id: int, title: str) -> None:
    """Take what removed articles said out of the collection's answers. Inside a transaction.

    *title* is that of the article removed just now, which headings of summaries repeat.
    """
    items = connection.dialect.json_items
    rows = connection.execute(
        "SELECT id, question, body FROM answers WHERE collection_id = :collection_id AND EXISTS ("  # noqa: S608
        f"SELECT 1 FROM (SELECT cited.value FROM {items('body', 'citations')} AS cited "
        f"UNION ALL SELECT near.value FROM {items('body', 'nearest')} AS near) AS item "
        "WHERE CAST(item.value ->> 'article' AS INTEGER) NOT IN (SELECT id FROM articles))",
        {"collection_id": collection_id},
    ).fetchall()
    there = {row for (row,) in connection.execute("SELECT id FROM articles")} if rows else set()
    for number, question, body in rows:
        if len(title) > _SHORT_TITLE:
            question = question.replace(title, _UNTITLED)
        connection.execute(
            "UPDATE answers SET question = :question, body = :body WHERE id = :id",
            {
                "question": question,
                "body": json.dumps(_drop_articles(json.loads(body), there), ensure_ascii=False),
                "id": number,
            },
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
