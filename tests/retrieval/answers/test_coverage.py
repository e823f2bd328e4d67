"""How much of what a question says stands in a text."""

from datetime import date

import pytest

from retrieval.answers.coverage import (
    asked_words,
    is_dated_back,
    is_of_another,
    is_of_namesake,
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


@pytest.mark.parametrize(
    ("question", "words", "expected"),
    [
        ("How many bats hang in the northern gallery?", "In the southern gallery hang 40 bats.", True),
        (
            "How many bats hang in the northern gallery?",
            "In the northern gallery hang 40, in the southern 60.",
            False,
        ),
        ("How many bats hang in the northern gallery?", "In the gallery hang 40 bats.", False),
        ("How many bats hang in the northern gallery?", "The southern county counted 40.", False),
        ("How much did the old bridge cost?", "The new footbridge will cost 2 million.", True),
        ("When did they come to west Europe?", "They spread in northern and western Europe.", False),
        ("Who won the second prize?", "The first prize was won by Ada Berg.", True),
    ],
)
def test_a_sentence_about_the_other_one_of_two_is_told(question, words, expected):
    assert is_of_another(question, words) == expected


@pytest.mark.parametrize(
    ("words", "given", "expected"),
    [
        ("Elsa Riis was elected mayor.", {"ahead": "The dam broke in 1957."}, True),
        ("Elsa Riis is the mayor.", {"ahead": "The dam broke in 1957."}, False),
        ("Elsa Riis was elected mayor.", {"ahead": "The dam broke."}, False),
        ("Elsa Riis was elected mayor in 2016.", {}, True),
        ("Elsa Riis was elected mayor in 2016.", {"ago": 8}, False),
        ("Elsa Riis was elected mayor in 2016.", {"ago": 8, "now": 2026}, True),
    ],
)
def test_whoever_held_a_place_long_ago_is_of_the_past(words, given, expected):
    assert is_dated_back(words, f"{words} The bridge was built in 2020.", None, **given) == expected


@pytest.mark.parametrize(
    ("question", "title", "around", "expected"),
    [
        ("when was olga brandt born", "Maria Brandt", "Born; 3 May 1870, Holm", True),
        ("When was Olga Brandt born?", "Maria Brandt", "Her sister Olga was born in 1874.", False),
        ("When was Maria Brandt born?", "Maria Brandt", "Born; 3 May 1870, Holm", False),
        ("When was the painter Brandt born?", "Maria Brandt", "Born; 3 May 1870, Holm", False),
        ("When did Paul Brandt die?", "Maria Brandt", "She died in 1950.", False),
        ("When was Olga Brandt born?", "Brandt and her time", "Born; 3 May 1870, Holm", False),
    ],
)
def test_an_article_is_of_its_own_bearer_of_a_name(question, title, around, expected):
    text = "The painter Maria Brandt was born in Holm. Her sister Olga was a pilot."
    assert is_of_namesake(question, title, text, around) == expected


def test_rare_words_of_a_question_weigh_more_than_frequent_ones():
    texts = ["The bridge was painted.", "The bridge is long.", "The bridge cost 4 million.", "The harbor."]
    cost = rarity_shares("How much did the bridge cost?", [texts[2], texts[1], texts[3]])
    assert cost[0] > 2 * cost[1] > cost[2] == 0.0
    assert max(cost) <= 1.0
    assert rarity_shares("Who?", texts) == [0.0] * len(texts)
