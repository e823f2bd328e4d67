"""What readers say of answers: votes on citations, reports, and what moderators decide."""

from retrieval.domain import MAX_WORDS, Fault, Opinion, Report
from retrieval.errors import AnswerNotFound, BadQuestion
from retrieval.librarian.context import Context
from retrieval.messages import message
from retrieval.records import OpinionStore
from retrieval.storage import AnswerRecords


class Feedback:
    """Keeps what readers think of answers; *person* is whatever the caller calls people."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def vote(
        self, answer_id: int, number: int, supports: bool | None, *, collection: str, person: str
    ) -> None:
        """Say whether a citation supports its sentence; ``None`` takes a vote back.

        Raises:
            AnswerNotFound: This collection was given no such answer, or it cites nothing under the number.
        """

        def keep() -> None:
            answer = self._answers.load(collection, answer_id, person=person)
            if number not in {citation.number for citation in answer.citations}:
                raise AnswerNotFound("That answer has no such source any more. Please ask again.")
            self._opinions.vote(answer_id, number, person, supports)

        await self._context.lane.run(keep)

    async def get_votes(self, answer_id: int, *, collection: str, person: str) -> dict[int, bool]:
        """Return a person's own votes on an answer, by the numbers of its citations."""

        def read() -> dict[int, bool]:
            self._answers.load(collection, answer_id, person=person)
            return self._opinions.votes_of(answer_id, person)

        return await self._context.lane.run(read)

    async def report(
        self, answer_id: int, fault: Fault, *, collection: str, person: str, words: str = "", link: str = ""
    ) -> Report:
        """Keep that something is wrong with an answer; "hide" hides it at once.

        An answer that a moderator has shown again is not hidden a second time; the report is still kept.

        Raises:
            AnswerNotFound: This collection was given no such answer.
            BadQuestion: The words are too long.
        """
        if len(words) > MAX_WORDS:
            raise BadQuestion(message("Say it in at most {limit:,} characters, please.", limit=MAX_WORDS))

        def keep() -> Report:
            self._answers.load(collection, answer_id, hidden_too=True, person=person)
            number, _ = self._opinions.report(answer_id, person, fault, words, link)
            return self._opinions.read(collection, number)

        return await self._context.lane.run(keep)

    async def list_reports(
        self, *, collection: str, offset: int = 0, limit: int = 50
    ) -> tuple[list[Report], int]:
        """Return reports that nobody has decided, the newest first, and how many there are."""
        return await self._context.lane.run(
            lambda: (
                self._opinions.open_reports(collection, offset, limit),
                self._opinions.count_open(collection),
            )
        )

    async def get_report(self, report_id: int, *, collection: str) -> Report:
        """Return a report, decided or not; raises ``ReportNotFound``."""
        return await self._context.lane.run(lambda: self._opinions.read(collection, report_id))

    async def settle(self, report_id: int, *, collection: str, hidden: bool) -> Report:
        """Decide all reports on the answer of this one: it stays hidden, or is shown.

        Raises:
            ReportNotFound: There is no such report here.
        """

        def decide() -> Report:
            found = self._opinions.read(collection, report_id)
            self._opinions.settle(found.answer_id, hidden=hidden)
            return self._opinions.read(collection, report_id)

        return await self._context.lane.run(decide)

    async def list_opinions(self, *, collection: str) -> list[Opinion]:
        """Return every answer that readers said something of, with question, quotes, spans and versions."""

        def read() -> list[Opinion]:
            opinions, records = self._opinions, self._answers
            return [
                Opinion(
                    records.load(collection, number, hidden_too=True),
                    opinions.counts(number),
                    tuple(opinions.reports_on(number, collection)),
                )
                for number in opinions.answers_with_opinions(collection)
            ]

        return await self._context.lane.run(read)

    @property
    def _opinions(self) -> OpinionStore:
        return OpinionStore(self._context.store)

    @property
    def _answers(self) -> AnswerRecords:
        return AnswerRecords(self._context.store)
