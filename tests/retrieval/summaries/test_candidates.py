"""Which sentences a summary may show."""

from retrieval.summaries.candidates import find_candidates, split_for_summary
from retrieval.text import sentences


def shown(text: str) -> list[list[str]]:
    spans = split_for_summary(text, sentences(text))
    return [[spans[at].of(text) for at in one.members] for one in find_candidates(text, spans)]


REPORT = (
    "The harbor of Lindau got a new breakwater made of granite blocks. "
    "The council paid four million for the stones and the barges. "
    "Engineers from Bregenz measured the waves behind the wall for a year. "
    "Fishermen moved their boats to the northern basin during the works. "
)


def test_a_sentence_that_points_back_comes_with_the_one_before():
    text = REPORT + "They complained about the long way to the market hall."
    assert shown(text)[-1] == [
        "Fishermen moved their boats to the northern basin during the works.",
        "They complained about the long way to the market hall.",
    ]


def test_what_needs_too_much_before_it_is_left_out():
    tail = (
        "He laughed loudly about the granite wall. He sold his fishing boat in the spring. "
        "He bought a small tavern in Bregenz."
    )
    assert len(shown(REPORT + tail)) == len(shown(REPORT)) + 2


def test_the_middle_of_a_quotation_is_left_out():
    text = REPORT * 2 + "We had such good evenings on the old wooden pier."
    assert shown(text) == shown(REPORT * 2)


def test_an_author_who_speaks_of_himself_is_summarized():
    diary = (
        "I walked along the harbor of Lindau in heavy rain. We counted nine boats at the pier. "
        "My brother bought smoked trout from a stall. The old lighthouse was closed for repairs."
    )
    assert len(shown(diary)) == 4


def test_a_sentence_that_says_little_is_left_out():
    assert shown(REPORT + "The rest is known.") == shown(REPORT)


def test_what_says_little_is_shown_where_there_is_nothing_else():
    assert shown("The council rested.") == []
    assert shown("The old council rested well.") == [["The old council rested well."]]


def test_a_link_in_the_text_is_left_out():
    assert shown(REPORT + "Ferry captain wins regatta on stormy lake .") == shown(REPORT)


def test_a_text_whose_stops_all_stand_apart_is_read():
    text = REPORT.replace(". ", " . ")
    assert len(shown(text)) == len(shown(REPORT))
