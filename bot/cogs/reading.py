"""Commands for everyone: ask, summarize, find quotations, get help."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from discord import app_commands
from discord.ext import commands

from bot.choosing import chosen_article, suggest_articles
from bot.library_cards import help_card
from bot.limits import turned_away
from bot.permissions import Interaction, curators, place_of
from bot.quote_cards import UNNAMED, found_quotations_card
from bot.render import answer_card, summary_card
from retrieval.domain import Answer, Article, Citation, Filters, Quotation, Statement
from retrieval.errors import BadQuestion

if TYPE_CHECKING:
    from bot.client import FootnoteBot

Words = app_commands.Range[str, 1, 200]


class Reading(commands.Cog):
    """Answers, summaries and quotations, each with its sources."""

    def __init__(self, bot: "FootnoteBot") -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.describe(
        question="What do you want to know?",
        article="Ask only this article",
        private="Show the answer only to you",
    )
    async def ask(
        self,
        interaction: Interaction,
        question: app_commands.Range[str, 3, 500],
        article: str | None = None,
        private: bool = False,
    ) -> None:
        """Ask a question; every sentence of the answer shows its source."""
        if await turned_away(interaction, self.bot.questions, "ask"):
            return
        async with self.bot.replies.open(interaction, private=private) as reply:
            place = place_of(interaction)
            within = await self._chosen(article, place.collection)
            answer = await self.bot.librarian.ask(
                question,
                collection=place.collection,
                filters=Filters(article_ids=(within.public_id,)) if within else Filters(),
                on_place=reply.place,
            )
            answer = await self.bot.librarian.record(answer, collection=place.collection)
            await reply.show(answer_card(answer, place, within=within))

    @app_commands.command()
    @app_commands.describe(
        article="Which article of the library", url="Or its address", length="How much of it; else medium"
    )
    async def summarize(
        self,
        interaction: Interaction,
        article: str | None = None,
        url: str | None = None,
        length: Literal["short", "medium", "long"] = "medium",
    ) -> None:
        """Summarize an article of the library in its own sentences."""
        if await turned_away(interaction, self.bot.questions, "ask"):
            return
        async with self.bot.replies.open(interaction) as reply:
            collection = place_of(interaction).collection
            if (article is None) == (url is None):
                raise BadQuestion("Choose an article, or give its address: one of the two.")
            chosen = await self._chosen(article, collection)
            wanted = chosen.public_id if chosen else url or ""
            summary = await self.bot.librarian.summarize(wanted, collection=collection, length=length)
            answer = Answer(
                question=f"Summary of {summary.article.title}",
                statements=summary.statements,
                citations=summary.citations,
                library_size=1,
            )
            answer = await self.bot.librarian.record(answer, collection=collection)
            await reply.show(summary_card(answer, summary.article))

    @app_commands.command()
    @app_commands.describe(
        about="What the words are about", speaker="Who said them", article="Only in this article"
    )
    async def quote(
        self,
        interaction: Interaction,
        about: Words | None = None,
        speaker: Words | None = None,
        article: str | None = None,
    ) -> None:
        """Find who said what: words in quotation marks, with their speaker."""
        if await turned_away(interaction, self.bot.questions, "ask"):
            return
        async with self.bot.replies.open(interaction) as reply:
            place = place_of(interaction)
            chosen = await self._chosen(article, place.collection)
            quotations = await self.bot.librarian.quotes(
                about,
                collection=place.collection,
                speaker=speaker,
                article=chosen.public_id if chosen else None,
            )
            answer = quotations_answer(quotations, _asked(about, speaker, chosen))
            answer = await self.bot.librarian.record(answer, collection=place.collection)
            await reply.show(found_quotations_card(answer))

    @app_commands.command()
    async def help(self, interaction: Interaction) -> None:
        """How to ask, how to check an answer, and how to add articles."""
        card = help_card(curators(self.bot.settings.add_role), place_of(interaction))
        await interaction.response.send_message(view=card, ephemeral=True)

    @ask.autocomplete("article")
    @summarize.autocomplete("article")
    @quote.autocomplete("article")
    async def suggest(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer articles while somebody types."""
        return await suggest_articles(self.bot.librarian, interaction, typed)

    async def _chosen(self, typed: str | None, collection: str) -> Article | None:
        if typed is None:
            return None
        return await chosen_article(self.bot.librarian, typed, collection=collection)


def quotations_answer(quotations: Sequence[Quotation], asked: str) -> Answer:
    """Return quotations in the form of an answer, which can be recorded and recalled.

    Each statement is the speaker's name and cites the words.
    """
    citations = tuple(
        Citation(number, found.article, found.span, found.text) for number, found in enumerate(quotations, 1)
    )
    statements = tuple(
        Statement(found.speaker or UNNAMED, (number,)) for number, found in enumerate(quotations, 1)
    )
    return Answer(question=asked, statements=statements, citations=citations)


def _asked(about: str | None, speaker: str | None, article: Article | None) -> str:
    parts = [
        "Quotations",
        f"about {about}" if about else "",
        f"by {speaker}" if speaker else "",
        f"in {article.title}" if article else "",
    ]
    return " ".join(filter(None, parts))
