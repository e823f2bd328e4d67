"""A small library with a scripted language model, for tests of what its calls cost."""

from contextlib import asynccontextmanager

from fakes import small_library
from scripted_model import scripted_model

from retrieval.domain import NewArticle
from retrieval.runtime.current_user import set_current_user

TEXT = "In 1907 the harbor of Orrin was deepened by forty workers. It cost 300 crowns."
QUESTION = "When was the harbor of Orrin deepened?"
DRAFT = "Forty workers deepened the harbor of Orrin in 1907 [1]."
COST = 222
"""Tokens of a call, as the scripted server counts them."""


@asynccontextmanager
async def library_with_model(folder, script, **settings):
    settings.setdefault("llm_mode", "write")
    async with (
        scripted_model(script) as url,
        small_library(
            folder, llm_base_url=url, llm_model="scripted", answer_threshold=1.0, **settings
        ) as librarian,
    ):
        for collection in ("ours", "theirs"):
            await librarian.articles.add(NewArticle(TEXT, title="The harbor of Orrin"), collection=collection)
        yield librarian


async def ask(librarian, person="ada", collection="ours", **more):
    with set_current_user(person):
        return await librarian.answers.ask(QUESTION, collection=collection, **more)
