import re
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.formatting.links import MAX_LINK_CHARS, page_link, passage_link

PAGE = "https://example.org/a"
WORDS = st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=40).map(" ".join)


def directive(link):
    return link.partition(":~:text=")[2]


@given(WORDS)
def test_a_fragment_names_the_beginning_and_the_end_of_the_quote(words):
    link = passage_link(PAGE, words)
    assume(":~:" in link)
    assert re.fullmatch(r"[A-Za-z0-9._~%,]+", directive(link))
    start, _, end = directive(link).partition(",")
    seen = " ".join(words.encode(errors="replace").decode().split())
    assert seen.startswith(unquote(start))
    assert seen.endswith(unquote(end))


def test_the_grammars_own_characters_are_encoded():
    assert directive(passage_link(PAGE, "well-known, A & B")) == "well%2Dknown%2C%20A%20%26%20B"


def test_long_quotes_are_named_by_their_ends():
    words = [f"word{number}" for number in range(40)]
    start, end = directive(passage_link(PAGE, " ".join(words))).split(",")
    assert unquote(start) == " ".join(words[:6])
    assert unquote(end) == " ".join(words[-6:])


def test_quotes_over_two_paragraphs_are_a_range():
    link = passage_link(PAGE, "One two three four five.\nSix seven eight.")
    assert directive(link) == "One%20two%20three%20four%20five.,Six%20seven%20eight."


def test_scripts_without_spaces_are_named_by_a_few_characters():
    start, end = directive(passage_link(PAGE, "港は千九百七年に深くされた。" * 10)).split(",")
    assert (unquote(start), unquote(end)) == ("港は千九百七年に深くさ", "九百七年に深くされた。") or len(
        start
    ) < 120


@given(WORDS, st.integers(0, 480))
def test_links_fit_a_button(words, length):
    link = passage_link(PAGE + "/" + "x" * length, words)
    assert len(link) <= MAX_LINK_CHARS


def test_an_address_with_a_fragment_keeps_it():
    assert passage_link(PAGE + "#part", "Some words") == PAGE + "#part:~:text=Some%20words"


def test_a_fragment_that_somebody_else_made_is_replaced():
    assert passage_link(PAGE + "#:~:text=forged", "Some words") == PAGE + "#:~:text=Some%20words"


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "ftp://example.org/",
        "javascript:alert(1)",
        "https://",
        "https://bank.example@evil.example/",
        "http://[::1",
        "https://exa mple.org:x/",
        "//example.org",
        PAGE + "/" + "x" * 600,
        "https://a..b/",
    ],
)
def test_what_is_no_safe_page_is_no_link(url):
    assert page_link(url) is None
    assert passage_link(url, "words") is None


@given(st.text(max_size=60))
def test_an_address_cannot_leave_a_markdown_link(tail):
    link = page_link(PAGE + "/" + tail)
    if link is not None:
        assert not re.search(r"[\s<>()\[\]\\`|\"]", link)
        assert urlsplit(link).hostname == "example.org"
