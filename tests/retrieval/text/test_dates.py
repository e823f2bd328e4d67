from datetime import date

import pytest
from babel.dates import get_day_names, get_month_names
from growth import lines_of

from retrieval.text.dates import (
    MONTHS,
    WEEKDAYS,
    asks_for_date,
    dateline,
    dates_in,
    format_long_date,
    resolve_day,
)

SATURDAY = date(2025, 2, 8)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("They met on Saturday.", date(2025, 2, 8)),
        ("They met on Friday.", date(2025, 2, 7)),
        ("They met on Sunday.", date(2025, 2, 2)),
        ("They met last Saturday.", date(2025, 2, 1)),
        ("They meet next Saturday.", date(2025, 2, 15)),
        ("They meet next Monday.", date(2025, 2, 10)),
        ("They met yesterday.", date(2025, 2, 7)),
        ("They meet tomorrow.", date(2025, 2, 9)),
    ],
)
def test_a_relative_day_is_counted_from_the_articles_date(sentence, day):
    found = resolve_day(sentence, SATURDAY)
    assert found is not None
    assert found.day == day


@pytest.mark.parametrize(
    "sentence",
    ["They met.", "They met on Saturday and on Sunday.", "They met on Saturday, 1 March 2025."],
)
def test_no_day_is_made_up(sentence):
    assert resolve_day(sentence, SATURDAY) is None


@pytest.mark.parametrize("question", ["When did it open?", "On what date was it?", "Which day was it?"])
def test_questions_for_a_day_are_known(question):
    assert asks_for_date(question)


def test_other_questions_are_not_questions_for_a_day():
    assert not asks_for_date("Who opened it?")


@pytest.mark.parametrize(
    "line", [" date 2025-02-08 By Ada", "Published 8 February 2025", "February 8, 2025 | Ada"]
)
def test_the_line_that_dates_an_article_is_found(line):
    span = dateline(line + "\n\nIt opened.", SATURDAY)
    assert span is not None
    assert span.of(line) == line.strip()


def test_a_line_with_another_date_is_not_the_dateline():
    assert dateline("On 9 February 2025 it opened.", SATURDAY) is None


def test_dates_are_spoken_as_people_write_them():
    assert format_long_date(SATURDAY) == "Saturday 8 February 2025"


def test_months_and_weekdays_are_called_as_the_cldr_calls_them():
    assert dict(enumerate(MONTHS, start=1)) == get_month_names("wide", locale="en")
    assert dict(enumerate(WEEKDAYS)) == get_day_names("wide", locale="en")


@pytest.mark.parametrize("unit", ["4 June 2019, ", "in 1999 ", "2019-06-04 ", "on Monday "])
def test_the_work_on_a_list_of_dates_grows_with_its_length(unit):
    once, more = (lines_of(lambda text: dates_in(text, None), unit * count) for count in (100, 400))
    assert more < 5.5 * once
