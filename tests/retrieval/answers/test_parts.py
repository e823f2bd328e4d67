"""Which of several like parts of an article a question means."""

import pytest

from retrieval.answers.parts import Parts, is_named, label_words
from retrieval.domain.spans import Span
from retrieval.structure import read_structure

GARDENS = """Rules of the allotment gardens

North garden

Watering

Hoses may be used before eight.

South garden

Watering

Hoses may not be used at all."""
TABLE = """Boats for hire

Boat | Seats | Price (€)

Heron | 2 | 14

Otter | 4 | 22

Pike | 4 | 25"""


def span_of(text, words):
    return Span(text.index(words), text.index(words) + len(words))


def is_elsewhere(text, words, question):
    return Parts(read_structure(text)).is_elsewhere(span_of(text, words), label_words(question))


def test_a_rule_of_another_section_than_the_named_one_is_elsewhere():
    question = "When may I use a hose in the south garden?"
    assert is_elsewhere(GARDENS, "Hoses may be used before eight.", question)
    assert not is_elsewhere(GARDENS, "Hoses may not be used at all.", question)


def test_no_section_is_elsewhere_if_none_or_all_are_named():
    for question in ("When may I use a hose?", "Hoses in the north garden and the south garden?"):
        assert not is_elsewhere(GARDENS, "Hoses may be used before eight.", question)
        assert not is_elsewhere(GARDENS, "Hoses may not be used at all.", question)


def test_another_row_than_the_named_one_is_elsewhere():
    assert is_elsewhere(TABLE, "Heron | 2 | 14", "How many seats has the Otter?")
    assert not is_elsewhere(TABLE, "Otter | 4 | 22", "How many seats has the Otter?")


def test_the_row_that_names_the_columns_is_known():
    parts = Parts(read_structure(TABLE))
    assert parts.is_header_row(span_of(TABLE, "Boat | Seats | Price (€)"))
    assert not parts.is_header_row(span_of(TABLE, "Pike | 4 | 25"))


@pytest.mark.parametrize(
    ("name", "question", "named"),
    [
        ("Room B", "which stairs do I take in room b", True),
        ("Room A", "which stairs do I take in room b", False),
        ("Version 3.x", "default port of version 3", True),
        ("Version 3.x", "default port of version 3.2", True),
        ("Version 3.x", "default port of version 2.3", False),
        ("Model BD-310", "what fuse for the BD-330", False),
        ("Tuesdays", "what happens on Tuesday", True),
    ],
)
def test_a_part_is_named_by_all_its_words(name, question, named):
    own = label_words(name) - label_words("room version model")
    assert is_named(own, label_words(question)) is named
