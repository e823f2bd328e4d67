"""The public card of an answer: what is claimed, which words carry it, where they are from.

Nothing is cut in silence: what does not fit is said to be missing and is behind a button.
"""

from collections.abc import Sequence
from typing import Any

from discord import ui

from bot.context import Place
from bot.formatting import (
    Card,
    Tone,
    cited_articles,
    counted_articles,
    dates,
    fit,
    independent,
    named,
    one_line,
    origin,
    pages,
    plain,
    small,
    title_link,
    title_markdown,
)
from bot.i18n import gettext_noop, t, translate_message
from bot.views.answer_details import AnswerButton
from bot.views.answer_text import excerpt, question_line, reading_line, statements
from bot.views.dynamic_items import DynamicButton
from bot.views.follow_up import FollowButton, ThreadButton
from bot.views.more import MoreButton
from bot.views.reports import WrongButton
from retrieval.domain import Answer, Article, Citation, Hit

SOURCES_SHOWN = 5
NEAREST_SHOWN = 3
_SOURCES_ROOM = 1_200
_NOTES_ROOM = 400
_NEAREST_ROOM = 500
WRITTEN = gettext_noop("Worded by a language model, each sentence checked against the words behind it · ")
CHOSEN = gettext_noop("The articles' own sentences, chosen by a language model · ")
TRANSLATED = gettext_noop(
    "Worded by a language model, checked against the words behind it, then translated · "
)


def answer_card(answer: Answer, place: Place, *, within: Article | None = None, narrowed: str = "") -> Card:
    """Return the card of an answer, found or not.

    *within* names the only article that was asked, *narrowed* says what else narrowed the question.
    """
    if answer.found:
        on: list[DynamicButton] = [] if answer.id is None else [FollowButton(answer.id)]
        if answer.id is not None and place.is_server and not place.is_thread:
            on.append(ThreadButton(answer.id))
        about = [] if answer.id is None else [MoreButton(answer.id)]
        return claims_card(answer, _freshness(answer, place, within, narrowed), on, about=about)
    if within is None and answer.library_size == 0:
        return _empty_card(answer, place)
    where = title_markdown(within.title) if within else place.articles(answer.library_size)
    return nothing_card(answer, f"{where} ({narrowed})" if narrowed else where)


def _asked(answer: Answer) -> str:
    """Return the question and, for a follow-up, how it was understood."""
    if not answer.understood:
        return question_line(answer.question)
    understood = t("Understood as: {words}", words=answer.understood)
    return f"{question_line(answer.question)}\n{question_line(understood)}"


def claims_card(
    answer: Answer,
    footer: str,
    going_on: Sequence[ui.Item[Any]] = (),
    *,
    about: Sequence[ui.Item[Any]] = (),
) -> Card:
    """Return the card of what is claimed, with its sources.

    Buttons *about* the answer stand beside Quotes and Sources, those for *going_on* in a row of their own.
    """
    card = Card(Tone.ANSWERED)
    card.add_text(_asked(answer))
    sources = _source_lines(answer.citations)
    notes = _notes(answer)
    card.add_text(f"**{plain(translate_message(answer.warning))}**" if answer.warning else "")
    card.add_text(reading_line(answer))
    room = card.room - len(sources) - len(notes) - len(small(footer))
    card.add_text(statements(answer, room))
    card.add_line()
    card.add_text(sources)
    card.add_text(notes)
    if answer.id is not None:
        opening = (
            AnswerButton(answer.id, "quotes", label=t("Quotes")),
            AnswerButton(answer.id, "sources", label=t("Sources")),
        )
        card.add_buttons([*opening, *about, WrongButton(answer.id)])
    card.add_buttons(going_on)
    card.add_footer(footer)
    return card


def nothing_card(answer: Answer, where: str) -> Card:
    """Return the card that says that *where*, in markdown, nothing answers, with what came nearest.

    Of an unsure answer, it says that the articles do not clearly say.
    """
    card = Card(Tone.NOTHING_FOUND)
    card.add_text(_asked(answer))
    shown = answer.nearest[:NEAREST_SHOWN]
    if answer.unsure:
        card.add_text(t("**The articles do not clearly say.** Nearest:"))
    else:
        card.add_text(t("**I found nothing in {where} that answers this.**", where=where))
        card.add_text(t("The nearest passages:") if shown else "")
    for hit in shown:
        card.add_text(_nearest(hit))
    card.add_text(_notes(answer))
    if answer.id is not None:
        hidden = len(answer.nearest) > len(shown)
        more = [AnswerButton(answer.id, "sources", label=t("More passages"))] if hidden else []
        card.add_buttons([*more, WrongButton(answer.id)])
    return card


def _empty_card(answer: Answer, place: Place) -> Card:
    card = Card(Tone.NOTHING_FOUND)
    card.add_text(question_line(answer.question))
    add = t("Add a first article with `/article add`, then ask again.")
    card.add_text(f"{place.empty} {add}")
    return card


def _nearest(hit: Hit) -> str:
    return f"{named(hit.article, _NEAREST_ROOM)}\n{excerpt(hit.text)}"


def _source_lines(citations: Sequence[Citation]) -> str:
    articles = cited_articles(citations)
    for linked in (True, False):
        lines = [
            f"**{', '.join(str(one.number) for one in cited)}** {title_link(article, linked=linked)}"
            f"{pages(one.page for one in cited)}{origin(article)}"
            for article, cited in articles[:SOURCES_SHOWN]
        ]
        if len("\n".join(lines)) <= _SOURCES_ROOM:
            break
    while len("\n".join(lines)) > _SOURCES_ROOM:
        lines.pop()
    if left := len(articles) - len(lines):
        lines.append(t("+ {left:,} more: press Sources.", left=left))
    return small("\n".join(lines))


def _notes(answer: Answer) -> str:
    return small(fit("\n".join(one_line(translate_message(note)) for note in answer.notes), _NOTES_ROOM))


def _wording(answer: Answer) -> str:
    if answer.originals:
        return t(TRANSLATED)
    if answer.chosen_by:
        return t(CHOSEN)
    return t(WRITTEN) if answer.written_by else ""


def _freshness(answer: Answer, place: Place, within: Article | None, narrowed: str) -> str:
    cited = [citation.article for citation in answer.citations]
    ages = f"{_wording(answer)}{dates(cited)} · {independent(cited)}"
    if within is not None:
        return f"{ages} · " + t("only this article was asked")
    only = t(", asked only those {narrowed}", narrowed=narrowed) if narrowed else ""
    articles = counted_articles(answer.library_size)
    asked = t("{articles} in {library}", articles=articles, library=place.library)
    return f"{ages} · {asked}{only}"
