"""/healthz, /readyz and /metrics on loopback, and the log line of an answer."""

import asyncio
import logging
import re
import socket

import aiohttp
import pytest
from discord_driver import make_bot
from fake_librarian import FakeLibrarian

from bot.operations.health import health_server
from bot.state.answer_log import Track, log_line
from bot.state.metrics import Metrics
from retrieval.domain.answers import Answer
from retrieval.errors import LibraryBusy, StorageError

pytestmark = pytest.mark.wire

QUESTION = "When was the harbor deepened?"


async def get(port, path):
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as response:
        return response.status, await response.text()


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


async def test_no_port_is_no_server():
    async with health_server(0, FakeLibrarian(), Metrics(), lambda: True) as port:
        assert port == 0


async def test_health_and_readiness_are_told_apart():
    librarian, connected = FakeLibrarian(), False
    async with health_server(free_port(), librarian, Metrics(), lambda: connected) as port:
        assert await get(port, "/healthz") == (200, "ok\n")
        assert (await get(port, "/readyz"))[0] == 503
        connected = True
        assert await get(port, "/readyz") == (200, "ok\n")
        librarian.failure = StorageError("the disk is gone")
        assert await get(port, "/readyz") == (503, "the library does not answer\n")
        assert (await get(port, "/"))[0] == 404


async def test_a_taken_port_is_said():
    async with health_server(free_port(), FakeLibrarian(), Metrics(), lambda: True) as port:
        with pytest.raises(StorageError, match=rf"Port {port} of DISCORD_HEALTH_PORT is taken"):
            async with health_server(port, FakeLibrarian(), Metrics(), lambda: True):
                pass


async def test_answers_are_counted_by_outcome_and_stage(place):
    bot = place.env.bot
    await place.reader.slash(place.channel, "ask", question=QUESTION)
    await place.reader.slash(place.channel, "ask", question="Is there nothing on xylophones?")
    page = (await bot.metrics.page(place.librarian)).decode()
    assert 'footnote_answers_total{outcome="found"} 1.0' in page
    assert 'footnote_answers_total{outcome="nothing"} 1.0' in page
    assert 'footnote_answer_stage_seconds_count{stage="send"} 2.0' in page
    assert "footnote_articles 1.0" in page


async def test_the_lag_of_the_event_loop_is_measured(monkeypatch):
    monkeypatch.setattr("bot.state.metrics.LAG_EVERY_S", 0.001)
    metrics = Metrics()
    async with health_server(free_port(), FakeLibrarian(), metrics, lambda: True) as port:
        while True:
            _, page = await get(port, "/metrics")
            if float(re.search(r"loop_lag_seconds_count (\S+)", page)[1]) > 2:
                break
            await asyncio.sleep(0.001)


async def test_one_line_an_answer_without_its_words(place, caplog):
    with caplog.at_level(logging.INFO, logger="footnote.answers"):
        await place.reader.slash(place.channel, "ask", question=QUESTION)
    [line] = [record.getMessage() for record in caplog.records if record.name == "footnote.answers"]
    fields = dict(part.split("=", 1) for part in line.split())
    assert (fields["answer"], fields["outcome"], fields["citations"]) == ("1", "found", "1")
    assert fields["collection"] == place.collection
    assert int(fields["render_ms"]) >= 0
    assert int(fields["send_ms"]) >= 0
    assert "harbor" not in line


async def test_the_words_are_in_the_line_where_the_operator_asks_for_them(librarian):
    track = Track("guild:1", 7, 'Say "x" = y?')
    track.record_answer(Answer("Say"))
    assert log_line(track, with_question=True).endswith('question="Say \\"x\\" = y?"')
    assert make_bot(librarian).settings.log_questions is False


def test_why_there_is_no_answer_is_in_the_line():
    track = Track("guild:1", 7, QUESTION)
    for error, outcome in (
        (LibraryBusy("full"), "busy"),
        (ValueError("bug"), "failed"),
        (asyncio.CancelledError(), "cut_off"),
    ):
        track.record_failure(error)
        assert f"outcome={outcome}" in log_line(track, with_question=False)


def test_a_question_forges_no_second_line():
    track = Track("guild:1", 7, "Say\nanswer=9\u2028answer=8\x85\u202e")
    line = log_line(track, with_question=True)
    assert line.splitlines() == [line]
    assert line.endswith('question="Say\\nanswer=9\\u2028answer=8\\u0085\\u202e"')
