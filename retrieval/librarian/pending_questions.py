"""Questions that are being answered, kept for the process that comes after this one."""

from datetime import UTC, datetime

from retrieval.domain import KEPT_FOR, OpenQuestion
from retrieval.librarian.context import Context
from retrieval.records import OpenQuestionStore
from retrieval.runtime import Priority


class PendingQuestions:
    """Keeps what is being answered; what a process leaves behind can be taken up for a day."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def add(self, asked: OpenQuestion, *, collection: str) -> int:
        """Keep a question before it is answered; return its number. Never waits for long."""
        now = datetime.now(UTC)
        return await self._context.lane.run(
            lambda: self._store.put(collection, asked, now), priority=Priority.NOTE
        )

    async def remove(self, number: int, *, collection: str) -> None:
        """Forget a question, because it was answered."""
        await self._context.lane.run(lambda: self._store.remove(collection, number), priority=Priority.NOTE)

    async def interrupt(self, number: int, *, collection: str) -> None:
        """Note that a question will not be answered by this process."""
        await self._context.lane.run(lambda: self._store.mark(collection, number), priority=Priority.NOTE)

    async def resume(self, number: int, *, collection: str, person: str, where: str) -> OpenQuestion:
        """Return a question that was cut off, to be answered now and awaited at *where*.

        Raises:
            QuestionNotFound: This person has no such question here, it is being answered already, or
                it is more than a day old.
        """
        now = datetime.now(UTC)
        return await self._context.lane.run(
            lambda: self._store.take_up(collection, number, person, where, now), priority=Priority.NOTE
        )

    async def interrupt_added_before(self, before: datetime) -> list[OpenQuestion]:
        """Return, once, what a process that ended before this moment was still answering."""
        return await self._context.lane.run(lambda: self._store.cut_off(before), priority=Priority.NOTE)

    async def delete_expired(self, now: datetime) -> None:
        """Delete the questions that are too old to be taken up."""
        await self._context.lane.run(lambda: self._store.forget(now - KEPT_FOR), priority=Priority.NOTE)

    @property
    def _store(self) -> OpenQuestionStore:
        return OpenQuestionStore(self._context.store)
