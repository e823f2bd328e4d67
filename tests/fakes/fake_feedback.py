"""Votes and reports of the fake librarian."""

from dataclasses import replace
from datetime import UTC, datetime

from retrieval.domain.records import Opinion, Report
from retrieval.errors import ReportNotFound


class FakeFeedback:
    def __init__(self, library):
        self._library = library
        self.given: dict[tuple[int, int, str], bool] = {}
        """Answer, number and person to the vote."""
        self.reported: dict[int, tuple[str, Report]] = {}
        self.settled: set[int] = set()
        self.hidden: set[int] = set()

    async def vote(self, answer_id, number, supports, *, collection, person):
        self._library.find_answer(answer_id, collection, person)
        self.given.pop((answer_id, number, person), None)
        if supports is not None:
            self.given[answer_id, number, person] = supports

    async def get_votes(self, answer_id, *, collection, person):
        self._library.find_answer(answer_id, collection, person)
        return {n: vote for (a, n, p), vote in self.given.items() if (a, p) == (answer_id, person)}

    async def report(self, answer_id, fault, *, collection, person, words="", link=""):
        answer = self._library.find_answer(answer_id, collection, person)
        number = len(self.reported) + 1
        decided = any(self.reported[n][1].answer_id == answer_id for n in self.settled)
        if fault == "hide" and not decided:
            self.hidden.add(answer_id)
        when = datetime(2026, 2, 3, tzinfo=UTC)
        hides = answer_id in self.hidden
        report = Report(number, answer_id, answer.question, person, fault, words, link, when, hides)
        self.reported[number] = (collection, report)
        return report

    async def list_reports(self, *, collection, offset=0, limit=50):
        waiting = [r for c, r in self.reported.values() if c == collection and r.id not in self.settled]
        waiting = [replace(one, hides=one.answer_id in self.hidden) for one in reversed(waiting)]
        return waiting[offset : offset + limit], len(waiting)

    async def get_report(self, report_id, *, collection):
        owner, report = self.reported.get(report_id, (None, None))
        if owner != collection:
            raise ReportNotFound("That report is no longer here. See /reports.")
        return replace(report, hides=report.answer_id in self.hidden)

    async def settle(self, report_id, *, collection, hidden):
        report = await self.get_report(report_id, collection=collection)
        self.settled |= {n for n, (_, one) in self.reported.items() if one.answer_id == report.answer_id}
        (self.hidden.add if hidden else self.hidden.discard)(report.answer_id)
        return replace(report, hides=hidden)

    async def list_opinions(self, *, collection):
        recorded = self._library.answers.recorded.values()
        return [Opinion(answer, {}, ()) for owner, answer in recorded if owner == collection]
