import asyncio

import pytest
from fakes import small_library

from retrieval.evaluation.benchmark import SAMPLES
from retrieval.evaluation.lag import measure, table, watch
from retrieval.evaluation.made_up_library import Texts, read_sources


@pytest.mark.slow
async def test_the_table_has_a_row_for_idleness_importing_and_questions_meanwhile(tmp_path):
    async with small_library(tmp_path) as librarian:
        lags = await measure(librarian, Texts(read_sources(SAMPLES)), articles=6, idle_s=0.05)
        assert await librarian.size() == 13
    header, _, *rows = table(lags).splitlines()
    assert header.split(" | ")[1:] == ["p50", "p99", "longest |"]
    assert [row.split(" | ")[0] for row in rows] == [
        "| Nothing else",
        "| Importing",
        "| Importing, with questions",
    ]


async def test_the_lag_is_what_the_loop_wakes_later_than_it_was_asked_to(monkeypatch):
    lags, readings = [], iter([0.0, 0.01, 1.0, 1.31])
    monkeypatch.setattr("retrieval.evaluation.lag.EVERY_S", 0.01)
    watching = asyncio.create_task(watch(lags, lambda: next(readings)))
    with pytest.raises(RuntimeError):  # there are no readings left
        await watching
    assert lags == pytest.approx([0.0, 0.3])


def test_the_median_and_the_99th_percentile_are_of_the_sorted_lags():
    times = [one / 1_000 for one in range(100, -1, -1)]
    assert "| Importing | 50.0 ms | 99.0 ms | 100.0 ms |" in table({"Importing": times})
