"""Digests, timelines and schedules of the fake librarian."""

from dataclasses import replace
from datetime import date, datetime

from retrieval.digests.schedules import Schedule
from retrieval.domain.answers import Citation
from retrieval.domain.articles import Filters
from retrieval.domain.digests import Dated, Digest, Story, Timeline
from retrieval.domain.spans import Span

NO_FILTERS = Filters()


class FakeDigests:
    def __init__(self, library):
        self._library = library
        self.asked: list[tuple[str | None, Filters, datetime | None]] = []
        self.schedules: dict[str, Schedule] = {}

    async def create(
        self,
        topic=None,
        *,
        collection,
        filters=NO_FILTERS,
        added_since=None,
        on_progress=None,
        extractive=False,
    ):
        """Every article is a story; its second sentence is the line."""
        self.asked.append((topic, filters, added_since))
        await self._library.work(None, on_progress)
        there = self._library.newest_first(collection)
        articles = [a for a in there if added_since is None or a.added_at >= added_since]
        stories = tuple(Story(self._second(article), (article,)) for article in articles)
        return Digest(topic, stories, len(stories), 0, len(there))

    async def create_timeline(self, topic, *, collection, filters=NO_FILTERS, on_progress=None):
        self.asked.append((topic, filters, None))
        await self._library.work(None, on_progress)
        articles = self._library.newest_first(collection)
        found = [Dated(date(1907, 1, 1), "year", "in 1907", self._second(a)) for a in articles]
        return Timeline(topic, tuple(found), len(found))

    def _second(self, article):
        text = self._library.texts[article.id]
        start = text.find(". ") + 2
        span = Span(start, text.find(".", start) + 1)
        return Citation(1, article, span, span.of(text))

    async def list_schedules(self):
        return list(self.schedules.values())

    async def get_schedule(self, *, collection):
        return self.schedules.get(collection)

    async def set_schedule(self, schedule):
        self.schedules[schedule.collection] = schedule

    async def remove_schedule(self, *, collection):
        return self.schedules.pop(collection, None) is not None

    async def claim_slot(self, slot, now, *, collection):
        kept = self.schedules.get(collection)
        if kept is None or kept.last_slot >= slot:
            return False
        self.schedules[collection] = replace(kept, last_slot=slot, claimed_at=now, delivering=None)
        return True

    async def record_answer(self, number, *, collection):
        self.schedules[collection] = replace(self.schedules[collection], delivering=number)

    async def give_up_slot(self, *, collection):
        self._clear(collection)

    def _clear(self, collection, **known):
        kept = self.schedules[collection]
        self.schedules[collection] = replace(kept, claimed_at=None, delivering=None, **known)

    async def record_delivery(self, covered_until, *, collection):
        self._clear(collection, covered_until=covered_until, failures=0)

    async def record_refusal(self, *, collection):
        failures = self.schedules[collection].failures + 1
        self._clear(collection, failures=failures)
        return failures
