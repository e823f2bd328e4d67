import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answers.follow_ups import subject_of, understood

BRIDGE = "Who built the Lower Fenwick footbridge?"
ANSWER = ("The engineer Maria Brandt built it in 1911.",)


@pytest.mark.parametrize(
    ("follow_up", "expected"),
    [
        ("and who paid for it?", "Who paid for the Lower Fenwick footbridge?"),
        ("What was its cost?", "What was the Lower Fenwick footbridge’s cost?"),
        ("When?", "When built the Lower Fenwick footbridge?"),
        ("ok, why not?", "Why built the Lower Fenwick footbridge?"),
        ("What else did she build?", "What else did Maria Brandt build?"),
        ("where was her office?", "Where was Maria Brandt’s office?"),
        ("What about the Harbor Bridge?", "Who built the Harbor Bridge?"),
        ("And the Harbor Bridge too?", "Who built the Harbor Bridge?"),
        ("And how many people voted?", "How many people voted (Lower Fenwick footbridge)?"),
        ("Did anybody die there?", "Did anybody die at the Lower Fenwick footbridge?"),
        ("Is that why it was closed?", "Is that why the Lower Fenwick footbridge was closed?"),
    ],
)
def test_a_follow_up_is_completed_from_what_was_said_before(follow_up, expected):
    assert understood(follow_up, BRIDGE, ANSWER) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Who was the first mayor of Port Elgin?",
        "Who says that the mill is closed?",
        "How many people live in this town?",
        "What did the long report of the council of the year before say about all of the bridges in it?",
    ],
)
def test_a_question_that_stands_alone_is_left_as_it_is(question):
    assert understood(question, BRIDGE, ANSWER) == question


def test_without_anything_before_nothing_is_guessed():
    assert understood("And who paid for it?", "") == "And who paid for it?"


def test_the_title_helps_where_the_question_named_nothing():
    assert understood("Who paid for it?", "What happened?", (), "The clock") == "Who paid for The clock?"


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("Who built the Lower Fenwick footbridge?", "Lower Fenwick footbridge"),
        ("How was smallpox wiped out?", "smallpox wiped out"),
        ("What did Ada Berg say about the harbor?", "Ada Berg"),
        ("When was it?", ""),
    ],
)
def test_the_subject_of_a_question_is_its_longest_name(question, subject):
    assert subject_of(question) == subject


@given(st.text(max_size=80), st.text(max_size=80), st.lists(st.text(max_size=80), max_size=2))
def test_whatever_is_said_something_can_be_looked_up(question, before, answered):
    assert understood(question, before, answered) or not question.strip()


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("When did Tambora erupt?", "Tambora"),
        ("When did Harrison invent H4?", "Harrison"),
        ("Why did the Lower Fenwick footbridge collapse?", "Lower Fenwick footbridge"),
        ("Who built the Lower Fenwick footbridge?", "Lower Fenwick footbridge"),
        ("How can Ada Berg help?", "Ada Berg"),
    ],
)
def test_the_subject_is_a_name_without_its_verb(question, subject):
    assert subject_of(question) == subject
