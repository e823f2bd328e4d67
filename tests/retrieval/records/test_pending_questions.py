"""Questions that are being answered, kept for the next process."""

from datetime import UTC, date, datetime, timedelta

import pytest
from fakes import small_library

from retrieval.domain.articles import Filters
from retrieval.domain.records import OpenQuestion
from retrieval.errors import QuestionNotFound

FILTERS = Filters(("a1",), site="x", since=date(2024, 1, 2))
ASKED = OpenQuestion(
    "When?", "7", '{"channel": 1}', Filters(("a1",), site="x", since=date(2024, 1, 2)), after=3
)
LATER = timedelta(minutes=1)


@pytest.fixture
async def library(tmp_path):
    async with small_library(tmp_path) as librarian:
        yield librarian


async def test_what_a_process_left_open_is_found_by_the_next_one_once(tmp_path):
    async with small_library(tmp_path) as before:
        number = await before.pending_questions.add(ASKED, collection="g")
    async with small_library(tmp_path) as after:
        [found] = await after.pending_questions.interrupt_orphaned()
        assert (found.id, found.collection) == (number, "g")
        assert (found.question, found.filters, found.after) == (ASKED.question, ASKED.filters, 3)
        assert await after.pending_questions.interrupt_orphaned() == []
        again = await after.pending_questions.resume(number, collection="g", person="7", where="{}")
        assert again.question == ASKED.question


async def test_an_answered_question_is_forgotten(library):
    number = await library.pending_questions.add(ASKED, collection="g")
    await library.pending_questions.remove(number, collection="g")
    assert await library.pending_questions.interrupt_orphaned() == []


async def test_a_question_is_taken_up_once_at_a_time_and_by_its_asker_only(library):
    number = await library.pending_questions.add(ASKED, collection="g")
    await library.pending_questions.interrupt(number, collection="g")
    for collection, person in (("g", "8"), ("h", "7")):
        with pytest.raises(QuestionNotFound):
            await library.pending_questions.resume(number, collection=collection, person=person, where="{}")
    await library.pending_questions.resume(number, collection="g", person="7", where="{}")
    with pytest.raises(QuestionNotFound, match="being answered"):
        await library.pending_questions.resume(number, collection="g", person="7", where="{}")


async def test_after_a_day_it_is_forgotten(library):
    number = await library.pending_questions.add(ASKED, collection="g")
    await library.pending_questions.interrupt(number, collection="g")
    await library.pending_questions.delete_expired(datetime.now(UTC) + timedelta(days=1, minutes=1))
    with pytest.raises(QuestionNotFound, match="a day old"):
        await library.pending_questions.resume(number, collection="g", person="7", where="{}")


@pytest.mark.parametrize("number", [0, 2**62, 10**30])
async def test_forged_numbers_find_nothing(library, number):
    with pytest.raises(QuestionNotFound):
        await library.pending_questions.resume(number, collection="g", person="7", where="{}")
