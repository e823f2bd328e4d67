"""Whether a sentence holds the type of thing that is asked for."""

import pytest

from retrieval.answers.question_types import answer_type, holds


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who built the pier?", "person"),
        ("so who's in charge of it", "person"),
        ("Where does the ferry land?", "place"),
        ("Why did it close?", "reason"),
        ("How much did the new pier cost?", "money"),
        ("how much is it a month", "money"),
        ("How many boats are there?", "count"),
        ("When did it open?", "date"),
        ("What time does it close?", "clock"),
        ("What percentage of boats leak?", "share"),
        ("How heavy is the anchor?", "weight"),
        ("What is a ketch?", None),
    ],
)
def test_the_type_is_read_off_the_question(question, kind):
    assert answer_type(question) == kind


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("Who built the pier of Port Elgin?", "It was built by Otto Kern.", "Port Elgin has a long pier."),
        ("Who paid for it?", "The council paid for it.", "It was very expensive."),
        ("How much did the pier cost?", "It cost 40,000 dollars.", "It is 40 meters long."),
        ("How many of the 12 boats sank?", "Of the 12 boats three sank.", "The 12 boats were in the harbor."),
        ("How many people died at 10:30?", "Nine people died.", "It began at 10:30 with a storm on 4 May."),
        ("What time does it close?", "It closes at 20:30.", "It closes when it is dark."),
        ("What year did it open?", "It opened in 1911.", "It opened on a Sunday."),
        ("What percentage of boats leak?", "Nine per cent leak.", "Boats leak."),
    ],
)
def test_what_the_question_gives_itself_is_no_answer(question, right, wrong):
    kind = answer_type(question)
    assert holds(kind, question, right)
    assert not holds(kind, question, wrong)
