"""What a claim refers back to in the sentence before it."""

import pytest

from retrieval.claims.carried_subjects import keeps_subject
from retrieval.claims.statement import Source

pytestmark = pytest.mark.models  # the parser

FEVER = [
    Source("Marsh fever is an old disease.", "The marsh fever of Dunmore"),
    Source("In two winters it killed some 300 people.", "The marsh fever of Dunmore"),
    Source("The wells were closed after that.", "The marsh fever of Dunmore"),
]


@pytest.mark.parametrize(
    ("before", "claim", "at", "kept"),
    [
        ("Marsh fever is terrible.", "In two winters it killed some 300 people.", 1, True),
        ("Cowpox is mild.", "In two winters it killed some 300 people.", 1, False),
        ("The fever came in spring.", "The wells were closed after that.", 2, True),
        ("In Ellmouth it was worse.", "The wells were closed after that.", 2, False),
        ("The harbour of Ellmouth is small.", "The wells were closed after that.", 2, False),
        ("The harbour of Ellmouth is small.", "Marsh fever is an old disease.", 0, True),
        ("The harbour of Ellmouth is small.", "Some 300 people of the town died of marsh fever.", 0, True),
        ("", "It killed some 300 people in two winters.", 1, False),
        ("", "Marsh fever is an old disease.", 0, True),
    ],
)
def test_a_subject_has_to_stand_where_the_article_says_the_same(before, claim, at, kept):
    assert keeps_subject(claim, before, FEVER, (at,)) is kept
