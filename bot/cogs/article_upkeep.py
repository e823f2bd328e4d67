"""The part of ``/article`` that keeps articles in repair: refresh, edit, history."""

from datetime import date
from typing import TYPE_CHECKING

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.cogs.article_group import suggest
from bot.cogs.autocomplete import choose_article
from bot.context import AnyInteraction, Bot, Interaction, Reply, place_of
from bot.errors import Reporting
from bot.guilds import may_curate, refuse_if_too_soon
from bot.i18n import gettext_noop, t
from bot.views import Form, all_refreshed_card, edited_card, history_card, refreshed_card, refuse, say
from retrieval.domain import PAGES_AT_ONCE, STALE_DAYS, ArticleMetadata
from retrieval.errors import ArticleNotFound, BadQuestion
from retrieval.indexing import MAX_TITLE_CHARS
from retrieval.sources import read_date

if TYPE_CHECKING:
    from retrieval.domain import Article


_AUTHOR_CHARS = 300
_URL_CHARS = 2_000
_DATE_CHARS = 40


class Upkeep(commands.Cog):
    """Subcommands that change what is known of an article, or show what changed; ``Curating`` holds them."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    @app_commands.command(name="refresh")
    @app_commands.rename(every="all")
    @app_commands.describe(
        article="The article whose page I read again",
        every="All pages that have not been read for a while",
        days="With all: for how many days; 30 unless you choose",
    )
    @app_commands.autocomplete(article=suggest)
    async def refresh(
        self,
        interaction: Interaction,
        article: str | None = None,
        every: bool = False,
        days: app_commands.Range[int, 0, 3_650] = STALE_DAYS,
    ) -> None:
        """Read an article's page again and show what changed."""
        if bool(article) == every:
            await say(interaction, t("Choose either an article or “all”, not both."))
            return
        if not may_curate(interaction, self.bot.settings.add_role):
            await refuse(interaction, self.bot, gettext_noop("Refreshing articles"))
            return
        if await refuse_if_too_soon(interaction, self.bot.additions, gettext_noop("refresh")):
            return
        async with self.bot.replies.open(interaction) as reply:
            if article:
                await self._refresh_one(reply, interaction, article)
            else:
                await self._refresh_all(reply, interaction, days)

    @app_commands.command(name="edit")
    @app_commands.describe(article="Which article")
    @app_commands.autocomplete(article=suggest)
    async def edit(self, interaction: Interaction, article: str) -> None:
        """Correct an article's title, author, date or address in a form."""
        if not may_curate(interaction, self.bot.settings.add_role):
            await refuse(interaction, self.bot, gettext_noop("Editing articles"))
            return
        if await refuse_if_too_soon(interaction, self.bot.presses, gettext_noop("do this")):
            return
        # A form must be the first answer, within three seconds: this look-up never waits for the lane.
        collection = place_of(interaction).collection
        found = await self.bot.librarian.articles.suggest(article, collection=collection, limit=25)
        named = [one for one in found if one.public_id == article] or found
        if len(named) != 1:
            raise ArticleNotFound(t("There is no such article here. Choose one from the list."))
        await interaction.response.send_modal(Corrections(self.bot, named[0]))

    @app_commands.command(name="history")
    @app_commands.describe(article="Which article")
    @app_commands.autocomplete(article=suggest)
    async def history(self, interaction: Interaction, article: str) -> None:
        """Show an article's earlier texts, what changed in each, and what was corrected."""
        if await refuse_if_too_soon(interaction, self.bot.presses, gettext_noop("do this")):
            return
        async with self.bot.replies.open(interaction, private=True) as reply:
            collection, library = place_of(interaction).collection, self.bot.librarian
            found = await choose_article(library, article, collection=collection)
            versions = await library.upkeep.list_versions(found.public_id, collection=collection)
            edits = await library.upkeep.list_edits(found.public_id, collection=collection)
            await reply.show(history_card(found, versions, edits))

    async def _refresh_one(self, reply: Reply, interaction: Interaction, article: str) -> None:
        collection, library = place_of(interaction).collection, self.bot.librarian
        found = await choose_article(library, article, collection=collection)
        done = await library.upkeep.refresh(
            found.public_id, collection=collection, on_progress=reply.progress
        )
        changes = None
        if done.text_changed:
            changes = await library.upkeep.compare(found.public_id, done.before.digest, collection=collection)
        await reply.show(refreshed_card(done, changes))

    async def _refresh_all(self, reply: Reply, interaction: Interaction, days: int) -> None:
        place, library = place_of(interaction), self.bot.librarian
        waiting = len(await library.upkeep.list_stale(collection=place.collection, days=days))
        done = [
            one
            async for one in library.upkeep.refresh_stale(
                collection=place.collection, days=days, limit=PAGES_AT_ONCE, on_progress=reply.progress
            )
        ]
        await reply.show(all_refreshed_card(done, max(0, waiting - len(done)), days, place))


class Corrections(Form, title=gettext_noop("Correct an article")):
    """A form with what is known of an article, to be written over."""

    def __init__(self, bot: Bot, article: "Article") -> None:
        super().__init__()
        self._bot = bot
        self._article = article
        self._title = _field(t("Title"), article.title, MAX_TITLE_CHARS, required=True)
        self._author = _field(t("Author"), article.author or "", _AUTHOR_CHARS)
        self._date = _field(t("Published on (2025-02-08)"), _format_day(article.published), _DATE_CHARS)
        self._url = _field(t("Address"), article.url or "", _URL_CHARS)
        for label in (self._title, self._author, self._date, self._url):
            self.add_item(label)

    async def on_submit(self, interaction: AnyInteraction) -> None:
        """Keep the corrections, if the one who sent them may."""
        async with Reporting(interaction):
            if not may_curate(interaction, self._bot.settings.add_role):
                await refuse(interaction, self._bot, gettext_noop("Editing articles"))
                return
            if await refuse_if_too_soon(interaction, self._bot.additions, gettext_noop("edit")):
                return
            async with self._bot.replies.open(interaction) as reply:
                place = place_of(interaction)
                edited = await self._bot.librarian.upkeep.edit(
                    self._article.public_id,
                    self._read_metadata(),
                    collection=place.collection,
                    editor=str(interaction.user.id),
                    on_progress=reply.progress,
                )
                await reply.show(edited_card(edited, place))

    def _read_metadata(self) -> ArticleMetadata:
        """Return what was typed; a field that was left as it was shown stays as it is."""
        now, written = self._article, _read_text(self._date).strip()
        published = now.published
        if written != _format_day(now.published):
            published = read_date(written) if written else None
            if written and published is None:
                raise BadQuestion(t("Give the date as 2025-02-08, or leave it empty. Nothing was changed."))
        return ArticleMetadata(
            _read_field(self._title, now.title, MAX_TITLE_CHARS) or "",
            _read_field(self._author, now.author, _AUTHOR_CHARS),
            published,
            _read_field(self._url, now.url, _URL_CHARS),
        )


def _field(label: str, value: str, most: int, *, required: bool = False) -> "ui.Label[Corrections]":
    text: ui.TextInput[Corrections] = ui.TextInput(
        default=value[:most] or None, max_length=most, required=required, style=discord.TextStyle.short
    )
    return ui.Label(text=label, component=text)


def _read_field(label: "ui.Label[Corrections]", now: str | None, most: int) -> str | None:
    """Return what was typed; but what is too long for the field was shown cut, and is no correction."""
    typed = _read_text(label)
    return now if typed == (now or "")[:most] else typed


def _format_day(published: date | None) -> str:
    return published.isoformat() if published else ""


def _read_text(label: "ui.Label[Corrections]") -> str:
    assert isinstance(label.component, ui.TextInput)
    return label.component.value
