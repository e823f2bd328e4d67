"""Votes and reports in the database, beside the answers that they are about."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from retrieval.domain import Fault, Report
from retrieval.errors import ReportNotFound
from retrieval.storage import ArticleStore

_REPORT = (
    "r.id, r.answer_id, an.question, r.person, r.fault, r.words, r.link, r.reported_at, an.hidden_at "
    "FROM reports r JOIN answers an ON an.id = r.answer_id JOIN collections c ON c.id = an.collection_id "
    "WHERE c.name = :collection"
)


class OpinionStore:
    """Writes and reads what readers think. Belongs to the lane.

    Callers make sure that the answer is of the collection, by loading it first.
    """

    def __init__(self, store: ArticleStore) -> None:
        self._store = store
        self._connection = store.connection

    def vote(self, answer_id: int, number: int, person: str, supports: bool | None) -> None:
        """Keep a person's vote on a citation in place of the former one; ``None`` takes it back."""
        key = {"answer": answer_id, "number": number, "person": person}
        with self._store.transaction():
            if supports is None:
                self._connection.execute(
                    "DELETE FROM votes WHERE answer_id = :answer AND number = :number AND person = :person",
                    key,
                )
            else:
                self._connection.execute(
                    "INSERT INTO votes (answer_id, number, person, supports, voted_at) "
                    "VALUES (:answer, :number, :person, :supports, :now) "
                    "ON CONFLICT (answer_id, number, person) "
                    "DO UPDATE SET supports = excluded.supports, voted_at = excluded.voted_at",
                    {**key, "supports": int(supports), "now": _now()},
                )

    def votes_of(self, answer_id: int, person: str) -> dict[int, bool]:
        """Return a person's votes on the citations of an answer, by their numbers."""
        rows = self._connection.execute(
            "SELECT number, supports FROM votes WHERE answer_id = :answer AND person = :person",
            {"answer": answer_id, "person": person},
        )
        return {number: bool(supports) for number, supports in rows}

    def counts(self, answer_id: int) -> dict[int, tuple[int, int]]:
        """Return how many vote for and against each citation of an answer."""
        rows = self._connection.execute(
            "SELECT number, sum(supports), count(*) - sum(supports) FROM votes WHERE answer_id = :answer "
            "GROUP BY number",
            {"answer": answer_id},
        )
        return {number: (good, bad) for number, good, bad in rows}

    def report(self, answer_id: int, person: str, fault: Fault, words: str, link: str) -> tuple[int, bool]:
        """Keep a report; return its number and whether it hides the answer.

        It does if it asks for that, unless somebody who may decide has already shown this answer again.
        """
        with self._store.transaction():
            inserted = self._connection.execute(
                "INSERT INTO reports (answer_id, person, fault, words, link, reported_at) "
                "VALUES (:answer, :person, :fault, :words, :link, :now) RETURNING id",
                {
                    "answer": answer_id,
                    "person": person,
                    "fault": fault,
                    "words": words,
                    "link": link,
                    "now": _now(),
                },
            )
            number = int(inserted.fetchone()[0])
            if fault != "hide":
                return number, False
            (decided,) = self._connection.execute(
                "SELECT count(*) FROM reports WHERE answer_id = :answer AND fault = 'hide' "
                "AND settled_at IS NOT NULL",
                {"answer": answer_id},
            ).fetchone()
            if not decided:
                self._connection.execute(
                    "UPDATE answers SET hidden_at = :now WHERE id = :answer AND hidden_at IS NULL",
                    {"now": _now(), "answer": answer_id},
                )
        return number, not decided

    def open_reports(self, collection: str, offset: int, limit: int) -> list[Report]:
        """Return the reports that wait for a decision, the newest first."""
        rows = self._connection.execute(
            f"SELECT {_REPORT} AND r.settled_at IS NULL ORDER BY r.id DESC LIMIT :limit OFFSET :offset",
            {"collection": collection, "limit": limit, "offset": offset},
        )
        return [_report(row) for row in rows]

    def count_open(self, collection: str) -> int:
        """Return how many reports wait for a decision."""
        (count,) = self._connection.execute(
            f"SELECT count(*) FROM (SELECT {_REPORT} AND r.settled_at IS NULL) AS waiting",  # noqa: S608
            {"collection": collection},
        ).fetchone()
        return int(count)

    def read(self, collection: str, report_id: int) -> Report:
        """Return a report, decided or not.

        Raises:
            ReportNotFound: There is none in this collection.
        """
        rows = self._connection.execute(
            f"SELECT {_REPORT} AND r.id = :id",
            {"collection": collection, "id": min(report_id, 2**63 - 1)},
        )
        for row in rows:
            return _report(row)
        raise ReportNotFound("That report is no longer here. See /reports.")

    def reports_on(self, answer_id: int, collection: str) -> list[Report]:
        """Return everything that was reported of an answer, the oldest first."""
        rows = self._connection.execute(
            f"SELECT {_REPORT} AND r.answer_id = :answer ORDER BY r.id",
            {"collection": collection, "answer": answer_id},
        )
        return [_report(row) for row in rows]

    def settle(self, answer_id: int, *, hidden: bool) -> None:
        """Decide all reports on an answer: it stays hidden, or is shown (again)."""
        with self._store.transaction():
            self._connection.execute(
                "UPDATE reports SET settled_at = :now WHERE answer_id = :answer AND settled_at IS NULL",
                {"now": _now(), "answer": answer_id},
            )
            self._connection.execute(
                "UPDATE answers SET hidden_at = CASE WHEN :hidden = 1 THEN coalesce(hidden_at, :now) END "
                "WHERE id = :answer",
                {"hidden": int(hidden), "now": _now(), "answer": answer_id},
            )

    def answers_with_opinions(self, collection: str) -> list[int]:
        """Return the numbers of the answers that somebody voted on or reported, the oldest first."""
        rows = self._connection.execute(
            "SELECT an.id FROM answers an JOIN collections c ON c.id = an.collection_id "
            "WHERE c.name = :collection "
            "AND an.id IN (SELECT answer_id FROM votes UNION SELECT answer_id FROM reports) ORDER BY an.id",
            {"collection": collection},
        )
        return [number for (number,) in rows]


def _report(row: Sequence[Any]) -> Report:
    number, answer_id, question, person, fault, words, link, reported_at, hidden_at = row
    when = datetime.fromisoformat(reported_at)
    return Report(number, answer_id, question, person, fault, words, link, when, hidden_at is not None)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
