"""One slow answer from "thinking…" to its card, and all those open when the bot has to stop."""

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

import discord
from discord import ui

from bot.context import Interaction, KeptQuestion, is_carried_along, place_of
from bot.formatting import Card, Tone, notice, one_line, plain, small
from bot.i18n import gettext_noop, nt, t, translate_message
from bot.replies.ask import Kept
from bot.replies.late_replies import edit_original, note_privacy
from bot.replies.sending import NOT_SENT, Edit, defer_reply, edit_card, response_editor, send_card
from bot.state import Track
from retrieval.domain import OpenQuestion, Statement
from retrieval.errors import RetrievalError
from retrieval.protocols import Progress
from retrieval.runtime import collect_timings, set_current_user, stage
from retrieval.sources import only_from

FIRST_STATUS_AFTER_S = 2.0
"""Most answers are there by then, and an edit that is replaced at once only flickers."""
KEPT_WITHIN_S = 1.0
"""A question is kept before it is acknowledged, unless that takes longer: some milliseconds are usual."""
STATUS_EVERY_S = 4.0
DRAFT_EVERY_S = 1.0
"""Sentences that a language model has written and the gate has let pass are shown so often at most."""
DRAFT_CHARS = 3_000
WRITING = gettext_noop("Writing … I show only sentences that the articles support.")
TELLING_S = 2.0
"""What is kept of the time for a stop, to tell those whose answer is not done by then."""
RESTARTED = gettext_noop("I was restarted before this was done. Please ask again.")
PRESS_RETRY = gettext_noop("I was restarted before this was answered. Press **Retry** within a day.")
LOOKING = gettext_noop("Looking …")
RESTARTING = gettext_noop("I am being restarted. Please ask again in a minute.")

_log = logging.getLogger(__name__)

MakeRetryButton = Callable[[int], ui.Item[Any]]
"""Makes the button that asks anew the question of a number; see ``retry.RetryButton``."""


class Reply:
    """An answer that somebody waits for. ``show`` ends the waiting."""

    def __init__(
        self,
        edit: Edit,
        number: int,
        person: int = 0,
        where: Mapping[str, int | str] | None = None,
        *,
        show: Edit | None = None,
        private: bool = False,
    ) -> None:
        """*edit* puts a status where the answer is awaited; *show*, if it differs, the answer itself.

        What is recorded for a *private* one opens for nobody else.
        """
        self._edit = edit
        self._show = show or partial(edit_card, edit)
        self.number = number
        """Of the interaction or message that is answered, for the log."""
        self.person = str(person)
        """Who waits."""
        self.private = private
        self.where = dict(where or {})
        """How another process finds the message that waits for the answer; see ``views/follow_up.py``."""
        self.kept: KeptQuestion | None = None
        self.track: Track | None = None
        self._status = ""
        self._shown_status = ""
        self._drafted = False
        self._editing = asyncio.Lock()
        self._done = False
        self._asked_at = 0.0

    def place(self, place: int) -> None:
        """Note one's place in the queue, 1 being next; an ``OnPlace``."""
        ahead = place - 1
        words = nt("{count} question is ahead of yours.", "{count} questions are ahead of yours.", ahead)
        self._status = small(words if ahead else t("Yours is next."))

    def progress(self, progress: Progress) -> None:
        """Note how far a long job is; an ``OnProgress``."""
        share = " …"
        if progress.total:
            share = t(": {done:,} of {total:,}", done=progress.done, total=progress.total)
        self._status = small(plain(one_line(translate_message(progress.what))) + share)

    def draft(self, statements: Sequence[Statement]) -> None:
        """Note what of an answer is written and has passed the gate; an ``OnDraft``."""
        said = "\n".join(plain(one_line(one.text)) for one in statements)
        self._status = f"{said[:DRAFT_CHARS]}\n{small(t(WRITING))}"
        self._drafted = True

    async def show(self, card: ui.LayoutView) -> None:
        """Put the card where "thinking…" stood."""
        async with self._editing:
            self._done = True
            with self._measure_sending():
                await self._show(card)

    async def announce_restart(self, retry_button: MakeRetryButton | None = None) -> None:
        """Say that the answer will not come from this process, with Retry if the question is kept."""
        retry = retry_button(self.kept.number) if self.kept is not None and retry_button else None
        try:
            await edit_card(self._edit, restarted_card(retry))
            if self.kept is not None:
                await self.kept.cut_off()
        except (*NOT_SENT, RetrievalError) as error:
            _log.warning("%s was left open: %r", self.number, error)

    def start_tracking(self, track: Track) -> Track:
        """Measure the stages of a question from here on; return *track*."""
        self.track = track
        self._asked_at = time.perf_counter()
        return track

    @contextmanager
    def _measure_sending(self) -> Iterator[None]:
        """Measure the way of the card to Discord; what no stage claims before was rendering."""
        if self.track is None:
            yield
            return
        stages = self.track.stages
        stages["render"] = time.perf_counter() - self._asked_at - sum(stages.values())
        with collect_timings(stages), stage("send"):
            yield

    async def end(self) -> None:
        """Let a status that is on its way arrive, so that it cannot land on top of what comes next."""
        async with self._editing:
            self._done = True

    async def keep_informed(self) -> None:
        """Edit in what is known about the wait, now and then, until the card is there or cancelled."""
        await asyncio.sleep(FIRST_STATUS_AFTER_S)
        since_s = STATUS_EVERY_S
        while not self._done:
            if self._drafted or since_s >= STATUS_EVERY_S:
                await self.show_status()
                since_s = 0.0
            await asyncio.sleep(DRAFT_EVERY_S)
            since_s += DRAFT_EVERY_S

    async def show_status(self) -> None:
        """Edit in what is known about the wait, if it is news and the card is not there yet."""
        async with self._editing:
            if self._done or self._status == self._shown_status:
                return
            self._shown_status = self._status
            try:
                await self._edit(notice(self._status))
            except NOT_SENT as error:
                # Only the wait looks longer; the card itself is sent with retries.
                _log.info("Status of %s was not shown: %r", self.number, error)


class Replies:
    """Every answer that is being worked on, so that a stop can let them finish."""

    def __init__(
        self, on_end: Callable[[Track], None] = lambda _: None, retry_button: MakeRetryButton | None = None
    ) -> None:
        """*on_end* is called with each question that ended; *retry_button* asks one anew by its number."""
        self._retry_button = retry_button
        self.stopping = False
        self._on_end = on_end
        self._open: dict[asyncio.Task[object], Reply] = {}

    @asynccontextmanager
    async def open(
        self, interaction: Interaction, *, private: bool | None = False, asked: OpenQuestion | None = None
    ) -> AsyncIterator[Reply]:
        """Acknowledge at once and yield a ``Reply``; Discord gives three seconds for that.

        What is *asked*, if that is known so early, is kept before it is acknowledged: whoever sees
        "thinking…" will get an answer, or Retry, even if the process is killed the next moment.

        An interaction that was deferred already, such as a button's, is left as it is; under a message
        that only one person sees, what is answered is for that person too. Where a person
        has brought the bot along, the answer is for that person alone. *private* ``None`` is as the server
        has chosen. What is fetched meanwhile is checked against the server's rule for sources.
        """
        chosen = interaction.client.chosen.now(place_of(interaction).collection)
        private = chosen.private if private is None else private
        message = interaction.message
        private = private or is_carried_along(interaction)
        private = private or (message is not None and message.flags.ephemeral)
        person = interaction.user.id
        where: dict[str, int | str] = {
            "application": interaction.application_id,
            "token": interaction.token,
        }
        keeping = None if asked is None else await _begin_to_keep(interaction, asked, where)
        if not interaction.response.is_done():
            await defer_reply(interaction, private=private)
        note_privacy(interaction, private=private)
        with only_from(chosen.sources):
            reply = Reply(
                response_editor(interaction),
                interaction.id,
                person,
                where,
                show=partial(edit_original, interaction),
                private=private,
            )
            async with self._waiting(reply):
                reply.kept = None if keeping is None else await keeping
                yield reply

    @asynccontextmanager
    async def open_message(self, message: discord.Message) -> AsyncIterator[Reply]:
        """Answer a message with another one, at first a line that says it is being worked on."""
        placeholder = await send_card(partial(message.reply, mention_author=False), notice(small(t(LOOKING))))

        async def edit(card: ui.LayoutView) -> object:
            return await placeholder.edit(view=card)

        where = {"channel": placeholder.channel.id, "message": placeholder.id}
        async with self._waiting(Reply(edit, message.id, message.author.id, where)) as reply:
            yield reply

    @asynccontextmanager
    async def _waiting(self, reply: Reply) -> AsyncIterator[Reply]:
        task = asyncio.current_task()
        assert task is not None
        self._open[task] = reply
        informing = asyncio.create_task(reply.keep_informed())
        interrupted = False
        try:
            with set_current_user(reply.person, private=reply.private):
                yield reply
        except BaseException as error:
            interrupted = isinstance(error, asyncio.CancelledError)
            if reply.track is not None:
                reply.track.record_failure(error)
            raise
        finally:
            await reply.end()
            informing.cancel()
            await asyncio.wait([informing])
            if not informing.cancelled() and (failure := informing.exception()) is not None:
                _log.error("Status of %s failed", reply.number, exc_info=failure)
            self._open.pop(task, None)
            if reply.track is not None:
                self._on_end(reply.track)
            if reply.kept is not None and not interrupted:
                await reply.kept.close()

    async def finish(self, timeout_s: float) -> None:
        """Take no new questions, wait for the open ones, and tell those who waited in vain.

        Notifying them is part of *timeout_s*; those left are notified after the next start.
        """
        self.stopping = True
        if not self._open:
            return
        _, late = await asyncio.wait(tuple(self._open), timeout=max(0.0, timeout_s - TELLING_S))
        telling = [asyncio.create_task(self._interrupt(task, self._open[task])) for task in late]
        if telling:
            _, untold = await asyncio.wait(telling, timeout=TELLING_S)
            for one in untold:
                one.cancel()
            await asyncio.gather(*telling, return_exceptions=True)

    async def _interrupt(self, task: asyncio.Task[object], reply: Reply) -> None:
        task.cancel()
        await asyncio.wait([task])
        await reply.announce_restart(self._retry_button)


async def _begin_to_keep(
    interaction: Interaction, asked: OpenQuestion, where: dict[str, int | str]
) -> asyncio.Task[Kept]:
    """Keep a question; a library that takes long is awaited no longer than the acknowledgement can wait."""
    librarian, collection = interaction.client.librarian, place_of(interaction).collection
    asked = replace(asked, person=str(interaction.user.id), where=json.dumps(where))

    async def keep() -> Kept:
        number = await librarian.pending_questions.add(asked, collection=collection)
        return Kept(librarian, number, collection)

    keeping = asyncio.create_task(keep())
    await asyncio.wait([keeping], timeout=KEPT_WITHIN_S)
    return keeping


async def refuse_if_stopping(interaction: Interaction) -> bool:
    """Tell the person that the bot is being stopped, and return ``True``, if it is."""
    if not interaction.client.replies.stopping:
        return False
    await interaction.response.send_message(view=notice(t(RESTARTING)), ephemeral=True)
    return True


def restarted_card(retry: ui.Item[Any] | None) -> Card:
    """Say that a restart cut an answer off, with the button *retry* for a question that is kept."""
    card = Card(Tone.FAILED)
    card.add_text(t(RESTARTED) if retry is None else t(PRESS_RETRY))
    if retry is not None:
        card.add_buttons([retry])
    return card
