"""What More opens: the answer at length, passages it did not use, and questions that lead on."""

from bot.cards import Card, Tone, small
from bot.custom_ids import next_button, open_button
from bot.markdown import cut, fit, one_line
from bot.quote_cards import passages_read
from bot.render import excerpt, question_line, statements
from bot.sources import named
from bot.words import counted, t
from retrieval.domain import Answer

PASSAGES_SHOWN = 3
REMOVED_SHOWN = 4
_REMOVED_CHARS = 140
_REMOVED_ROOM = 200
_PASSAGE_ROOM = 600
_ORIGINALS_ROOM = 1_000
_HEADS_ROOM = 100


def more_card(longer: Answer, before: Answer) -> Card:
    """Return the card of a longer answer; *before* is the one that everybody saw."""
    card = Card(Tone.ANSWERED)
    card.add_text(question_line(longer.question))
    card.add_text(t("**At length** · {how_much}", how_much=_how_much(longer, before)))
    unused = [entry for entry in passages_read(longer) if not entry.numbers][:PASSAGES_SHOWN]
    passages = []
    for entry in unused:
        head = named(entry.article, _PASSAGE_ROOM // 2) + "\n"
        passages.append(head + excerpt(entry.text, _PASSAGE_ROOM - len(head)))
    rest = [_originals(before), _removed(longer)]
    card.add_text(statements(longer, card.room - sum(map(len, [*passages, *rest])) - _HEADS_ROOM))
    for text in rest:
        card.add_text(text)
    if passages:
        card.add_line()
        card.add_text(t("Read, and not cited:"))
    for passage in passages:
        card.add_text(passage)
    if longer.id is not None:
        card.add_buttons([open_button(longer.id, "quotes", "Quotes")])
        for number, question in enumerate(longer.follow_ups):
            card.add_buttons([next_button(longer.id, number, question)])
    return card


def _how_much(longer: Answer, before: Answer) -> str:
    if before.written_by and not longer.written_by:
        return t("in the articles' own sentences")
    further = len(longer.statements) - len(before.statements)
    return (
        counted(further, "more sentence") if further > 0 else t("the articles say no more that answers this")
    )


def _originals(before: Answer) -> str:
    """Return the sentences that everybody saw translated, as they were held against the articles."""
    if not before.originals:
        return ""
    room = _ORIGINALS_ROOM // len(before.originals)
    lines = [f"{at}. {fit(one_line(text), room)}" for at, text in enumerate(before.originals, start=1)]
    return small(t("The answer before it was translated:") + "\n" + "\n".join(lines))


def _removed(answer: Answer) -> str:
    """Return what the language model drafted and the articles do not carry, struck out."""
    if not answer.removed:
        return ""
    shown = [f"~~{fit(cut(one_line(text), _REMOVED_CHARS), _REMOVED_ROOM)}~~" for text in answer.removed]
    more = len(shown) - REMOVED_SHOWN
    lines = [*shown[:REMOVED_SHOWN], *([f"+ {counted(more, 'more sentence')}"] if more > 0 else [])]
    return small(
        "Drafted by the language model, and left out because no article says it:\n" + "\n".join(lines)
    )
