import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.cli.terminal import display_text, one_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b2Jgone", "gone"),
        ("\x1b]0;title\x07words", "words"),
        ("\x1b]8;;https://example.org\x1b\\words\x1b]8;;\x1b\\", "words"),
        ("\x1bPdevice\x1b\\words", "words"),
        ("a\x08\x00b", "ab"),
        ("right\u202e\u2066to left", "rightto left"),
        ("half \ud83d", "half \ufffd"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("\x1b", ""),
    ],
)
def test_only_words_are_displayed(text, shown):
    assert display_text(text) == shown


def test_a_sequence_that_never_ends_hides_nothing():
    assert display_text("\x1b]0;the whole article") == "0;the whole article"
    assert display_text("\x9dthe whole article") == "the whole article"


@given(st.text(st.characters()))
def test_nothing_that_controls_a_terminal_is_left(text):
    shown = display_text(text)
    assert not {c for c in shown if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"}


@given(st.text(st.characters()))
def test_one_line_is_one_line(text):
    assert len(one_line(text).splitlines()) <= 1
