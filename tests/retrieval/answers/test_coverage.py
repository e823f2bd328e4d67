"""How much of what a question says stands in a text."""

from datetime import date

import pytest

from retrieval.answers.coverage import (
    asked_words,
    is_dated_back,
    rarity_shares,
    share_elsewhere,
    unmet,
    word_keys,
)


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("Who won the race?", "Ada Berg wins the race.", 0),
        ("Who sank the boat?", "The boat sinks when it is overloaded.", 0),
        ("Can nurses prescribe drugs?", "Nurses write prescriptions for drugs.", 0),
        ("Why did the mayor quit the council?", "The mayor praised the council.", 1),
        ("What was produced in 2015?", "In 2014 nine tons were produced.", 1),
        ("How many boats are there?", "There are nine boats.", 0),
    ],
)
def test_words_are_met_by_their_forms(question, text, missing):
    assert len(unmet(asked_words(question), word_keys(text))) == missing


def test_words_that_only_ask_need_no_answer():
    assert asked_words("How many boats are there?") == asked_words("boats")


@pytest.mark.parametrize(
    ("words", "published", "expected"),
    [
        ("In 2014 the mayor was arrested.", date(2020, 5, 1), True),
        ("In 2014 the mayor was arrested.", None, True),
        ("Since 2019 Ada Berg has been mayor.", date(2020, 5, 1), False),
        ("From 2014 to 2024 Ada Berg was mayor.", None, False),
        ("Ada Berg is mayor.", date(2020, 5, 1), False),
    ],
)
def test_a_sentence_about_years_gone_by_is_dated_back(words, published, expected):
    assert is_dated_back(words, f"{words} The barrier was finished in 2021.", published) == expected


def test_only_words_that_stand_elsewhere_count_as_another_thing():
    known = word_keys("Garden Street gets no water. Mill Street gets its water back.")
    question, text = "When will the water return in Garden Street?", "Mill Street gets its water back."
    assert share_elsewhere(question, text, known) == pytest.approx(2 / 6)  # "garden", a name, of six
    assert share_elsewhere("When will the water return in Mill Street?", text, known) == 0.0


def test_rare_words_of_a_question_weigh_more_than_frequent_ones():
    texts = ["The bridge was painted.", "The bridge is long.", "The bridge cost 4 million.", "The harbor."]
    cost = rarity_shares("How much did the bridge cost?", [texts[2], texts[1], texts[3]])
    assert cost[0] > 2 * cost[1] > cost[2] == 0.0
    assert max(cost) <= 1.0
    assert rarity_shares("Who?", texts) == [0.0] * len(texts)
