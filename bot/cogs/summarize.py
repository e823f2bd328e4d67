"""Commands that summarize: an article, a page, a file, the link above, or a message."""

from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.autocomplete import choose_article, suggest_articles
from bot.context import Bot, Interaction, Reply, place_of
from bot.guilds import refuse_if_too_soon
from bot.i18n import gettext_noop, t
from bot.messages import ARTICLE_KINDS, newest_link, read_attachment, source_in
from bot.state import Source
from bot.views import AddButton, ArticleButton, kept_summary_card, summary_answer, summary_card
from retrieval.errors import ArticleNotFound, BadQuestion

if TYPE_CHECKING:
    from retrieval.summaries import Length


CHOICES = (gettext_noop("short"), gettext_noop("medium"), gettext_noop("long"))
"""Choices of options, which discord.py reads from types; marked here for the catalogs."""
Focus = app_commands.Range[str, 2, 200]


class Summarizing(commands.Cog):
    """Summaries in an article's own sentences."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._menu = app_commands.ContextMenu(name="Summarize", callback=self.summarize_message)

    async def cog_load(self) -> None:
        """Add the entry of the message menu, which a cog cannot declare."""
        self.bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Take the entry out again."""
        self.bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command()
    @app_commands.describe(
        article="An article of the library; with nothing given, the link above",
        url="Or the address of a page or PDF; it is read and not kept",
        file="Or a file, such as .pdf or .docx; it is read and not kept",
        length="How long; medium unless you choose",
        focus="What to focus on: a question or a topic",
    )
    async def summarize(
        self,
        interaction: Interaction,
        article: str | None = None,
        url: str | None = None,
        file: discord.Attachment | None = None,
        length: Literal["short", "medium", "long"] = "medium",
        focus: Focus | None = None,
    ) -> None:
        """Summarize an article, a page, a file or the link above, in its own sentences."""
        if await refuse_if_too_soon(interaction, self.bot.questions, gettext_noop("ask")):
            return
        async with self.bot.replies.open(interaction, private=None) as reply:
            collection = place_of(interaction).collection
            if [bool(article), bool(url), file is not None].count(True) > 1:
                raise BadQuestion(t("Give one thing at a time: an article, an address, or a file."))
            if article:
                chosen = await choose_article(self.bot.librarian, article, collection=collection)
                await self._show_kept(reply, chosen.public_id, collection, length, focus)
                return
            if file is not None:
                body = await read_attachment(file, self.bot.max_file_bytes, ARTICLE_KINDS)
                source = Source(name=file.filename, body=body)
            else:
                source = Source(url=url or await newest_link(interaction))
            await self._show(reply, source, collection, length, focus)

    async def summarize_message(self, interaction: Interaction, message: discord.Message) -> None:
        """Summarize the link, the file or the text of a message."""
        if await refuse_if_too_soon(interaction, self.bot.questions, gettext_noop("ask")):
            return
        async with self.bot.replies.open(interaction, private=None) as reply:
            source = await source_in(message, self.bot.max_file_bytes)
            await self._show(reply, source, place_of(interaction).collection, "medium", None)

    @summarize.autocomplete("article")
    async def suggest(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer articles while somebody types."""
        return await suggest_articles(self.bot.librarian, interaction, typed)

    async def _show(
        self, reply: Reply, source: Source, collection: str, length: "Length", focus: str | None
    ) -> None:
        """Summarize the article of the library that has this address; else read the source for it."""
        librarian = self.bot.librarian
        if source.url is not None:
            try:
                await self._show_kept(reply, source.url, collection, length, focus)
            except ArticleNotFound:
                new = await librarian.articles.read_url(source.url, on_progress=reply.progress)
            else:
                return
        else:
            new = await librarian.articles.read_file(source.name, source.body, on_progress=reply.progress)
        summary = await librarian.summaries.summarize_new(
            new, collection=collection, length=length, focus=focus
        )
        offer = await self.bot.offers.put(source, collection=collection)
        await reply.show(summary_card(summary_answer(summary, focus), summary, offer=offer))

    async def _show_kept(
        self, reply: Reply, public_id_or_url: str, collection: str, length: "Length", focus: str | None
    ) -> None:
        librarian = self.bot.librarian
        summary = await librarian.summaries.summarize(
            public_id_or_url, collection=collection, length=length, focus=focus
        )
        await reply.show(await kept_summary_card(librarian, summary, collection=collection, focus=focus))


async def setup(bot: Bot) -> None:
    """Add the commands and the buttons of a summary to the bot."""
    bot.add_dynamic_items(ArticleButton, AddButton)
    await bot.add_cog(Summarizing(bot))
