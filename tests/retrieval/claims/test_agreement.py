"""Figures, times and persons of a claim are those of the sentence."""

import pytest

from retrieval.claims.entailment import Source, judge
from retrieval.domain.claims import Verdict

pytestmark = pytest.mark.models  # parses


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Osman ruled the land from 1299 to 1299.", "Osman ruled the land from 1299 to 1326."),
        ("Keller led the party in 1941 and 1972.", "Keller led the party in 1941 and left it in 1972."),
        ("Holm kept two cows and three horses.", "Holm kept three cows and two horses."),
        ("Keller had led the party since 2019.", "Keller has led the party since 2019."),
        ("Orrin was the largest port in the north.", "Orrin is the largest port in the north."),
        ("The village had had a doctor since 1950.", "The village has had a doctor since 1950."),
        ("The bridge opened in May.", "The bridge will open in May."),
        ("The teacher sold his house in May.", "The teacher sold her house in May."),
        ("The firm was fined in 2019.", "The firm was fined for failing to report the leak in 2019."),
    ],
)
def test_a_claim_changes_no_figure_no_time_and_no_person(claim, sentence):
    assert judge(claim, [Source(sentence)]).verdict is not Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        (
            "The river flooded Orrin in 1912 and 1953.",
            "The river flooded Orrin in 1912 and 1953, and again later.",
        ),
        ("Keller has led the party since 2019.", "Keller has led the party since 2019, when Roth resigned."),
    ],
)
def test_the_same_figures_and_times_are_supported(claim, sentence):
    assert judge(claim, [Source(sentence)]).verdict is Verdict.SUPPORTED
