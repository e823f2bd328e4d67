"""Which sentences deny, limit or correct the one before them."""

import pytest

from retrieval.nlp import amends, contrasts, is_fragment, is_hearsay, is_verdict, qualifies, takes_back


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
    assert amends("In Section 2 the words “3 metres” become “4 metres”.")
    assert not amends("In Section 2 stalls may be 3 metres wide.")


def test_a_fragment_is_a_word_or_two():
    assert is_fragment("By mistake.")
    assert not is_fragment("I came by mistake.")
