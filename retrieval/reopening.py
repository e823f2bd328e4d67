"""The librarian's list of questions that are being answered, for the process that comes after this one."""

from datetime import UTC, datetime

from retrieval.desk import Desk
from retrieval.lane import Priority
from retrieval.open_question_store import OpenQuestionStore
from retrieval.open_questions import KEPT_FOR, OpenQuestion


class Reopening(Desk):
    """Keeps what is being answered; what a process leaves behind can be taken up for a day."""

    async def open_question(self, asked: OpenQuestion, *, collection: str) -> int:
        """Keep a question before it is answered; return its number. It goes ahead of whatever waits."""
        now = datetime.now(UTC)
        return await self._lane.run(
            lambda: self._questions().put(collection, asked, now), priority=Priority.NOTE
        )

    async def close_question(self, number: int, *, collection: str) -> None:
        """Forget a question, because it was answered."""
        await self._lane.run(lambda: self._questions().remove(collection, number), priority=Priority.NOTE)

    async def cut_question_off(self, number: int, *, collection: str) -> None:
        """Note that a question will not be answered by this process."""
        await self._lane.run(lambda: self._questions().mark(collection, number), priority=Priority.NOTE)

    async def take_up(self, number: int, *, collection: str, person: str, where: str) -> OpenQuestion:
        """Return a question that was cut off, to be answered now and awaited at *where*.

        Raises:
            QuestionNotFound: This person has no such question here, it is being answered already, or
                it is more than a day old.
        """
        now = datetime.now(UTC)
        return await self._lane.run(
            lambda: self._questions().take_up(collection, number, person, where, now), priority=Priority.NOTE
        )

    async def left_open(self, before: datetime) -> list[OpenQuestion]:
        """Return, once, what a process that ended before this moment was still answering."""
        return await self._lane.run(lambda: self._questions().cut_off(before), priority=Priority.NOTE)

    async def forget_open_questions(self, now: datetime) -> None:
        """Delete the questions that are too old to be taken up."""
        await self._lane.run(lambda: self._questions().forget(now - KEPT_FOR), priority=Priority.NOTE)

    def _questions(self) -> OpenQuestionStore:
        return OpenQuestionStore(self._workshop.store)
