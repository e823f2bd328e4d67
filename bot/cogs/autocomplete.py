"""Choosing an article in an option: what is offered while typing, and what is made of the text."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from discord import app_commands

from bot.context import Interaction, place_of
from bot.formatting import cut, one_line, title_text
from retrieval.domain import Article
from retrieval.errors import ArticleNotFound

if TYPE_CHECKING:
    from retrieval.librarian import Librarian
    from retrieval.storage import Named


MAX_CHOICES = 25
MAX_CHOICE_CHARS = 100
"""Discord's limits; neither discord.py nor simcord checks them."""


async def suggest_articles(
    librarian: "Librarian", interaction: Interaction, typed: str
) -> list[app_commands.Choice[str]]:
    """Return the articles whose title or site contains what was typed."""
    collection = place_of(interaction).collection
    articles = await librarian.articles.suggest(typed, collection=collection, limit=MAX_CHOICES)
    return [_choice(article) for article in articles[:MAX_CHOICES]]


async def suggest_names(
    librarian: "Librarian", interaction: Interaction, column: "Named", typed: str
) -> list[app_commands.Choice[str]]:
    """Return the sites or authors that contain what was typed."""
    collection = place_of(interaction).collection
    return _choices(
        await librarian.articles.suggest_names(column, typed, collection=collection, limit=MAX_CHOICES)
    )


async def suggest_speakers(
    librarian: "Librarian", interaction: Interaction, typed: str
) -> list[app_commands.Choice[str]]:
    """Return the people who are quoted and whose name contains what was typed."""
    collection = place_of(interaction).collection
    return _choices(await librarian.quotes.suggest_speakers(typed, collection=collection, limit=MAX_CHOICES))


def _choices(names: Sequence[str]) -> list[app_commands.Choice[str]]:
    # A longer name is still found by its beginning, as a part of the author line.
    return [
        app_commands.Choice(name=cut(one_line(name), MAX_CHOICE_CHARS), value=name[:MAX_CHOICE_CHARS])
        for name in names[:MAX_CHOICES]
        if one_line(name)
    ]


async def choose_article(librarian: "Librarian", typed: str, *, collection: str) -> Article:
    """Return the article with this public id, or the only one that the text suggests.

    Raises:
        ArticleNotFound: There is none, or more than one.
    """
    try:
        return await librarian.articles.get(typed, collection=collection)
    except ArticleNotFound:
        suggested = await librarian.articles.suggest(typed, collection=collection, limit=2)
        if len(suggested) != 1:
            raise
        return suggested[0]


def _choice(article: Article) -> app_commands.Choice[str]:
    title = title_text(article.title, MAX_CHOICE_CHARS)
    named = f"{title} · {one_line(article.site)}" if article.site else title
    # An id that is too long for Discord is replaced by the title, which suggests the article again.
    fits = 0 < len(article.public_id) <= MAX_CHOICE_CHARS
    value = article.public_id if fits else title_text(article.title, MAX_CHOICE_CHARS).rstrip("…")
    return app_commands.Choice(name=cut(named, MAX_CHOICE_CHARS), value=value)
