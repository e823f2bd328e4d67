"""Votes and reports in the database, beside the answers that they are about."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from retrieval.domain import Fault, Report
from retrieval.errors import ReportNotFound
from retrieval.storage import ArticleStore

_REPORT = (
    "r.id, r.answer_id, an.question, r.person, r.fault, r.words, r.link, r.reported_at, an.hidden_at "
    "FROM reports r JOIN answers an ON an.id = r.answer_id JOIN collections c ON c.id = an.collection_id "
    "WHERE c.name = ?"
)


class OpinionStore:
    """Writes and reads what readers think. Belongs to the lane.

    Callers make sure that the answer is of the collection, by loading it first.
    """

    def __init__(self, store: ArticleStore) -> None:
        self._store = store
        self._connection: sqlite3.Connection = store.connection

    def vote(self, answer_id: int, number: int, person: str, supports: bool | None) -> None:
        """Keep a person's vote on a citation in place of the former one; ``None`` takes it back."""
        with self._store.transaction():
            if supports is None:
                self._connection.execute(
                    "DELETE FROM votes WHERE answer_id = ? AND number = ? AND person = ?",
                    (answer_id, number, person),
                )
            else:
                self._connection.execute(
                    "INSERT OR REPLACE INTO votes VALUES (?, ?, ?, ?, ?)",
                    (answer_id, number, person, supports, _now()),
                )

    def votes_of(self, answer_id: int, person: str) -> dict[int, bool]:
        """Return a person's votes on the citations of an answer, by their numbers."""
        rows = self._connection.execute(
            "SELECT number, supports FROM votes WHERE answer_id = ? AND person = ?", (answer_id, person)
        )
        return {number: bool(supports) for number, supports in rows}

    def counts(self, answer_id: int) -> dict[int, tuple[int, int]]:
        """Return how many vote for and against each citation of an answer."""
        rows = self._connection.execute(
            "SELECT number, sum(supports), count(*) - sum(supports) FROM votes WHERE answer_id = ? "
            "GROUP BY number",
            (answer_id,),
        )
        return {number: (good, bad) for number, good, bad in rows}

    def report(self, answer_id: int, person: str, fault: Fault, words: str, link: str) -> tuple[int, bool]:
        """Keep a report; return its number and whether it hides the answer.

        It does if it asks for that, unless somebody who may decide has already shown this answer again.
        """
        with self._store.transaction():
            cursor = self._connection.execute(
                "INSERT INTO reports (answer_id, person, fault, words, link, reported_at) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (answer_id, person, fault, words, link, _now()),
            )
            number = int(cursor.lastrowid or 0)
            if fault != "hide":
                return number, False
            (decided,) = self._connection.execute(
                "SELECT count(*) FROM reports WHERE answer_id = ? AND fault = 'hide' "
                "AND settled_at IS NOT NULL",
                (answer_id,),
            ).fetchone()
            if not decided:
                self._connection.execute(
                    "UPDATE answers SET hidden_at = ? WHERE id = ? AND hidden_at IS NULL",
                    (_now(), answer_id),
                )
        return number, not decided

    def open_reports(self, collection: str, offset: int, limit: int) -> list[Report]:
        """Return the reports that wait for a decision, the newest first."""
        rows = self._connection.execute(
            f"SELECT {_REPORT} AND r.settled_at IS NULL ORDER BY r.id DESC LIMIT ? OFFSET ?",
            (collection, limit, offset),
        )
        return [_report(row) for row in rows]

    def count_open(self, collection: str) -> int:
        """Return how many reports wait for a decision."""
        (count,) = self._connection.execute(
            f"SELECT count(*) FROM (SELECT {_REPORT} AND r.settled_at IS NULL)",  # noqa: S608 - ours
            (collection,),
        ).fetchone()
        return int(count)

    def read(self, collection: str, report_id: int) -> Report:
        """Return a report, decided or not.

        Raises:
            ReportNotFound: There is none in this collection.
        """
        rows = self._connection.execute(
            f"SELECT {_REPORT} AND r.id = ?", (collection, min(report_id, 2**63 - 1))
        )
        for row in rows:
            return _report(row)
        raise ReportNotFound("That report is no longer here. See /reports.")

    def reports_on(self, answer_id: int, collection: str) -> list[Report]:
        """Return everything that was reported of an answer, the oldest first."""
        rows = self._connection.execute(
            f"SELECT {_REPORT} AND r.answer_id = ? ORDER BY r.id", (collection, answer_id)
        )
        return [_report(row) for row in rows]

    def settle(self, answer_id: int, *, hidden: bool) -> None:
        """Decide all reports on an answer: it stays hidden, or is shown (again)."""
        with self._store.transaction():
            self._connection.execute(
                "UPDATE reports SET settled_at = ? WHERE answer_id = ? AND settled_at IS NULL",
                (_now(), answer_id),
            )
            self._connection.execute(
                "UPDATE answers SET hidden_at = CASE WHEN ? THEN coalesce(hidden_at, ?) END WHERE id = ?",
                (hidden, _now(), answer_id),
            )

    def answers_with_opinions(self, collection: str) -> list[int]:
        """Return the numbers of the answers that somebody voted on or reported, the oldest first."""
        rows = self._connection.execute(
            "SELECT an.id FROM answers an JOIN collections c ON c.id = an.collection_id WHERE c.name = ? "
            "AND an.id IN (SELECT answer_id FROM votes UNION SELECT answer_id FROM reports) ORDER BY an.id",
            (collection,),
        )
        return [number for (number,) in rows]


def _report(row: Sequence[Any]) -> Report:
    number, answer_id, question, person, fault, words, link, reported_at, hidden_at = row
    when = datetime.fromisoformat(reported_at)
    return Report(number, answer_id, question, person, fault, words, link, when, hidden_at is not None)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
