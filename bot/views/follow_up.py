"""Buttons and forms that ask: follow up, continue in a thread, retry, ask about an article."""

import json
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any, Self, cast

import discord
from discord import ui

from bot.context import AnyInteraction, Bot, Interaction, Place, Reply, place_of
from bot.errors import Reporting
from bot.formatting import cut, describe_filters, notice, one_line
from bot.guilds import refuse_if_too_soon, speak_for
from bot.i18n import gettext_noop, t
from bot.replies import (
    NOT_SENT,
    RESTARTING,
    Edit,
    Kept,
    answer_before,
    ask_library,
    defer_reply,
    edit_card,
    edit_original,
    record_card,
    refuse_if_stopping,
    restarted_card,
)
from bot.views.base import Form
from bot.views.dynamic_items import DynamicButton
from bot.views.shown_answers import fetch_shown
from retrieval.domain import OpenQuestion

Ask = Callable[[Bot, Place, Reply], Awaitable[ui.LayoutView]]
"""Asks the library, and returns the card of the answer."""
AskThis = Callable[[Bot, str, Place, Reply], Awaitable[ui.LayoutView]]
"""The same, given the words that somebody typed."""


async def answer_form(
    interaction: Interaction, question: ui.Label[Any], ask: AskThis, *, after: int | None = None
) -> None:
    """Answer the question that somebody typed into a form, maybe *after* the answer of this number."""
    assert isinstance(question.component, ui.TextInput)
    typed = question.component.value

    async def ask_it(bot: Bot, place: Place, reply: Reply) -> ui.LayoutView:
        return await ask(bot, typed, place, reply)

    async with Reporting(interaction):
        asked = None if after is None else OpenQuestion(typed, "", "", after=after)
        await answer_question(interaction, ask_it, asked=asked)


async def answer_question(
    interaction: Interaction, ask: Ask, *, private: bool = False, asked: OpenQuestion | None = None
) -> None:
    """Check whether a question may be asked now, ask it and show the answer.

    Unless *private*, the answer is as public as the card on which the button was pressed or the form opened.
    """
    bot = interaction.client
    if bot.replies.stopping:
        await interaction.response.send_message(view=notice(t(RESTARTING)), ephemeral=True)
        return
    if await refuse_if_too_soon(interaction, bot.questions, gettext_noop("ask")):
        return
    private = private or (interaction.message is not None and interaction.message.flags.ephemeral)
    async with bot.replies.open(interaction, private=private, asked=asked) as reply:
        await reply.show(await ask(bot, place_of(interaction), reply))


THREAD_NAME_CHARS = 100
"""Discord's limit; nothing but Discord checks it."""
ALREADY = gettext_noop("There is a thread under this answer already.")
THREAD_EXISTS = 160_004
"""Discord's code for a message that has a thread already."""


class FollowButton(DynamicButton, template=r"f:(?P<answer>[0-9]{1,18})"):
    """Opens the form for a question that follows up an answer."""

    def __init__(self, answer_id: int) -> None:
        super().__init__(f"f:{answer_id}", t("Follow up"))
        self.answer_id = answer_id

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the button of a matched id."""
        return cls(int(match["answer"]))

    async def callback(self, interaction: AnyInteraction) -> None:
        """Show the form."""
        async with Reporting(interaction):
            await interaction.response.send_modal(FollowUp(self.answer_id))


class ThreadButton(DynamicButton, template=r"t:(?P<answer>[0-9]{1,18})(?::(?P<message>[0-9]{1,20}))?"):
    """Opens a thread under an answer, in which mentions follow it up.

    ``t:7`` stands under answer 7 itself, ``t:7:12`` on a card about it, which message 12 shows.
    """

    def __init__(self, answer_id: int, message_id: int | None = None) -> None:
        own = f"t:{answer_id}" + ("" if message_id is None else f":{message_id}")
        super().__init__(own, t("Continue in a thread"))
        self.answer_id = answer_id
        self.message_id = message_id

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the button of a matched id."""
        return cls(int(match["answer"]), int(match["message"]) if match["message"] else None)

    async def callback(self, interaction: AnyInteraction) -> None:
        """Open the thread and say there how to go on, or say why that cannot be."""
        bot: Bot = interaction.client
        async with Reporting(interaction):
            if await refuse_if_too_soon(interaction, bot.presses, gettext_noop("press this")):
                return
            await interaction.response.defer(thinking=True, ephemeral=True)
            message = await fetch_shown(interaction, self.message_id, self.answer_id)
            if (
                message is None
                or message.flags.ephemeral
                or not isinstance(message.channel, discord.TextChannel)
            ):
                words = t("A thread can only be opened under an answer that everybody sees.")
                await edit_original(interaction, notice(words))
                return
            answer = await bot.librarian.answers.recall(
                self.answer_id, collection=place_of(interaction).collection
            )
            name = cut(one_line(answer.understood or answer.question), THREAD_NAME_CHARS) or "Footnote"
            try:
                if message.guild is not None and message.guild.get_thread(message.id) is not None:
                    await edit_original(interaction, notice(t(ALREADY)))
                    return
                thread = await message.create_thread(name=name)
            except discord.Forbidden:
                words = t("I may not open threads here. Ask a moderator to allow me Create Public Threads.")
            except discord.HTTPException as error:
                if error.code != THREAD_EXISTS:
                    raise
                words = t(ALREADY)
            else:
                words = t("Continue in {thread}: mention me there to ask on.", thread=thread.mention)
                await _open_thread(bot, thread)
            await edit_original(interaction, notice(words))


async def _open_thread(bot: Bot, thread: discord.Thread) -> None:
    """Say in a new thread how to go on; a thread in which the bot may not write stays as it is."""
    assert bot.user is not None
    words = t(
        "Mention me to go on: {me} and your next question. I keep the answer above in mind.",
        me=bot.user.mention,
    )
    try:
        await thread.send(view=notice(words), allowed_mentions=discord.AllowedMentions.none())
    except NOT_SENT as error:
        _log.info("Thread %s was opened without a word: %r", thread.id, error)


class FollowUp(Form, title=gettext_noop("Follow up")):
    """A form for the next question."""

    question: ui.Label["FollowUp"] = ui.Label(
        text=gettext_noop("Question"),
        description=gettext_noop("“It” or “she” means what the answer above is about."),
        component=ui.TextInput(
            min_length=3, max_length=500, placeholder=gettext_noop("And who paid for it?")
        ),
    )

    def __init__(self, answer_id: int) -> None:
        super().__init__()
        self._answer_id = answer_id

    async def on_submit(self, interaction: AnyInteraction) -> None:
        """Answer with what was said before in mind."""

        async def ask(bot: Bot, question: str, place: Place, reply: Reply) -> ui.LayoutView:
            before = await bot.librarian.answers.recall(self._answer_id, collection=place.collection)
            answer = await ask_library(bot, reply, place, question, after=before)
            return await record_card(bot, reply, answer, place)

        await answer_form(interaction, self.question, ask, after=self._answer_id)


ORIGINAL = "@original"
"""What Discord calls the answer to an interaction."""

_log = logging.getLogger(__name__)


class RetryButton(DynamicButton, template=r"y:(?P<question>[0-9]{1,18})"):
    """Answers, where it stands, the question of the one who presses it, which a restart cut off."""

    def __init__(self, question: int) -> None:
        super().__init__(f"y:{question}", t("Retry"))
        self.question = question

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the button of a matched id."""
        return cls(int(match["question"]))

    async def callback(self, interaction: AnyInteraction) -> None:
        """Ask again in place of the card; only who asked, where it was asked, and once at a time."""
        bot: Bot = interaction.client
        async with Reporting(interaction):
            if await refuse_if_stopping(interaction) or await refuse_if_too_soon(
                interaction, bot.questions, gettext_noop("ask")
            ):
                return
            place = place_of(interaction)
            await defer_reply(interaction, in_place=True)
            async with bot.replies.open(interaction) as reply:
                asked = await bot.librarian.pending_questions.resume(
                    self.question,
                    collection=place.collection,
                    person=reply.person,
                    where=json.dumps(reply.where),
                )
                reply.kept = Kept(bot.librarian, self.question, place.collection)
                try:
                    await reply.show(await _answer(bot, asked, place, reply))
                except Exception:
                    await _offer_again(reply)
                    raise


async def _offer_again(reply: Reply) -> None:
    kept, reply.kept = reply.kept, None  # or it would be forgotten with the failure
    if kept is not None:
        await kept.cut_off()
        await reply.show(restarted_card(RetryButton(kept.number)))


async def announce_unanswered(bot: Bot, questions: list[OpenQuestion]) -> None:
    """Put Retry where a process that was killed left people waiting.

    Discord allows that for a quarter of an hour after a command, and for ever under a mention.
    """
    for asked in questions:
        try:
            await speak_for(bot, asked.collection)
            retry = None if asked.id is None else RetryButton(asked.id)
            await edit_card(_find_pending_message(bot, json.loads(asked.where)), restarted_card(retry))
        except NOT_SENT as error:
            _log.info("Question %s cannot be offered for Retry any more: %r", asked.id, error)


async def _answer(bot: Bot, asked: OpenQuestion, place: Place, reply: Reply) -> ui.LayoutView:
    before = await answer_before(bot, asked.after, place)
    ids = asked.filters.article_ids
    within = None
    if len(ids) == 1:
        within = await bot.librarian.articles.get(ids[0], collection=place.collection)
    answer = await ask_library(bot, reply, place, asked.question, filters=asked.filters, after=before)
    return await record_card(
        bot, reply, answer, place, within=within, narrowed=describe_filters(asked.filters)
    )


def _find_pending_message(bot: Bot, where: dict[str, Any]) -> Edit:
    """Return the way to the message that a former process promised an answer in."""

    async def edit(card: ui.LayoutView) -> object:
        if "token" in where:
            webhook = discord.Webhook.partial(where["application"], where["token"], client=bot)
            return await webhook.edit_message(cast("int", ORIGINAL), view=card)
        channel = bot.get_partial_messageable(where["channel"])
        return await channel.get_partial_message(where["message"]).edit(view=card)

    return edit
