"""The card that asks which article a question such as "tl;dr?" is about, with a button for each."""

import re
from typing import Self

from discord import ui

from bot.context import AnyInteraction, Bot, Place, Reply
from bot.errors import Reporting
from bot.formatting import Card, Tone, cut, format_title_line, one_line
from bot.i18n import t
from bot.replies import ask_library, record_card
from bot.views.answer_text import question_line
from bot.views.dynamic_items import DynamicButton
from bot.views.follow_up import answer_question
from bot.views.shown_answers import WHICH_TEMPLATE
from retrieval.domain import Answer, Filters

_LABEL_CHARS = 80
"""Discord's limit for the words on a button."""
_LINE_ROOM = 300
_UNTITLED = "…"


class WhichButton(DynamicButton, template=WHICH_TEMPLATE):
    """Asks a question again of one of the articles that it may mean."""

    def __init__(self, answer_id: int, article: int, title: str = "") -> None:
        super().__init__(f"whole:{answer_id}:{article}", cut(one_line(title), _LABEL_CHARS) or _UNTITLED)
        self.answer_id = answer_id
        self.article = article

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the button of a matched id."""
        return cls(int(match["answer"]), int(match["article"]))

    async def callback(self, interaction: AnyInteraction) -> None:
        """Answer the question beside the card that offered the article."""

        async def ask(bot: Bot, place: Place, reply: Reply) -> ui.LayoutView:
            before = await bot.librarian.answers.recall(self.answer_id, collection=place.collection)
            within = await bot.librarian.articles.get_numbered(self.article, collection=place.collection)
            filters = Filters((within.public_id,))
            answer = await ask_library(bot, reply, place, before.question, filters=filters)
            return await record_card(bot, reply, answer, place, within=within)

        async with Reporting(interaction):
            await answer_question(interaction, ask)


def which_article_card(answer: Answer) -> Card:
    """Return the card that asks which article is meant."""
    card = Card(Tone.NOTHING_FOUND)
    articles = [hit.article for hit in answer.nearest]
    card.add_text(question_line(answer.question))
    card.add_text(t("**Which article do you mean?**"))
    lines = [
        f"{at}. {format_title_line(article, _LINE_ROOM)}" for at, article in enumerate(articles, start=1)
    ]
    card.add_text("\n".join(lines))
    if answer.id is not None:
        card.add_buttons([WhichButton(answer.id, article.id, article.title) for article in articles])
    return card
