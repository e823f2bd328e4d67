"""A surname is completed only where an article leaves no doubt whose it is."""

import pytest

from retrieval.claims.entailment import Source, judge
from retrieval.claims.full_names import complete_names
from retrieval.domain import Verdict

pytestmark = pytest.mark.models


def test_the_full_name_stands_for_the_surname_and_is_cited():
    texts = ["Mike Holm met the mayor.", "Holm signed the letter."]
    assert complete_names("Mike Holm signed the letter.", texts, 1) == ("Mike Holm signed the letter.", 0)
    judged = judge("Mike Holm signed the letter.", [Source(one) for one in texts])
    assert (judged.verdict, judged.sources) == (Verdict.SUPPORTED, (0, 1))


@pytest.mark.parametrize(
    "before",
    ["The mayor left.", "Mike Holm met Jon Holm.", "Jon Holm met the mayor.", "Mr Holm met Mike Holm."],
)
def test_a_surname_of_others_or_of_nobody_known_is_not_completed(before):
    texts = [before, "Holm signed the letter."]
    assert complete_names("Mike Holm signed the letter.", texts, 1) is None
    judged = judge("Mike Holm signed the letter.", [Source(one) for one in texts])
    assert judged.verdict is not Verdict.SUPPORTED
