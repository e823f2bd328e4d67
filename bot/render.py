"""The public card of an answer: what is claimed, which words carry it, where they are from.

Nothing is cut in silence: what does not fit is said to be missing and is behind a button.
"""

from collections.abc import Callable, Sequence
from typing import Any

from discord import ui

from bot.cards import Card, Tone, small
from bot.custom_ids import follow_button, more_button, open_button, thread_button, wrong_button
from bot.links import page_link
from bot.markdown import cut, fit, one_line, plain, quoted, title_markdown
from bot.permissions import Place
from bot.sources import citation_link, cited_articles, dates, independent, named, origin, pages, title_link
from bot.words import counted, t
from retrieval.domain import Answer, Article, Citation, Hit, Statement

QUESTION_CHARS = 300
SOURCES_SHOWN = 5
NEAREST_SHOWN = 3
EXCERPT_CHARS = 200
_QUESTION_ROOM = 450
_SOURCES_ROOM = 1_200
_NOTES_ROOM = 400
_NEAREST_ROOM = 500
_REST_ROOM = 80

WRITTEN = "Worded by a language model, each sentence checked against the words behind it · "
TRANSLATED = "Worded by a language model, checked against the words behind it, then translated · "
Link = Callable[[Citation], str | None]


def answer_card(answer: Answer, place: Place, *, within: Article | None = None, narrowed: str = "") -> Card:
    """Return the card of an answer, found or not.

    *within* names the only article that was asked, *narrowed* says what else narrowed the question.
    """
    if answer.found:
        on = [] if answer.id is None else [follow_button(answer.id)]
        if answer.id is not None and place.is_server and not place.is_thread:
            on.append(thread_button(answer.id))
        about = [] if answer.id is None else [more_button(answer.id)]
        return claims_card(answer, _freshness(answer, place, within, narrowed), on, about=about)
    if within is None and answer.library_size == 0:
        return _empty_card(answer, place)
    where = title_markdown(within.title) if within else place.articles(answer.library_size)
    return nothing_card(answer, f"{where} ({narrowed})" if narrowed else where)


def excerpt(text: str, room: int = 2 * EXCERPT_CHARS) -> str:
    """Return the beginning of a passage as a block quote of at most *room* characters."""
    return quoted(fit(cut(one_line(text), EXCERPT_CHARS), room - len(quoted("x")) + 1))


def question_line(question: str) -> str:
    """Return the question as the small first line of a card."""
    return small(fit(cut(one_line(question), QUESTION_CHARS), _QUESTION_ROOM))


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
    card.add_text(f"**{plain(answer.warning)}**" if answer.warning else "")
    room = card.room - len(sources) - len(notes) - len(small(footer))
    card.add_text(statements(answer, room))
    card.add_line()
    card.add_text(sources)
    card.add_text(notes)
    if answer.id is not None:
        opening = (open_button(answer.id, "quotes", "Quotes"), open_button(answer.id, "sources", "Sources"))
        card.add_buttons([*opening, *about, wrong_button(answer.id)])
    card.add_buttons(going_on)
    card.add_footer(footer)
    return card


def nothing_card(answer: Answer, where: str) -> Card:
    """Return the card that says that *where*, in markdown, nothing answers, with what came nearest."""
    card = Card(Tone.NOTHING_FOUND)
    card.add_text(_asked(answer))
    card.add_text(t("**I found nothing in {where} that answers this.**", where=where))
    shown = answer.nearest[:NEAREST_SHOWN]
    if shown:
        card.add_text(t("The nearest passages:"))
    for hit in shown:
        card.add_text(_nearest(hit))
    card.add_text(_notes(answer))
    if answer.id is not None:
        hidden = len(answer.nearest) > len(shown)
        more = [open_button(answer.id, "sources", "More passages")] if hidden else []
        card.add_buttons([*more, wrong_button(answer.id)])
    return card


def _empty_card(answer: Answer, place: Place) -> Card:
    card = Card(Tone.NOTHING_FOUND)
    card.add_text(question_line(answer.question))
    name = place.library[0].upper() + place.library[1:]
    card.add_text(
        t("**{name} is empty.** Add a first article with `/article add`, then ask again.", name=name)
    )
    return card


def _nearest(hit: Hit) -> str:
    return f"{named(hit.article, _NEAREST_ROOM)}\n{excerpt(hit.text)}"


def statements(answer: Answer, room: int) -> str:
    """Return the statements with their markers, with the most exact links that fit into *room*."""
    citations = {citation.number: citation for citation in answer.citations}
    links: Sequence[Link] = (
        citation_link,
        lambda citation: page_link(citation.article.url),
        lambda citation: None,
    )
    lines: list[str] = []
    for link in links:
        lines = [_statement(one, citations, link) for one in answer.statements]
        if len("\n".join(lines)) <= room:
            return "\n".join(lines)
    return _what_fits(answer.statements, lines, room - _REST_ROOM)


def _statement(statement: Statement, citations: dict[int, Citation], link: Link) -> str:
    markers = ""
    for number in statement.numbers:
        target = link(citations[number]) if number in citations else None
        markers += f"[[{number}]](<{target}>)" if target else f"[{number}]"
    return f"{plain(one_line(statement.text))} {markers}"


def _what_fits(statements: Sequence[Statement], lines: Sequence[str], room: int) -> str:
    shown = 0
    while len("\n".join(lines[: shown + 1])) <= room:
        shown += 1
    if shown == 0:
        markers = "".join(f"[{number}]" for number in statements[0].numbers)
        first = fit(one_line(statements[0].text), room - len(markers) - 1)
        return f"{first} {markers}\n" + small(t("That sentence goes on, and more may follow: press Quotes."))
    left = counted(len(lines) - shown, "more sentence")
    return "\n".join(lines[:shown]) + "\n" + small(t("+ {left}: press Quotes.", left=left))


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
        lines.append(t("+ {left} more: press Sources.", left=f"{left:,}"))
    return small("\n".join(lines))


def _notes(answer: Answer) -> str:
    return small(fit("\n".join(map(one_line, answer.notes)), _NOTES_ROOM))


def _wording(answer: Answer) -> str:
    if answer.originals:
        return t(TRANSLATED)
    return t(WRITTEN) if answer.written_by else ""


def _freshness(answer: Answer, place: Place, within: Article | None, narrowed: str) -> str:
    cited = [citation.article for citation in answer.citations]
    ages = f"{_wording(answer)}{dates(cited)} · {independent(cited)}"
    if within is not None:
        return f"{ages} · {t('only this article was asked')}"
    only = t(", asked only those {narrowed}", narrowed=narrowed) if narrowed else ""
    articles = counted(answer.library_size, "article")
    asked = t("{articles} in {library}", articles=articles, library=place.library)
    return f"{ages} · {asked}{only}"
