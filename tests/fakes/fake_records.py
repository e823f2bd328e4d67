"""Mentions, findings of prompt injection and checks of the fake librarian."""

from datetime import UTC, datetime

from retrieval.domain.articles import Article, CheckReport
from retrieval.records.mentions import Mention


class FakeMentions:
    def __init__(self, library):
        self._library = library
        self.kept: dict[tuple[str, int], tuple[Article, str]] = {}

    async def record(self, public_id, place, *, collection):
        article = self._library.find(public_id, collection)
        first = self.kept.setdefault((collection, article.source or -article.id), (article, place))
        return None if first[1] == place else Mention(*first, datetime(2026, 1, 2, tzinfo=UTC))

    async def forget(self, place, *, collection):
        self.kept = {key: one for key, one in self.kept.items() if (key[0], one[1]) != (collection, place)}


class FakeInjectionFindings:
    def __init__(self):
        self.words: dict[str, str] = {}
        """Public id to the words with which an article addresses language models."""

    async def find(self, public_ids, *, collection):
        return {one: self.words[one] for one in public_ids if one in self.words}


class FakeMaintenance:
    def __init__(self, library):
        self._library = library
        self.faults: tuple[str, ...] = ()

    async def check(self):
        size = len(self._library.shelf)
        return CheckReport(size, size, self.faults, ("A cache will be built.",))

    async def rebuild(self, on_progress=None):
        return await self.check()
