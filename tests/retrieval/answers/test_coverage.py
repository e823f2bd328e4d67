"""How much of what a question says stands in a text."""

import pytest

from retrieval.answers.coverage import asked_words, unmet, word_keys


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
