"""The part of the dictionary librarian that makes digests and timelines, and keeps schedules."""

from dataclasses import replace
from datetime import date, datetime

from retrieval.domain import Citation, Filters, Span
from retrieval.overviews import Dated, Digest, Story, Timeline
from retrieval.schedules import Schedule


class Overviews:
    def __init__(self):
        self.appointments: dict[str, Schedule] = {}
        self.overviews: list[tuple[str | None, Filters, datetime | None]] = []

    async def digest(
        self,
        topic=None,
        *,
        collection,
        filters=Filters(),  # noqa: B008
        added_since=None,
        on_progress=None,
        extractive=False,
    ):
        """Every article is a story, told by its second sentence."""
        self.overviews.append((topic, filters, added_since))
        await self._work(None, on_progress)
        articles = [a for a in self._in(collection) if added_since is None or a.added_at >= added_since]
        stories = tuple(Story(self._second(article), (article,)) for article in articles)
        return Digest(topic, stories, len(stories), 0, len(self._in(collection)))

    async def timeline(self, topic, *, collection, filters=Filters(), on_progress=None):  # noqa: B008
        self.overviews.append((topic, filters, None))
        await self._work(None, on_progress)
        found = [Dated(date(1907, 1, 1), "year", "in 1907", self._second(a)) for a in self._in(collection)]
        return Timeline(topic, tuple(found), len(found))

    def _second(self, article):
        text = self.texts[article.id]
        start = text.find(". ") + 2
        span = Span(start, text.find(".", start) + 1)
        return Citation(1, article, span, span.of(text))

    async def schedules(self):
        return list(self.appointments.values())

    async def scheduled(self, *, collection):
        return self.appointments.get(collection)

    async def schedule(self, schedule):
        self.appointments[schedule.collection] = schedule

    async def unschedule(self, *, collection):
        return self.appointments.pop(collection, None) is not None

    async def claim_slot(self, slot, *, collection):
        kept = self.appointments.get(collection)
        if kept is None or kept.last_slot >= slot:
            return False
        self.appointments[collection] = replace(kept, last_slot=slot)
        return True

    async def note_delivered(self, covered_until, *, collection):
        kept = self.appointments[collection]
        self.appointments[collection] = replace(kept, covered_until=covered_until, failures=0)

    async def note_refused(self, *, collection):
        kept = self.appointments[collection]
        self.appointments[collection] = replace(kept, failures=kept.failures + 1)
        return kept.failures + 1
