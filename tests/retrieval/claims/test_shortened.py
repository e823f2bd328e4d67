"""Sentences that say less than an article's, or its words put otherwise: supported, or made up.

The cases share nearly all of their words with the sentence of the article (``tests/data/entailment.jsonl``).
"""

import pytest
from labelled_cases import load_cases

from retrieval.claims.entailment import judge, sources_in
from retrieval.domain.claims import Verdict

pytestmark = pytest.mark.models  # parses


def pairs(label):
    """Return the claim and the evidence of each case of *label*."""
    return [(case["claim"], case["evidence"]) for case in load_cases("entailment", label)]


def verdict(claim, text):
    _, sources = sources_in(text, "")
    return judge(claim, sources).verdict


@pytest.mark.parametrize(("claim", "text"), pairs("not_supported"))
def test_what_a_sentence_does_not_say_is_never_supported_by_it(claim, text):
    assert verdict(claim, text) is not Verdict.SUPPORTED


@pytest.mark.parametrize(("claim", "text"), pairs("supported"))
def test_what_a_sentence_says_in_fewer_words_is_supported_by_it(claim, text):
    assert verdict(claim, text) is Verdict.SUPPORTED


@pytest.mark.parametrize(("claim", "text"), pairs("missed"))
def test_what_is_true_and_not_found_is_never_contradicted(claim, text):
    assert verdict(claim, text) is Verdict.NOT_FOUND
