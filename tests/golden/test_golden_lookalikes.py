"""Questions that an article nearly answers, and ones that it does, with the bundled models: floors.

The articles and questions are our own. ``shows`` is what an answer has to show; ``null`` where the articles
do not answer: a sentence about the other colony does not, nor does a mayor of 1957 for today's.
"""

import asyncio
import json
from pathlib import Path

import pytest

from retrieval.cli.json_rows import shown_text
from retrieval.protocols import Fetched
from retrieval.settings import load_settings
from retrieval.sources.readers import extract_article
from retrieval.wiring import open_librarian

pytestmark = pytest.mark.models

HERE = Path(__file__).parent
ARTICLES, QUESTIONS = (
    [json.loads(line) for line in (HERE / f"lookalike_{name}.jsonl").read_text("utf-8").splitlines()]
    for name in ("articles", "questions")
)
FLOORS = {"refused": 0.6, "answered": 0.9}
"""Measured .68 and 1.0, before .55 and 1.0; the slack is for processors that round int8 differently."""


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    return asyncio.run(answered(tmp_path_factory.mktemp("lookalikes")))


async def answered(folder):
    """Return each question with its answer."""
    async with open_librarian(load_settings(data_dir=folder)) as librarian:
        for one in ARTICLES:
            text = f"# {one['title']}\n\n{one['text']}\n"
            fetched = Fetched(text.encode(), f"{one['title']}.md", "text/markdown", "utf-8")
            await librarian.articles.add(extract_article(fetched), collection="lookalikes")
        return [
            (row, await librarian.answers.ask(row["question"], collection="lookalikes")) for row in QUESTIONS
        ]


@pytest.mark.parametrize("measure", sorted(FLOORS))
def test_the_floors_hold(given, measure):
    if measure == "refused":
        good = [not answer.found for row, answer in given if row["shows"] is None]
    else:
        good = [
            answer.found and row["shows"] in shown_text(answer)
            for row, answer in given
            if row["shows"] is not None
        ]
    assert sum(good) / len(good) >= FLOORS[measure]
