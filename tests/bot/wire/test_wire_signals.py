"""The program itself, as a process manager sees it: ended by SIGTERM, or killed, with answers open."""

import asyncio
import os
import signal
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import fakes
import pytest
import run_on_loopback
from fakes import small_library
from loopback_discord import LoopbackDiscord, custom_ids
from loopback_gateway import TOKEN

from bot.replies.reply import PRESS_RETRY
from retrieval.domain.articles import NewArticle

QUESTION = "When was the harbor deepened?"
PATIENCE_S = 60
ALLOWED_S = 10
"""What process managers commonly wait before they kill."""

pytestmark = [pytest.mark.wire, pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGTERM")]


@pytest.fixture
async def discord(tmp_path):
    """A Discord with one server, whose library holds one article."""
    discord = LoopbackDiscord()
    async with small_library(tmp_path) as librarian:
        article = NewArticle("The harbor was deepened in 1904. Ships were larger by then.", title="Harbor")
        await librarian.articles.add(article, collection=f"guild:{discord.guilds[0]}")
    async with discord.open():
        yield discord


@asynccontextmanager
async def footnote_run(discord, folder, stalls):
    """Yield the process, connected; whatever happens it is gone afterwards."""
    script = Path(run_on_loopback.__file__)
    found = os.pathsep.join(str(one) for one in (script.parents[2], Path(fakes.__file__).parent))
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(script),
        discord.rest_url,
        discord.gateway_url,
        stalls,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": found, "DISCORD_TOKEN": TOKEN, "FOOTNOTE_DATA_DIR": str(folder)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        await printed(process, "is ready in")
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def printed(process, words):
    said = ""
    async with asyncio.timeout(PATIENCE_S):
        while line := (await process.stdout.readline()).decode():
            said += line
            if words in line:
                return
    pytest.fail(f"the program ended before it said {words!r}:\n{said}")


async def ended(process):
    async with asyncio.timeout(ALLOWED_S):
        await process.communicate()
    return process.returncode


async def ask(discord, process):
    asked = await discord.slash(1, "ask", question=QUESTION)
    await printed(process, run_on_loopback.ASKED)
    return asked


async def test_an_open_answer_is_finished_before_the_program_ends(discord, tmp_path):
    async with footnote_run(discord, tmp_path, "stop") as process:
        asked = await ask(discord, process)
        process.terminate()
        assert await ended(process) == 0
    assert "deepened in 1904" in asked.said[-1]


async def test_what_cannot_be_finished_in_time_is_answered_by_the_next_process(discord, tmp_path):
    async with footnote_run(discord, tmp_path, "always") as process:
        asked = await ask(discord, process)
        process.terminate()
        assert await ended(process) == 0
    assert asked.said[-1] == PRESS_RETRY
    async with footnote_run(discord, tmp_path, "never") as process:
        again = await discord.press(1, custom_ids(asked.cards[-1])["Retry"], asked.cards[-1])
        await discord.until(lambda: again.cards)
        assert "deepened in 1904" in again.said[-1]
        process.send_signal(signal.SIGINT)
        assert await ended(process) == 0


async def test_the_next_process_offers_retry_where_a_killed_one_left_somebody_waiting(discord, tmp_path):
    async with footnote_run(discord, tmp_path, "always") as process:
        asked = await ask(discord, process)
        process.kill()
        await process.wait()
    assert not asked.cards
    async with footnote_run(discord, tmp_path, "never") as process:
        await discord.until(lambda: asked.cards)
        assert asked.said[-1] == PRESS_RETRY
        again = await discord.press(1, custom_ids(asked.cards[-1])["Retry"], asked.cards[-1])
        await discord.until(lambda: again.cards)
        assert "deepened in 1904" in again.said[-1]
        process.terminate()
        assert await ended(process) == 0
