"""What ⋯ under an answer opens: the actions that have no button of their own there."""

import re
from typing import Self

from bot.context import AnyInteraction, Bot, place_of
from bot.formatting import Card, Tone
from bot.i18n import t
from bot.views.answer_details import AnswerButton
from bot.views.answer_text import question_line
from bot.views.dynamic_items import DynamicButton
from bot.views.follow_up import ThreadButton
from bot.views.presses import answer_press
from bot.views.reports import WrongButton
from retrieval.domain import Answer


class ActionsButton(DynamicButton, template=r"e:(?P<answer>[0-9]{1,18})(?P<threads>:t)?"):
    """Shows, to the one who presses it, the other actions; ``e:7:t`` offers a thread among them."""

    def __init__(self, answer_id: int, *, threads: bool = False) -> None:
        super().__init__(f"e:{answer_id}" + (":t" if threads else ""), "⋯")
        self.answer_id = answer_id
        self.threads = threads

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the button of a matched id."""
        return cls(int(match["answer"]), threads=match["threads"] is not None)

    async def callback(self, interaction: AnyInteraction) -> None:
        """Show the actions."""
        collection, message = place_of(interaction).collection, interaction.message
        public = message.id if message is not None and not message.flags.ephemeral else None

        async def card(bot: Bot) -> Card:
            answer = await bot.librarian.answers.recall(self.answer_id, collection=collection)
            return actions_card(answer, self.answer_id, public, threads=self.threads)

        await answer_press(interaction, card, opens=True)


def actions_card(answer: Answer, answer_id: int, message: int | None, *, threads: bool = False) -> Card:
    """Return the other actions; *message* shows the answer to everybody, ``None`` if only to one person."""
    card = Card(Tone.NEUTRAL)
    card.add_text(question_line(answer.question))
    lines = [
        t("**Sources**: every passage that I read for this"),
        t("**Wrong?**: tell the moderators what is wrong with it"),
    ]
    buttons: list[DynamicButton] = [
        AnswerButton(answer_id, "sources", label=t("Sources")),
        WrongButton(answer_id, message),
    ]
    if threads and message is not None:
        lines.append(t("**Continue in a thread**: ask on under this answer"))
        buttons.append(ThreadButton(answer_id, message))
    card.add_text("\n".join(lines))
    card.add_buttons(buttons)
    return card
