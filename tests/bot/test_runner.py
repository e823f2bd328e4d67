import asyncio
import os
import signal
from contextlib import asynccontextmanager
from unittest.mock import create_autospec

import aiohttp
import discord
import pytest
from fake_librarian import FakeLibrarian

from bot.client import FootnoteBot
from bot.replies.reply import Replies
from bot.runner import FINISH_WITHIN_S, run, serve, stop_on_signals
from bot.settings import BotSettings, LoginRefused
from retrieval.errors import StorageError
from retrieval.settings import LibrarySettings

pytestmark = pytest.mark.wire


class ScriptedBot:
    """Connects, or fails, as it is told; then waits until it is closed."""

    user = "Footnote#0001"
    application_id = 42
    guilds = ()

    def __init__(self, failure=None, *, ready=True):
        self.failure = failure
        self.ready = asyncio.Event()
        self.gets_ready = ready
        self.closed = asyncio.Event()
        self.replies = create_autospec(Replies, instance=True)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        await self.close()

    async def start(self, token):
        if self.gets_ready:
            self.ready.set()
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        if self.failure:
            raise self.failure
        await self.closed.wait()

    async def wait_until_ready(self):
        await self.ready.wait()

    async def close(self):
        self.closed.set()


def http_error(status):
    response = create_autospec(aiohttp.ClientResponse, instance=True)
    response.status, response.reason = status, "Reason"
    return discord.HTTPException(response, "text")


async def serve_all(bots):
    """Serve with these bots, one a connection; stop once the last one is ready."""
    stop, made = asyncio.Event(), []

    def make_bot():
        made.append(bots[len(made)])
        return made[-1]

    async def stop_after_the_last():
        await bots[-1].ready.wait()
        stop.set()

    stopping = asyncio.create_task(stop_after_the_last())
    try:
        await serve(make_bot, "token", stop, first_pause_s=0)
    finally:
        stopping.cancel()
    return made


async def test_a_stop_finishes_open_answers_and_closes():
    (bot,) = await serve_all([ScriptedBot()])
    bot.replies.finish.assert_awaited_once_with(FINISH_WITHIN_S)
    assert bot.closed.is_set()


async def test_a_bot_that_is_ready_shows_how_to_invite_it(capsys):
    bot = ScriptedBot()
    stop = asyncio.Event()
    serving = asyncio.create_task(serve(lambda: bot, "token", stop))
    while "Invite" not in (said := capsys.readouterr().out):
        await asyncio.sleep(0)
    stop.set()
    await serving
    assert "client_id=42&scope=bot+applications.commands&permissions=309237713984" in said


@pytest.mark.parametrize(
    "failure",
    [
        AttributeError("'NoneType' object has no attribute 'sequence'", name="sequence"),
        aiohttp.ServerDisconnectedError(),
        OSError("no route"),
        http_error(503),
    ],
    ids=lambda failure: type(failure).__name__,
)
async def test_a_first_connection_that_fails_is_tried_again_with_a_new_bot(failure):
    first, second = ScriptedBot(failure, ready=False), ScriptedBot()
    assert await serve_all([first, second]) == [first, second]
    assert first.closed.is_set()


async def test_a_wrong_token_is_one_sentence():
    with pytest.raises(LoginRefused, match="Discord refuses the token"):
        await serve_all([ScriptedBot(discord.LoginFailure("bad"), ready=False)])


@pytest.mark.parametrize(
    "failure", [AttributeError("a bug"), StorageError("The disk is full."), ZeroDivisionError()]
)
async def test_an_error_that_will_not_pass_ends_the_program(failure):
    with pytest.raises(type(failure)):
        await serve_all([ScriptedBot(failure)])


async def test_a_bug_before_the_bot_is_ready_ends_the_program():
    with pytest.raises(AttributeError):
        await serve_all([ScriptedBot(AttributeError("a bug", name="bug"), ready=False)])


async def test_a_stop_during_the_pause_is_heard():
    stop = asyncio.Event()

    def make_bot():
        asyncio.get_running_loop().call_soon(stop.set)
        return ScriptedBot(OSError(), ready=False)

    await asyncio.wait_for(serve(make_bot, "token", stop, first_pause_s=3_600), 5)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_signals_ask_for_a_stop(number):
    stop = asyncio.Event()
    with stop_on_signals(stop):
        os.kill(os.getpid(), number)
        await asyncio.wait_for(stop.wait(), 5)


def test_the_scripted_bot_has_what_the_real_one_has():
    names = [name for name in dir(ScriptedBot) if not name.startswith("_")]
    assert [name for name in names if not hasattr(FootnoteBot, name)] == []


async def test_the_library_is_open_and_warm_while_the_bot_serves(monkeypatch):
    happened = []

    class Warming(FakeLibrarian):
        async def warm_up(self, on_progress=None):
            happened.append("warm")

    @asynccontextmanager
    async def open_librarian(settings):
        yield Warming()
        happened.append("closed")

    async def serving(make_bot, token, stop):
        bot = make_bot()
        happened.append((token, bot.max_file_bytes))

    monkeypatch.setattr("retrieval.wiring.open_librarian", open_librarian)
    monkeypatch.setattr("bot.runner.serve", serving)
    settings = BotSettings(_env_file=None, token="t")
    await run(settings, LibrarySettings(_env_file=None, max_article_bytes=7_000))
    assert happened == ["warm", ("t", 7_000), "closed"]


async def test_without_the_granted_intent_the_bot_goes_on_and_says_how_to_get_it(monkeypatch, caplog):
    made = []

    @asynccontextmanager
    async def open_librarian(settings):
        yield FakeLibrarian()

    async def serving(make_bot, token, stop):
        made.append(make_bot().reads_messages)
        if made[-1]:
            raise discord.PrivilegedIntentsRequired(None)

    monkeypatch.setattr("retrieval.wiring.open_librarian", open_librarian)
    monkeypatch.setattr(FakeLibrarian, "warm_up", lambda self: asyncio.sleep(0), raising=False)
    monkeypatch.setattr("bot.runner.serve", serving)
    await run(BotSettings(_env_file=None, token="t", message_content=True), LibrarySettings(_env_file=None))
    assert made == [True, False]
    assert "Message Content Intent, save, restart" in caplog.text


async def test_a_refused_intent_is_no_reason_to_try_again_with_it():
    with pytest.raises(discord.PrivilegedIntentsRequired):
        await serve_all([ScriptedBot(discord.PrivilegedIntentsRequired(None), ready=False)])
