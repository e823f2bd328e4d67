"""A private answer is kept for its asker; nobody else recalls, votes on or reports it."""

import asyncio

import pytest
from fakes import small_library

from retrieval.domain.articles import NewArticle
from retrieval.errors import AnswerNotFound
from retrieval.runtime.current_user import set_current_user

HARBOR = NewArticle("The harbor was built in 1911. It cost nine thousand crowns.", title="The harbor")


def run(folder, body):
    async def inside():
        async with small_library(folder) as library:
            await library.articles.add(HARBOR, collection="guild:1")
            return await body(library)

    return asyncio.run(inside())


async def given(library, *, private):
    answer = await library.answers.ask("When was the harbor built?", collection="guild:1")
    with set_current_user("ann", private=private):
        return (await library.answers.record(answer, collection="guild:1")).id


def test_it_is_recalled_for_its_asker_alone(tmp_path):
    async def body(library):
        number = await given(library, private=True)
        with set_current_user("ann"):
            assert (await library.answers.recall(number, collection="guild:1")).id == number
        for person in ("ben", ""):
            with set_current_user(person), pytest.raises(AnswerNotFound):
                await library.answers.recall(number, collection="guild:1")
        with pytest.raises(AnswerNotFound):
            await library.answers.recall(number, collection="guild:1")

    run(tmp_path, body)


def test_nobody_else_votes_on_it_or_reports_it(tmp_path):
    async def body(library):
        number = await given(library, private=True)
        with pytest.raises(AnswerNotFound):
            await library.feedback.vote(number, 1, True, collection="guild:1", person="ben")
        with pytest.raises(AnswerNotFound):
            await library.feedback.get_votes(number, collection="guild:1", person="ben")
        with pytest.raises(AnswerNotFound):
            await library.feedback.report(number, "hide", collection="guild:1", person="ben")
        await library.feedback.vote(number, 1, True, collection="guild:1", person="ann")
        await library.feedback.report(number, "quote", collection="guild:1", person="ann")
        assert len(await library.feedback.list_opinions(collection="guild:1")) == 1

    run(tmp_path, body)


def test_a_public_one_is_recalled_for_everybody(tmp_path):
    async def body(library):
        number = await given(library, private=False)
        with set_current_user("ben"):
            assert (await library.answers.recall(number, collection="guild:1")).id == number

    run(tmp_path, body)
