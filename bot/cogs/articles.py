"""Commands about the library itself: add an article, list what there is, look at one, remove one."""

from collections.abc import AsyncIterator

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.cogs.article_batches import Gathering
from bot.cogs.article_export import Moving
from bot.cogs.article_group import Add, AddWith, suggest
from bot.cogs.article_upkeep import Upkeep
from bot.cogs.autocomplete import choose_article
from bot.context import AnyInteraction, Bot, Interaction, Reply, place_of
from bot.errors import Reporting
from bot.guilds import may_add, may_curate, refuse_if_too_soon
from bot.i18n import gettext_noop, t
from bot.messages import read_attachment
from bot.views import (
    Form,
    ListButton,
    RemoveButton,
    VersionButton,
    added_card,
    batch_card,
    info_card,
    list_card,
    list_offset,
    notify_of_injections,
    refuse,
    remove_card,
    say,
)
from retrieval.domain import Corrections, Outcome
from retrieval.errors import SourceRefused

PASTED_CHARS = 4_000
"""Discord's limit for a text field of a form."""


class Curating(commands.Cog):
    """The group ``/article``: it puts articles into the library, and shows what is in it."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        gathering = Gathering(bot, self.add_with)
        self._menu = gathering.menu
        self._group = app_commands.Group(name="article", description="The articles I answer from")
        for part in (gathering, Moving(bot), Upkeep(bot), _Articles(bot, self.add_with)):
            for command in part.get_app_commands():
                self._group.add_command(command)

    async def cog_load(self) -> None:
        """Add the group and the entry of the message menu, which are put together here."""
        self.bot.tree.add_command(self._menu)
        self.bot.tree.add_command(self._group)

    async def cog_unload(self) -> None:
        """Take both out again."""
        self.bot.tree.remove_command(self._menu.name, type=self._menu.type)
        self.bot.tree.remove_command(self._group.name)

    async def add_with(self, interaction: Interaction, add: Add) -> None:
        """Check the person's right and pace, then add and show the outcome."""
        if not may_add(interaction, self.bot.settings.add_role):
            await refuse(interaction, self.bot, gettext_noop("Adding articles"))
            return
        if await refuse_if_too_soon(interaction, self.bot.additions, gettext_noop("add an article")):
            return
        async with self.bot.replies.open(interaction) as reply:
            place = place_of(interaction)
            outcomes = [outcome async for outcome in add(reply, place.collection)]
            if len(outcomes) != 1:
                await reply.show(batch_card(outcomes, place))
            elif outcomes[0].added is not None:
                await reply.show(added_card(outcomes[0].added, place))
            else:
                raise outcomes[0].error or SourceRefused("Nothing came of it. Please try again.")
            await notify_of_injections(interaction, outcomes)


class _Articles(commands.Cog):
    """Subcommands that add, list, describe and remove."""

    def __init__(self, bot: Bot, add_with: AddWith) -> None:
        self.bot = bot
        self.add_with = add_with

    @app_commands.command(name="add")
    @app_commands.describe(
        url="The address of a page, a file, or a feed",
        file="A file: .html .txt .md .pdf .docx .odt .rtf .epub .vtt .srt .ipynb, or a .zip of these",
        text="Paste the text into a form",
        password="For a locked PDF; I do not keep the password",  # noqa: S106 - a description
    )
    async def add(
        self,
        interaction: Interaction,
        url: str | None = None,
        file: discord.Attachment | None = None,
        text: bool = False,
        password: app_commands.Range[str, 1, 200] | None = None,
    ) -> None:
        """Add an article: an address, a file, or pasted text."""
        given = [bool(url), file is not None, text].count(True)
        if given > 1:
            await say(interaction, t("Give one thing at a time: an address, a file, or pasted text."))
        elif url:
            await self.add_with(interaction, _url_adder(self.bot, url, password))
        elif file is not None:
            await self.add_with(interaction, _file_adder(self.bot, file, password))
        elif not may_add(interaction, self.bot.settings.add_role):
            await refuse(interaction, self.bot, gettext_noop("Adding articles"))
        else:
            await interaction.response.send_modal(PastedText(self.bot, self.add_with))

    @app_commands.command(name="list")
    async def list_(self, interaction: Interaction) -> None:
        """Show the articles of the library, newest first."""
        if await refuse_if_too_soon(interaction, self.bot.presses, gettext_noop("do this")):
            return
        async with self.bot.replies.open(interaction, private=True) as reply:
            place = place_of(interaction)
            count = await self.bot.librarian.articles.count(collection=place.collection)
            offset, limit = list_offset(0, count)
            articles = await self.bot.librarian.articles.list(
                collection=place.collection, offset=offset, limit=limit
            )
            tried = await self.bot.librarian.injection_findings.find(
                [one.public_id for one in articles], collection=place.collection
            )
            await reply.show(list_card(articles, 0, count, place, tried))

    @app_commands.command(name="info")
    @app_commands.describe(article="Which article")
    @app_commands.autocomplete(article=suggest)
    async def info(self, interaction: Interaction, article: str) -> None:
        """Show what I know about an article: author, dates, copies, earlier texts."""
        if await refuse_if_too_soon(interaction, self.bot.presses, gettext_noop("do this")):
            return
        async with self.bot.replies.open(interaction, private=True) as reply:
            place, librarian = place_of(interaction), self.bot.librarian
            found = await choose_article(librarian, article, collection=place.collection)
            versions = await librarian.upkeep.list_versions(found.public_id, collection=place.collection)
            tried = await librarian.injection_findings.find([found.public_id], collection=place.collection)
            await reply.show(info_card(found, versions, place, tried.get(found.public_id, "")))

    @app_commands.command(name="remove")
    @app_commands.describe(article="Which article")
    @app_commands.autocomplete(article=suggest)
    async def remove(self, interaction: Interaction, article: str) -> None:
        """Remove an article from the library; I ask you to confirm."""
        if not may_curate(interaction, self.bot.settings.add_role):
            await refuse(interaction, self.bot, gettext_noop("Removing articles"))
            return
        if await refuse_if_too_soon(interaction, self.bot.presses, gettext_noop("do this")):
            return
        async with self.bot.replies.open(interaction, private=True) as reply:
            collection, librarian = place_of(interaction).collection, self.bot.librarian
            found = await choose_article(librarian, article, collection=collection)
            cited = await librarian.articles.count_citations(found.public_id, collection=collection)
            await reply.show(remove_card(found, cited))


class PastedText(Form, title=gettext_noop("Add an article")):
    """A form for an article that is neither a page nor a file."""

    headline: ui.Label["PastedText"] = ui.Label(
        text=gettext_noop("Title"),
        component=ui.TextInput(max_length=200, placeholder=gettext_noop("As it was published")),
    )
    body: ui.Label["PastedText"] = ui.Label(
        text=gettext_noop("Text"),
        component=ui.TextInput(style=discord.TextStyle.paragraph, max_length=PASTED_CHARS),
    )

    def __init__(self, bot: Bot, add_with: AddWith) -> None:
        super().__init__()
        self._bot = bot
        self._add_with = add_with
        self.body.description = t(
            "Up to {chars:,} characters. For more, attach it as a .txt file.", chars=PASTED_CHARS
        )

    async def on_submit(self, interaction: AnyInteraction) -> None:
        """Add what was pasted."""
        title, text = _read_text(self.headline), _read_text(self.body)
        async with Reporting(interaction):
            await self._add_with(interaction, _text_adder(self._bot, title, text))


def _url_adder(bot: Bot, url: str, password: str | None) -> Add:
    def add(reply: Reply, collection: str) -> AsyncIterator[Outcome]:
        return bot.librarian.articles.add_all_at(
            url, collection=collection, password=password, on_progress=reply.progress
        )

    return add


def _file_adder(bot: Bot, file: discord.Attachment, password: str | None) -> Add:
    async def add(reply: Reply, collection: str) -> AsyncIterator[Outcome]:
        body = await read_attachment(file, bot.max_file_bytes)
        async for outcome in bot.librarian.articles.add_all_in(
            file.filename, body, collection=collection, password=password, on_progress=reply.progress
        ):
            yield outcome

    return add


def _text_adder(bot: Bot, title: str, text: str) -> Add:
    async def add(reply: Reply, collection: str) -> AsyncIterator[Outcome]:
        added = await bot.librarian.articles.add_file(
            "pasted.txt",
            text.encode(),
            collection=collection,
            corrections=Corrections(title=title.strip() or None),
            on_progress=reply.progress,
        )
        yield Outcome("pasted.txt", added)

    return add


def _read_text(label: ui.Label[PastedText]) -> str:
    assert isinstance(label.component, ui.TextInput)
    return label.component.value


async def setup(bot: Bot) -> None:
    """Add the group, the menu and the buttons of the library to the bot."""
    bot.add_dynamic_items(ListButton, RemoveButton, VersionButton)
    await bot.add_cog(Curating(bot))
