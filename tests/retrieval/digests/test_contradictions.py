from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports import report

from retrieval.digests.contradictions import disagreements


def at_odds(*texts):
    reports = [report(number, text, date(2026, 6, number)) for number, text in enumerate(texts, 1)]
    return [found.at_odds for found in disagreements(reports)]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            "The tunnel under the river cost 1.2 million pounds.",
            "The tunnel under the river cost £1.4 million.",
            ("1.2 million pounds", "£1.4 million"),
        ),
        (
            "The motion passed by 11 votes to 4 after a long debate.",
            "The motion passed by 10 votes to 5, not by 11 votes to 4.",
            ("11 votes", "10 votes"),
        ),
        (
            "The fire killed 12 people in the old mill.",
            "The fire killed fourteen people in the old mill.",
            ("12 people", "fourteen people"),
        ),
        (
            "Fish prices in the harbor rose sharply on Monday.",
            "Fish prices in the harbor fell sharply on Monday.",
            ("rose", "fell"),
        ),
        (
            "The minister has approved the new harbor plan.",
            "The minister has not approved the new harbor plan.",
            (
                "The minister has approved the new harbor plan.",
                "The minister has not approved the new harbor plan.",
            ),
        ),
    ],
)
def test_contradictions_are_found_with_the_older_side_first(one, other, expected):
    assert at_odds(one, other) == [expected]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The tunnel under the river cost $1.2m.", "The tunnel under the river cost $1.23 million."),
        ("The tunnel under the river cost $1.2m.", "The tunnel under the river cost about $1.4 million."),
        ("The tunnel under the river cost $1.2m.", "The tunnel under the river could cost $1.4 million."),
        ("The tunnel under the river cost 2 lives.", "The tunnel under the river cost 3 months."),
        ("Apple sold 3 million phones in the country.", "Samsung sold 4 million phones in the country."),
        ("In 2021 the harbor handled 30 ships a day.", "In 2022 the harbor handled 40 ships a day."),
        ("Fish prices in the harbor rose sharply.", "Fish prices in the harbor did not fall sharply."),
        ("The margin of error is plus or minus 5 points.", "The margin of error is plus or minus 4 points."),
        (
            "If the minister approves it, the harbor grows.",
            "If the minister does not approve it, the harbor grows.",
        ),
        ("The harbor plan was not only cheap but quick.", "The harbor plan was cheap but quick."),
    ],
)
def test_what_can_both_be_true_is_no_contradiction(one, other):
    assert at_odds(one, other) == []


def test_two_sentences_of_one_article_are_not_compared():
    assert (
        at_odds("The fire killed 12 people in the old mill. The fire killed 14 people in the old mill.") == []
    )


def test_a_contradiction_that_copies_repeat_is_shown_once():
    one = "The fire killed 12 people in the old mill."
    other = "The fire killed 14 people in the old mill."
    assert len(at_odds(one, other, other)) == 1


SENTENCES = st.lists(
    st.sampled_from(
        [
            "The bridge will cost 1.4 million pounds.",
            "The bridge will cost 1.9 million pounds, not 1.4 million pounds.",
            "Prices in the old harbor rose sharply.",
            "Prices in the old harbor fell sharply.",
            "Nobody was hurt.",
        ]
    ),
    max_size=4,
)


@given(st.lists(SENTENCES, max_size=3))
def test_each_side_is_verbatim_and_of_another_article(texts):
    reports = [report(number, " ".join(text)) for number, text in enumerate(texts, 1)]
    by_id = {article.id: text for article, text in reports}
    for found in disagreements(reports):
        assert found.drafts[0].article.id != found.drafts[1].article.id
        for draft, words in zip(found.drafts, found.at_odds, strict=True):
            assert draft.span.of(by_id[draft.article.id]) == draft.text
            assert words in draft.text
