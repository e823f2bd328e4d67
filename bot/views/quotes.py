"""Cards about wording: whether words stand in the articles, and what one person is quoted with."""

from bot.formatting import (
    Card,
    Tone,
    by_article,
    citation_link,
    cut,
    fit,
    format_block_quote,
    format_title_line,
    one_line,
    plain,
    small,
)
from bot.i18n import gettext_noop, nt, t, translate_message
from bot.views.answer_details import PAGE, UNNAMED, AnswerButton, more_quotations
from bot.views.answer_text import question_line
from retrieval.domain import Answer, Article, Citation, Difference, Sayings, Statement, Wording, WordsCheck

_VERDICTS = {
    "exact": (Tone.ANSWERED, gettext_noop("**Yes, word for word.**")),
    "changed": (
        Tone.NOTHING_FOUND,
        gettext_noop("**Not in these words.** The closest I found:"),
    ),
    "absent": (
        Tone.NOTHING_FOUND,
        gettext_noop("**Not in the articles.** Nothing in them comes close to these words."),
    ),
}
_SHOWN = 3
_LEGEND = gettext_noop("~~Struck out~~: only in your words. __**Underlined**__: only in the article.")
_PEOPLE_SHOWN = 15
_NAME_CHARS = 80
_HEAD_ROOM = 400
_QUOTE_ROOM = 500


def words_card(found: WordsCheck, answer: Answer) -> Card:
    """Return whether words stand in the articles, where, and what differs."""
    tone, verdict = _VERDICTS[found.verdict]
    card = Card(tone)
    card.add_text(question_line(t("Did anyone say this? “{words}”", words=found.words)))
    card.add_text(t(verdict))
    if found.verdict == "changed":
        card.add_text(small(t(_LEGEND)))
    room = (card.room - 200) // _SHOWN
    places = list(zip(found.wordings[:_SHOWN], answer.citations, strict=False))
    for (one, citation), article in by_article(places, lambda place: place[0].article):
        card.add_section(_format_wording(one, room, article), open_link=citation_link(citation))
    if (more := found.count - _SHOWN) > 0:
        card.add_text(small(nt("+ {count:,} more place.", "+ {count:,} more places.", more)))
    if answer.id is not None:
        card.add_buttons([AnswerButton(answer.id, "quotes", label=t("In context"))])
    looked = nt("{count:,} article searched", "{count:,} articles searched", found.library_size)
    card.add_footer(looked)
    return card


def sayings_card(found: Sayings, answer: Answer) -> Card:
    """Return the first quotations of one person by story; or whom the name can mean."""
    name = plain(cut(one_line(found.name), _NAME_CHARS))
    if not found.quotations:
        card = Card(Tone.NOTHING_FOUND)
        if found.people:
            card.add_text(
                t("**There are several people called {name}.** Ask again with one of these names:", name=name)
            )
            card.add_text(_people(found))
        else:
            card.add_text(
                t("**Nobody called {name} is quoted in the articles.** Try only the surname.", name=name)
            )
        return card
    card = Card(Tone.ANSWERED)
    stories = nt("{count:,} story", "{count:,} stories", len(found.stories))
    quotations = nt(
        "{count:,} quotation in {stories}",
        "{count:,} quotations in {stories}",
        len(found.quotations),
        stories=stories,
    )
    card.add_text(f"**{name}** · {quotations}")
    left = list(answer.citations[:PAGE])
    for story in found.stories:
        shown, left = left[: len(story)], left[len(story) :]
        if shown:
            card.add_text(format_title_line(story[0].article, _HEAD_ROOM))
        for citation in shown:
            card.add_section(_format_quotation(citation), open_link=citation_link(citation))
    if answer.id is not None:
        count = len(answer.citations)
        buttons = [AnswerButton(answer.id, "quotes", label=t("In context"))]
        if count > PAGE:
            buttons.insert(0, more_quotations(answer.id, count))
        card.add_buttons(buttons)
    return card


def _format_wording(one: Wording, room: int, article: Article | None) -> str:
    if one.speaker:
        who = f"**{fit(one_line(one.speaker), _NAME_CHARS)}**"
    else:
        who = t("**Somebody**, in quotation marks") if one.in_quotation else t("**The article’s own words**")
    head = who + (f" · {format_title_line(article, _HEAD_ROOM)}" if article else "") + "\n"
    tail = small(fit("\n".join(map(translate_message, one.warnings)), 300))
    tail = f"\n{tail}" if tail else ""
    space = room - len(head) - len(tail) - 10
    words = _mark_differences(one, space) if one.differences else f"“{fit(one_line(one.text), space)}”"
    return head + format_block_quote(words) + tail


def _mark_differences(one: Wording, room: int) -> str:
    """Return the words with what differs marked; the article's alone when that has no room."""
    marked = " ".join(filter(None, map(_mark, one.differences)))
    return marked if len(marked) <= room else f"“{fit(one_line(one.text), room)}”"


def _mark(part: Difference) -> str:
    words = plain(one_line(part.text))
    if part.kind == "only asked":
        return f"~~{words}~~"
    return f"__**{words}**__" if part.kind == "only there" else words


def _format_quotation(citation: Citation) -> str:
    return format_block_quote(f"“{fit(one_line(citation.quote), _QUOTE_ROOM)}”")


def _people(found: Sayings) -> str:
    names = [f"- {fit(one_line(name), _NAME_CHARS)}" for name in found.people[:_PEOPLE_SHOWN]]
    if (more := len(found.people) - len(names)) > 0:
        names.append(small(t("+ {more} more: type more of the name.", more=more)))
    return "\n".join(names)


def wordings_answer(found: WordsCheck) -> Answer:
    """Return the places of words in the form of an answer; each statement names who said them."""
    citations = tuple(
        Citation(number, one.article, one.span, one.text) for number, one in enumerate(found.wordings, 1)
    )
    statements = tuple(
        Statement(one.speaker or UNNAMED, (number,)) for number, one in enumerate(found.wordings, 1)
    )
    return Answer(question=f"Is this said: {found.words}", statements=statements, citations=citations)
