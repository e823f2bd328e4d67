import asyncio
import time
from urllib.parse import urlsplit

import aiohttp
import pytest
from fakes import small_library

from bot.demo import preview, stage

pytestmark = pytest.mark.wire


async def serve_until_ready(librarian, settings):
    ready = asyncio.Event()
    task = asyncio.create_task(
        stage.serve_library(
            librarian, settings, port=0, open_browser=False, since=time.perf_counter(), ready=ready
        )
    )
    waiting = asyncio.create_task(ready.wait())
    await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        waiting.cancel()
        task.result()
    return task


async def page_of(task, capsys):
    (line,) = (line for line in capsys.readouterr().out.splitlines() if "http://127.0.0.1" in line)
    url = line[line.index("http") :].split()[0]
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return url, response.status, await response.text()


async def test_the_page_is_served_on_loopback_and_the_library_is_full(tmp_path, capsys):
    async with small_library(tmp_path) as librarian:
        task = await serve_until_ready(librarian, librarian.resources.settings)
        url, status, html = await page_of(task, capsys)
        (collection,) = [one for one in librarian.resources.store.collections() if one.startswith("guild:")]
        count = await librarian.articles.count(collection=collection)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert urlsplit(url).hostname == "127.0.0.1"
    assert status == 200
    assert "<html" in html.lower()
    assert count >= 6


async def test_another_simcord_gets_the_stock_page(tmp_path, capsys, monkeypatch):
    def missing(page, guild):
        raise AttributeError("_server")

    monkeypatch.setattr(preview, "_serve_places", missing)
    async with small_library(tmp_path) as librarian:
        task = await serve_until_ready(librarian, librarian.resources.settings)
        _, status, _ = await page_of(task, capsys)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert status == 200
