"""Whom or what a pronoun may mean, and that a claim may name nobody else."""

import pytest

from retrieval.claims.antecedents import candidates, only_antecedent
from retrieval.claims.entailment import Source, judge
from retrieval.domain.claims import Verdict

pytestmark = pytest.mark.models  # parses

BRIBE = "He offered her a bribe of 9,000 pounds."
MET = "The mayor, Helen Marsh, met the developer, Colin Webb, in May."


def verdict(claim, *sentences, about=""):
    return judge(claim, [Source(one) for one in sentences], about).verdict


@pytest.mark.parametrize(
    ("claim", "before", "sentence"),
    [
        ("Helen Marsh offered her a bribe of 9,000 pounds.", MET, BRIBE),
        (
            "Sofia Brandt fled in 1998.",
            "Sofia Brandt interviewed Lena Osei.",
            "She fled in 1998.",
        ),
        ("Nora Hale died in 1931.", "Nora Hale married Ivo Petrov in Sofia.", "He died in 1931."),
        ("Oracle was fined in May.", "Microsoft sued Oracle over the patent.", "It was fined in May."),
        ("The bridge closed in 2017.", "The bridge faces the mill.", "It closed in 2017."),
        ("The farmers paid a fine.", "The farmers sued the brewers.", "They paid a fine."),
        ("Reuss's brother left in May.", "Anton Reuss wrote to Emil Falk.", "His brother left in May."),
        ("Three of them were ill.", "Three of the divers surfaced.", "Two of them were ill."),
        ("The divers were ill in May.", "Seven of the divers surfaced.", "One of them was ill in May."),
    ],
)
def test_a_pronoun_that_may_mean_another_supports_nothing(claim, before, sentence):
    assert verdict(claim, before, sentence) is not Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("claim", "before", "sentence"),
    [
        (
            "Sofia Brandt left the country in 1998.",
            "Sofia Brandt worked in Graz.",
            "She left the country in 1998.",
        ),
        ("Colin Webb offered her a bribe of 9,000 pounds.", MET, BRIBE),
        ("The bridge closed in 2017.", "The bridge carries 20,000 cars a day.", "It closed in 2017."),
        ("Reuss's brother left in May.", "Anton Reuss died in Bonn.", "His brother left in May."),
    ],
)
def test_the_only_one_whom_a_pronoun_can_mean_is_meant(claim, before, sentence):
    assert verdict(claim, before, sentence) is Verdict.SUPPORTED


def test_the_pronoun_of_a_claim_means_whom_the_sentence_before_it_names():
    sources = ("Keller fled to Bonn.", "He was jailed for nine years in 2001.")
    assert (
        verdict("He was jailed for nine years in 2001.", *sources, about="Keller fled to Bonn.")
        == "supported"
    )
    assert (
        verdict("He was jailed for nine years in 2001.", *sources, about="Roth fled to Bonn.") != "supported"
    )


def test_a_name_and_what_stands_beside_it_are_one():
    assert [one.gender for one in candidates(MET)] == ["f", "m"]


def test_nothing_is_meant_where_several_fit():
    assert only_antecedent("It was closed.", "The mill faces the bridge.") is None
    assert only_antecedent("It was closed.", "The mill burned in May.") == {"mill"}
    assert only_antecedent("Rain fell.", "The mill burned in May.") is None
