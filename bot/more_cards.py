"""What More opens: the answer at length, passages it did not use, and questions that lead on."""

from bot.cards import Card, Tone, counted
from bot.custom_ids import next_button, open_button
from bot.quote_cards import passages_read
from bot.render import excerpt, question_line, statements
from bot.sources import named
from retrieval.domain import Answer

PASSAGES_SHOWN = 3
_PASSAGE_ROOM = 600
_HEADS_ROOM = 100


def more_card(longer: Answer, before: Answer) -> Card:
    """Return the card of a longer answer; *before* is the one that everybody saw."""
    card = Card(Tone.ANSWERED)
    card.add_text(question_line(longer.question))
    further = len(longer.statements) - len(before.statements)
    words = counted(further, "more sentence") if further > 0 else "the articles say no more that answers this"
    card.add_text(f"**At length** · {words}")
    unused = [entry for entry in passages_read(longer) if not entry.numbers][:PASSAGES_SHOWN]
    passages = []
    for entry in unused:
        head = named(entry.article, _PASSAGE_ROOM // 2) + "\n"
        passages.append(head + excerpt(entry.text, _PASSAGE_ROOM - len(head)))
    card.add_text(statements(longer, card.room - sum(map(len, passages)) - _HEADS_ROOM))
    if passages:
        card.add_line()
        card.add_text("Read, and not cited:")
    for passage in passages:
        card.add_text(passage)
    if longer.id is not None:
        card.add_buttons([open_button(longer.id, "quotes", "Quotes")])
        for number, question in enumerate(longer.follow_ups):
            card.add_buttons([next_button(longer.id, number, question)])
    return card
