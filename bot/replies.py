"""One slow answer from "thinking…" to its card, and all those open when the bot has to stop."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import discord
from discord import ui

from bot.cards import Tone, notice, small
from bot.markdown import one_line, plain
from bot.permissions import Interaction, is_carried_along
from bot.sending import NOT_SENT, Edit, deferred, edited, sent
from retrieval.seams import Progress

FIRST_STATUS_AFTER_S = 2.0
"""Most answers are there by then, and an edit that is replaced at once only flickers."""
STATUS_EVERY_S = 4.0
RESTARTED = "I was restarted before this was done. Please ask again."
LOOKING = "Looking …"
RESTARTING = "I am being restarted. Please ask again in a minute."

_log = logging.getLogger(__name__)


class Reply:
    """An answer that somebody waits for. ``show`` ends the waiting."""

    def __init__(self, edit: Edit, number: int) -> None:
        self._edit = edit
        self._number = number
        """Of the interaction or message that is answered, for the log."""
        self._status = ""
        self._shown_status = ""
        self._editing = asyncio.Lock()
        self._done = False

    def place(self, place: int) -> None:
        """Note one's place in the queue, 1 being next; an ``OnPlace``."""
        ahead = place - 1
        questions = "1 question is" if ahead == 1 else f"{ahead} questions are"
        self._status = f"{questions} ahead of yours." if ahead > 0 else "Yours is next."

    def progress(self, progress: Progress) -> None:
        """Note how far a long job is; an ``OnProgress``."""
        share = f": {progress.done:,} of {progress.total:,}" if progress.total else " …"
        self._status = plain(one_line(progress.what)) + share

    async def show(self, card: ui.LayoutView) -> None:
        """Put the card where "thinking…" stood."""
        async with self._editing:
            self._done = True
            await edited(self._edit, card)

    async def end(self) -> None:
        """Let a status that is on its way arrive, so that it cannot land on top of what comes next."""
        async with self._editing:
            self._done = True

    async def keep_informed(self) -> None:
        """Edit in what is known about the wait, now and then, until the card is there or cancelled."""
        await asyncio.sleep(FIRST_STATUS_AFTER_S)
        while not self._done:
            await self.show_status()
            await asyncio.sleep(STATUS_EVERY_S)

    async def show_status(self) -> None:
        """Edit in what is known about the wait, if it is news and the card is not there yet."""
        async with self._editing:
            if self._done or self._status == self._shown_status:
                return
            self._shown_status = self._status
            try:
                await self._edit(notice(small(self._status)))
            except NOT_SENT as error:
                # Only the wait looks longer; the card itself is sent with retries.
                _log.info("Status of %s was not shown: %r", self._number, error)


class Replies:
    """Every answer that is being worked on, so that a stop can let them finish."""

    def __init__(self) -> None:
        self.stopping = False
        self._open: dict[asyncio.Task[object], tuple[Edit, int]] = {}

    @asynccontextmanager
    async def open(self, interaction: Interaction, *, private: bool = False) -> AsyncIterator[Reply]:
        """Acknowledge at once and yield a ``Reply``; Discord gives three seconds for that.

        An interaction that was deferred already, such as a button's, is left as it is. Where a person
        has brought the bot along, the answer is for that person alone.
        """
        if not interaction.response.is_done():
            await deferred(interaction, private=private or is_carried_along(interaction))
        async with self._waiting(_editing(interaction), interaction.id) as reply:
            yield reply

    @asynccontextmanager
    async def open_message(self, message: discord.Message) -> AsyncIterator[Reply]:
        """Answer a message with another one, at first a line that says it is being worked on."""
        placeholder = await sent(partial(message.reply, mention_author=False), notice(small(LOOKING)))

        async def edit(card: ui.LayoutView) -> object:
            return await placeholder.edit(view=card)

        async with self._waiting(edit, message.id) as reply:
            yield reply

    @asynccontextmanager
    async def _waiting(self, edit: Edit, number: int) -> AsyncIterator[Reply]:
        task = asyncio.current_task()
        assert task is not None
        self._open[task] = (edit, number)
        reply = Reply(edit, number)
        informing = asyncio.create_task(reply.keep_informed())
        try:
            yield reply
        finally:
            await reply.end()
            informing.cancel()
            await asyncio.wait([informing])
            if not informing.cancelled() and (error := informing.exception()) is not None:
                _log.error("Status of %s failed", number, exc_info=error)
            self._open.pop(task, None)

    async def finish(self, timeout_s: float) -> None:
        """Take no new questions, wait for the open ones, and tell those who waited in vain."""
        self.stopping = True
        if not self._open:
            return
        _, late = await asyncio.wait(tuple(self._open), timeout=timeout_s)
        waiting = [self._open[task] for task in late if task in self._open]
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        await asyncio.gather(*(_tell_restarted(edit, number) for edit, number in waiting))


async def _tell_restarted(edit: Edit, number: int) -> None:
    try:
        await edited(edit, notice(RESTARTED, Tone.FAILED))
    except NOT_SENT as error:
        _log.warning("%s was left open: %r", number, error)


def _editing(interaction: Interaction) -> Edit:
    async def edit(card: ui.LayoutView) -> object:
        return await interaction.edit_original_response(view=card)

    return edit


async def edit_original(interaction: Interaction, card: ui.LayoutView) -> None:
    """Show *card* as the interaction's answer; see ``edited``."""
    await edited(_editing(interaction), card)
