"""Which words of a sentence a claim may leave out."""

import pytest

from retrieval.claims.entailment import Source, judge
from retrieval.claims.omission import tail_is_harmless
from retrieval.domain.claims import Verdict
from retrieval.text.word_lists import load_words

pytestmark = pytest.mark.models  # parses

SAID = "The {} council sold the mill in May."


def verdict(claim, sentence):
    return judge(claim, [Source(sentence)]).verdict


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("The region aims to rely less on imports.", "The region aims to rely on imports."),
        ("The plan is anything but popular here.", "The plan is popular here."),
        ("The police have ruled out that Holm lied.", "The police have ruled that Holm lied."),
        ("The thieves, police fear, have left Orrin.", "The thieves have left Orrin."),
        ("The thieves have left Orrin, police fear.", "The thieves have left Orrin."),
        ("Vice President Keller opened the session.", "President Keller opened the session."),
        ("The bridge is apparently closed to trucks.", "The bridge is closed to trucks."),
        ("The reactor can theoretically power Orrin.", "The reactor can power Orrin."),
    ],
)
def test_what_is_not_known_to_be_harmless_may_not_be_left_out(sentence, claim):
    assert verdict(claim, sentence) is not Verdict.SUPPORTED


@pytest.mark.parametrize("word", ["deputy", "acting", "zorbish", "would-be", "shadow"])
def test_a_word_that_is_in_no_list_may_not_be_left_out(word):
    assert verdict(SAID.format("").replace("  ", " "), SAID.format(word)) is not Verdict.SUPPORTED


@pytest.mark.parametrize("word", ["old", "local", "famous"])
def test_a_word_that_is_known_to_be_harmless_may_be_left_out(word):
    assert verdict(SAID.format("").replace("  ", " "), SAID.format(word)) is Verdict.SUPPORTED


@pytest.mark.parametrize("tail", [".", ", and the road was closed.", ", which is old.", " on Monday."])
def test_a_tail_that_adds_something_is_harmless(tail):
    assert tail_is_harmless(tail)


@pytest.mark.parametrize(
    "tail", [", police fear.", " in theory.", ", or so they say.", ", for now.", ", but only once."]
)
def test_a_tail_that_takes_something_back_is_not(tail):
    assert not tail_is_harmless(tail)


@pytest.mark.parametrize(
    "key",
    [
        "small", "adverbs", "adjectives", "participles", "consequences", "times", "titles", "follows",
        "leads", "attitudes", "retractions",
    ],
)  # fmt: skip
def test_the_lists_are_valid(key):
    assert load_words("omissions", key)


def test_no_harmless_word_is_one_of_doubt():
    harmless = load_words("omissions", "adverbs") | load_words("omissions", "adjectives")
    assert not harmless & (load_words("omissions", "attitudes") | load_words("omissions", "retractions"))
