"""What a message gives to read: its links and files, or else its own words; read, and not kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import discord

from bot.context import Bot, Reply
from bot.i18n import gettext_noop, t, translate_error
from bot.messages.attachments import ARTICLE_KINDS, is_readable, read_attachment
from bot.messages.messages import links_in
from bot.state import Source
from retrieval.domain import Article, NewArticle
from retrieval.errors import BadQuestion, RetrievalError

AT_ONCE = 5
"""Links and files of a message that are read for one question."""
_NOTHING = gettext_noop("This message has no link, no file that I can read, and no text. Try another one.")


@dataclass(frozen=True, slots=True)
class Given:
    """What a message gives: articles of the library, texts that were read for now, and what failed."""

    kept: tuple[Article, ...] = ()
    read: tuple[tuple[Source, NewArticle], ...] = ()
    failures: tuple[str, ...] = ()


async def read_given(bot: Bot, message: discord.Message, collection: str, reply: Reply) -> Given:
    """Read what a message gives; of the library what is there, the rest from where it is.

    Raises:
        BadQuestion: It gives nothing.
        RetrievalError: It gives one thing, and that cannot be read.
    """
    posted: list[str | discord.Attachment] = [*links_in(message), *filter(is_readable, message.attachments)]
    if not posted:
        return Given(read=(_own_words(message),))
    kept: list[Article] = []
    read: list[tuple[Source, NewArticle]] = []
    errors: list[tuple[str, RetrievalError]] = []
    for one in posted[:AT_ONCE]:
        name = one if isinstance(one, str) else one.filename
        try:
            if isinstance(one, str):
                known = await bot.librarian.articles.find_url(one, collection=collection)
                if known is not None:
                    kept.append(known.article)
                else:
                    read.append(
                        (
                            Source(url=one),
                            await bot.librarian.articles.read_url(one, on_progress=reply.progress),
                        )
                    )
            else:
                read.append(await _file(bot, one, message, reply))
        except RetrievalError as error:
            errors.append((name, error))
    if errors and not kept and not read:
        raise errors[0][1]
    failures = [
        t("I could not read {name}: {reason}", name=name, reason=translate_error(error))
        for name, error in errors
    ]
    if len(posted) > AT_ONCE:
        failures.append(
            t("I read the first {most} of {number} links and files.", most=AT_ONCE, number=len(posted))
        )
    return Given(tuple(kept), tuple(read), tuple(failures))


async def texts_of(bot: Bot, kept: Sequence[Article], collection: str) -> list[NewArticle]:
    """Return articles of the library as texts, to be read together with others."""
    return [
        NewArticle(
            text=await bot.librarian.articles.get_text(article.public_id, collection=collection),
            title=article.title,
            author=article.author,
            site=article.site,
            url=article.url,
            published=article.published,
            language=article.language,
            page_starts=article.page_starts,
        )
        for article in kept
    ]


async def _file(
    bot: Bot, file: discord.Attachment, message: discord.Message, reply: Reply
) -> tuple[Source, NewArticle]:
    body = await read_attachment(file, bot.max_file_bytes, ARTICLE_KINDS)
    new = await bot.librarian.articles.read_file(file.filename, body, on_progress=reply.progress)
    return Source(name=file.filename, body=body), new if new.url else _at(new, message)


def _own_words(message: discord.Message) -> tuple[Source, NewArticle]:
    text = message.clean_content.strip()
    if not any(char.isalnum() for char in text):
        raise BadQuestion(t(_NOTHING))
    title = t("Message by {author}", author=message.author.display_name)
    new = NewArticle(
        text, title=title, author=message.author.display_name, published=message.created_at.date()
    )
    return Source(name="message.txt", body=text.encode()), _at(new, message)


def _at(new: NewArticle, message: discord.Message) -> NewArticle:
    """Let a text without an address open the message that holds it."""
    return replace(new, url=message.jump_url, site=t("this server") if message.guild else t("this chat"))
