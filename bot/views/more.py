"""What More opens: the answer at length, passages it did not use, and questions that lead on."""

import re
from typing import Self

from discord import ui

from bot.context import AnyInteraction, Bot, Place, Reply, place_of
from bot.errors import Reporting
from bot.formatting import (
    Card,
    Tone,
    by_article,
    cut,
    fit,
    format_sentence_count,
    format_title_line,
    one_line,
    small,
)
from bot.i18n import t
from bot.replies import ask_library, record_card
from bot.views.answer_details import AnswerButton, passages_read
from bot.views.answer_text import excerpt, question_line, statements
from bot.views.dynamic_items import DynamicButton
from bot.views.follow_up import answer_question
from bot.views.presses import answer_press
from retrieval.domain import Answer
from retrieval.errors import AnswerNotFound

PASSAGES_SHOWN = 3
REMOVED_SHOWN = 4
_REMOVED_CHARS = 140
_REMOVED_ROOM = 200
_PASSAGE_ROOM = 600
_ORIGINALS_ROOM = 1_000
_HEADS_ROOM = 100
LABEL_CHARS = 80
"""Discord's limit for the words on a button."""


class MoreButton(DynamicButton, template=r"m:(?P<answer>[0-9]{1,18})"):
    """Shows, to the one who presses it, an answer at length."""

    def __init__(self, answer_id: int) -> None:
        super().__init__(f"m:{answer_id}", t("More"))
        self.answer_id = answer_id

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the button of a matched id."""
        return cls(int(match["answer"]))

    async def callback(self, interaction: AnyInteraction) -> None:
        """Look up more, and show it."""
        collection = place_of(interaction).collection

        async def card(bot: Bot) -> Card:
            answer = await bot.librarian.answers.recall(self.answer_id, collection=collection)
            longer = await bot.librarian.answers.elaborate(answer, collection=collection)
            return more_card(await bot.librarian.answers.record(longer, collection=collection), answer)

        await answer_press(interaction, card, opens=True, asks=True)


class NextButton(DynamicButton, template=r"q:(?P<answer>[0-9]{1,18}):(?P<number>[0-9])"):
    """Asks, for the one who presses it, a question that an answer leads on to; numbers count from 0."""

    def __init__(self, answer_id: int, number: int, question: str = "") -> None:
        super().__init__(f"q:{answer_id}:{number}", cut(question, LABEL_CHARS))
        self.answer_id = answer_id
        self.number = number

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the button of a matched id."""
        return cls(int(match["answer"]), int(match["number"]))

    async def callback(self, interaction: AnyInteraction) -> None:
        """Answer the question beside the card that offered it."""

        async def ask(bot: Bot, place: Place, reply: Reply) -> ui.LayoutView:
            before = await bot.librarian.answers.recall(self.answer_id, collection=place.collection)
            if self.number >= len(before.follow_ups):
                raise AnswerNotFound(t("That question is no longer offered. Ask it with /ask."))
            question = before.follow_ups[self.number]
            answer = await ask_library(bot, reply, place, question)
            return await record_card(bot, reply, answer, place)

        async with Reporting(interaction):
            await answer_question(interaction, ask)


def more_card(longer: Answer, before: Answer) -> Card:
    """Return the card of a longer answer; *before* is the one that everybody saw."""
    card = Card(Tone.ANSWERED)
    card.add_text(question_line(longer.question))
    card.add_text(t("**At length** · {how_much}", how_much=_how_much(longer, before)))
    unused = [entry for entry in passages_read(longer) if not entry.numbers][:PASSAGES_SHOWN]
    passages = []
    for entry, article in by_article(unused, lambda entry: entry.article):
        head = format_title_line(article, _PASSAGE_ROOM // 2) + "\n" if article else ""
        passages.append(head + excerpt(entry.text, _PASSAGE_ROOM - len(head)))
    rest = [_originals(before), _format_removed(longer)]
    card.add_text(statements(longer, card.room - sum(map(len, [*passages, *rest])) - _HEADS_ROOM))
    for text in rest:
        card.add_text(text)
    if passages:
        card.add_line()
        card.add_text(t("Also read, but not cited:"))
    for passage in passages:
        card.add_text(passage)
    if longer.id is not None:
        card.add_buttons([AnswerButton(longer.id, "quotes", label=t("Quotes"))])
        for number, question in enumerate(longer.follow_ups):
            card.add_buttons([NextButton(longer.id, number, question)])
    return card


def _how_much(longer: Answer, before: Answer) -> str:
    if before.written_by and not longer.written_by:
        return t("in the articles' own sentences")
    further = len(longer.statements) - len(before.statements)
    return (
        format_sentence_count(further)
        if further > 0
        else t("the articles say nothing more that answers this")
    )


def _originals(before: Answer) -> str:
    """Return the sentences that everybody saw translated, as they were checked against the articles."""
    if not before.originals:
        return ""
    room = _ORIGINALS_ROOM // len(before.originals)
    lines = [f"{at}. {fit(one_line(text), room)}" for at, text in enumerate(before.originals, start=1)]
    return small(t("The answer before it was translated:") + "\n" + "\n".join(lines))


def _format_removed(answer: Answer) -> str:
    """Return what the language model drafted and the articles do not support, struck out."""
    if not answer.removed:
        return ""
    shown = [f"~~{fit(cut(one_line(text), _REMOVED_CHARS), _REMOVED_ROOM)}~~" for text in answer.removed]
    more = len(shown) - REMOVED_SHOWN
    lines = [*shown[:REMOVED_SHOWN], *([f"+ {format_sentence_count(more)}"] if more > 0 else [])]
    return small(
        t("Drafted by the language model, and left out because no article says it:") + "\n" + "\n".join(lines)
    )
