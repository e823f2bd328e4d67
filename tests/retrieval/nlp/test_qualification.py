"""Which sentences deny, limit or correct the one before them."""

import pytest

from retrieval.nlp import amends, goes_on, is_hearsay, is_verdict, points_back, qualifies, takes_back
from retrieval.nlp.qualification import contrasts, is_fragment


@pytest.mark.parametrize(
    "sentence",
    ["It does not.", "They haven’t.", "None was: the plates broke.", "Only in March.", "Not on Sundays.",
     "That is wrong.", "Half true.", "She was mistaken about that.",
     "It was later found that the seal is false."],
)  # fmt: skip
def test_denials_limits_and_verdicts_qualify(sentence):
    assert qualifies(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["It opened in 1954.", "The mill does not turn.", "They sell bread and milk.", "Butter is made here.",
     "Onlookers came from Orsa.", "That summer was hot.", "Trueman won it.", "Nobody Loves Me is a song."],
)  # fmt: skip
def test_sentences_of_their_own_do_not(sentence):
    assert not qualifies(sentence)


@pytest.mark.parametrize(
    "sentence", ["That is nonsense.", "False.", "Not true.", "It was a mistake.", "Wrong: it is 14."]
)
def test_verdicts(sentence):
    assert is_verdict(sentence)


@pytest.mark.parametrize("sentence", ["That is a bridge.", "False teeth were found.", "It was a market."])
def test_no_verdicts(sentence):
    assert not is_verdict(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["Many people say that it is haunted.", "It was long believed that he drowned.", "Myth: bats are blind.",
     "Suppose the dam had failed.", "Opponents claim that it is loud.",
     "We wrote on Monday that it is 40 metres deep.", "Our report gave the number as 7."],
)  # fmt: skip
def test_hearsay(sentence):
    assert is_hearsay(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["The mayor said on Monday that the bridge is open.", "The bridge is 40 metres long.",
     "“It is gone,” said the mayor.", "Wells are said to be deep here."],
)  # fmt: skip
def test_what_a_named_person_says_is_no_hearsay(sentence):
    assert not is_hearsay(sentence)


def test_a_contrast_is_no_qualification():
    assert contrasts("But the gate is shut.")
    assert not qualifies("But the gate is shut.")
    assert not contrasts("Butter is made here.")


def test_corrections_and_amendments():
    assert takes_back("In our first report we wrote that the well is 40 metres deep.")
    assert not takes_back("The council wrote that the well is 40 metres deep.")
    assert takes_back("The well is 40 metres deep, not 30 metres.")
    assert takes_back("The motion passed by 10 votes to 5, not by 11 votes to 4.")
    assert not takes_back("The well is 40 metres deep, not far from the school.")
    assert amends("In Section 2 the words “3 metres” become “4 metres”.")
    assert not amends("In Section 2 stalls may be 3 metres wide.")


def test_a_fragment_is_a_word_or_two():
    assert is_fragment("By mistake.")
    assert not is_fragment("I came by mistake.")


def test_what_stands_in_the_place_of_something_denied_goes_on():
    denied = "My teacher used no stones."
    assert goes_on("He used the bottom of a cup.", denied, denied)
    assert not goes_on("He used the bottom of a cup.", "My teacher used stones.", "My teacher used stones.")
    assert not goes_on("The town is small.", denied, denied)


def test_an_it_that_stands_for_what_follows_does_not_point_back():
    assert points_back("It was built of wood.")
    assert points_back("For a short one, fifteen.")
    assert not points_back("It was long believed that he drowned.")
    assert not points_back("It took nine years to build the dam.")
