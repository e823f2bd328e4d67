"""Questions that ask for two things."""

import pytest

from retrieval.answers.subquestions import is_about_side, own_words, sides_of


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Compare the heron and the otter.", ("heron", "otter")),
        ("What is the difference between a yawl and a ketch?", ("yawl", "ketch")),
        ("heron vs otter price?", ("heron", "otter")),
        ("Which is cheaper, the heron or the otter?", ("heron", "otter")),
        ("a heron or an otter, which one is cheaper", ("heron", "otter")),
        ("Was the 1953 flood worse than the 1962 one?", ("1953 flood", "1962 flood")),
        ("Which of Ada Berg and Otto Kern was born first?", ("Ada Berg", "Otto Kern")),
        ("Were Ada Berg and Otto Kern both engineers?", ("Ada Berg", "Otto Kern")),
    ],
)
def test_the_sides_of_a_comparison_are_found(question, names):
    sides = sides_of(question)
    assert sides is not None
    assert sides.kind == "comparison"
    assert (sides.first.name, sides.second.name) == names


def test_what_both_are_asked_about_stands_in_both_questions():
    sides = sides_of("heron vs otter price?")
    assert (sides.first.question, sides.second.question) == ("heron: price?", "otter: price?")


def test_two_questions_in_one_are_taken_apart():
    sides = sides_of("Who built the pier and when was it opened?")
    assert sides.kind == "two questions"
    assert (sides.first.question, sides.second.question) == (
        "Who built the pier?",
        "When was the pier opened?",
    )


@pytest.mark.parametrize(
    "question",
    [
        "Who built the pier?",
        "Did the pier survive the storm and the flood?",
        "Is it more than a rumor?",
        "Who built the pier and where did she learn it?",
        "What is rock and roll?",
    ],
)
def test_one_question_has_no_sides(question):
    assert sides_of(question) is None


def test_a_text_is_about_the_side_that_it_names():
    one, other = own_words(sides_of("Which is heavier, the Mole 2 or the Mole 3?"))
    assert is_about_side(one, "The Mole 2 weighs nine tons.")
    assert not is_about_side(other, "The Mole 2 weighs nine tons.")


@pytest.mark.parametrize(
    ("question", "second"),
    [
        ("Who is Petra Lindqvist and how did she vote?", "How did Petra Lindqvist vote?"),
        ("How old is Jonas Rehm and where did he start?", "Where did Jonas Rehm start?"),
        ("When did Jonas Rehm start and why?", "Why did Jonas Rehm start?"),
        ("where'd she start and where'd she end up", "Where'd she end up"),
        ("Who wrote the plan and where did he work before?", None),
    ],
)
def test_the_second_question_gets_the_name_of_the_first(question, second):
    sides = sides_of(question)
    assert (sides and sides.second.question) == second


@pytest.mark.parametrize(
    ("question", "is_bare"), [("Compare Otter and Pike", True), ("Otter vs Pike price?", False)]
)
def test_a_comparison_that_does_not_say_in_what_is_bare(question, is_bare):
    assert sides_of(question).is_bare is is_bare
