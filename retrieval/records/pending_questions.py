"""Open questions in the database, where the next process finds them."""

import json
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from typing import Any

from retrieval.domain import KEPT_FOR, Filters, OpenQuestion
from retrieval.errors import QuestionNotFound
from retrieval.storage import ArticleStore

_COLUMNS = 'q.id, c.name, q.asked_at, q.person, q."where", q.question, q.filters, q.after'


class OpenQuestionStore:
    """Writes and reads open questions. Belongs to the lane."""

    def __init__(self, store: ArticleStore) -> None:
        self._store = store
        self._connection = store.connection

    def put(self, collection: str, asked: OpenQuestion, now: datetime) -> int:
        """Keep a question that is being answered; return its number."""
        with self._store.transaction():
            inserted = self._connection.execute(
                "INSERT INTO open_questions "
                '(collection_id, asked_at, person, "where", question, filters, after, cut_off) '
                "VALUES (:collection_id, :now, :person, :where, :question, :filters, :after, 0) RETURNING id",
                {
                    "collection_id": self._store.ensure_collection(collection),
                    "now": _stamp(now),
                    "person": asked.person,
                    "where": asked.where,
                    "question": asked.question,
                    "filters": json.dumps(asdict(asked.filters), default=date.isoformat),
                    "after": asked.after,
                },
            )
        return int(inserted.fetchone()[0])

    def remove(self, collection: str, number: int) -> None:
        """Forget a question that is answered."""
        with self._store.transaction():
            self._connection.execute(
                "DELETE FROM open_questions WHERE id = :number AND collection_id = :row",
                {"number": number, "row": self._store.collection_id(collection)},
            )

    def mark(self, collection: str, number: int) -> None:
        """Note that nobody is answering a question any more."""
        with self._store.transaction():
            self._connection.execute(
                "UPDATE open_questions SET cut_off = 1 WHERE id = :number AND collection_id = :row",
                {"number": number, "row": self._store.collection_id(collection)},
            )

    def take_up(self, collection: str, number: int, person: str, where: str, now: datetime) -> OpenQuestion:
        """Return a question that was cut off, and note that it is being answered again.

        Raises:
            QuestionNotFound: This person has no such question here, or it is not cut off.
        """
        with self._store.transaction():
            done = self._connection.execute(
                'UPDATE open_questions SET cut_off = 0, asked_at = :now, "where" = :where '
                "WHERE id = :number AND collection_id = :row AND person = :person "
                "AND cut_off = 1 AND asked_at > :since",
                {
                    "now": _stamp(now),
                    "since": _stamp(now - KEPT_FOR),
                    "where": where,
                    "number": min(number, 2**63 - 1),
                    "row": self._store.collection_id(collection),
                    "person": person,
                },
            )
        if not done.rowcount:
            raise QuestionNotFound(
                "This question is answered or being answered, was asked by somebody else, or is more than "
                "a day old. Please ask it again."
            )
        return self._read("WHERE q.id = :number", {"number": number})[0]

    def cut_off(self, before: datetime) -> list[OpenQuestion]:
        """Return the questions of before that were being answered, and note that they no longer are."""
        with self._store.transaction():
            found = self._read("WHERE q.cut_off = 0 AND q.asked_at < :before", {"before": _stamp(before)})
            self._connection.execute(
                "UPDATE open_questions SET cut_off = 1 WHERE asked_at < :before", {"before": _stamp(before)}
            )
        return found

    def forget(self, before: datetime) -> None:
        """Delete what was asked before."""
        with self._store.transaction():
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
