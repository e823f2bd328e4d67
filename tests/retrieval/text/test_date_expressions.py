from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.dates import dates_in, tells_of_the_past

WEDNESDAY = date(2026, 6, 10)


def found(sentence, published=WEDNESDAY):
    return [(one.day.isoformat(), one.precision, one.words) for one in dates_in(sentence, published)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It opened on 8 February 2025.", ("2025-02-08", "day", "8 February 2025")),
        ("It opened on February 8, 2025.", ("2025-02-08", "day", "February 8, 2025")),
        ("It opened on 2025-02-08.", ("2025-02-08", "day", "2025-02-08")),
        ("It opened in August 1991.", ("1991-08-01", "month", "August 1991")),
        ("It was built in 1931 as a footpath.", ("1931-01-01", "year", "in 1931")),
        ("It opens in the spring of 2027.", ("2027-01-01", "year", "spring of 2027")),
        ("They voted on Thursday, 4 June, at noon.", ("2026-06-04", "day", "4 June")),
        ("Engineers met in March.", ("2026-03-01", "month", "in March")),
        ("Work begins in September.", ("2026-09-01", "month", "in September")),
        ("They voted on Saturday.", ("2026-06-06", "day", "Saturday")),
        ("They voted yesterday.", ("2026-06-09", "day", "yesterday")),
        ("They voted last week.", ("2026-06-01", "week", "last week")),
        ("They voted last month.", ("2026-05-01", "month", "last month")),
        ("They voted last year.", ("2025-01-01", "year", "last year")),
        ("They voted two days ago.", ("2026-06-08", "day", "two days ago")),
        ("They voted three weeks ago.", ("2026-05-18", "week", "three weeks ago")),
    ],
)
def test_words_are_resolved_against_the_articles_date(sentence, expected):
    assert expected in found(sentence)
    assert len({day for day, _, _ in found(sentence)}) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "The mountain is 2,850 meters high today.",
        "In 1500 cases they were right.",
        "The firm may march on in the sun.",
        "It was fashionable in the 1990s.",
        "It happened on 30 February 2024.",
        "They sat on it for twenty years, a month at a time.",
        "They met on Monday, and again on Friday.",
        "It was 10 December.",
    ],
)
def test_what_gives_no_sure_date_is_left_out(sentence):
    assert found(sentence) == []


def test_without_the_articles_date_only_whole_dates_are_read():
    assert found("They voted on Saturday.", None) == found("They voted on 4 June.", None) == []
    assert found("They voted on 4 June 2026.", None) == [("2026-06-04", "day", "4 June 2026")]


def test_beside_another_year_a_date_without_one_is_left_out():
    assert found("Built in 1931, it fell on 11 February.") == [("1931-01-01", "year", "in 1931")]


def test_an_article_on_history_is_recognized():
    assert tells_of_the_past("It began in 1815. In 1816 there was no summer.", WEDNESDAY)
    assert not tells_of_the_past("It began in 1931. In 2026 they voted. It opens in 2027.", WEDNESDAY)


@given(st.text(max_size=200), st.dates())
def test_the_words_of_a_date_stand_in_the_sentence(sentence, published):
    assert all(one.words in sentence for one in dates_in(sentence, published))
