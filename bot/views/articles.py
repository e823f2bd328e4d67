"""Cards about the library itself: what was added, what is in it, how to use it."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Self

import discord

from bot.context import AnyInteraction, Bot, Place, place_of
from bot.formatting import (
    Card,
    Tone,
    cut,
    day,
    fit,
    format_article_count,
    format_char_count,
    notice,
    one_line,
    origin,
    page_of,
    plain,
    small,
    title_link,
    title_markdown,
)
from bot.guilds import curators, may_curate
from bot.i18n import gettext_noop, nt, t, translate_error, translate_message
from bot.views.dynamic_items import MAX_PAGES, DynamicButton, page_buttons
from bot.views.presses import answer_press
from retrieval.domain import Added, Article, Outcome, Version

LIST_PAGE = 10
_LIST_TITLE_CHARS = 80
_ID_CHARS = 40
_AUTHOR_CHARS = 200
_VERSIONS_SHOWN = 5
_FAILURES_ROOM = 1_500
_FAILURE_CHARS = 160
_REST_ROOM = 150
_MORE_ROOM = 30
_NOTES_ROOM = 1_500
_INJECTION_ROOM = 300
_ADDRESSES = gettext_noop(" · addresses language models")

_STATUS = {
    "added": gettext_noop("Added, {passages}."),
    "known": gettext_noop("I already had this article; nothing has changed."),
    "replaced": gettext_noop("Replaced the earlier version: {passages} now."),
}


class ListButton(DynamicButton, template=r"l:(?P<page>[0-9]{1,4})"):
    """Turns the pages of the list of articles."""

    def __init__(self, page: int) -> None:
        super().__init__(f"l:{page}")
        self.page = page

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the button of a matched id."""
        return cls(int(match["page"]))

    async def callback(self, interaction: AnyInteraction) -> None:
        """Show that page of the list."""
        place = place_of(interaction)

        async def card(bot: Bot) -> Card:
            count = await bot.librarian.articles.count(collection=place.collection)
            offset, limit = list_offset(self.page, count)
            articles = await bot.librarian.articles.list(
                collection=place.collection, offset=offset, limit=limit
            )
            ids = [one.public_id for one in articles]
            tried = await bot.librarian.injection_findings.find(ids, collection=place.collection)
            return list_card(articles, self.page, count, place, tried)

        await answer_press(interaction, card)


class RemoveButton(DynamicButton, template=r"r:(?P<article>[0-9]{1,18})"):
    """Removes an article, by its ``Article.id``, if the one who presses may; the right is asked for again."""

    def __init__(self, article: int) -> None:
        super().__init__(f"r:{article}", t("Remove it"), style=discord.ButtonStyle.danger)
        self.article = article

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the button of a matched id."""
        return cls(int(match["article"]))

    async def callback(self, interaction: AnyInteraction) -> None:
        """Remove the article and say so in place of the question."""
        place = place_of(interaction)

        async def card(bot: Bot) -> Card:
            if not may_curate(interaction, bot.settings.add_role):
                needed = plain(curators(bot.settings.add_role))
                return notice(t("Removing articles requires {needed}.", needed=needed), Tone.FAILED)
            found = await bot.librarian.articles.get_numbered(self.article, collection=place.collection)
            return removed_card(
                await bot.librarian.articles.remove(found.public_id, collection=place.collection), place
            )

        await answer_press(interaction, card)


def added_card(added: Added, place: Place) -> Card:
    """Return the outcome for an article that somebody added."""
    article = added.article
    card = Card(Tone.ANSWERED)
    card.add_text(f"**{title_link(article)}**{origin(article)}")
    passages = nt("{count:,} passage", "{count:,} passages", added.passages)
    status = t(_STATUS[added.status], passages=passages)
    card.add_text(
        t("{status} Its ID in {library} is {id}.", status=status, library=place.library, id=_id(article))
    )
    notes = "\n".join(one_line(translate_message(note)) for note in added.notes)
    card.add_text(small(fit(notes, _NOTES_ROOM)))
    card.add_text(small(t("Next: `/ask` a question about it, or `/summarize` it.")))
    return card


def batch_card(outcomes: Sequence[Outcome], place: Place) -> Card:
    """Return the outcome for the articles in a ZIP file or feed: the counts, what failed, what is new."""
    added = [outcome.added for outcome in outcomes if outcome.added]
    failed = [outcome for outcome in outcomes if outcome.error]
    card = Card(Tone.ANSWERED if added else Tone.FAILED)
    card.add_text(f"**{format_article_count(len(outcomes))}: {_counts(outcomes)}.**")
    if failed:
        card.add_text(t("Not added:") + "\n" + what_fits([_failure(one) for one in failed], _FAILURES_ROOM))
    if added:
        lines = [
            f"{title_link(one.article, chars=_LIST_TITLE_CHARS)}{origin(one.article)}"
            + (t(_ADDRESSES) if one.injection else "")
            for one in added
        ]
        card.add_text(what_fits(lines, card.room - _REST_ROOM))
        hint = t(
            "They are in {library} now: see `/article list`, or ask about them with `/ask`.",
            library=place.library,
        )
        card.add_text(small(hint))
    return card


def _counts(outcomes: Sequence[Outcome]) -> str:
    """Return the counts of a batch in words: "3 added, 1 already known, 2 failed"."""
    counts = Counter(outcome.added.status if outcome.added else "failed" for outcome in outcomes)
    messages = {
        "added": gettext_noop("{number:,} added"),
        "replaced": gettext_noop("{number:,} replaced"),
        "known": gettext_noop("{number:,} already known"),
        "failed": gettext_noop("{number:,} failed"),
    }
    parts = [t(message, number=counts[key]) for key, message in messages.items() if counts[key]]
    return ", ".join(parts) or t("nothing found")


def _failure(outcome: Outcome) -> str:
    name = plain(cut(one_line(outcome.source), _LIST_TITLE_CHARS))
    assert outcome.error is not None
    return f"{name}: {plain(cut(one_line(translate_error(outcome.error)), _FAILURE_CHARS))}"


def what_fits(lines: Sequence[str], room: int) -> str:
    """Return as many lines as fit, and how many do not."""
    shown = 0
    while shown < len(lines) and len("\n".join(lines[: shown + 1])) <= room - _MORE_ROOM:
        shown += 1
    more = [small(t("+ {number:,} more", number=len(lines) - shown))] if shown < len(lines) else []
    return "\n".join([*lines[:shown], *more])


def info_card(article: Article, versions: Sequence[Version], place: Place, injection: str = "") -> Card:
    """Return everything that is known of an article."""
    card = Card(Tone.NEUTRAL)
    card.add_text(f"**{title_link(article)}**{origin(article)}")
    known = [
        t("By {author}", author=plain(cut(one_line(article.author), _AUTHOR_CHARS)))
        if article.author
        else "",
        t("Updated {day}", day=day(article.updated)) if article.updated else "",
        t("Language: {code}", code=plain(cut(article.language, _ID_CHARS))) if article.language else "",
        _length(article),
        t("Added {day}", day=day(article.added_at.date())),
        t("ID in {library}: {id}", library=place.library, id=_id(article)),
        nt(
            "Another article here says nearly the same; I count them as one source",
            "{count:,} other articles here say nearly the same; I count them as one source",
            article.copies,
        )
        if article.copies
        else "",
    ]
    card.add_text("\n".join(filter(None, known)))
    if injection:
        words = fit(one_line(injection), _INJECTION_ROOM)
        card.add_text(
            t(
                "It addresses language models: “{words}”. That is never followed, and no model reads it.",
                words=words,
            )
        )
    card.add_text(small(_earlier(versions)))
    return card


def _length(article: Article) -> str:
    chars = format_char_count(article.chars)
    if not article.page_starts:
        return chars
    pages = len(article.page_starts)
    return nt("{chars} on {count:,} page", "{chars} on {count:,} pages", pages, chars=chars)


def remove_card(article: Article, times_cited: int) -> Card:
    """Return the question whether an article shall really go, with the button that does it."""
    card = Card(Tone.FAILED)
    card.add_text(t("**Remove {title}?**", title=title_markdown(article.title)) + origin(article))
    cited = nt(
        "{count:,} answer cites it and will no longer show its words. ",
        "{count:,} answers cite it and will no longer show its words. ",
        times_cited,
    )
    gone = t("Its text and its earlier texts are deleted for good. To keep it, dismiss this message.")
    card.add_text((cited if times_cited else "") + gone)
    card.add_buttons([RemoveButton(article.id)])
    return card


def removed_card(article: Article, place: Place) -> Card:
    """Return that an article is gone."""
    card = Card(Tone.NEUTRAL)
    card.add_text(
        t(
            "**{title}** is no longer in {library}.",
            title=title_markdown(article.title),
            library=place.library,
        )
    )
    return card


def list_offset(page: int, count: int) -> tuple[int, int]:
    """Return offset and limit of a page of the list; a page beyond the last is the last."""
    return min(page, _pages(count) - 1) * LIST_PAGE, LIST_PAGE


def list_card(
    articles: Sequence[Article], page: int, count: int, place: Place, tried: Collection[str] = ()
) -> Card:
    """Return one page of the articles of a library, newest first; *tried* marks ids of some."""
    page = min(page, _pages(count) - 1)
    card = Card(Tone.NEUTRAL)
    if count == 0:
        add = t("Add a first article with `/article add`.")
        card.add_text(f"{place.empty} {add}")
        return card
    heading = t("{articles} in {library}", articles=format_article_count(count), library=place.library)
    card.add_text(f"**{heading}**{page_of(page, _pages(count))}" + t(" · newest first"))
    card.add_text(_lines(articles, page * LIST_PAGE + 1, card.room, tried))
    card.add_buttons(page_buttons(page, min(_pages(count), MAX_PAGES * 10), ListButton))
    return card


def _lines(articles: Sequence[Article], first: int, room: int, tried: Collection[str]) -> str:
    for linked in (True, False):
        lines = [
            f"{number}\\. {title_link(article, linked=linked, chars=_LIST_TITLE_CHARS)}{origin(article)}\n"
            + small(t("added {day} · ID {id}", day=day(article.added_at.date()), id=_id(article)))
            + (t(_ADDRESSES) if article.public_id in tried else "")
            for number, article in enumerate(articles, first)
        ]
        if len("\n".join(lines)) <= room:
            break
    return "\n".join(lines)


def _id(article: Article) -> str:
    return plain(cut(one_line(article.public_id), _ID_CHARS))


def _earlier(versions: Sequence[Version]) -> str:
    """Say which texts an article had before; answers that cite them still open them."""
    if not versions:
        return ""
    days = ", ".join(day(one.replaced_at.date()) for one in versions[:_VERSIONS_SHOWN])
    more = len(versions) - _VERSIONS_SHOWN
    if more > 0:
        days = t("{days} and {more} more times", days=days, more=more)
    return t("Its text was replaced on {days}; older answers still show the words they cited.", days=days)


def _pages(count: int) -> int:
    return max(1, -(-count // LIST_PAGE))
