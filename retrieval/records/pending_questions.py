"""Open questions in the database, where another process finds them."""

import json
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from typing import Any

from retrieval.domain import KEPT_FOR, Filters, OpenQuestion
from retrieval.errors import QuestionNotFound
from retrieval.storage import Connection

_COLUMNS = 'q.id, c.name, q.asked_at, q.person, q."where", q.question, q.filters, q.after'
_HERE = "collection_id = (SELECT id FROM collections WHERE name = :collection)"


class OpenQuestionStore:
    """Writes and reads open questions in single statements, on whichever connection."""

    def __init__(self, connection: Connection, process: str) -> None:
        self._connection = connection
        self._process = process

    def put(self, collection: str, asked: OpenQuestion, now: datetime) -> int | None:
        """Keep a question that this process answers; return its number, ``None`` in an unknown collection."""
        row = self._connection.execute(
            "INSERT INTO open_questions "
            '(collection_id, asked_at, person, "where", question, filters, after, cut_off, holder) '
            "SELECT id, :now, :person, :where, :question, :filters, :after, 0, :process "
            "FROM collections WHERE name = :collection RETURNING id",
            {
                "collection": collection,
                "now": _stamp(now),
                "person": asked.person,
                "where": asked.where,
                "question": asked.question,
                "filters": json.dumps(asdict(asked.filters), default=date.isoformat),
                "after": asked.after,
                "process": self._process,
            },
        ).fetchone()
        return None if row is None else int(row[0])

    def remove(self, collection: str, number: int) -> None:
        """Forget a question that is answered."""
        self._connection.execute(
            f"DELETE FROM open_questions WHERE id = :number AND {_HERE}",  # noqa: S608
            {"number": number, "collection": collection},
        )

    def mark(self, collection: str, number: int) -> None:
        """Note that nobody is answering a question any more."""
        self._connection.execute(
            f"UPDATE open_questions SET cut_off = 1 WHERE id = :number AND {_HERE}",  # noqa: S608
            {"number": number, "collection": collection},
        )

    def take_up(self, collection: str, number: int, person: str, where: str, now: datetime) -> OpenQuestion:
        """Return a question that was cut off, and note that this process answers it.

        Raises:
            QuestionNotFound: This person has no such question here, or it is not cut off.
        """
        done = self._connection.execute(
            'UPDATE open_questions SET cut_off = 0, asked_at = :now, "where" = :where, holder = :process '  # noqa: S608
            f"WHERE id = :number AND {_HERE} AND person = :person AND cut_off = 1 AND asked_at > :since",
            {
                "now": _stamp(now),
                "since": _stamp(now - KEPT_FOR),
                "where": where,
                "number": min(number, 2**63 - 1),
                "collection": collection,
                "person": person,
                "process": self._process,
            },
        )
        if not done.rowcount:
            raise QuestionNotFound(
                "This question is answered or being answered, was asked by somebody else, or is more than "
                "a day old. Please ask it again."
            )
        return self._read("WHERE q.id = :number", {"number": number})[0]

    def cut_off(self, living: str) -> list[OpenQuestion]:
        """Return, to one process only, the questions of processes that are not among the *living*.

        *living* is a query of their names.
        """
        rows = self._connection.execute(
            "UPDATE open_questions SET cut_off = 1 WHERE cut_off = 0 AND holder <> :process "  # noqa: S608
            f"AND holder NOT IN ({living}) RETURNING id",
            {"process": self._process},
        )
        return self._read("WHERE q.id IN :numbers", {"numbers": [number for (number,) in rows]})

    def forget(self, before: datetime) -> None:
        """Delete what was asked before."""
        self._connection.execute(
            "DELETE FROM open_questions WHERE asked_at < :before", {"before": _stamp(before)}
        )

    def _read(self, condition: str, values: dict[str, Any]) -> list[OpenQuestion]:
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM open_questions q JOIN collections c ON c.id = q.collection_id "  # noqa: S608
            f"{condition} ORDER BY q.id",
            values,
        )
        return [_question(*row) for row in rows]


def _question(
    number: int,
    collection: str,
    asked_at: str,
    person: str,
    where: str,
    question: str,
    filters: str,
    after: int,
) -> OpenQuestion:
    return OpenQuestion(
        question=question,
        person=person,
        where=where,
        filters=_filters(json.loads(filters)),
        after=after,
        collection=collection,
        asked_at=datetime.fromisoformat(asked_at),
        id=number,
    )


def _filters(fields: dict[str, Any]) -> Filters:
    """Return filters as they were kept; those that a newer Footnote knows are left out."""
    known = {name: value for name, value in fields.items() if name in Filters.__dataclass_fields__}
    for name in ("since", "until"):
        known[name] = date.fromisoformat(known[name]) if known.get(name) else None
    return replace(Filters(**known), article_ids=tuple(known.get("article_ids", ())))


def _stamp(moment: datetime) -> str:
    """Return a moment so that texts compare as moments do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
