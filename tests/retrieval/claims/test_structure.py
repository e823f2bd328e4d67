"""A sentence says what a claim says if its dependency tree has the claim's, and nothing else that matters."""

import pytest

from retrieval.claims.structure import Difference, find_conflict, find_difference

pytestmark = pytest.mark.models


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("The dairy was bought by the county.", "The county bought the dairy."),
        ("The county bought the dairy.", "In 2014 the county bought the dairy."),
        ("Rosa Dill stayed.", "The mayor, Rosa Dill, stayed."),
        ("The brewery employs 45 people.", "It leased the building to the brewery, which employs 45 people."),
        ("The ship sank.", "The ship sank; the crew, who had been asleep, swam ashore."),
        ("Hal Brook had urged everybody to leave.", "Governor Hal Brook had urged everybody to leave."),
        (
            "Greta Moen called the arrests a mistake.",
            "Their lawyer, Greta Moen, called the arrests a mistake.",
        ),
        ("Trains run on Sunday.", "Trains run on Sunday, although the line is old."),
        ("The novel was printed in 1818.", "She wrote the novel, printed in 1818 and sold in Leeds."),
        ("Ulla was printed in 1818.", "She began the story that became Ulla, which was printed in 1818."),
        ("Rosa Dill is the mayor.", "“It is so,” said the mayor, Rosa Dill."),
        ("Rosa Dill was the mayor.", "Rosa Dill, the mayor, stayed."),
    ],
)
def test_a_claim_that_is_part_of_a_sentence_has_no_difference(claim, sentence):
    assert find_difference(claim, sentence) is None


@pytest.mark.parametrize(
    ("difference", "claim", "sentence"),
    [
        (Difference.NO_PREDICATE, "The county sold the dairy.", "The county bought the dairy."),
        (Difference.NOT_STATED, "Holm left the party.", "Holm said that she left the party."),
        (Difference.ROLES, "The dairy bought the county.", "The county bought the dairy."),
        (Difference.ROLES, "A minute has not sixty seconds.", "A minute has sixty seconds."),
        (Difference.TENSE, "The county will buy the dairy.", "The county may buy the dairy."),
        (
            Difference.TENSE,
            "The county bought the dairy.",
            "The county never bought or had bought the dairy.",
        ),
        (Difference.LEFT_OUT, "The bridge is open.", "On paper, the bridge is open."),
        (Difference.LEFT_OUT, "President Keller spoke.", "Vice President Keller spoke."),
        (Difference.NO_PREDICATE, "Rosa Dill is the mayor.", "Rosa Dill, the former mayor, stayed."),
        (Difference.NO_PREDICATE, "Rosa Dill is the mayor.", "Rosa Dill, a mayor, stayed."),
        (Difference.NO_PREDICATE, "Per Voss is the mayor.", "They met Rosa Dill, the mayor, and Per Voss."),
        (
            Difference.LEFT_OUT,
            "Farms were asked to save water.",
            "Almost all farms were asked to save water.",
        ),
        (
            Difference.LEFT_OUT,
            "A witness saw Drago.",
            "A witness saw Drago, but later said she had been mistaken.",
        ),
    ],
)
def test_the_difference_is_named(difference, claim, sentence):
    found = find_difference(claim, sentence)
    assert found is difference


def test_what_the_pronoun_must_mean_may_be_named():
    meant = frozenset(("tausch", "emil"))
    assert find_difference("Emil Tausch was sentenced.", "He was sentenced.", meant) is None
    assert find_difference("Emil Linz was sentenced.", "He was sentenced.", meant) is Difference.ROLES


def test_a_quotation_is_no_statement_of_the_article():
    assert find_difference("The bridge is safe.", "“The bridge is safe.”") is Difference.NOT_STATED


@pytest.mark.parametrize(
    ("conflict", "claim", "sentence"),
    [
        (Difference.ROLES, "The dairy bought the county.", "The county bought the dairy."),
        (Difference.NOT_STATED, "Holm signed the contract.", "Holm refused to sign the contract."),
        (Difference.TAKEN_BACK, "Work was to start in May.", "Work was to start in May but was delayed."),
        (None, "The county bought the dairy.", "The county bought the dairy, they said."),
    ],
)
def test_a_conflict_is_found_only_where_both_have_the_verb(conflict, claim, sentence):
    assert find_conflict(claim, sentence) is conflict
