"""Retry: asks a question anew that a restart cut off, and tells those whom a killed process left waiting."""

import json
import logging
import re
from typing import Any, Self, cast

import discord
from discord import ui

from bot.asking import Kept, answer_before, ask_library, recorded_card
from bot.context import AnyInteraction, Bot, Place, Reply, place_of
from bot.dynamic_items import DynamicButton
from bot.errors import Reporting
from bot.i18n import gettext_noop, t
from bot.limits import turned_away
from bot.narrowing import said
from bot.permissions import speak_in
from bot.replies import restarted_card, turned_away_by_restart
from bot.sending import NOT_SENT, Edit, deferred, edited
from retrieval.open_questions import OpenQuestion

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
            if await turned_away_by_restart(interaction) or await turned_away(
                interaction, bot.questions, gettext_noop("ask")
            ):
                return
            place = place_of(interaction)
            await deferred(interaction, in_place=True)
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


async def tell_left_open(bot: Bot, questions: list[OpenQuestion]) -> None:
    """Put Retry where a process that was killed left people waiting.

    Discord allows that for a quarter of an hour after a command, and for ever under a mention.
    """
    for asked in questions:
        speak_in(bot, asked.collection)
        try:
            retry = None if asked.id is None else RetryButton(asked.id)
            await edited(_waiting_message(bot, json.loads(asked.where)), restarted_card(retry))
        except NOT_SENT as error:
            _log.info("Question %s cannot be offered for Retry any more: %r", asked.id, error)


async def _answer(bot: Bot, asked: OpenQuestion, place: Place, reply: Reply) -> ui.LayoutView:
    before = await answer_before(bot, asked.after, place)
    ids = asked.filters.article_ids
    within = None
    if len(ids) == 1:
        within = await bot.librarian.articles.get(ids[0], collection=place.collection)
    answer = await ask_library(bot, reply, place, asked.question, filters=asked.filters, after=before)
    return await recorded_card(bot, reply, answer, place, within=within, narrowed=said(asked.filters))


def _waiting_message(bot: Bot, where: dict[str, Any]) -> Edit:
    """Return the way to the message that a former process promised an answer in."""

    async def edit(card: ui.LayoutView) -> object:
        if "token" in where:
            webhook = discord.Webhook.partial(where["application"], where["token"], client=bot)
            return await webhook.edit_message(cast("int", ORIGINAL), view=card)
        channel = bot.get_partial_messageable(where["channel"])
        return await channel.get_partial_message(where["message"]).edit(view=card)

    return edit
