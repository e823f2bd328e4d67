"""Whether a sentence answers at all: what makes that surer, and what less so."""

import pytest

from retrieval.answers.answerability import EXACTING, FAR, OFF_SUBJECT, WRONG_SPAN, answerability
from retrieval.answers.question_types import read_question


def surely(question, answering="in the harbor", **values):
    given = {"logit": 5.0, "penalty": 0.0, "reading": 0.0, **values}
    return answerability(read_question(question), answering=answering, **given)


@pytest.mark.parametrize(
    ("surer", "less_sure"),
    [
        ({"logit": 6.0}, {}),
        ({}, {"penalty": 1.0}),
        ({"reading": 1.0}, {}),
        ({"reading": -3.0}, {"reading": -4.0}),
    ],
)
def test_each_part_moves_it(surer, less_sure):
    question = "How does the ferry leave the harbor?"
    assert surely(question, **surer) > surely(question, **less_sure)


def test_a_far_sentence_is_no_answer_whatever_is_read_in_it():
    question = "How does the ferry leave the harbor?"
    near, far = (surely(question, logit=FAR + step) for step in (0.01, -0.01))
    assert near - far == pytest.approx(OFF_SUBJECT, abs=0.01)


def test_a_person_or_a_quantity_has_to_be_surer():
    assert surely("Why did the ferry leave?", "a storm") - surely("Who left?", "Ada Berg") == pytest.approx(
        EXACTING
    )


def test_words_without_what_is_asked_for_are_no_answer():
    question = "What did the ticket cost?"
    assert surely(question, "4 euros") - surely(question, "the ferry") == pytest.approx(WRONG_SPAN)


def test_words_without_a_name_may_be_a_person():
    assert surely("Who left?", "she") == surely("Who left?", "Ada Berg")


def test_an_endless_reading_counts_as_little_as_a_very_low_one():
    assert surely("How?", reading=-float("inf")) == surely("How?", reading=-100.0)
