"""The one thing in which a sentence differs from a claim is found, named, and told from a contradiction."""

import pytest

from retrieval.claims.divergence import explain, find_divergence
from retrieval.claims.entailment import Source, judge
from retrieval.domain import Divergence, DivergenceKind, Verdict

pytestmark = pytest.mark.models


@pytest.mark.parametrize(
    ("kind", "here", "there", "claim", "sentence"),
    [
        ("figure", "30 boats", "40 boats", "Berg sold 30 boats.", "Berg sold 40 boats."),
        ("figure", "Twelve men", "Ten men", "Twelve men drowned.", "Ten men drowned in May."),
        ("date", "1912", "1907", "The harbor was deepened in 1912.", "In 1907 the harbor was deepened."),
        (
            "date",
            "Wednesday",
            "Tuesday",
            "The brothers were arrested on Wednesday.",
            "On Tuesday the brothers were arrested in Oslo.",
        ),
        (
            "name",
            "Holm",
            "Lind",
            "Holm took most of the photographs.",
            "Lind took most of the photographs, which is why nobody knows his face.",
        ),
        ("name", "Ada Lund", "Ida Falk", "The mayor was Ada Lund.", "The mayor was Ida Falk."),
        ("opposite", "opened", "closed", "The bridge opened in May.", "The bridge closed in May."),
    ],
)
def test_the_one_slot_that_differs_is_found(kind, here, there, claim, sentence):
    found = find_divergence(claim, sentence)
    assert (found.kind, found.here, found.there, found.excludes) == (kind, here, there, True)


@pytest.mark.parametrize(
    ("kind", "claim", "sentence"),
    [
        ("denial", "Berg signed the letter.", "Berg did not sign the letter."),
        ("denial", "Berg felt lonely on the island.", "Berg wrote later that he had not felt lonely there."),
        (
            "roles",
            "The brewery lent the bank 4 million euros in March.",
            "The bank lent the brewery 4 million euros in March.",
        ),
    ],
)
def test_a_sentence_that_denies_or_exchanges_is_found(kind, claim, sentence):
    found = find_divergence(claim, sentence)
    assert (found.kind, found.excludes) == (kind, True)
    assert judge(claim, [Source(sentence)]).verdict is Verdict.CONTRADICTED


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Holm signed the letter.", "Lind signed the letter."),  # both may have
        ("Faber praised Kovar.", "Kovar praised Faber."),
        ("Holm resigned in May.", "Holm resigned on Friday."),
        ("Berg sold 30 boats.", "Berg may have sold 40 boats."),
        ("Berg sold 30 boats in 1990.", "Berg sold 40 boats in 1991."),
        ("Some boats sank in 1912.", "Boats sank in 1907."),
    ],
)
def test_what_may_both_be_true_is_no_contradiction(claim, sentence):
    found = find_divergence(claim, sentence)
    assert found is None or not found.excludes
    assert judge(claim, [Source(sentence)]).verdict is Verdict.NOT_FOUND


@pytest.mark.parametrize(
    ("text", "claim", "sentence"),
    [
        ("the figure differs: 12 crowns, not 22 crowns", "It cost 22 crowns.", "Boats cost 12 crowns then."),
        ("the sentence does not have the date 1911", "It was built in 1911.", "It was built by Falk."),
        ("the sentence does not name Holm", "Holm built it.", "The inn was built by Falk."),
        ("the sentence does not name Ada Holm", "Ada Holm built it.", "The inn was built by Holm."),
        (
            "the same words stand there in other relations to each other",
            "The county pays a quarter.",
            "The county pays half, and the town pays a quarter.",
        ),
        ("the sentence does not say: blue", "The inn was painted blue.", "The inn was painted."),
        ("who did it, and to whom, differs", "Faber praised Kovar.", "Kovar praised Faber."),
        (
            "the sentence has it only as said, asked, tried or supposed",
            "Holm left the party.",
            "Lind said Holm left the party.",
        ),
    ],
)
def test_what_keeps_the_nearest_sentence_from_support_is_said(text, claim, sentence):
    assert explain(claim, sentence).describe() == text


def test_a_name_that_is_shown_with_the_sentence_is_not_missing():
    differs = explain("Karl Drais sold it.", "He built it.", "Karl Drais was a baron. He built it.")
    assert differs.describe() == "the sentence does not say: sold"


def test_it_may_be_what_stands_before_where_a_sentence_denies():
    told = [Source("Mike Holm saw the web."), Source("Holm did not make it an official project.")]
    judged = judge("Mike Holm made the web an official project.", told)
    assert (judged.verdict, judged.divergence.kind) == (Verdict.CONTRADICTED, "denial")
    told = [Source("Mike Holm saw the web."), Source("Holm made it an official project in 1990.")]
    assert judge("Mike Holm made the web an official project in 1991.", told).divergence is None


def test_every_kind_can_be_described():
    assert all(Divergence(kind, "here", "there").describe() for kind in DivergenceKind)
