"""What a sentence says in its parts, and that no part says more than the sentence."""

import pytest

from retrieval.claims.propositions import extract_propositions


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        (
            "The bridge, designed by Keller, opened in 1931, but nobody came.",
            "The bridge was designed by Keller",
        ),
        ("The bridge, designed by Keller, opened in 1931.", "The bridge opened in 1931."),
        ("Mayor Voss, who had backed the closure, abstained.", "Mayor Voss had backed the closure"),
        ("The firm cut 300 jobs in Leeds and moved to Cardiff.", "The firm moved to Cardiff."),
        ("After the war the firm cut 300 jobs.", "the firm cut 300 jobs After the war"),
        ("The ship sank within an hour; the crew swam ashore.", "the crew swam ashore."),
        ("Dogs are not admitted, and entry is free.", "Dogs are not admitted"),
    ],
)
def test_a_part_that_stands_by_itself_is_given(sentence, part):
    assert part in extract_propositions(sentence)


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("The bridge, argued Webb, was never safe.", "The bridge was never safe."),
        ("The firm hired a man who stole cars and sold them in Leeds.", "The firm sold them in Leeds."),
        ("The tower will be closed, and the bridge too, unless the vote fails.", "The tower will be closed"),
        ("The tower is unsafe, and the bridge is too, Moe said.", "The tower is unsafe"),
        ("Moe said that the tower is unsafe, and the bridge will be closed.", "the bridge will be closed."),
        ("In Venn it rained, and the price of bread rose.", "the price of bread rose."),
        ("The sister of the mayor, who died in 1990, founded a school.", "The mayor died in 1990"),
        ("The plan passed, but only in part.", "The plan passed"),
        ("“The tower is unsafe, and the bridge is too.", "The tower is unsafe"),
    ],
)
def test_no_part_is_given_that_says_more(sentence, part):
    assert part not in extract_propositions(sentence)


def test_a_plain_sentence_has_no_parts():
    assert extract_propositions("The council approved the pier on Tuesday.") == []
