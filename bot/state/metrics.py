"""Figures for Prometheus: outcomes of questions, where their time went, how busy the process is."""

import asyncio
import time
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.state.answer_log import Track

if TYPE_CHECKING:
    from retrieval.librarian import Librarian


CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
LAG_EVERY_S = 0.25
_SECONDS = (0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30)
_LAG = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3)


class Metrics:
    """Counts, from the first bot of a process to the last. Lives on the event loop."""

    def __init__(self) -> None:
        registry = CollectorRegistry()
        self._registry = registry
        self._answers = Counter(
            "footnote_answers", "Questions by what became of them", ["outcome"], registry=registry
        )
        self._stages = Histogram(
            "footnote_answer_stage_seconds",
            "Time of answers by stage",
            ["stage"],
            buckets=_SECONDS,
            registry=registry,
        )
        self._waiting = Gauge("footnote_waiting", "Questions that wait for their turn", registry=registry)
        self._articles = Gauge("footnote_articles", "Articles in all libraries", registry=registry)
        self._tokens = Gauge(
            "footnote_model_tokens_today",
            "Tokens of the language model since midnight UTC",
            ["kind"],
            registry=registry,
        )
        self._lag = Histogram(
            "footnote_event_loop_lag_seconds",
            "How late the event loop is",
            buckets=_LAG,
            registry=registry,
        )

    def count_answer(self, track: Track) -> None:
        """Count a question that is done with."""
        self._answers.labels(track.outcome).inc()
        for name, seconds in track.stages.items():
            self._stages.labels(name).observe(max(0.0, seconds))

    async def page(self, librarian: "Librarian") -> bytes:
        """Return all figures as Prometheus reads them."""
        self._waiting.set(librarian.waiting)
        self._articles.set(await librarian.size())
        tokens = await librarian.usage.get_total()
        self._tokens.labels("read").set(tokens.prompt)
        self._tokens.labels("written").set(tokens.completion)
        return generate_latest(self._registry)

    async def watch_the_loop(self) -> None:
        """Measure, until cancelled, how late the event loop wakes those who sleep."""
        while True:
            started = time.perf_counter()
            await asyncio.sleep(LAG_EVERY_S)
            self._lag.observe(max(0.0, time.perf_counter() - started - LAG_EVERY_S))
