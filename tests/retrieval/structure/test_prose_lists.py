"""Lists that stand in prose."""

import pytest

from retrieval.domain import Span
from retrieval.structure import find_prose_list, read_structure

pytestmark = pytest.mark.models  # the parser

MILL = (
    "The mill made sailcloth. Two inventions changed the work there. The first was a shuttle. It came in"
    " 1811. The second was a drum. The third owner sold it.\n\n"
    "Its decline had three causes. One was the railway. Another was a flood. Finally, the owners fell out."
    "\n\n"
    "Trade is dead today."
)
BRIDGE = (
    "# Bridge\n\nEngineers gave several reasons.\n\nFirst, the bolts had rusted.\n\nSecond, the rail was low."
    "\n\n"
    "Walkers use the road."
)


def listed(text, sentence):
    start = text.index(sentence)
    found = find_prose_list(read_structure(text), Span(start, start + len(sentence)))
    if found is None:
        return None
    return found.lead_in.of(text) if found.lead_in else "", [one.of(text) for one in found.items]


@pytest.mark.parametrize(
    "sentence", ["Two inventions changed the work there.", "The first was a shuttle.", "It came in 1811."]
)
def test_an_enumeration_is_found_from_each_of_its_sentences(sentence):
    assert listed(MILL, sentence) == (
        "Two inventions changed the work there.",
        ["The first was a shuttle. It came in 1811.", "The second was a drum."],
    )


def test_parts_need_no_number():
    lead_in, items = listed(MILL, "Another was a flood.")
    assert lead_in == "Its decline had three causes."
    assert items == ["One was the railway.", "Another was a flood.", "Finally, the owners fell out."]


def test_parts_may_be_paragraphs_of_their_own():
    lead_in, items = listed(BRIDGE, "Second, the rail was low.")
    assert lead_in == "Engineers gave several reasons."
    assert items == ["First, the bolts had rusted.", "Second, the rail was low."]


@pytest.mark.parametrize(
    "sentence", ["The mill made sailcloth.", "Trade is dead today.", "The third owner sold it."]
)
def test_other_sentences_are_no_part_of_one(sentence):
    assert listed(MILL, sentence) is None


@pytest.mark.parametrize(
    "text",
    [
        "The first edition came out in 1913. The second edition had 340 plates.",
        "One night it rained. Another gate was shut.",
        "First Lady Ann Roe spoke. Second Street was full.",
        "Three men ran. The second fell.",
    ],
)
def test_what_looks_like_one_is_none(text):
    assert listed(text, text.split(". ")[0] + ".") is None
