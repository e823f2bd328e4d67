"""Texts that made a pattern or a loop take quadratic time or worse.

Nothing here asserts a time: before they were mended these took minutes, and pytest's own limit ends them.
"""

import pytest

from retrieval.domain.spans import Span
from retrieval.quotes.extraction import find_quotations
from retrieval.quotes.wording import bare_words, exact_spans, nearest_stretch
from retrieval.text.sentences import sentences

pytestmark = [pytest.mark.slow, pytest.mark.timeout(60)]


@pytest.mark.parametrize(
    "text",
    [
        "The bridge opened." + " " * 100_000 + "It is long.",
        "The bridge opened." + "\u00a0" * 100_000 + "It is long — Ann (@ann)",
        "The bridge opened." + "\n" * 100_000 + "It is long.",
        "“a” " * 10_000,
        "“a”, she said, " * 5_000,
        "- " * 50_000 + "(@a",
        "— Ann (@ann) " * 5_000,
    ],
    ids=["spaces", "no-break spaces", "line breaks", "quotations", "cues", "dashes", "signatures"],
)
def test_a_hostile_text_is_read_in_reasonable_time(text):
    find_quotations(text, [])
    assert sentences(text)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("a" + "…" * 300 + "b", "a" + "." * 100_000),
        ("é" * 300 + "x", "é" * 100_000),
        ("다" * 300 + "나", "다" * 100_000),
        ("a' " * 200 + "b", "a’ " * 30_000),
    ],
    ids=["ellipses", "accents", "Korean", "apostrophes"],
)
def test_hostile_words_are_looked_for_in_reasonable_time(words, text):
    asked = bare_words(words)
    assert list(exact_spans(asked, text)) == []
    nearest_stretch(asked, text, Span(0, 3_000))
