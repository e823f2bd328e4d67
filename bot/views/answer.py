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
    cut,
    dates,
    fit,
    format_article_count,
    format_block_quote,
    format_title_line,
    independent,
    one_line,
    plain,
    small,
    title_markdown,
)
from bot.i18n import gettext_noop, t, translate_message
from bot.views.actions import ActionsButton
from bot.views.answer_details import AnswerButton
from bot.views.answer_text import question_line, reading_line, source_lines, statements
from bot.views.follow_up import FollowButton
from bot.views.more import MoreButton
from bot.views.reports import WrongButton
from bot.views.which_article import which_article_card
from retrieval.answers import near_sentences
from retrieval.domain import Answer, Article

SOURCES_SHOWN = 5
NEAREST_SHOWN = 2
_NOTES_ROOM = 400
_NEAREST_ROOM = 400
_NEAREST_CHARS = 120
_QUOTE_MARKS = 200
"""Characters that the marks of a block quote need at most."""
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
        on = [] if answer.id is None else [MoreButton(answer.id), FollowButton(answer.id)]
        footer = _freshness(answer, place, within, narrowed)
        return claims_card(answer, footer, on, threads=place.is_server and not place.is_thread)
    if within is None and answer.library_size == 0:
        return _empty_card(answer, place)
    if answer.kind == "which_article":
        return which_article_card(answer)
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
    threads: bool = False,
) -> Card:
    """Return the card of what is claimed, with its sources.

    Up to two buttons for *going_on* stand between Quotes and ⋯, which offers the other actions, with
    *threads* a thread under the answer among them.
    """
    card = Card(Tone.ANSWERED)
    card.add_text(_asked(answer))
    sources = source_lines(answer.citations, SOURCES_SHOWN, t(" (press ⋯, then Sources)"))
    notes = _notes(answer)
    card.add_text(f"**{plain(translate_message(answer.warning))}**" if answer.warning else "")
    card.add_text(reading_line(answer))
    room = card.room - len(sources) - len(notes) - len(small(footer))
    card.add_text(statements(answer, room))
    card.add_line()
    card.add_text(sources)
    card.add_text(notes)
    buttons = [*going_on]
    if answer.id is not None:
        quotes = AnswerButton(answer.id, "quotes", label=t("Quotes"))
        buttons = [quotes, *going_on, ActionsButton(answer.id, threads=threads)]
    card.add_buttons(buttons)
    card.add_footer(footer)
    return card


def nothing_card(answer: Answer, where: str) -> Card:
    """Return the card that says that *where*, in markdown, nothing answers, with what came nearest.

    Of an unsure answer, it says that the articles do not clearly say.
    """
    card = Card(Tone.NOTHING_FOUND)
    card.add_text(_asked(answer))
    notes = _notes(answer)
    if answer.unsure:
        with_nearest = t("**The articles do not clearly say.** Nearest:")
        card.add_text(with_nearest if answer.near else t("**The articles do not clearly say.**"))
        _add_near(card, answer, card.room - len(notes))
    else:
        card.add_text(t("**I found nothing in {where} that answers this.**", where=where))
        card.add_text(_nearest(answer))
        card.add_text(small(t("Ask in other words, or add an article that says it with `/article add`.")))
    card.add_text(notes)
    if answer.id is not None:
        read = [AnswerButton(answer.id, "sources", label=t("What I read"))] if answer.nearest else []
        card.add_buttons([*read, WrongButton(answer.id)])
    return card


def _empty_card(answer: Answer, place: Place) -> Card:
    card = Card(Tone.NOTHING_FOUND)
    card.add_text(question_line(answer.question))
    add = t("Add a first article with `/article add`, then ask again.")
    card.add_text(f"{place.empty} {add}")
    return card


def _add_near(card: Card, answer: Answer, room: int) -> None:
    """Add the sentence that comes nearest as a quotation, in its context, with its source."""
    if answer.near is None:
        card.add_text(_nearest(answer))
        return
    sources = source_lines(answer.citations, 1)
    card.add_text(format_block_quote(statements(answer, room - len(sources) - _QUOTE_MARKS)))
    card.add_text(sources)


def _nearest(answer: Answer) -> str:
    """Return the passages that come near the question, a line and an article each; often there are none."""
    near = near_sentences(answer.understood or answer.question, answer.nearest, NEAREST_SHOWN)
    lines = []
    for hit, sentence in near:
        words = fit(cut(one_line(sentence), _NEAREST_CHARS), _NEAREST_ROOM)
        lines.append(f"{format_title_line(hit.article, _NEAREST_ROOM)}: “{words}”")
    return small("\n".join([t("Nearest to it:"), *lines])) if lines else ""


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
        return f"{ages} · " + t("I looked only in this article")
    only = t(", only those {narrowed}", narrowed=narrowed) if narrowed else ""
    articles = format_article_count(answer.library_size)
    asked = t("{articles} in {library}", articles=articles, library=place.library)
    return f"{ages} · {asked}{only}"
