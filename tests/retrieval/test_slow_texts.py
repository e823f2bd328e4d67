"""Texts that made a pattern or a loop take quadratic time or worse.

Nothing here asserts a time: before they were mended these took minutes, and pytest's own limit ends them.
"""

import pytest

from retrieval.quotes import find_quotations
from retrieval.text import sentences

pytestmark = pytest.mark.timeout(60)


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
