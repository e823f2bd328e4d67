"""Commands for everyone: ask, get help."""

from discord import app_commands
from discord.ext import commands

from bot.cogs.autocomplete import choose_article, suggest_articles, suggest_names
from bot.context import Bot, Interaction, place_of
from bot.formatting import describe_filters, filters_from
from bot.guilds import refuse_if_too_soon
from bot.i18n import gettext_noop
from bot.replies import ask_library, record_card
from bot.views import (
    ActionsButton,
    AnswerButton,
    HelpButton,
    LinesButton,
    MoreButton,
    NextButton,
    VoteButton,
    WhichButton,
    WrongButton,
    help_card,
)
from retrieval.domain import Article, OpenQuestion

Name = app_commands.Range[str, 1, 100]
Day = app_commands.Range[str, 1, 40]


class Reading(commands.Cog):
    """Answers, each with its sources."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.describe(
        question="What do you want to know?",
        article="Ask only this article",
        site="Only articles from this site",
        author="Only articles by this author",
        since="Only articles of this day or later, as 2025-02-08",
        until="Only articles of this day or earlier",
        language="Only articles in this language, such as en or de",
        private="Show the answer to you alone or to everybody; the server's setting if left empty",
    )
    async def ask(  # noqa: PLR0913 - discord.py makes each option out of a parameter
        self,
        interaction: Interaction,
        question: app_commands.Range[str, 3, 500],
        article: str | None = None,
        site: Name | None = None,
        author: Name | None = None,
        since: Day | None = None,
        until: Day | None = None,
        language: Day | None = None,
        private: bool | None = None,
    ) -> None:
        """Ask a question; every sentence of the answer shows its source."""
        if await refuse_if_too_soon(interaction, self.bot.questions, gettext_noop("ask")):
            return
        filters = filters_from(site=site, author=author, language=language, since=since, until=until)
        asked = None if article else OpenQuestion(question, "", "", filters)
        async with self.bot.replies.open(interaction, private=private, asked=asked) as reply:
            place = place_of(interaction)
            within = await self._find_article(article, place.collection)
            filters = filters_from(
                within, site=site, author=author, language=language, since=since, until=until
            )
            answer = await ask_library(self.bot, reply, place, question, filters=filters)
            card = await record_card(
                self.bot, reply, answer, place, within=within, narrowed=describe_filters(filters)
            )
            await reply.show(card)

    @app_commands.command()
    async def help(self, interaction: Interaction) -> None:
        """How to ask, how to check an answer, and how to add articles."""
        await interaction.response.send_message(view=help_card(place_of(interaction)), ephemeral=True)

    @ask.autocomplete("article")
    async def suggest(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer articles while somebody types."""
        return await suggest_articles(self.bot.librarian, interaction, typed)

    @ask.autocomplete("site")
    async def suggest_site(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer sites while somebody types."""
        return await suggest_names(self.bot.librarian, interaction, "site", typed)

    @ask.autocomplete("author")
    async def suggest_author(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer authors while somebody types."""
        return await suggest_names(self.bot.librarian, interaction, "author", typed)

    async def _find_article(self, typed: str | None, collection: str) -> Article | None:
        if typed is None:
            return None
        return await choose_article(self.bot.librarian, typed, collection=collection)


async def setup(bot: Bot) -> None:
    """Add the commands and the buttons of an answer to the bot."""
    bot.add_dynamic_items(ActionsButton, AnswerButton, HelpButton, LinesButton, MoreButton, NextButton)
    bot.add_dynamic_items(VoteButton, WhichButton, WrongButton)
    await bot.add_cog(Reading(bot))
