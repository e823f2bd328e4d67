"""Questions that are being answered, kept for the processes that outlive this one."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from retrieval.domain import KEPT_FOR, OpenQuestion
from retrieval.librarian.context import Context
from retrieval.processes import living
from retrieval.records import OpenQuestionStore
from retrieval.runtime import Priority

T = TypeVar("T")


class PendingQuestions:
    """Keeps what is being answered; what a process leaves behind can be taken up for a day."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def add(self, asked: OpenQuestion, *, collection: str) -> int:
        """Keep a question before it is answered; return its number. Does not wait for the lane."""
        now = datetime.now(UTC)
        number = await self._run(lambda store: store.put(collection, asked, now))
        while number is None:  # the first question of a collection
            await self._context.lane.run(lambda: self._make(collection), priority=Priority.NOTE)
            number = await self._run(lambda store: store.put(collection, asked, now))
        return number

    async def remove(self, number: int, *, collection: str) -> None:
        """Forget a question, because it was answered."""
        await self._run(lambda store: store.remove(collection, number))

    async def interrupt(self, number: int, *, collection: str) -> None:
        """Note that a question will not be answered by this process."""
        await self._run(lambda store: store.mark(collection, number))

    async def resume(self, number: int, *, collection: str, person: str, where: str) -> OpenQuestion:
        """Return a question that was cut off, to be answered now and awaited at *where*.

        Raises:
            QuestionNotFound: This person has no such question here, it is being answered already, or
                it is more than a day old.
        """
        now = datetime.now(UTC)
        return await self._run(lambda store: store.take_up(collection, number, person, where, now))

    async def interrupt_orphaned(self) -> list[OpenQuestion]:
        """Return, once, what processes that have ended were still answering."""
        return await self._context.statements.run(
            lambda connection: OpenQuestionStore(connection, self._context.process).cut_off(
                living(connection)
            )
        )

    async def delete_expired(self, now: datetime) -> None:
        """Delete the questions that are too old to be taken up."""
        await self._run(lambda store: store.forget(now - KEPT_FOR))

    async def _run(self, call: Callable[[OpenQuestionStore], T]) -> T:
        return await self._context.statements.run(
            lambda connection: call(OpenQuestionStore(connection, self._context.process))
        )

    def _make(self, collection: str) -> None:
        with self._context.store.transaction():
            self._context.store.ensure_collection(collection)
