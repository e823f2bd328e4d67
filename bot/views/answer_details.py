"""What the buttons of an answer open: the exact words, the passages read, quotations found."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Literal, Self, cast, get_args

import discord

from bot.context import AnyInteraction, Bot, place_of
from bot.formatting import (
    Card,
    Tone,
    by_article,
    citation_link,
    cut,
    fit,
    fit_end,
    format_block_quote,
    format_title_line,
    notice,
    one_line,
    origin,
    page_of,
    passage_link,
    places,
    plain,
    small,
    title_markdown,
)
from bot.i18n import gettext_noop, nt, t
from bot.views.answer_text import excerpt, question_line
from bot.views.dynamic_items import DynamicButton, page_buttons
from bot.views.presses import answer_press
from retrieval.domain import Answer, Article, Citation, Context, Hit, Quotation, Statement
from retrieval.errors import ArticleNotFound

PAGE = 5
QUOTES_PAGE = 4
"""Exact words on a page: each has three buttons, and a card holds forty things."""
CONTEXT_CHARS = 600
"""Most that is shown before the words, and after them; a long quote takes of it first."""
PASSAGE_CHARS = 1_500
"""The same on a card for one citation."""
QUOTES_SENTENCES = 2
PASSAGE_SENTENCES = 12
"""Sentences either side of the words that are shown, on a card of several and of one, if they fit."""
UNNAMED = gettext_noop("Somebody")
_MARKS = 40
"""Characters that an item needs for marks, and to say that it was cut."""

What = Literal["quotes", "sources", "spoken", "passage"]
"""Exact words with context · passages read · words in quotation marks · one citation with all that stands
around it, its number as the page."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation with its surroundings; no context when the article was removed in between."""

    citation: Citation
    context: Context | None
    goes_on: bool = True
    """Whether the article has more around the context."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Words that were read, and the numbers that cite from them; none for what is not cited."""

    article: Article
    text: str
    numbers: tuple[int, ...]


class AnswerButton(
    DynamicButton,
    template=rf"a:(?P<answer>[0-9]{{1,18}}):(?P<what>{'|'.join(get_args(What))})(?::(?P<page>[0-9]{{1,3}}))?",
):
    """Opens, for the one who presses it, something about an answer; or turns its pages.

    ``a:7:quotes`` opens the quotes of answer 7, ``a:7:quotes:2`` turns to their third page, and
    ``a:7:passage:2`` shows its citation [2].
    """

    def __init__(self, answer_id: int, what: What, page: int | None = None, label: str = "") -> None:
        super().__init__(f"a:{answer_id}:{what}" + ("" if page is None else f":{page}"), label)
        self.answer_id = answer_id
        self.what = what
        self.page = page

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the button of a matched id."""
        page = int(match["page"]) if match["page"] else None
        return cls(int(match["answer"]), cast("What", match["what"]), page)

    async def callback(self, interaction: AnyInteraction) -> None:
        """Show the page to the one who pressed; of quotations the second, as the first stands above."""
        collection = place_of(interaction).collection
        page = int(self.what == "spoken") if self.page is None else self.page

        async def card(bot: Bot) -> Card:
            answer = await bot.librarian.answers.recall(self.answer_id, collection=collection)
            match self.what:
                case "quotes":
                    person = str(interaction.user.id)
                    return await quotes_page(bot, answer, page, collection, person)
                case "passage":
                    return await _passage(bot, answer, page, collection)
                case "sources":
                    return sources_card(answer, page)
                case "spoken":
                    return spoken_card(answer, page)

        await answer_press(interaction, card, opens=self.page is None or self.what == "passage")


class VoteButton(
    DynamicButton,
    template=r"o:(?P<answer>[0-9]{1,18}):(?P<number>[0-9]{1,4}):(?P<vote>[yn]):(?P<page>[0-9]{1,3})",
):
    """Keeps what the one who presses it thinks of a citation; pressed again, forgets it.

    ``o:7:2:y:0`` says that the second citation of answer 7, on the first page, supports its sentence.
    """

    def __init__(
        self, answer_id: int, number: int, supports: bool, page: int, *, chosen: bool = False
    ) -> None:
        color = discord.ButtonStyle.success if supports else discord.ButtonStyle.danger
        super().__init__(
            f"o:{answer_id}:{number}:{'y' if supports else 'n'}:{page}",
            "✓" if supports else "✗",
            style=color if chosen else discord.ButtonStyle.secondary,
        )
        self.answer_id = answer_id
        self.number = number
        self.supports = supports
        self.page = page

    @classmethod
    def parse(cls, match: re.Match[str]) -> Self:
        """Return the button of a matched id."""
        return cls(int(match["answer"]), int(match["number"]), match["vote"] == "y", int(match["page"]))

    async def callback(self, interaction: AnyInteraction) -> None:
        """Keep the vote, and show the page again with it."""
        collection, person = place_of(interaction).collection, str(interaction.user.id)

        async def card(bot: Bot) -> Card:
            librarian = bot.librarian
            votes = await librarian.feedback.get_votes(self.answer_id, collection=collection, person=person)
            vote = None if votes.get(self.number) is self.supports else self.supports
            await librarian.feedback.vote(
                self.answer_id, self.number, vote, collection=collection, person=person
            )
            answer = await librarian.answers.recall(self.answer_id, collection=collection)
            return await quotes_page(bot, answer, self.page, collection, person)

        await answer_press(interaction, card)


def pages_of(count: int, size: int = PAGE) -> int:
    """Return how many pages so many items make; one even for none."""
    return max(1, -(-count // size))


def on_page(page: int, count: int, size: int = PAGE) -> slice:
    """Return which items a page shows; a page beyond the last shows the last."""
    page = min(page, pages_of(count, size) - 1)
    return slice(page * size, (page + 1) * size)


def removed_numbers(answer: Answer) -> list[int]:
    """Return the numbers whose articles are gone: the library recalls no citation for them."""
    present = {citation.number for citation in answer.citations}
    return sorted({number for one in answer.statements for number in one.numbers} - present)


def quotes_card(
    answer: Answer, cited: Sequence[Cited], page: int, votes: Mapping[int, bool] = MappingProxyType({})
) -> Card:
    """Return one page of exact words, each with what stands around it and the reader's own *votes*."""
    card = _opened(answer, t("The exact words"), page, len(answer.citations), QUOTES_PAGE)
    gone = [one.citation.number for one in cited if one.context is None] + removed_numbers(answer)
    farewell = _removed(gone)
    hint = small(t("✓ the words support the sentence · ✗ they do not")) if answer.id is not None else ""
    room = (card.room - len(farewell) - len(hint)) // max(1, len(cited))
    for one, article in by_article(cited, lambda one: one.citation.article):
        if one.context is None:
            continue
        carried = _carried(answer, one.citation.number)
        words = _quote(one.citation, one.context, room - len(carried), named=article is not None)
        card.add_section(carried + words, open_link=citation_link(one.citation))
        if answer.id is not None:
            card.add_buttons(_checks(answer.id, one, page, votes.get(one.citation.number)))
    card.add_text(farewell)
    _add_pager(card, answer, "quotes", page, len(answer.citations), QUOTES_PAGE)
    card.add_footer(hint.removeprefix("-# "))
    return card


def passage_card(answer: Answer, cited: Cited) -> Card:
    """Return one citation with what stands around it, from our copy of the article."""
    card = Card(Tone.NEUTRAL)
    card.add_text(question_line(answer.question))
    if cited.context is None:
        card.add_text(_removed([cited.citation.number]))
        return card
    footer = t("From the library's own copy; the page may have changed since.")
    words = _quote(cited.citation, cited.context, card.room - len(footer) - _MARKS, around=PASSAGE_CHARS)
    card.add_section(words, open_link=citation_link(cited.citation))
    card.add_footer(footer)
    return card


def sources_card(answer: Answer, page: int) -> Card:
    """Return one page of the passages that were read, the cited ones first."""
    entries = passages_read(answer)
    card = _opened(answer, t("What I read for this"), page, len(entries))
    room = card.room // PAGE
    for entry, article in by_article(entries[on_page(page, len(entries))], lambda entry: entry.article):
        head = f"{format_title_line(article, room // 2)}\n" if article else ""
        head += small(_use(entry.numbers)) + "\n"
        card.add_section(
            head + excerpt(entry.text, room - len(head)),
            open_link=passage_link(entry.article.url, entry.text),
        )
    if not entries:
        card.add_text(t("The articles that I read are no longer in the library."))
    _add_pager(card, answer, "sources", page, len(entries))
    return card


def spoken_card(answer: Answer, page: int) -> Card:
    """Return one page of quotations, recorded as an answer whose statements name the speakers."""
    card = _opened(answer, t("Quotations"), page, len(answer.citations))
    farewell = _removed(removed_numbers(answer))
    _add_spoken(
        card, answer, answer.citations[on_page(page, len(answer.citations))], card.room - len(farewell)
    )
    card.add_text(farewell)
    _add_pager(card, answer, "spoken", page, len(answer.citations))
    return card


def found_quotations_card(answer: Answer) -> Card:
    """Return the public card of quotations found: the first page, and a button for the rest."""
    count = len(answer.citations)
    card = Card(Tone.ANSWERED if count else Tone.NOTHING_FOUND)
    card.add_text(question_line(answer.question))
    if not count:
        card.add_text(t("**I found no such words in quotation marks.** Try fewer words, or only a speaker."))
        return card
    _add_spoken(card, answer, answer.citations[:PAGE], card.room)
    if answer.id is not None and count > PAGE:
        card.add_buttons([more_quotations(answer.id, count)])
    return card


def more_quotations(answer_id: int, count: int) -> AnswerButton:
    """Return the button that opens the quotations after the first page, of *count*."""
    label = nt("{count:,} more quotation", "{count:,} more quotations", count - PAGE)
    return AnswerButton(answer_id, "spoken", label=label)


def _add_spoken(card: Card, answer: Answer, citations: Sequence[Citation], room: int) -> None:
    speakers = {number: one.text for one in answer.statements for number in one.numbers}
    for citation, article in by_article(citations, lambda citation: citation.article):
        words = _spoken(citation, speakers.get(citation.number, t(UNNAMED)), room // PAGE, article)
        card.add_section(words, open_link=citation_link(citation))


def _spoken(citation: Citation, speaker: str, room: int, article: Article | None) -> str:
    head = (
        f"**{fit(one_line(speaker), 80)}**"
        + (f" · {format_title_line(article, room // 2)}" if article else "")
        + "\n"
    )
    return head + format_block_quote(f"“{fit(one_line(citation.quote), room - len(head) - 4)}”")


def _quote(
    citation: Citation, context: Context, room: int, around: int = CONTEXT_CHARS, *, named: bool = True
) -> str:
    """Return the words of a citation in their context; *named* says of which article they are."""
    title = " " + title_markdown(citation.article.title) if named else ""
    known = origin(citation.article) if named else ""
    head = f"**[{citation.number}]{title}**{places([citation])}{known}\n"
    tail = "" if context.current else "\n" + small(t("The article has changed since; these were its words."))
    room -= len(head) + len(tail) + _MARKS
    whole = one_line(context.quote)
    words = fit(whole, room)
    around = min(around, (room - len(words)) // 2)
    before = fit_end(one_line(context.before), around)
    after = fit(one_line(context.after), around) if words == plain(whole) else t("(and so on)")
    return (
        head + format_block_quote(" ".join(part for part in (before, f"**{words}**", after) if part)) + tail
    )


def passages_read(answer: Answer) -> list[Entry]:
    """Return each passage once: those that hold cited words first, with the numbers that cite them."""
    cited: list[Entry] = []
    rest: list[Entry] = []
    held: set[int] = set()
    for hit in answer.nearest:
        numbers = tuple(one.number for one in answer.citations if _holds(hit, one))
        held.update(numbers)
        (cited if numbers else rest).append(Entry(hit.article, hit.text, numbers))
    alone = [
        Entry(one.article, one.quote, (one.number,)) for one in answer.citations if one.number not in held
    ]
    return [*cited, *alone, *rest]


def _holds(hit: Hit, citation: Citation) -> bool:
    span = hit.passage.span
    return (
        hit.article.id == citation.article.id
        and hit.article.digest == citation.article.digest
        and span.start < citation.span.end
        and citation.span.start < span.end
    )


def _carried(answer: Answer, number: int) -> str:
    """Return the sentence of a language model that a citation carries; an extracted one is the quote."""
    if not answer.written_by:
        return ""
    said = next((one.text for one in answer.statements if number in one.numbers), "")
    words = fit(cut(one_line(said), 160), 220)
    return small(t("behind the sentence: {said}", said=words)) + "\n" if said else ""


def _opened(answer: Answer, heading: str, page: int, count: int, size: int = PAGE) -> Card:
    card = Card(Tone.NEUTRAL)
    card.add_text(question_line(answer.question))
    pages = pages_of(count, size)
    card.add_text(f"**{heading}**{page_of(min(page, pages - 1), pages)}")
    return card


def _add_pager(card: Card, answer: Answer, what: What, page: int, count: int, size: int = PAGE) -> None:
    pages = pages_of(count, size)
    if answer.id is not None:
        turn_to = partial(AnswerButton, answer.id, what)
        card.add_buttons(page_buttons(min(page, pages - 1), pages, turn_to))


def _checks(answer_id: int, cited: Cited, page: int, voted: bool | None) -> Sequence[DynamicButton]:
    """Return ✓ and ✗ for a citation, the one that was chosen in color, and what shows more around it."""
    number = cited.citation.number
    yes = VoteButton(answer_id, number, True, page, chosen=voted is True)
    no = VoteButton(answer_id, number, False, page, chosen=voted is False)
    more = [AnswerButton(answer_id, "passage", number, t("Show passage"))] if cited.goes_on else []
    return [yes, no, *more]


def _use(numbers: Sequence[int]) -> str:
    return t("cited as ") + "".join(f"[{number}]" for number in numbers) if numbers else t("read, not cited")


def _removed(numbers: Sequence[int]) -> str:
    if not numbers:
        return ""
    shown = ", ".join(f"[{number}]" for number in sorted(numbers)[:20])
    return small(t("The article behind {shown} and its words were removed from the library.", shown=shown))


async def quotes_page(bot: Bot, answer: Answer, page: int, collection: str, person: str) -> Card:
    """Return one page of an answer's exact words, with what this person thinks of them."""
    citations = answer.citations[on_page(page, len(answer.citations), QUOTES_PAGE)]
    cited = [await _cited(bot, citation, collection) for citation in citations]
    votes = {}
    if answer.id is not None:
        votes = await bot.librarian.feedback.get_votes(answer.id, collection=collection, person=person)
    return quotes_card(answer, cited, page, votes)


async def _passage(bot: Bot, answer: Answer, number: int, collection: str) -> Card:
    for citation in answer.citations:
        if citation.number == number:
            return passage_card(answer, await _cited(bot, citation, collection, PASSAGE_SENTENCES))
    return notice(
        t("The article behind [{number}] and its words were removed from the library.", number=number)
    )


async def _cited(bot: Bot, citation: Citation, collection: str, sentences: int = QUOTES_SENTENCES) -> Cited:
    try:
        shown, wider = [
            await bot.librarian.answers.context(citation, collection=collection, sentences=around)
            for around in (sentences, sentences + 1)
        ]
    except ArticleNotFound:
        return Cited(citation, None)
    cut_off = len(shown.before) + len(shown.quote) + len(shown.after) > CONTEXT_CHARS
    return Cited(citation, shown, cut_off or wider != shown)


def quotations_answer(quotations: Sequence[Quotation], asked: str) -> Answer:
    """Return quotations in the form of an answer, which can be recorded and recalled.

    Each statement is the speaker's name and cites the words.
    """
    citations = tuple(
        Citation(number, found.article, found.span, found.text) for number, found in enumerate(quotations, 1)
    )
    statements = tuple(
        Statement(found.speaker or UNNAMED, (number,)) for number, found in enumerate(quotations, 1)
    )
    return Answer(question=asked, statements=statements, citations=citations)
