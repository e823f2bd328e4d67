"""Questions that are being answered by the fake librarian, and what they cost."""

from dataclasses import replace
from datetime import UTC, date, datetime

from retrieval.domain.answers import Tokens, Usage
from retrieval.domain.records import KEPT_FOR
from retrieval.errors import QuestionNotFound


class FakePendingQuestions:
    def __init__(self):
        self.kept = {}
        """Number to the question, and whether it was interrupted."""
        self._added = 0

    async def add(self, asked, *, collection):
        self._added += 1
        asked = replace(asked, id=self._added, collection=collection, asked_at=datetime.now(UTC))
        self.kept[asked.id] = (asked, False)
        return asked.id

    async def remove(self, number, *, collection):
        self.kept.pop(number, None)

    async def interrupt(self, number, *, collection):
        asked, _ = self.kept[number]
        self.kept[number] = (asked, True)

    async def resume(self, number, *, collection, person, where):
        asked, interrupted = self.kept.get(number, (None, False))
        if not interrupted or (asked.collection, asked.person) != (collection, person):
            raise QuestionNotFound("This question is answered already. Please ask it again.")
        self.kept[number] = (replace(asked, where=where), False)
        return asked

    async def interrupt_orphaned(self):
        """Every question that is being answered: the fake is asked when a bot starts."""
        found = [one for one, interrupted in self.kept.values() if not interrupted]
        for asked in found:
            self.kept[asked.id] = (asked, True)
        return found

    async def delete_expired(self, now):
        kept = self.kept.items()
        self.kept = {number: one for number, one in kept if one[0].asked_at > now - KEPT_FOR}


class FakeUsage:
    def __init__(self):
        self.spent = Tokens()

    async def get(self, *, collection):
        return Usage(date(2026, 1, 1), 2, self.spent, 5_000)

    async def get_total(self):
        return self.spent
