"""Sets the demo up: library, simulated server, greeting; then serves the page until it is ended."""

import asyncio
import contextlib
import signal
import sys
import tempfile
import time
import webbrowser
from collections.abc import AsyncIterator, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import discord
import simcord
import typer

from bot.client import FootnoteBot
from bot.demo.greeting import CLAIMS, SuggestedQuestions, direct_greeting, greeting
from bot.demo.plain_messages import PlainMessages
from bot.demo.preview import live_page, set_the_stage
from bot.demo.scripted_model import NAME, scripted_model
from bot.settings import BotSettings
from retrieval.librarian import Librarian
from retrieval.protocols import Fetched, Progress
from retrieval.settings import LibrarySettings, load_settings
from retrieval.sources import extract_article
from retrieval.wiring import open_librarian

SETTLE_TIMEOUT_S = 120
"""Simulated Discord waits this long for an action to end; a large file takes a while."""
CHANNEL = "reading-room"


def serve(
    *, port: int = 0, open_browser: bool = True, data_dir: Path | None = None, with_model: bool = False
) -> None:
    """Run the demo until Ctrl-C or SIGTERM; without *data_dir* nothing is kept.

    *with_model*: a stand-in for a language model chooses the sentences.
    """
    with contextlib.ExitStack() as stack:
        if data_dir is None:
            # ignore_cleanup_errors: an antivirus holding a file is no reason to end with a traceback
            temporary = tempfile.TemporaryDirectory(prefix="footnote-demo-", ignore_cleanup_errors=True)
            data_dir = Path(stack.enter_context(temporary))
        settings = load_settings(data_dir=data_dir)
        with contextlib.suppress(KeyboardInterrupt, asyncio.CancelledError):
            asyncio.run(_serve(settings, port=port, open_browser=open_browser, with_model=with_model))
    typer.echo("The demo has ended.")


async def _serve(settings: LibrarySettings, *, port: int, open_browser: bool, with_model: bool) -> None:
    async with contextlib.AsyncExitStack() as stack:
        stack.enter_context(_cancel_on_sigterm())
        started = time.perf_counter()
        if with_model:
            url = await stack.enter_async_context(scripted_model())
            named = {"llm_base_url": url, "llm_model": NAME, "llm_mode": "choose"}
            settings = settings.model_copy(update=named)
        async with open_librarian(settings) as librarian:
            typer.echo("Loading the models, about ten seconds …")
            await librarian.warm_up()
            await serve_library(librarian, settings, port=port, open_browser=open_browser, since=started)


async def serve_library(
    librarian: Librarian,
    settings: LibrarySettings,
    *,
    port: int,
    open_browser: bool,
    since: float,
    ready: asyncio.Event | None = None,
) -> None:
    """Serve the page for an open library; *ready* is set once it answers."""
    bot = FootnoteBot(
        librarian,
        # A token in .env is no business of the demo; and nobody has to share it with others.
        BotSettings(_env_file=None, questions_at_once=100, message_content=True),  # type: ignore[call-arg]
        clock=time.perf_counter,  # the simulated Discord stops time.monotonic
        max_file_bytes=settings.max_article_bytes,
        always_sync=True,
        shard_count=1,
    )
    run = simcord.run(bot, settle_timeout=SETTLE_TIMEOUT_S, check_errors=False)
    set_the_stage(run)
    async with run as env:
        guild = env.create_guild("Footnote demo")
        channel = guild.create_text_channel(CHANNEL, topic="Ask about the articles: type / to see how")
        organizer = guild.create_role("Organizer", permissions=discord.Permissions(administrator=True))
        you = guild.add_member(env.create_user("you", global_name="You"), roles=[organizer])
        sam = guild.add_member(env.create_user("sam", global_name="Sam"))
        count = await add_samples(librarian, f"guild:{guild.id}")
        await _greet(bot, channel.id, count)
        await sam.send(channel, CLAIMS)
        await bot.add_cog(PlainMessages(bot))
        async with (
            live_page(env, guild, channel, [you, sam], port=port) as page,
            _own_libraries(bot, librarian, [you.id, sam.id]),
        ):
            typer.echo(f"Ready after {time.perf_counter() - since:.0f} s. Open {page.url}")
            typer.echo("Press Ctrl-C to end.")
            if open_browser:
                webbrowser.open(page.url)
            if ready is not None:
                ready.set()
            await page.wait_closed()


async def add_samples(librarian: Librarian, collection: str, *, quietly: bool = False) -> int:
    """Put the sample articles into the library; return how many articles it has then."""
    samples = sorted(
        (item for item in files("bot.demo").joinpath("articles").iterdir() if item.name.endswith(".md")),
        key=lambda item: item.name,
    )
    for number, item in enumerate(samples, start=1):
        if not quietly:
            _say(Progress("Reading the sample articles", number, len(samples)))
        # In this process: these files are our own, and a child would cost half a second each.
        article = extract_article(Fetched(item.read_bytes(), item.name, "text/markdown", "utf-8"))
        await librarian.articles.add(article, collection=collection)
    return await librarian.articles.count(collection=collection)


async def _greet(bot: FootnoteBot, channel_id: int, articles: int) -> None:
    channel: Any = bot.get_channel(channel_id)
    await channel.send(greeting(articles), view=SuggestedQuestions())


@contextlib.asynccontextmanager
async def _own_libraries(
    bot: FootnoteBot, librarian: Librarian, people: Sequence[int]
) -> AsyncIterator[None]:
    """Fill the libraries that people have in direct messages while the page is open already."""

    async def fill() -> None:
        for person in people:
            count = await add_samples(librarian, f"user:{person}", quietly=True)
            user = await bot.fetch_user(person)
            await user.send(direct_greeting(count), view=SuggestedQuestions())

    filling = asyncio.create_task(fill())
    try:
        yield
    finally:
        filling.cancel()
        await asyncio.gather(filling, return_exceptions=True)


def _say(progress: Progress) -> None:
    end = "\n" if progress.done == progress.total else ""
    sys.stdout.write(f"\r{progress.what}: {progress.done} of {progress.total} …{end}")
    sys.stdout.flush()


@contextlib.contextmanager
def _cancel_on_sigterm() -> Iterator[None]:
    """End as cleanly on SIGTERM as on Ctrl-C."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None
    try:
        loop.add_signal_handler(signal.SIGTERM, task.cancel)
    except NotImplementedError:  # Windows has no such handlers; Ctrl-C still works
        yield
        return
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGTERM)
