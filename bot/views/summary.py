"""The card of a summary: the article's own sentences, what they are of, and what to do next."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.formatting import Card, cut, day, one_line, plain
from bot.i18n import t
from bot.views.answer import claims_card
from bot.views.article_buttons import AddButton, ArticleButton
from bot.views.dynamic_items import DynamicButton
from retrieval.domain import Answer, Article, Summary

if TYPE_CHECKING:
    from retrieval.librarian import Librarian

WORDS_A_MINUTE = 230
"""How fast adults read: 238 words a minute of non-fiction (Brysbaert 2019)."""
_AUTHOR_CHARS = 80


def summary_answer(summary: Summary, focus: str | None = None) -> Answer:
    """Return a summary in the form of an answer, which can be recorded and recalled."""
    title = summary.article.title
    question = t("Summary of {title}", title=title)
    if focus and not summary.notes:
        question = t("Summary of {title}, on {focus}", title=title, focus=focus)
    return Answer(
        question=question,
        statements=summary.statements,
        citations=summary.citations,
        notes=summary.notes,
        library_size=1,
        written_by=summary.written_by,
        removed=summary.removed,
        chosen_by=summary.chosen_by,
        kind="summary",
    )


async def kept_summary_card(
    librarian: "Librarian", summary: Summary, *, collection: str, focus: str | None = None
) -> Card:
    """Record the summary of an article of the library, and return its card."""
    answer = await librarian.answers.record(summary_answer(summary, focus), collection=collection)
    quotations = await librarian.quotes.find(
        collection=collection, article=summary.article.public_id, limit=1
    )
    return summary_card(answer, summary, quoted=bool(quotations))


def summary_card(answer: Answer, summary: Summary, *, offer: int | None = None, quoted: bool = False) -> Card:
    """Return the card of a summary; *offer* is the number under which the source can be added.

    *quoted* says that the article has quotations, which a button then shows.
    """
    buttons: Sequence[DynamicButton]
    if offer is not None:
        note = t("This article is not in the library; I read it for this summary and did not keep it.")
        answer = replace(answer, notes=(*answer.notes, note))
        buttons = (AddButton(offer),)
    else:
        article = summary.article.id
        key = [ArticleButton(article, "key", t("Key quotes"))] if quoted else []
        buttons = [*key, ArticleButton(article, "ask", t("Ask about this"))]
    return claims_card(answer, _of(summary), buttons)


def _of(summary: Summary) -> str:
    """Say what the sentences are of: date, author, and the time that reading them saves."""
    article = summary.article
    age = (
        t("published {day}", day=day(article.published))
        if article.published
        else t("the article gives no date")
    )
    site = plain(cut(one_line(article.site), _AUTHOR_CHARS)) if article.site else ""
    own = t("Worded by a language model") if summary.written_by else t("The article's own sentences")
    if summary.chosen_by:
        own = t("The article's own sentences, chosen by a language model")
    parts = [own, site, age, _author(article), _format_time_saved(summary)]
    return " · ".join(filter(None, parts))


def _author(article: Article) -> str:
    return (
        t("by {author}", author=plain(cut(one_line(article.author), _AUTHOR_CHARS))) if article.author else ""
    )


def _format_time_saved(summary: Summary) -> str:
    whole = round(summary.text_words / WORDS_A_MINUTE)
    mine = max(1, round(summary.words / WORDS_A_MINUTE))
    return t("{mine} min instead of {whole}", mine=mine, whole=whole) if whole > mine else ""
