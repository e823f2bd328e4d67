"""Corrections that an article makes of itself."""

import pytest

from retrieval.nlp import read_corrections

POOL = (
    "A ticket costs 22 crowns. It opens on 22 May. Marta Hrube trained as a welder.\n\n"
    "Correction, 16 May: An earlier version of this article gave the price as 22 crowns. It should read 12"
    " crowns. Marta Hrube was a crane driver, not a welder."
)
BUSES = (
    "Buses run every hour. The last one leaves the square at 1:10. The fare is 3 crowns.\n\n"
    "Editor's note: The last bus leaves at 1:40; the timetable was out of date."
)
MINUTES = "The minutes of 4 March were approved with one change: the yearly fee is 30 crowns, not 35 crowns."
LIVE = (
    "Correction\n\n15:30: We wrote that two people were hurt. It was one.\n\n"
    "Trains\n\n14:55: No trains run to Velm."
)


def corrections(text, sentence, around=""):
    return [one.text for one in read_corrections(text) if one.concerns(sentence, around)]


def test_a_wrong_value_is_corrected():
    [price] = corrections(POOL, "A ticket costs 22 crowns.")
    assert price.startswith("Correction, 16 May:")
    assert price.endswith("It should read 12 crowns.")


def test_a_wrong_word_is_corrected():
    assert corrections(POOL, "Marta Hrube trained as a welder.") == [
        "Marta Hrube was a crane driver, not a welder."
    ]


def test_another_time_of_day_for_the_same_is_a_correction():
    around = "Buses run every hour."
    [note] = corrections(BUSES, "The last one leaves the square at 1:10.", around)
    assert note.startswith("Editor's note:")


def test_what_an_amendment_names_as_wrong_needs_no_label():
    assert corrections(MINUTES, "It was agreed that the yearly fee is 35 crowns.") == [MINUTES]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (POOL, "It opens on 22 May."),
        (POOL, "The slide is shut."),
        (BUSES, "The fare is 3 crowns."),
        (MINUTES, "There are 35 plots."),
    ],
)
def test_other_sentences_are_not_corrected(text, sentence):
    assert corrections(text, sentence) == []


def test_a_heading_labels_only_what_stands_below_it():
    [found] = read_corrections(LIVE)
    assert found.is_labelled
    assert found.text.endswith("It was one.")
