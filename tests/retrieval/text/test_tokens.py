"""Words and stems: the same text taken apart for different readers."""

import pytest

from retrieval.text.stemming import root, stem, summary_stem
from retrieval.text.tokens import (
    COMPOUND,
    COUNTED,
    MASK,
    TYPED,
    content_roots,
    content_stems,
    plain_words,
    tokens_of,
    words_in,
    words_of,
)


@pytest.mark.parametrize(
    ("word", "stemmed", "rooted", "of_summary"),
    [
        ("voted", "vot", "vot", "vot"),
        ("approve", "approve", "approv", "approve"),
        ("approved", "approv", "approv", "approv"),
        ("finale", "finale", "finale", "finale"),
        ("quickly", "quickl", "quickl", "quick"),
        ("dogs", "dogs", "dogs", "dog"),
        ("dog's", "dog'", "dog'", "dog"),
    ],
)
def test_the_three_stemmers_differ_as_their_uses_do(word, stemmed, rooted, of_summary):
    assert stem(word) == stemmed
    assert root(word) == rooted
    assert summary_stem(word) == of_summary


def test_words_with_their_places_are_the_words_of_the_index():
    text = "Ada’s 東京 trip_1 began."
    assert [word.text for word in words_in(text)] == words_of(text)
    assert all(text[word.start : word.end].lower() == word.text for word in words_in(text))
    assert [word.is_owner for word in words_in(text)][:1] == [True]


def test_patterns_differ_in_what_may_stand_inside_a_word():
    text = "O’Neil’s well-known a_b"
    assert COMPOUND.findall(text) == ["O’Neil’s", "well-known", "a", "b"]
    assert COUNTED.findall(text) == ["O’Neil’s", "well-known", "a_b"]
    assert plain_words(text) == ["O", "Neil", "s", "well", "known", "a_b"]
    assert TYPED.findall("the boats’ end") == ["the", "boats’", "end"]


def test_a_quotation_is_one_token():
    tokens = tokens_of(f"{MASK * 5} said Mr. Lee’s aide.", 0, 24)
    assert [token.text for token in tokens][1:4] == ["said", "Mr.", "Lee’s"]
    assert tokens[0].is_quotation
    assert tokens[3].lower == "lee"
    assert tokens[3].is_owner


def test_what_a_text_is_about():
    assert content_stems("When was the harbor approved?") == {"harbor", "approv"}
    assert content_stems(" ") == frozenset()
    assert content_roots("The council approved a plan.") == ["council", "approv", "plan"]
