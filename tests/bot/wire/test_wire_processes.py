"""Several processes on one library, and what becomes of everything when one of them is killed."""

import sys

import pytest
from process_crowd import PEOPLE, crowd, import_and_ask

pytestmark = [pytest.mark.wire, pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")]


async def test_a_killed_process_loses_no_question_and_doubles_no_digest(tmp_path, postgres_url):
    async with crowd(tmp_path, postgres_url) as (people, librarian):
        await people.round(librarian, "one", 0.2)
    tally = people.tally
    assert tally.answered + tally.retried + tally.unheard == PEOPLE
    assert tally.answered >= PEOPLE // 2
    assert tally.digests == 4


async def test_a_killed_worker_loses_no_article_and_two_that_add_the_same_make_one(tmp_path, postgres_url):
    await import_and_ask(tmp_path, postgres_url, 20)
