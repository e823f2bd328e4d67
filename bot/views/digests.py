"""Cards of digests and timelines: lines that are verbatim, each under a few words of ours.

Both are recorded as answers: a statement is what we say of a line (how many sources, which day) and
cites the line itself, so that the buttons of answers open them after a restart, too.
"""

import re
from collections.abc import Sequence
from functools import partial
from typing import Self

from bot.context import AnyInteraction, Bot, Place, place_of
from bot.formatting import (
    Card,
    Tone,
    citation_link,
    dates,
    day,
    fit,
    format_block_quote,
    one_line,
    page_link,
    plain,
    rough_day,
    small,
)
from bot.i18n import nt, t, translate_message
from bot.views.answer_details import AnswerButton
from bot.views.answer_text import question_line, source_lines, statement_text
from bot.views.dynamic_items import DynamicButton, page_buttons
from bot.views.presses import answer_press
from retrieval.domain import Answer, Citation, Digest, Disagreement, Statement, Story, Timeline

LINES = 4
"""Lines on a page: each has room for two sides with links."""
SITES_SHOWN = 4
SOURCES_SHOWN = 8
"""Articles below a page of lines: two sides for each."""
_LABEL_ROOM = 300
_NOTES_ROOM = 200
_MARKS = 24
"""Characters that a quoted line needs for marks and number."""


class LinesButton(DynamicButton, template=r"a:(?P<answer>[0-9]{1,18}):lines(?::(?P<page>[0-9]{1,3}))?"):
    """Opens, for the one who presses it, the further lines of a digest or timeline; or turns their pages."""

    def __init__(self, answer_id: int, page: int | None = None, label: str = "") -> None:
        super().__init__(f"a:{answer_id}:lines" + ("" if page is None else f":{page}"), label)
        self.answer_id = answer_id
        self.page = page

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the button of a matched id."""
        return cls(int(match["answer"]), int(match["page"]) if match["page"] else None)

    async def callback(self, interaction: AnyInteraction) -> None:
        """Show the page to the one who pressed."""
        collection = place_of(interaction).collection

        async def card(bot: Bot) -> Card:
            answer = await bot.librarian.answers.recall(self.answer_id, collection=collection)
            return lines_card(answer, 1 if self.page is None else self.page)

        await answer_press(interaction, card, opens=self.page is None)


def digest_answer(digest: Digest, narrowed: str = "") -> Answer:
    """Return a digest in the form of an answer, which can be recorded and recalled."""
    lines: list[tuple[str, Sequence[Citation]]] = []
    for story in digest.stories:
        worded = f"{one_line(story.worded)} · " if story.worded else ""
        lines.append((worded + _sources(story), [story.line]))
        lines.extend((_odds(one), one.sides) for one in story.disagreements)
    notes = []
    if digest.articles_left:
        notes.append(
            nt(
                "{count:,} older article was not read; choose a later day with `since`.",
                "{count:,} older articles were not read; choose a later day with `since`.",
                digest.articles_left,
            )
        )
    if digest.chosen_by:
        notes.append(t("A language model chose the sentences; they are the articles' own."))
    if digest.written_by:
        notes.append(t("A language model worded the lines above the quotations, which support them."))
    about = t("Digest of {topic}", topic=digest.topic) if digest.topic else t("Digest of everything")
    return _answer(about, narrowed, lines, tuple(notes), digest.library_size)


def timeline_answer(timeline: Timeline, narrowed: str = "") -> Answer:
    """Return a timeline in the form of an answer."""
    lines = [
        (f"{rough_day(one.day, one.precision)} (“{one_line(one.words)}”)", [one.citation])
        for one in timeline.statements
    ]
    about = t("Timeline of {topic}", topic=timeline.topic)
    return _answer(about, narrowed, lines, (), timeline.library_size)


def overview_card(answer: Answer, place: Place, *, dated: bool = False) -> Card:
    """Return the public card: the first page, and buttons for the rest and for the exact words.

    *dated* for a timeline, whose sentences all have a date.
    """
    if not answer.found:
        return _empty_card(answer, place, dated=dated)
    card = Card(Tone.ANSWERED)
    card.add_text(question_line(answer.question))
    footer = t(
        "{ages} · {articles}",
        ages=dates(one.article for one in answer.citations),
        articles=place.articles(answer.library_size),
    )
    notes = fit("\n".join(map(translate_message, answer.notes)), _NOTES_ROOM)
    _add_lines(card, answer, 0, card.room - len(small(footer)) - len(small(notes)))
    card.add_text(small(notes))
    if answer.id is not None:
        buttons: list[DynamicButton] = [AnswerButton(answer.id, "quotes", label=t("Quotes"))]
        if (left := len(answer.statements) - LINES) > 0:
            more = nt("{count:,} more line", "{count:,} more lines", left)
            buttons.insert(0, LinesButton(answer.id, label=more))
        card.add_buttons(buttons)
    card.add_footer(footer)
    return card


def lines_card(answer: Answer, page: int) -> Card:
    """Return one page of a digest or timeline."""
    count = len(answer.statements)
    page = min(page, _pages(count) - 1)
    card = Card(Tone.NEUTRAL)
    card.add_text(question_line(answer.question))
    if _pages(count) > 1:
        last = min(count, (page + 1) * LINES)
        card.add_text(t("Lines {first} to {last} of {count}", first=page * LINES + 1, last=last, count=count))
    _add_lines(card, answer, page, card.room)
    if answer.id is not None:
        card.add_buttons(page_buttons(page, _pages(count), partial(LinesButton, answer.id)))
    return card


def _answer(
    about: str,
    narrowed: str,
    lines: Sequence[tuple[str, Sequence[Citation]]],
    notes: tuple[str, ...],
    library_size: int,
) -> Answer:
    """Number the citations of all lines anew; a line that is cited twice has one number."""
    citations: dict[tuple[int, object], Citation] = {}
    statements = []
    for label, cited in lines:
        numbers = []
        for one in cited:
            key = (one.article.id, one.span)
            if key not in citations:
                citations[key] = Citation(len(citations) + 1, one.article, one.span, one.quote)
            numbers.append(citations[key].number)
        statements.append(Statement(label, tuple(numbers)))
    return Answer(
        question=about + (f" ({narrowed})" if narrowed else ""),
        statements=tuple(statements),
        citations=tuple(citations.values()),
        notes=notes,
        library_size=library_size,
    )


def _sources(story: Story) -> str:
    """Say how many sources a story has and, if there are several articles, on which sites."""
    sources = nt("{count:,} source", "{count:,} independent sources", story.sources)
    many = len(story.articles)
    said = sources
    if many != story.sources:
        said = nt(
            "{count:,} article from {sources}", "{count:,} articles from {sources}", many, sources=sources
        )
    sites = list(dict.fromkeys(one_line(article.site) for article in story.articles if article.site))
    if len(story.articles) < 2 or not sites:
        return said
    shown = ", ".join(sites[:SITES_SHOWN])
    if (more := len(sites) - SITES_SHOWN) > 0:
        shown = t("{shown} and {more} more", shown=shown, more=more)
    return f"{said}: {shown}"


def _odds(disagreement: Disagreement) -> str:
    if disagreement.kind == "figures":
        sides = t(" or ").join(map(one_line, disagreement.at_odds))
        return t("They disagree: {sides}?", sides=sides)
    return t("They disagree:")


def _add_lines(card: Card, answer: Answer, page: int, room: int) -> None:
    """Add a page of lines, and below them the articles that they are from, each once."""
    citations = {one.number: one for one in answer.citations}
    shown = answer.statements[page * LINES : (page + 1) * LINES]
    numbers = dict.fromkeys(number for statement in shown for number in statement.numbers)
    sources = source_lines([citations[one] for one in numbers if one in citations], SOURCES_SHOWN)
    room -= len(sources)
    for statement in shown:
        card.add_text(_line(statement, citations, room // len(shown)))
    if sources:
        card.add_line()
    card.add_text(sources)


def _line(statement: Statement, citations: dict[int, Citation], room: int) -> str:
    label = f"**{fit(one_line(statement_text(statement)), _LABEL_ROOM)}**"
    present = [citations[number] for number in statement.numbers if number in citations]
    if not present:
        return label + "\n" + small(t("That article and its words were removed from the library."))
    each = (room - len(label)) // len(present) - 1
    return "\n".join([label, *(_format_citation(one, each) for one in present)])


def _format_citation(citation: Citation, room: int) -> str:
    """Return a line as a block quote with its number, with the most exact link that fits, and its day."""
    words = plain(one_line(citation.quote))
    published = citation.article.published
    when = f" · {day(published)}" if published else ""
    for link in (citation_link(citation), page_link(citation.article.url), None):
        marker = f"[[{citation.number}]](<{link}>)" if link else f"[{citation.number}]"
        whole = format_block_quote(f"“{words}” {marker}{when}")
        if len(whole) <= room:
            return whole
    marker = f"[{citation.number}]{when}"
    return format_block_quote(f"“{fit(one_line(citation.quote), room - len(marker) - _MARKS)}” {marker}")


def _empty_card(answer: Answer, place: Place, *, dated: bool) -> Card:
    card = Card(Tone.NOTHING_FOUND)
    card.add_text(question_line(answer.question))
    if answer.library_size == 0:
        add = t("Add a first article with `/article add`, then ask again.")
        card.add_text(f"{place.empty} {add}")
        return card
    articles = place.articles(answer.library_size)
    if dated:
        card.add_text(t("**I found no dated sentence about this in {articles}.**", articles=articles))
    else:
        card.add_text(t("**I found nothing about this in {articles}.**", articles=articles))
    return card


def _pages(count: int) -> int:
    return max(1, -(-count // LINES))
