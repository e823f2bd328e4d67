"""Commands about who said what: find quotations, check a wording, follow one person."""

from dataclasses import replace

from discord import app_commands
from discord.ext import commands

from bot.cogs.autocomplete import choose_article, suggest_articles, suggest_speakers
from bot.context import Bot, Interaction, Reply, place_of
from bot.formatting import describe_filters, filters_from
from bot.guilds import refuse_if_too_soon
from bot.i18n import gettext_noop, t
from bot.views import found_quotations_card, quotations_answer, sayings_card, wordings_answer, words_card
from retrieval.domain import Article, Filters
from retrieval.errors import BadQuestion
from retrieval.quotes import MAX_CHARS

Day = app_commands.Range[str, 1, 40]
Words = app_commands.Range[str, 1, 200]
Wording = app_commands.Range[str, 1, MAX_CHARS]


class Quoting(commands.Cog):
    """Quotations with their speakers, and whether somebody really said it."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.describe(
        about="What the words are about",
        speaker="Who said them",
        article="Only in this article",
        since="Only articles of this day or later, as 2025-02-08",
        exact="Did they really say this? Paste the words here",
    )
    async def quote(
        self,
        interaction: Interaction,
        about: Words | None = None,
        speaker: Words | None = None,
        article: str | None = None,
        since: Day | None = None,
        exact: Wording | None = None,
    ) -> None:
        """Find who said what, or check whether somebody really said it."""
        if await refuse_if_too_soon(interaction, self.bot.questions, gettext_noop("ask")):
            return
        async with self.bot.replies.open(interaction, private=None) as reply:
            collection, librarian = place_of(interaction).collection, self.bot.librarian
            chosen = await choose_article(librarian, article, collection=collection) if article else None
            filters = filters_from(chosen, since=since)
            if exact is not None:
                if about is not None or speaker is not None:
                    raise BadQuestion(t("Give `exact` alone, or with `article` and `since`."))
                await self._check(reply, exact, filters, collection)
                return
            quotations = await librarian.quotes.find(
                about,
                collection=collection,
                speaker=speaker,
                article=chosen.public_id if chosen else None,
                since=filters.since,
            )
            asked = _describe_request(
                about, speaker, chosen, describe_filters(replace(filters, article_ids=()))
            )
            answer = await librarian.answers.record(
                quotations_answer(quotations, asked), collection=collection
            )
            await reply.show(found_quotations_card(answer))

    @app_commands.command()
    @app_commands.describe(
        speaker="The full name, or only the surname",
        since="Only articles of this day or later, as 2025-02-08",
    )
    async def who(self, interaction: Interaction, speaker: Words, since: Day | None = None) -> None:
        """Show what one person is quoted on, story by story."""
        if await refuse_if_too_soon(interaction, self.bot.questions, gettext_noop("ask")):
            return
        async with self.bot.replies.open(interaction, private=None) as reply:
            place = place_of(interaction)
            filters = filters_from(since=since)
            found = await self.bot.librarian.quotes.find_by_speaker(
                speaker, collection=place.collection, filters=filters
            )
            answer = quotations_answer(found.quotations, t("What {name} said", name=found.name))
            if found.quotations:
                answer = await self.bot.librarian.answers.record(answer, collection=place.collection)
            await reply.show(sayings_card(found, answer))

    @quote.autocomplete("article")
    async def suggest(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer articles while somebody types."""
        return await suggest_articles(self.bot.librarian, interaction, typed)

    @quote.autocomplete("speaker")
    @who.autocomplete("speaker")
    async def suggest_speaker(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer people who are quoted while somebody types."""
        return await suggest_speakers(self.bot.librarian, interaction, typed)

    async def _check(self, reply: Reply, words: str, filters: Filters, collection: str) -> None:
        found = await self.bot.librarian.quotes.check_words(words, collection=collection, filters=filters)
        answer = wordings_answer(found)
        if found.wordings:
            answer = await self.bot.librarian.answers.record(answer, collection=collection)
        await reply.show(words_card(found, answer))


def _describe_request(about: str | None, speaker: str | None, article: Article | None, narrowed: str) -> str:
    parts = [
        t("Quotations"),
        t("about {topic}", topic=about) if about else "",
        t("by {author}", author=speaker) if speaker else "",
        t("in {title}", title=article.title) if article else "",
        narrowed,
    ]
    return " ".join(filter(None, parts))


async def setup(bot: Bot) -> None:
    """Add the commands to the bot."""
    await bot.add_cog(Quoting(bot))
