"""Votes, reports and longer answers of the librarian for tests, kept in lists."""

from dataclasses import replace
from datetime import UTC, datetime

from retrieval.claims import MOST, asserted_in
from retrieval.domain import Answer, Citation, Filters, Hit, Passage, PassageId, Span, Statement
from retrieval.errors import AnswerHidden, AnswerNotFound, BadQuestion, ReportNotFound
from retrieval.opinions import Opinion, Report
from retrieval.summarizing import unstored
from retrieval.text import find_exact
from retrieval.verdicts import Claim, ClaimsCheck, Verdict

NO_FILTERS = Filters()


class Reviews:
    def __init__(self):
        self.given: dict[tuple[int, int, str], bool] = {}
        self.reported: dict[int, tuple[str, Report]] = {}
        self.settled: set[int] = set()
        self.hidden: set[int] = set()
        self.leads_to = ("Who is Ada Berg?", "What happened in 1907?")

    def _answer_in(self, answer_id, collection):
        owner, answer = self.answers.get(answer_id, (None, None))
        if owner != collection:
            raise AnswerNotFound("That answer is too old, or was not given here. Please ask again.")
        return answer

    def _shown(self, answer_id):
        if answer_id in self.hidden:
            raise AnswerHidden("This answer is hidden until a moderator has looked at it.")

    async def elaborate(self, answer, *, collection, on_place=None):
        more = (Statement("Ships came.", (1,)),) if answer.citations else ()
        return replace(answer, statements=answer.statements + more, follow_ups=self.leads_to)

    async def ask_new(self, question, articles, *, collection, on_place=None):
        await self._work(on_place)
        self.asked_texts = list(articles)
        shown = [unstored(one, collection) for one in articles]
        span = Span(0, len(articles[0].text))
        hit = Hit(Passage(PassageId(-1), shown[0].id, span), shown[0], articles[0].text, 1.0)
        answer = Answer(question=question, nearest=(hit,), library_size=len(articles))
        if "nothing" in question:
            return answer
        citation = Citation(1, shown[0], span, articles[0].text)
        return replace(answer, statements=(Statement(articles[0].text, (1,)),), citations=(citation,))

    async def check_claims(self, text, *, collection, filters=NO_FILTERS, on_place=None):
        await self._work(on_place)
        claims, number = [], 0
        for one in asserted_in(text):
            citations = [
                Citation(number + 1, article, span, span.of(self.texts[article.id]))
                for article in self._in(collection)
                if (span := find_exact(one.text.split()[-1], self.texts[article.id]))
            ][:1]
            number += len(citations)
            verdict = Verdict.SUPPORTED if citations else Verdict.NOT_FOUND
            if citations and " not " in one.text:
                verdict = Verdict.CONTRADICTED
            claims.append(Claim(one.text, verdict, tuple(citations)))
        if not claims:
            raise BadQuestion("I found no claim in that text.")
        return ClaimsCheck(tuple(claims[:MOST]), max(0, len(claims) - MOST), len(self._in(collection)))

    async def vote(self, answer_id, number, supports, *, collection, person):
        self._answer_in(answer_id, collection)
        self.given.pop((answer_id, number, person), None)
        if supports is not None:
            self.given[answer_id, number, person] = supports

    async def votes(self, answer_id, *, collection, person):
        self._answer_in(answer_id, collection)
        return {n: vote for (a, n, p), vote in self.given.items() if (a, p) == (answer_id, person)}

    async def report(self, answer_id, fault, *, collection, person, words="", link=""):
        answer = self._answer_in(answer_id, collection)
        number = len(self.reported) + 1
        decided = any(self.reported[n][1].answer_id == answer_id for n in self.settled)
        if fault == "hide" and not decided:
            self.hidden.add(answer_id)
        when = datetime(2026, 2, 3, tzinfo=UTC)
        hides = answer_id in self.hidden
        report = Report(number, answer_id, answer.question, person, fault, words, link, when, hides)
        self.reported[number] = (collection, report)
        return report

    def _waiting(self, collection):
        waiting = [r for c, r in self.reported.values() if c == collection and r.id not in self.settled]
        return [replace(one, hides=one.answer_id in self.hidden) for one in reversed(waiting)]

    async def reports(self, *, collection, offset=0, limit=50):
        waiting = self._waiting(collection)
        return waiting[offset : offset + limit], len(waiting)

    async def report_numbered(self, report_id, *, collection):
        owner, report = self.reported.get(report_id, (None, None))
        if owner != collection:
            raise ReportNotFound("That report is no longer here. See /reports.")
        return replace(report, hides=report.answer_id in self.hidden)

    async def settle(self, report_id, *, collection, hidden):
        report = await self.report_numbered(report_id, collection=collection)
        self.settled |= {n for n, (_, one) in self.reported.items() if one.answer_id == report.answer_id}
        (self.hidden.add if hidden else self.hidden.discard)(report.answer_id)
        return replace(report, hides=hidden)

    async def opinions(self, *, collection):
        return [Opinion(answer, {}, ()) for owner, answer in self.answers.values() if owner == collection]
