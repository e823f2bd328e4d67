"""Questions about all of a list, and about one item by its place."""

import pytest

from retrieval.answers.parts import (
    MAX_LIST_CHARS,
    Parts,
    asked_place,
    asks_for_all,
    counted,
    is_at_place,
    whole_list,
    within_limit,
)
from retrieval.domain.spans import Span
from retrieval.structure import read_structure

STEPS = """How to wake the old printer

Do this in this order:

1. Lift the lid.
2. Press the red key.
3. Shut the lid.

The printer hums for a while. That is a good sign."""
BOATS = """Boats for hire

Boat | Seats | State

Heron | 2 | afloat

Otter | 4 | leaking

Pike | 4 | leaking"""


def span_of(text, words):
    return Span(text.index(words), text.index(words) + len(words))


@pytest.mark.parametrize(
    ("question", "is_asked"),
    [
        ("List the boats that leak.", True),
        ("Which boats are leaking?", True),
        ("What are the rules of the garden?", True),
        ("how many boats are there and which", True),
        ("Which boat is leaking?", False),
        ("What does the permit cost?", False),
        ("What time must visitors leave?", False),
        ("Why do boats leak?", False),
    ],
)
def test_questions_about_all_are_known(question, is_asked):
    assert asks_for_all(question) is is_asked


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("What is the third step?", 3),
        ("printer step 2", 2),
        ("the last step?", -1),
        ("the first president", None),
    ],
)
def test_the_place_of_an_item_is_read(question, place):
    assert asked_place(question) == place


def test_an_item_is_known_by_its_place():
    parts = Parts(read_structure(STEPS))
    assert is_at_place(2, span_of(STEPS, "2. Press the red key."), parts)
    assert not is_at_place(2, span_of(STEPS, "1. Lift the lid."), parts)
    assert is_at_place(-1, span_of(STEPS, "3. Shut the lid."), parts)
    assert is_at_place(2, span_of(STEPS, "That is a good sign."), parts) is None


def test_all_items_of_the_list_are_shown():
    parts = Parts(read_structure(STEPS))
    shown = [
        one.of(STEPS)
        for one in whole_list(span_of(STEPS, "2. Press the red key."), "What are the steps?", parts)
    ]
    assert shown == ["1. Lift the lid.", "2. Press the red key.", "3. Shut the lid."]


def test_only_the_rows_that_are_asked_for_are_shown():
    parts = Parts(read_structure(BOATS))
    shown = [
        one.of(BOATS)
        for one in whole_list(span_of(BOATS, "Pike | 4 | leaking"), "Which boats are leaking?", parts)
    ]
    assert shown == ["Otter | 4 | leaking", "Pike | 4 | leaking"]


def test_a_long_list_is_cut_between_items():
    spans = [Span(at * 100, at * 100 + 99) for at in range(30)]
    shown = within_limit(spans)
    assert shown == spans[: len(shown)]
    assert 0 < sum(one.end - one.start for one in shown) <= MAX_LIST_CHARS


LIGHTS = """Lighthouses of the coast

## North

- Kessel Point, 31 metres.
- Gullen Rock, 44 metres. It can be visited in summer.

## South

- Old Brask, 27 metres. It can be visited all year.
- New Brask, 39 metres.
- Hollow Ness, 22 metres.
"""


def test_the_items_that_say_what_is_asked_are_shown_from_every_list():
    parts = Parts(read_structure(LIGHTS))
    best = span_of(LIGHTS, "- Gullen Rock, 44 metres. It can be visited in summer.")
    shown = whole_list(best, "Which lighthouses can be visited?", parts, "Lighthouses of the coast. North.")
    assert [one.of(LIGHTS)[2:9] for one in shown] == ["Gullen ", "Old Bra"]


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("How many lighthouses are there in the south?", 3),
        ("How many lighthouses are there?", 0),
        ("How many boats are there in the south?", 0),
    ],
)
def test_items_are_counted_where_what_stands_above_names_all_that_is_asked(question, count):
    parts = Parts(read_structure(LIGHTS))
    best = span_of(LIGHTS, "- New Brask, 39 metres.")
    assert len(counted(best, question, parts, "Lighthouses of the coast. South.")) == count


GRANTS = """Grants of the trust

- Otter-1, a grant of 20 crowns, refused.
- Otter-2, a grant of 30 crowns, approved.
- Vole-3, a grant of 40 crowns, refused.
- Vole-4, a grant of 50 crowns, refused.
"""


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("How many grants were refused?", 3),
        ("How many Otter grants are there?", 2),
        ("How many grants were not refused?", 0),
        ("How many crowns were refused?", 0),
        ("How many grants were returned?", 0),
    ],
)
def test_the_items_that_hold_what_is_asked_are_counted(question, count):
    parts = Parts(read_structure(GRANTS))
    best = span_of(GRANTS, "- Vole-3, a grant of 40 crowns, refused.")
    assert len(counted(best, question, parts, "Grants of the trust")) == count
