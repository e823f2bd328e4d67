"""The patterns that all readers of dates are made of."""

import ast
import re
from pathlib import Path

import pytest

import retrieval
from retrieval.text.dates import (
    BYLINE_MONTH,
    DATE,
    LOWER_MONTHS,
    MONTH_OF_PROSE,
    MONTH_OR_SHORT,
    MONTH_START,
    MONTHS,
    WEEKDAY_START,
    WEEKDAYS,
    blank_dates,
)


def test_names_are_those_of_english_in_the_order_of_the_calendar():
    assert MONTHS[0] == "January"
    assert MONTHS[11] == "December"
    assert WEEKDAYS[0] == "Monday"
    assert WEEKDAYS[6] == "Sunday"
    assert (len(MONTHS), len(WEEKDAYS)) == (12, 7)


@pytest.mark.parametrize("month", LOWER_MONTHS)
def test_a_byline_has_a_month_in_full_or_abbreviated(month):
    assert re.fullmatch(BYLINE_MONTH, month)
    assert re.fullmatch(BYLINE_MONTH, month[:3])
    assert not re.fullmatch(BYLINE_MONTH, month[:2])


def test_only_september_has_two_abbreviations():
    assert re.fullmatch(BYLINE_MONTH, "sept")
    assert re.fullmatch(MONTH_OR_SHORT, "Sept.")
    assert re.fullmatch(MONTH_OR_SHORT, "Sep")
    assert not re.fullmatch(MONTH_OR_SHORT, "Janu.")


@pytest.mark.parametrize(("word", "begins"), [("June", True), ("Juno", False), ("Augustine", True)])
def test_prose_writes_short_months_in_full(word, begins):
    assert bool(re.match(f"(?:{MONTH_OF_PROSE})", word)) is begins


def test_beginnings_leave_the_endings_out():
    assert re.fullmatch(f"(?:{WEEKDAY_START})day", "Wednesday")
    assert MONTH_START.split("|")[8] == "Sep"


@pytest.mark.parametrize(
    ("sentence", "dates"),
    [
        ("It opened on 3rd May 1999 and closed on Friday.", ["3rd May 1999", "Friday"]),
        ("From 1950 to 1960 it stood.", ["1950 to 1960"]),
        ("It cost 1,950 crowns in March.", ["March"]),
        ("He sat on the mat in Mar.", []),
    ],
)
def test_dates_of_a_sentence(sentence, dates):
    assert [match[0] for match in DATE.finditer(sentence)] == dates
    assert len(blank_dates(sentence)) == len(sentence)
    assert not any(date in blank_dates(sentence) for date in dates)


def test_no_other_module_spells_the_months():
    """A list of months has July beside August, whatever separates them."""
    listed = re.compile(r"jul(?:y|\(\?:y\))?\W{1,6}aug", re.IGNORECASE)
    paths = sorted(Path(retrieval.__file__).parent.rglob("*.py"))
    found = [
        path.name
        for path in paths
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and listed.search(node.value)
    ]
    assert paths
    assert found == []
