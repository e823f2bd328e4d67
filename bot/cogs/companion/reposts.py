"""Points from a story that was posted again to where it was first discussed."""

import discord

from bot.context import Bot, place_in
from bot.formatting import day, notice, title_link
from bot.i18n import t
from retrieval.domain import Article
from retrieval.records import Mention


class Discussed:
    """Remembers under which message a story was first posted, and points there."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def point_back(
        self, message: discord.Message, guild: discord.Guild, articles: list[Article]
    ) -> None:
        """Reply with links to the earlier messages, if there are any that the readers here may see."""
        lines = []
        for article in articles:
            mention = await self._earlier(message, guild, article)
            if mention is not None:
                lines.append(_pointer(guild, article, mention))
        if lines:
            await message.reply(
                view=notice("\n".join(dict.fromkeys(lines))), mention_author=False, silent=True
            )

    async def _earlier(
        self, message: discord.Message, guild: discord.Guild, article: Article
    ) -> Mention | None:
        """Return the first mention that still stands; this message becomes the first if none does."""
        collection = place_in(guild.id, message.author.id).collection
        here = f"{message.channel.id}/{message.id}"
        for _ in range(2):
            mention = await self._bot.librarian.mentions.record(
                article.public_id, here, collection=collection
            )
            if mention is None:
                return None
            channel_id, message_id = map(int, mention.place.split("/"))
            channel = guild.get_channel_or_thread(channel_id)
            if not isinstance(channel, discord.TextChannel | discord.Thread | discord.VoiceChannel):
                return None
            if not _is_visible_to_all(channel, message):
                return None
            try:
                await channel.fetch_message(message_id)
            except discord.NotFound:
                await self._bot.librarian.mentions.forget(mention.place, collection=collection)
            except discord.Forbidden:
                return None
            else:
                return mention
        return None


def _is_visible_to_all(
    channel: discord.TextChannel | discord.Thread | discord.VoiceChannel, message: discord.Message
) -> bool:
    """Tell whether who reads *message* may read the other channel: no link leads where it is closed."""
    there, here = _base(channel), _base(message.channel)
    if there is None or (isinstance(channel, discord.Thread) and channel.is_private()):
        return False
    if here is not None and there.id == here.id:
        return True
    return there.permissions_for(there.guild.default_role).view_channel


def _base(channel: object) -> discord.abc.GuildChannel | None:
    """Return a channel, or the one that a thread belongs to."""
    if isinstance(channel, discord.Thread):
        return channel.parent
    return channel if isinstance(channel, discord.abc.GuildChannel) else None


def _pointer(guild: discord.Guild, article: Article, mention: Mention) -> str:
    link = f"https://discord.com/channels/{guild.id}/{mention.place}"
    when = day(mention.mentioned_at.date())
    if mention.article.id == article.id:
        title = title_link(article, linked=False)
        return t("{title} was already posted on {day}: {link}", title=title, day=when, link=link)
    first = title_link(mention.article, linked=False)
    return t(
        "Nearly the same story was already posted on {day}, as {title}: {link}",
        day=when,
        title=first,
        link=link,
    )
