"""Digests and timelines of many articles, and the digests that a collection gets daily or weekly."""

from datetime import datetime

from retrieval.digests import Overviews, Schedule, ScheduleStore, normalize_topic
from retrieval.domain import Digest, Filters, Timeline
from retrieval.librarian.context import Context
from retrieval.librarian.usage import TokenBudget
from retrieval.protocols import OnProgress
from retrieval.runtime import Priority, report_progress_to


class Digests:
    """Says what many articles report, and when what happened.

    Also keeps schedules: the caller that delivers digests asks here what is due, and claims it first.
    """

    def __init__(self, context: Context, budget: TokenBudget) -> None:
        self._context = context
        self._budget = budget

    async def create(
        self,
        topic: str | None = None,
        *,
        collection: str,
        filters: Filters = Filters(),  # noqa: B008 - frozen and empty
        added_since: datetime | None = None,
        on_progress: OnProgress | None = None,
        extractive: bool = False,
    ) -> Digest:
        """Return what the articles report, one cited line a story, and where they disagree.

        Args:
            topic: What they should be about; all articles without one.
            collection: Whose articles.
            filters: Which of them.
            added_since: Only articles that came into the library then or later.
            on_progress: Called with how far it is.
            extractive: Let no language model choose or word the lines.

        Raises:
            BadQuestion, ArticleNotFound, LibraryBusy: As for ``answers.search``.
        """
        topic = None if topic is None else normalize_topic(topic)
        lane, llm = self._context.lane, self._context.llm
        slices = Overviews(self._context.resources).digest(
            topic, collection=collection, filters=filters, added_since=added_since
        )
        digest = await lane.run_in_slices(
            report_progress_to(slices, on_progress, "Reading articles"), priority=Priority.QUESTION
        )
        if llm is None or extractive or not digest.stories:
            return digest
        if await self._budget.find_exhausted(collection):
            return digest
        text_of = self._context.store.text
        if self._context.chosen is not None:
            from retrieval.llm import ChosenLines  # late: only where there is a model

            lines = ChosenLines(self._context.chosen.chooser, lane=lane, text_of=text_of)
            digest, tokens = await lines.choose(digest)
        else:
            from retrieval.llm import LlmDigester

            digest, tokens = await LlmDigester(llm.model, lane=lane, text_of=text_of).write(digest)
        await self._budget.charge(tokens, collection)
        return digest

    async def create_timeline(
        self,
        topic: str,
        *,
        collection: str,
        filters: Filters = Filters(),  # noqa: B008 - frozen and empty
        on_progress: OnProgress | None = None,
    ) -> Timeline:
        """Return the dated sentences about *topic*, oldest first.

        Raises:
            BadQuestion, ArticleNotFound, LibraryBusy: As for ``answers.search``.
        """
        topic = normalize_topic(topic)
        slices = Overviews(self._context.resources).timeline(topic, collection=collection, filters=filters)
        return await self._context.lane.run_in_slices(
            report_progress_to(slices, on_progress, "Reading articles"), priority=Priority.QUESTION
        )

    # -- schedules -----------------------------------------------------------

    async def list_schedules(self) -> list[Schedule]:
        """Return the schedules of all collections."""
        return await self._context.lane.run(lambda: self._schedules.all())

    async def get_schedule(self, *, collection: str) -> Schedule | None:
        """Return a collection's schedule, if it has one."""
        return await self._context.lane.run(lambda: self._schedules.of(collection))

    async def set_schedule(self, schedule: Schedule) -> None:
        """Keep a schedule in place of the collection's former one."""
        await self._context.lane.run(lambda: self._schedules.put(schedule))

    async def remove_schedule(self, *, collection: str) -> bool:
        """Forget a collection's schedule; return whether it had one."""
        return await self._context.lane.run(lambda: self._schedules.remove(collection))

    async def claim_slot(self, slot: datetime, now: datetime, *, collection: str) -> bool:
        """Note that a slot is being seen to, before anything is sent; ``False`` if it was already."""
        return await self._context.lane.run(lambda: self._schedules.claim(collection, slot, now))

    async def record_answer(self, number: int, *, collection: str) -> None:
        """Note which recorded answer is about to be delivered for the slot."""
        await self._context.lane.run(lambda: self._schedules.record_answer(collection, number))

    async def give_up_slot(self, *, collection: str) -> None:
        """Note that nothing is delivered for the slot."""
        await self._context.lane.run(lambda: self._schedules.give_up(collection))

    async def record_delivery(self, covered_until: datetime, *, collection: str) -> None:
        """Note up to when a collection's articles have been shown."""
        await self._context.lane.run(lambda: self._schedules.record_delivery(collection, covered_until))

    async def record_refusal(self, *, collection: str) -> int:
        """Count a delivery that was refused; return how many there were in a row."""
        return await self._context.lane.run(lambda: self._schedules.record_failure(collection))

    @property
    def _schedules(self) -> ScheduleStore:
        return ScheduleStore(self._context.store)
