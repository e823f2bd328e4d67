"""With places.py, the file that reaches into private parts of simcord, hence its exact pin.

The stock Preview shows the channel, slash commands, buttons, forms and uploads. Added here: a clock
that moves, "thinking" and progress while the bot works, mentions typed as ``@Name``, and in places.py
threads, direct messages and the menus of messages. If a private name is missing, the stock Preview is
served and the terminal says so.
"""

import asyncio
import contextlib
import re
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from datetime import UTC, datetime
from typing import Any

import typer
from simcord.actors import MemberActor
from simcord.backend.errors import SetupError
from simcord.preview import Preview

from bot.demo.places import PlacesServer

_Chore = Callable[[Any, asyncio.Lock], Coroutine[Any, Any, None]]
BOT_NAME = "Footnote"
TICK_S = 0.5
REDRAW_S = 0.3
FALLBACK = "This simcord is not the one the demo was made for: no clock, no signs of thinking."


class TypingActor(MemberActor):
    """Turns ``@Footnote`` as a person types it into the mention a Discord client would send."""

    async def send(self, channel: Any, content: str = "", **options: Any) -> Any:
        """Send a message with typed names as mentions."""
        users = self._env.backend.users.values()
        for user in sorted(users, key=lambda user: -len(user.name)):
            for name in {user.name, user.global_name or user.name}:
                pattern = rf"(?<!\w)@{re.escape(name)}\b"
                content = re.sub(pattern, f"<@{user.id}>", content, flags=re.IGNORECASE)
        return await super().send(channel, content, **options)


def set_the_stage(run: Any) -> None:
    """Give the bot its name and the simulated clock today's date; before the run is entered."""
    try:
        backend = run._env.backend
        backend.bot_user.name = BOT_NAME
        backend.clock._epoch = datetime.now(UTC)
    except AttributeError:
        typer.echo(FALLBACK, err=True)


@contextlib.asynccontextmanager
async def live_page(
    env: Any, guild: Any, channel: Any, members: Sequence[Any], *, port: int
) -> AsyncIterator[Preview]:
    """Serve the channel on 127.0.0.1 until the block ends."""
    try:
        viewers = [TypingActor(env, guild, member.user) for member in members]
        page = env.preview(channel, viewers=viewers, layout="channel", port=port or None)
        lock = _serve_places(page, guild)
        chores: tuple[_Chore, ...] = (_keep_time, _show_work)
    except (AttributeError, TypeError):
        typer.echo(FALLBACK, err=True)
        page = env.preview(channel, viewers=members, layout="channel", port=port or None)
        lock, chores = asyncio.Lock(), ()
    async with page:
        # Owned here: they are cancelled and awaited before the page closes.
        tasks = [asyncio.create_task(chore(page, lock)) for chore in chores]
        try:
            yield page
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


def _serve_places(page: Any, guild: Any) -> asyncio.Lock:
    """Let our own server take the place of the page's; return what its actions and the clock share."""
    server = PlacesServer(page, guild, page._server._requested_port)
    page._server = server
    # Names used by the chores; a missing one must show now, not in the middle of a demo.
    _ = page._active_action, page._pages, page._publish, page.env.advance_time, page.env.backend.transcript
    return server.one_at_a_time


async def _keep_time(page: Any, lock: asyncio.Lock) -> None:
    """Move the simulated clock with the real one, between actions."""
    last = time.perf_counter()
    while True:
        await asyncio.sleep(TICK_S)
        async with lock:
            now = time.perf_counter()
            with contextlib.suppress(SetupError, TimeoutError):  # something else acts: catch up next time
                await page.env.advance_time(now - last)
                last = now


async def _show_work(page: Any, _: asyncio.Lock) -> None:
    """While an action runs, draw what the bot has done so far: thinking, progress, edits."""
    drawn = 0
    while True:
        await asyncio.sleep(REDRAW_S)
        entries = len(page.env.backend.transcript)
        if (page._active_action is not None or page._server.busy) and entries != drawn:
            for one in tuple(page._pages.values()):
                page._publish(one, reason="action")
        drawn = entries
