"""Measure how late the event loop is while articles are imported and questions asked.

    python -m retrieval.evaluation.lag [--articles 100] [--texts FILE.jsonl]

Discord gives three seconds to acknowledge an interaction, and the bot does that on the loop that everything
else runs on. Work that burns CPU has a thread of its own, but shares Python's lock with the loop: what
holds on to the lock shows here. A loop with nothing else to do is measured beside it, in the same process.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from retrieval.domain import NewArticle
from retrieval.evaluation.benchmark import SAMPLES
from retrieval.evaluation.made_up_library import COLLECTION, Texts, read_sources
from retrieval.librarian import Librarian
from retrieval.settings import load_settings
from retrieval.wiring import open_librarian

EVERY_S = 0.01
IDLE_S = 2.0
PARAGRAPHS = 10
"""Of an article: some 1,000 words."""
ASK_EVERY = 5
"""Articles imported for each question that is asked meanwhile."""


async def measure(
    librarian: Librarian, texts: Texts, *, articles: int, idle_s: float
) -> dict[str, list[float]]:
    """Return the lags in seconds: idle, while importing, and while importing with questions."""
    await librarian.warm_up()
    await _import(librarian, _articles(texts, "First", 1), [])  # it loads what is loaded late
    lags: dict[str, list[float]] = {"Nothing else": []}
    await _watch_loop(lags["Nothing else"], asyncio.sleep(idle_s))
    for name, questions in (
        ("Importing", []),
        ("Importing, with questions", [texts.question() for _ in range(0, articles, ASK_EVERY)]),
    ):
        new = _articles(texts, name, articles)
        lags[name] = []
        await _watch_loop(lags[name], _import(librarian, new, questions))
    return lags


def table(lags: dict[str, list[float]]) -> str:
    """Return the Markdown table."""
    rows = ["| | p50 | p99 | longest |", "|---|---:|---:|---:|"]
    for name, times in lags.items():
        figures = (_share(times, 0.5), _share(times, 0.99), max(times))
        rows.append(f"| {name} | {' | '.join(f'{one * 1e3:.1f} ms' for one in figures)} |")
    return "".join(f"{row}\n" for row in rows)


async def watch(lags: list[float], clock: Callable[[], float] = time.perf_counter) -> None:
    """Add to *lags*, until cancelled, how late the loop wakes those who sleep."""
    while True:
        due = clock() + EVERY_S
        await asyncio.sleep(EVERY_S)
        lags.append(max(0.0, clock() - due))


async def _watch_loop(lags: list[float], job: Awaitable[None]) -> None:
    watching = asyncio.create_task(watch(lags))
    try:
        await job
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


async def _import(librarian: Librarian, articles: Sequence[NewArticle], questions: Sequence[str]) -> None:
    asked, asking = iter(questions), []
    for number, article in enumerate(articles):
        if number % ASK_EVERY == 0 and (question := next(asked, None)):
            asking.append(asyncio.create_task(librarian.answers.ask(question, collection=COLLECTION)))
        await librarian.articles.add(article, collection=COLLECTION)
    await asyncio.gather(*asking)


def _articles(texts: Texts, title: str, count: int) -> list[NewArticle]:
    return [
        NewArticle("\n\n".join(texts.passages(PARAGRAPHS)), title=f"{title} {number}", language="en")
        for number in range(count)
    ]


def _share(times: Sequence[float], share: float) -> float:
    return sorted(times)[int(share * (len(times) - 1))]


async def _measure_lag(texts: Texts, articles: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        async with open_librarian(load_settings(data_dir=Path(folder))) as librarian:
            return table(await measure(librarian, texts, articles=articles, idle_s=IDLE_S))


def main() -> None:
    """Parse the command line, measure, print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=100, help="imported in each of two rounds")
    parser.add_argument("--texts", type=Path, default=SAMPLES, help="JSONL, or a folder of Markdown")
    arguments = parser.parse_args()
    sys.stdout.write(asyncio.run(_measure_lag(Texts(read_sources(arguments.texts)), arguments.articles)))


if __name__ == "__main__":
    main()
