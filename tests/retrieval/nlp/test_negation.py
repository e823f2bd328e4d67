"""The words that deny: one base, and selections whose differences are meant."""

import pytest

from retrieval.nlp import negation
from retrieval.nlp.negation import (
    ENGLISH,
    FOREIGN_NEGATION,
    LANGUAGES,
    NEGATION_OF_WORDING,
    QUANTIFIED,
    TOKENS,
    find_negated_roots,
    is_negated,
    negations,
)
from retrieval.text.word_lists import InvalidWordList


def test_every_set_of_english_words_holds_the_base_but_for_one_word():
    assert ENGLISH <= TOKENS
    assert {"without"} == ENGLISH - QUANTIFIED


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("They did not go.", 1),
        ("They didn't go, and don’t care.", 2),
        ("Neither he nor she went.", 1),
        ("Not only he went.", 0),
        ("It is a no-brainer.", 0),
        ("He went.", 0),
    ],
)
def test_negations_are_counted(sentence, count):
    assert negations(sentence) == count


@pytest.mark.parametrize(
    ("text", "language", "negated"),
    [
        ("Er hat keinen Hund.", "de", True),
        ("Il n'a rien vu.", "fr", True),
        ("Il n’ose.", "fr", True),
        ("Ningún barco llegó.", "es", True),
        ("Ella mai vide.", "it", True),
        ("Nothing came.", "en", True),
        ("They can't come.", "en", True),
        ("Der Hund kam.", "de", False),
        ("The nobleman came.", "en", False),
    ],
)
def test_a_sentence_is_negated_in_its_language(text, language, negated):
    assert language in LANGUAGES
    assert is_negated(text, language) is negated


def test_a_prefix_of_english_is_no_foreign_negation():
    assert FOREIGN_NEGATION.search("Il non venne.")
    assert not FOREIGN_NEGATION.search("A non-profit came.")


@pytest.mark.parametrize("word", ["hardly", "nowhere", "isn’t", "KEINE", "sin"])
def test_words_that_turn_a_quotation(word):
    assert NEGATION_OF_WORDING.match(word)


@pytest.mark.parametrize("word", ["nor-easter", "note", "pass", "sing"])
def test_words_that_only_begin_like_one_turn_nothing(word):
    assert not NEGATION_OF_WORDING.match(word)


def test_a_negation_applies_to_the_next_content_word():
    assert find_negated_roots("He was not fined and will play.") == ["fin"]
    assert find_negated_roots("Der Rat genehmigte den Pier nicht.") == ["pier"]


def test_a_selection_with_a_word_of_no_language_is_refused(monkeypatch):
    monkeypatch.setitem(negation._SELECTIONS, "sentence", ("nicht", "xyz"))
    with pytest.raises(InvalidWordList, match=r"selections\.sentence has 'xyz' of no language"):
        negation._check_selections()
