"""The librarian's account of what the language model costs, and the budgets a day.

A budget is asked before a call and charged after it, so the last call of a day may go over it. Days
are UTC. Without the right to spend, the articles' own sentences are the answer.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from retrieval.asker import asking
from retrieval.desk import Desk
from retrieval.drafts import Tokens
from retrieval.lane import Priority
from retrieval.messages import message
from retrieval.usage_store import UsageStore


@dataclass(frozen=True, slots=True)
class Usage:
    """What a collection's questions cost today."""

    day: date
    """In UTC."""
    calls: int
    tokens: Tokens
    budget: int | None
    """Tokens that a day may cost; ``None``: as many as are asked for."""


class Metering(Desk):
    """Counts tokens, and keeps to the budgets."""

    async def usage(self, *, collection: str) -> Usage:
        """Return what the language model cost a collection today."""
        day = _today()
        calls, tokens = await self._lane.run(
            lambda: UsageStore(self._workshop.store).of(collection, day), priority=Priority.NOTE
        )
        return Usage(day, calls, tokens, self._workshop.settings.llm_tokens_per_day)

    async def tokens_today(self) -> Tokens:
        """Return what the language model cost all collections together today."""
        day = _today()
        return await self._lane.run(
            lambda: UsageStore(self._workshop.store).of_all(day), priority=Priority.NOTE
        )

    async def _overspent(self, collection: str) -> str:
        """Return why nothing more may be spent today, fit for a card; empty if it may."""
        settings = self._workshop.settings
        if settings.llm_tokens_per_day is None and settings.llm_tokens_per_person is None:
            return ""
        person = asking()
        return await self._lane.run(lambda: self._overspent_now(collection, person))

    def _overspent_now(self, collection: str, person: str) -> str:
        settings, spent, day = self._workshop.settings, UsageStore(self._workshop.store), _today()
        whole, own = settings.llm_tokens_per_day, settings.llm_tokens_per_person
        if whole is not None and spent.of(collection, day)[1].total >= whole:
            return message("today's tokens are used up here")
        if own is not None and person and spent.of_person(person, day) >= own:
            return message("your tokens for today are used up")
        return ""

    async def _spent(self, tokens: Tokens, collection: str) -> None:
        person = asking()
        if tokens.total:
            await self._lane.run(
                lambda: UsageStore(self._workshop.store).add(collection, person, _today(), tokens)
            )


def _today() -> date:
    return datetime.now(UTC).date()
