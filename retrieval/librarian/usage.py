"""What the language model costs, and the budgets of a day.

A budget is checked before a call and charged after it, so the last call of a day may exceed it. Days
are UTC. When a budget is used up, the articles' own sentences are the answer.
"""

from datetime import UTC, date, datetime

from retrieval.domain import Tokens, Usage
from retrieval.librarian.context import Context
from retrieval.messages import message
from retrieval.records import UsageStore
from retrieval.runtime import Priority, asking


class UsageMeter:
    """Says how many tokens were used today."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def get(self, *, collection: str) -> Usage:
        """Return what the language model cost a collection today."""
        day = _today()
        calls, tokens = await self._context.lane.run(
            lambda: UsageStore(self._context.store).of(collection, day), priority=Priority.NOTE
        )
        return Usage(day, calls, tokens, self._context.settings.llm_tokens_per_day)

    async def get_total(self) -> Tokens:
        """Return what the language model cost all collections together today."""
        day = _today()
        return await self._context.lane.run(
            lambda: UsageStore(self._context.store).of_all(day), priority=Priority.NOTE
        )


class TokenBudget:
    """Charges tokens to a collection and to the person who asks, and says when a budget is used up."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def find_exhausted(self, collection: str) -> str:
        """Return which budget of today is used up, fit for a card; empty if none is."""
        settings = self._context.settings
        if settings.llm_tokens_per_day is None and settings.llm_tokens_per_person is None:
            return ""
        person = asking()
        return await self._context.lane.run(lambda: self._find_exhausted(collection, person))

    def _find_exhausted(self, collection: str, person: str) -> str:
        settings, spent, day = self._context.settings, UsageStore(self._context.store), _today()
        whole, own = settings.llm_tokens_per_day, settings.llm_tokens_per_person
        if whole is not None and spent.of(collection, day)[1].total >= whole:
            return message("today's tokens are used up here")
        if own is not None and person and spent.of_person(person, day) >= own:
            return message("your tokens for today are used up")
        return ""

    async def spend(self, tokens: Tokens, collection: str) -> bool:
        """Count *tokens*, and return whether the budgets allow another call."""
        await self.charge(tokens, collection)
        return not await self.find_exhausted(collection)

    async def charge(self, tokens: Tokens, collection: str) -> None:
        """Count tokens that a call used."""
        person = asking()
        if tokens.total:
            await self._context.lane.run(
                lambda: UsageStore(self._context.store).add(collection, person, _today(), tokens)
            )


def _today() -> date:
    return datetime.now(UTC).date()
