"""Notifies moderators of articles that give orders to language models, unless one of them added them."""

from collections.abc import Iterable, Sequence

import discord

from bot.context import Bot, Interaction, server_of
from bot.formatting import Card, Tone, fit, one_line, origin, title_link
from bot.guilds import may_moderate, notify_moderators
from bot.i18n import nt, t
from bot.views.articles import what_fits
from retrieval.domain import Added, Outcome

_SERVER_CHARS = 100
_TITLE_CHARS = 80
_WORDS_ROOM = 200
_REST_ROOM = 500


async def notify_of_injections(interaction: Interaction, outcomes: Sequence[Outcome]) -> None:
    """Notify the moderators which of these new articles tried; one who is a moderator read it on the card.

    Of what came many at a time, such as out of a feed, they are notified no matter who added it.
    """
    if interaction.guild is None or server_of(interaction) is None:
        return
    if len(outcomes) > 1 or not may_moderate(interaction):
        added = [outcome.added for outcome in outcomes if outcome.added]
        await notify_guild(interaction.client, interaction.guild, added, interaction.user.id)


async def notify_guild(client: Bot, guild: discord.Guild, added: Iterable[Added], person: int) -> None:
    """Notify a server's moderators which of these new articles tried, and who brought them."""
    tried = [one for one in added if one.injection and one.status != "known"]
    if tried:
        await notify_moderators(client, guild, injection_card(tried, guild.name, person))


def injection_card(tried: Sequence[Added], server: str, person: int) -> Card:
    """Return the notice to moderators of new articles that address language models."""
    card = Card(Tone.NOTHING_FOUND)
    some = nt(
        "**An article in {server} tries to give orders to language models.**",
        "**{count:,} articles in {server} try to give orders to language models.**",
        len(tried),
        server=fit(one_line(server), _SERVER_CHARS),
    )
    mention = f"<@{person}>"
    card.add_text(f"{some} " + t("Added by {person}.", person=mention))
    lines = [
        f"{title_link(one.article, chars=_TITLE_CHARS)}{origin(one.article)}\n"
        f"“{fit(one_line(one.injection), _WORDS_ROOM)}”"
        for one in tried
    ]
    card.add_text(what_fits(lines, card.room - _REST_ROOM))
    card.add_footer(
        t("I never follow such orders, and no model reads them. Remove the article with /article remove.")
    )
    return card
