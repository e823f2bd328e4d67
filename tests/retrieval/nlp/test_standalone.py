"""Which sentences of an article say something when they are shown alone."""

import pytest

from retrieval.domain import Span
from retrieval.nlp import can_stand, heading_above, looks_beyond, names_in
from retrieval.text import sentences

PAGE = """\
Notes on the ferry

By Ada Berg and Tom Reyes, staff writers

Published 8 February 2025

Timetable and fares

The ferry leaves at nine. How long does it take? It takes an hour.

Harbor Street 12, Port Elgin

Opening hours: 9 to 5

Valley: Kelder | 2022: 211 | 2023: 198

- Two spoons of salt
- A pot of water

To install the script, type this:

    pip install ferry

Name of the boat: ________

The victory belongs to us all. — Harbor Office (@harbor) February 8, 2025

So it goes.

— Ada Berg

Read more: The clock that never stopped
"""


def shown():
    return [span.of(PAGE) for span in sentences(PAGE) if can_stand(PAGE, span)]


@pytest.mark.parametrize(
    "words",
    [
        "Notes on the ferry",
        "By Ada Berg and Tom Reyes, staff writers",
        "Published 8 February 2025",
        "Timetable and fares",
        "How long does it take?",
        "To install the script, type this:",
        "Name of the boat: ________",
        "— Harbor Office (@harbor) February 8, 2025",
        "— Ada Berg",
        "Read more: The clock that never stopped",
    ],
)
def test_what_says_nothing_cannot_stand(words):
    assert any(words in span.of(PAGE) for span in sentences(PAGE))
    assert not any(words in one for one in shown())


@pytest.mark.parametrize(
    "words",
    [
        "The ferry leaves at nine.",
        "Harbor Street 12, Port Elgin",
        "Opening hours: 9 to 5",
        "Valley: Kelder | 2022: 211 | 2023: 198",
        "- Two spoons of salt",
        "The victory belongs to us all.",
    ],
)
def test_statements_items_rows_and_filled_fields_can_stand(words):
    assert words in shown()


@pytest.mark.parametrize(
    "line",
    [
        " date 2025-02-08 By Palestine Chronicle Staff",
        "Updated: March 3, 2024 at 10:15 am GMT",
        "Published 2025-05-05.",
        "Photo by Ada Berg",
        "— Khamenei.ir (@khamenei_ir) February 8, 2025",
        "Home > News > Local",
        "https://example.org/a",
        "☐ Yes ☐ No",
    ],
)
def test_lines_around_an_article_cannot_stand(line):
    assert not can_stand(line, Span(0, len(line)))


@pytest.mark.parametrize(
    "sentence",
    [
        "By 1911 the bridge was finished.",
        "By the bridge stands a mill.",
        "Published authors may apply until May.",
        "The story was written by Ada Berg in 1911.",
        "“Who pays?” asked Berg.",
        "Follow the path to the mill.",
        "Subscribers pay 5 pounds a month.",
        "— Two men came, and one left.",
        "No punctuation here because this is a transcript",
    ],
)
def test_sentences_that_look_like_such_lines_can_stand(sentence):
    assert can_stand(sentence, Span(0, len(sentence)))


def test_the_heading_above_a_place_is_the_nearest_one():
    text = "Rules\n\n4.2 Boats\n\nBoats pay. They pay twice.\n\n4.3 Swimmers\n\nSwimmers pay nothing."
    assert heading_above(text, text.index("They pay")) == "4.2 Boats"
    assert heading_above(text, text.index("nothing")) == "4.3 Swimmers"
    assert heading_above("Boats pay.", 5) == ""


@pytest.mark.parametrize(
    ("sentence", "before", "beyond"),
    [
        ("She had a crew of nine.", "She came from Fenwick.", True),
        ("Her boat sank.", "She came from Fenwick.", True),
        ("He was a diver.", "She came from Fenwick.", False),
        ("He was a diver.", "It was a cold night.", True),
        ("He was 34.", "His brother Tom died.", False),
        ("He was 34.", "Tom Hale died.", False),
        ("It was deep.", "She came late.", False),
    ],
)
def test_he_or_she_is_looked_for_before_what_cannot_name_them(sentence, before, beyond):
    assert looks_beyond(sentence, before) is beyond


def test_names_are_words_with_capitals_where_prose_has_none():
    assert names_in("Ada Quill came from Fenwick on Monday.") == {"Ada", "Quill", "Fenwick"}
    assert names_in("The ferry was late.") == frozenset()
