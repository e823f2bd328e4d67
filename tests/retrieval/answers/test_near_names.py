"""Misspelt names with a capital."""

from types import SimpleNamespace

import pytest

from retrieval.answers import respell_names
from retrieval.answers.near_names import names_like
from retrieval.domain import Hit, Passage, PassageId, Span

TITLES = ("Northgate hospital opens new ward", "Southgate hospital adds a ward")


@pytest.mark.parametrize(
    ("question", "understood"),
    [
        ("Who runs the Nothgate hospital?", "Who runs the Northgate hospital?"),
        ("Who runs the Nothgate hospital’s kitchen?", "Who runs the Northgate hospital’s kitchen?"),
        ("Who runs the Nothgate school?", ""),  # another word stands beside it
        ("Who runs the ward at Nothgate?", ""),
        ("Who runs the Northgate hospital?", ""),
        ("Who runs the Eastgate hospital?", ""),
        ("Who runs the Mothgate hospital?", ""),  # the first letter is seldom wrong
    ],
)
def test_a_name_is_taken_for_that_of_a_title_with_the_same_word_beside_it(question, understood):
    assert respell_names(question, TITLES) == understood


def test_nobody_is_taken_for_somebody_with_nearly_the_same_name():
    assert respell_names("What did Helen Hansson say?", ["Helen Hanson wins the race"]) == ""
    assert respell_names("What did Mayor Hansson say?", ["Mayor Hanson wins the race"]) == ""


def test_nothing_is_respelt_where_two_names_may_be_meant():
    titles = ["Marlowe bridge opens", "Marlows bridge closes"]
    assert respell_names("When does Marlowa bridge open?", titles) == ""


def test_names_like_one_that_is_not_there_are_told():
    article = SimpleNamespace(title=TITLES[0], id=1)
    text = "Dr Ebba Thorvaldsen runs it."
    hits = [Hit(Passage(PassageId(1), article.id, Span(0, len(text))), article, text, 1.0)]
    found = names_like("Did Thorvaldson come to Nothgate with Helen Marsh?", hits)
    assert found == [("Thorvaldson", ["Thorvaldsen"]), ("Nothgate", ["Northgate"])]
