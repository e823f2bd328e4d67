"""The database goes away in the middle of everything: a sentence for whoever asks, and nothing to repair."""

import asyncio
from contextlib import contextmanager

import aiohttp
import pytest
import sqlalchemy as sa
from fakes import small_library

from bot.errors import error_card
from bot.operations.health import health_server
from bot.state import Metrics
from retrieval.domain import NewArticle, OpenQuestion
from retrieval.errors import StorageError
from retrieval.librarian import processes

pytestmark = pytest.mark.wire
QUESTION = "When was the harbor deepened?"


@pytest.fixture
def outage(postgres, postgres_url, monkeypatch):
    """Return a context in which the database lets nobody in."""
    monkeypatch.setattr("retrieval.storage.postgresql_server.LIMIT_PATIENCE_S", 0.1)
    monkeypatch.setattr(processes, "RENEW_EVERY_S", 0.05)
    monkeypatch.setattr(processes, "AFTER_ERROR_S", 0.05)
    address = postgres.get_uri().replace("postgresql://", "postgresql+psycopg://")
    engine = sa.create_engine(address, isolation_level="AUTOCOMMIT")
    name = sa.make_url(postgres_url).database

    @contextmanager
    def away():
        with engine.connect() as connection:
            connection.exec_driver_sql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
            connection.exec_driver_sql(
                f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
            )
            yield
            connection.exec_driver_sql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")

    yield away
    engine.dispose()


async def status(port):
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/readyz") as answer:
        return answer.status


async def test_answers_say_so_and_come_back_by_themselves(tmp_path, postgres_url, outage, unused_tcp_port):
    kept = OpenQuestion(QUESTION, "7", "{}")
    async with small_library(tmp_path, database_url=postgres_url) as library, library.processes.join():
        article = NewArticle("The harbor was deepened in 1904.", title="Harbor")
        await library.articles.add(article, collection="ours")
        await library.pending_questions.add(kept, collection="ours")
        async with health_server(unused_tcp_port, library, Metrics(), lambda: True) as port:
            assert await status(port) == 200
            with outage():
                for call in (
                    library.answers.ask(QUESTION, collection="ours"),
                    library.pending_questions.add(kept, collection="ours"),
                    library.processes.count_use("questions", "7", 1, 60.0),
                    library.articles.add(NewArticle("Ships came later."), collection="ours"),
                ):
                    with pytest.raises(StorageError) as raised:
                        await call
                    card = error_card(raised.value, "e1")
                    assert "I cannot use my library right now" in str(card.to_components())
                assert await status(port) == 503
                assert not library.processes.is_steady
            assert await status(port) == 200
        assert (await library.answers.ask(QUESTION, collection="ours")).found
        assert await library.articles.count(collection="ours") == 1
        assert await library.processes.hold("digests")
        while library.processes._steady_since == float("inf"):
            await asyncio.sleep(0.01)
        assert await library.pending_questions.interrupt_orphaned() == []
