"""A sentence that joins claims is taken apart where each clause has a subject of its own."""

import pytest

from retrieval.claims.joined_claims import split_joined_claims

pytestmark = pytest.mark.models


@pytest.mark.parametrize(
    ("claim", "parts"),
    [
        ("Lund won the race, and her sister came third.", ["Lund won the race", "Her sister came third"]),
        (
            "Holm rejected the port; Webb approved the pier.",
            ["Holm rejected the port", "Webb approved the pier"],
        ),
        ("The mill burned, but the crew swam ashore.", ["The mill burned", "The crew swam ashore"]),
    ],
)
def test_clauses_with_their_own_subjects_are_taken_apart(claim, parts):
    assert split_joined_claims(claim) == parts


@pytest.mark.parametrize(
    "claim",
    [
        "Lund won the race.",
        "Lund won the race and left.",
        "In 1990 Lund won the race, and her sister came third.",  # the year may be of both
        "Lund won the race, or her sister did.",
        "“Lund won, and she left.”",
    ],
)
def test_what_may_hang_together_is_one_claim(claim):
    assert split_joined_claims(claim) == []
