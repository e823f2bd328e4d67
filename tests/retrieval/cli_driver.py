"""Runs the command line with a fake librarian that holds many articles: python cli_driver.py ARGUMENTS."""

import sys
from types import ModuleType

from fake_librarian import FakeLibrarian

from retrieval.cli import main
from retrieval.domain import NewArticle

ARTICLES = 5_000


class FullLibrarian(FakeLibrarian):
    async def warm_up(self, on_progress=None):
        if not self.kept:
            for number in range(ARTICLES):
                text = f"Article {number} is about rivers. " * 10
                await self.add(NewArticle(text=text, given_id=f"n{number}"), collection="full")

    async def count(self, *, collection):
        await self.warm_up()
        return await super().count(collection=collection)

    async def export(self, *, collection):
        await self.warm_up()
        async for one in super().export(collection=collection):
            yield one


wiring = ModuleType("retrieval.wiring")
wiring.open_librarian = FullLibrarian().opened
sys.modules["retrieval.wiring"] = wiring
if __name__ == "__main__":
    main()
