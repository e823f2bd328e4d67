"""Keeps the bot on Discord until it is told to stop, and then ends it without losing an answer."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import aiohttp
import discord
import typer

from bot.client import FootnoteBot
from bot.operations.health import health_server
from bot.operations.invite import invite_link
from bot.settings import LOGIN_REFUSED, BotSettings, LoginRefused
from bot.state import Metrics
from retrieval.settings import SettingsError

if TYPE_CHECKING:
    from retrieval.settings import LibrarySettings

FINISH_WITHIN_S = 8.0
"""Process managers commonly allow ten seconds between SIGTERM and SIGKILL; closing takes some of them."""
FIRST_PAUSE_S = 2.0
LONGEST_PAUSE_S = 60.0
CONTENT_REFUSED = (
    "DISCORD_MESSAGE_CONTENT is on, but Discord has not granted this bot the message-content intent; it goes "
    "on without the link companion. To have it: https://discord.com/developers/applications, page Bot, "
    "Message Content Intent, save, restart. Otherwise set DISCORD_MESSAGE_CONTENT=false."
)
"""Close code 4014; a message's menu does what the companion does."""
_PASSING = (
    discord.HTTPException,
    discord.GatewayNotFound,
    discord.ConnectionClosed,
    aiohttp.ClientError,
    OSError,
    TimeoutError,
)

_log = logging.getLogger(__name__)


async def run(settings: BotSettings, library: "LibrarySettings") -> None:
    """Open the library, load the models, and serve Discord until SIGTERM or Ctrl-C.

    Raises:
        LoginRefused: The token is wrong.
        RetrievalError: The library cannot be opened.
    """
    from retrieval.wiring import open_librarian  # late: it imports the models' libraries

    stop = asyncio.Event()
    with stop_on_signals(stop):
        async with open_librarian(library) as librarian:
            typer.echo("Loading the models …")
            await librarian.warm_up()

            metrics = Metrics()
            bots: list[FootnoteBot] = []

            def make_bot() -> FootnoteBot:
                bot = FootnoteBot(
                    librarian,
                    settings,
                    max_file_bytes=library.max_article_bytes,
                    metrics=metrics,
                    shard_ids=settings.shard_ids,
                    shard_count=settings.shard_count,
                )
                bots[:] = [bot]
                return bot

            def is_ready() -> bool:
                return any(bot.is_ready() and not bot.is_closed() for bot in bots)

            token = settings.token.get_secret_value()
            async with (
                librarian.processes.join(),
                health_server(settings.health_port, librarian, metrics, is_ready),
            ):
                try:
                    await serve(make_bot, token, stop)
                except discord.PrivilegedIntentsRequired:
                    if not settings.message_content:
                        raise
                    _log.warning(CONTENT_REFUSED)
                    settings = settings.model_copy(update={"message_content": False})
                    await serve(make_bot, token, stop)


async def run_worker(settings: BotSettings, library: "LibrarySettings") -> None:
    """Encode the articles that bots leave to workers, until SIGTERM or Ctrl-C.

    Raises:
        SettingsError: The library is in a file, which one process serves.
        RetrievalError: The library cannot be opened, or its vectors are another encoder's.
    """
    from retrieval.wiring import open_librarian  # late: it imports the models' libraries

    if not library.database_url.get_secret_value():
        raise SettingsError("A worker needs the database that others share: set FOOTNOTE_DATABASE_URL.")
    stop = asyncio.Event()
    with stop_on_signals(stop):
        async with (
            open_librarian(library) as librarian,
            librarian.processes.join(),
            health_server(settings.health_port, librarian, Metrics(), lambda: True),
        ):
            typer.echo("This worker is ready.")
            await librarian.imports.work(stop)


async def serve(
    make_bot: Callable[[], FootnoteBot], token: str, stop: asyncio.Event, first_pause_s: float = FIRST_PAUSE_S
) -> None:
    """Keep a bot connected until *stop* is set; after a failed connection begin anew with a new one.

    discord.py reconnects by itself once it was connected, but a client whose first connection
    failed cannot be used again: https://github.com/Rapptz/discord.py/issues/10520.

    Raises:
        LoginRefused: The token is wrong; trying again would not help.
    """
    pause_s = first_pause_s
    while not stop.is_set():
        bot = make_bot()
        ready = asyncio.Event()
        error = await _connection(bot, token, stop, ready)
        if error is None:
            return
        if ready.is_set():
            pause_s = first_pause_s
        _log.warning(
            "No connection to Discord (%s: %s); next try in %.0f s", type(error).__name__, error, pause_s
        )
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause_s)
        pause_s = min(2 * pause_s, LONGEST_PAUSE_S)


@contextlib.contextmanager
def stop_on_signals(stop: asyncio.Event) -> Iterator[None]:
    """Set *stop* on SIGTERM and Ctrl-C; where loops know no signals, Ctrl-C interrupts as ever."""
    loop = asyncio.get_running_loop()
    heard = []
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stop.set)
            heard.append(number)
    try:
        yield
    finally:
        for number in heard:
            loop.remove_signal_handler(number)


async def _connection(
    bot: FootnoteBot, token: str, stop: asyncio.Event, ready: asyncio.Event
) -> Exception | None:
    """Run one bot to its end; return why it ended, ``None`` when it was told to."""
    async with bot:
        connected = asyncio.create_task(bot.start(token))
        stopped = asyncio.create_task(stop.wait())
        announced = asyncio.create_task(_announce(bot, ready))
        try:
            await asyncio.wait({connected, stopped}, return_when=asyncio.FIRST_COMPLETED)
            # Answers reach Discord over HTTP, and can be finished although the connection is gone.
            await bot.replies.finish(FINISH_WITHIN_S)
            if not connected.done():
                return None
            return _why(connected.exception(), ready.is_set())
        finally:
            await bot.close()
            for task in (connected, stopped, announced):
                task.cancel()
            await asyncio.gather(connected, stopped, announced, return_exceptions=True)


def _why(error: BaseException | None, was_ready: bool) -> Exception | None:
    """Return an error that may pass; raise one that will not."""
    match error:
        case None:
            return None
        case discord.LoginFailure() | discord.ConnectionClosed(code=4004):
            raise LoginRefused(LOGIN_REFUSED) from error
        case AttributeError(name="sequence") if not was_ready:
            return error  # how the failure linked above shows itself
        case _ if isinstance(error, _PASSING):
            return error
        case _:
            raise error


async def _announce(bot: FootnoteBot, ready: asyncio.Event) -> None:
    await bot.wait_until_ready()
    ready.set()
    assert bot.application_id is not None
    invite = invite_link(bot.application_id)
    typer.echo(f"{bot.user} is ready in {len(bot.guilds)} servers. Invite it with\n  {invite}")
