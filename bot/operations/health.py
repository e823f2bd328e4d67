"""A small HTTP server on loopback for those who watch the process: /healthz, /readyz and /metrics.

Off unless ``DISCORD_HEALTH_PORT`` names a port. It says nothing of articles, questions or people.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web

from bot.state import CONTENT_TYPE, Metrics
from retrieval.errors import RetrievalError, StorageError
from retrieval.messages import message

if TYPE_CHECKING:
    from retrieval.librarian import Librarian


HOST = "127.0.0.1"
SHUTDOWN_S = 0.5
PATIENCE_S = 5.0


@asynccontextmanager
async def health_server(
    port: int, librarian: "Librarian", metrics: Metrics, is_ready: Callable[[], bool]
) -> AsyncIterator[int]:
    """Serve while the block runs, if *port* is not zero; yield the port.

    ``/healthz`` says that the event loop turns, ``/readyz`` that Discord is connected and the library
    answers.

    Raises:
        StorageError: The port is taken.
    """
    if not port:
        yield 0
        return
    app = web.Application()

    async def healthy(_: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def ready(_: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(PATIENCE_S):
                await librarian.size()
        except (RetrievalError, TimeoutError):
            return web.Response(text="the library does not answer\n", status=503)
        if not is_ready():
            return web.Response(text="not connected to Discord\n", status=503)
        return web.Response(text="ok\n")

    async def figures(_: web.Request) -> web.Response:
        return web.Response(body=await metrics.page(librarian), headers={"Content-Type": CONTENT_TYPE})

    app.router.add_get("/healthz", healthy)
    app.router.add_get("/readyz", ready)
    app.router.add_get("/metrics", figures)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_S)
    await runner.setup()
    lag = asyncio.create_task(metrics.watch_the_loop())
    try:
        try:
            await web.TCPSite(runner, HOST, port).start()
        except OSError as error:
            raise StorageError(
                message(
                    "Port {port} of DISCORD_HEALTH_PORT is taken. Choose another one, or 0 for none.",
                    port=port,
                )
            ) from error
        yield runner.addresses[0][1]
    finally:
        lag.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await lag
        await runner.cleanup()
