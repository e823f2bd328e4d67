from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.sources.bylines import read_byline, read_date, read_dateline, read_first_line

FEB_8 = date(2025, 2, 8)


@pytest.mark.parametrize(
    ("line", "author", "published"),
    [
        (" date 2025-02-08 By Harbour Gazette Staff", "Harbour Gazette Staff", FEB_8),
        ("2025-02-08 By Ana Ferreira", "Ana Ferreira", FEB_8),
        ("By Ana Ferreira", "Ana Ferreira", None),
        ("BY ANA FERREIRA", "ANA FERREIRA", None),
        ("By Ana Ferreira | 8 February 2025", "Ana Ferreira", FEB_8),
        ("By Ana Ferreira and Tom van der Meer, 8 Feb 2025", "Ana Ferreira and Tom van der Meer", FEB_8),
        ("By A. B. O’Neill-Smith, Staff Writer", "A. B. O’Neill-Smith, Staff Writer", None),
        ("By The Harbour Gazette", "The Harbour Gazette", None),
        ("Author: José Núñez", "José Núñez", None),
        ("Written by Ana Ferreira", "Ana Ferreira", None),
        ("8.2.2025 von Karl Meier", "Karl Meier", FEB_8),
        ("Published: 2025-02-08", None, FEB_8),
        ("Published: Feb. 8, 2025 at 10:30 AM EST", None, FEB_8),
        ("Published 8 February 2025 · Updated 9 February 2025", None, FEB_8),
        ("Updated 9 February 2025 · Published 8 February 2025", None, FEB_8),
        ("By Ana Ferreira Published Feb 8, 2025 10:00 a.m. ET", "Ana Ferreira", FEB_8),
        ("Sat 8 Feb 2025 14.00 CET", None, FEB_8),
        ("February 8th, 2025", None, FEB_8),
        ("2025-02-08T10:00:00Z", None, FEB_8),
        ("Feb 8, 2025 - by Li Wei", "Li Wei", FEB_8),
    ],
)
def test_bylines_are_read(line, author, published):
    assert read_byline(line) == (author, published)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "By the river",
        "By the River",
        "By Tuesday the bridge was open.",
        "By Monday Morning",
        "By 2030, the world",
        "By Night in Lisbon",
        "By Popular Demand, We Return",
        "By Reason of Age.",
        "By accident",
        "On 8 February 2025 the bridge opened",
        "The bridge opened on 8 February 2025",
        "Budget 2025-02-08",
        "Ana Ferreira, 8 February 2025",
        "2025-02-30",
        "1984",
        "03/04/2024",
        "2025-02-08 to 2025-03-08 and again 2025-04-08",
        "By Ana Ferreira, who has lived by the harbour for forty years",
        "By " + "Very Long Name " * 20,
    ],
)
def test_other_lines_say_nothing(line):
    assert read_byline(line) == (None, None)


def test_the_first_line_that_is_not_empty_counts():
    assert read_first_line("\n  \nBy Ana Ferreira\n\nThe bridge opened.") == ("Ana Ferreira", None)


def test_a_byline_further_down_is_not_the_first_line():
    assert read_first_line("The bridge opened.\nBy Ana Ferreira") == (None, None)


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text):
    read_first_line(text)


@pytest.mark.parametrize(
    "value",
    [
        "2025-02-08",
        "2025-02-08T23:30:00-05:00",
        "2025-02-08 10:00",
        "20250208",
        "20250208T1000Z",
        "Sat, 08 Feb 2025 10:00:00 GMT",
        "February 8, 2025",
        "8 février 2025".replace("février", "feb"),
    ],
)
def test_dates_of_metadata_are_read(value):
    assert read_date(value) == FEB_8


@pytest.mark.parametrize(
    "value", ["", "2025", "03/04/2024", "0001-01-01T00:00:00Z", "2025-13-40", "1738972800", "soon"]
)
def test_what_is_no_certain_date_is_none(value):
    assert read_date(value) is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("BERLIN, 3 March 2024 — The council met.", date(2024, 3, 3)),
        ("NEW YORK, March 3, 2024 (Agency) – The council met.", date(2024, 3, 3)),
        ("PORT ELGIN, Ont., 2024-03-03: The council met.", date(2024, 3, 3)),
        ("BERLIN, 3 March — The council met.", None),
        ("BERLIN — The council met on 3 March 2024.", None),
        ("The council met in BERLIN, 3 March 2024 — and left.", None),
        ("BERLIN, 3 March 2024 was a Sunday.", None),
        ("NATO, 4 April 1949", None),
    ],
)
def test_a_dateline_dates_an_article(line, day):
    assert read_dateline(line) == day
