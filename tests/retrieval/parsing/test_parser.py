"""Sentences are parsed by the pinned model, loaded when it is needed and refused if it is another."""

import sys

import pytest

from retrieval.errors import ModelMissing
from retrieval.parsing import parse, parser

pytestmark = pytest.mark.models


@pytest.fixture
def unloaded():
    """The parser as it is before the first sentence."""
    parser._model.cache_clear()
    parser.parse.cache_clear()
    yield
    parser._model.cache_clear()
    parser.parse.cache_clear()


def test_each_token_knows_its_place_and_what_governs_it():
    parsed = parse("The council approved the pier.")
    verb = next(one for one in parsed.tokens if one.text == "approved")
    assert verb.relation == "ROOT"
    assert [one.text for one in parsed.below(verb) if one.relation == "nsubj"] == ["council"]
    assert all(parsed.text[one.start : one.end] == one.text for one in parsed.tokens)


def test_a_subtree_is_in_the_order_of_the_sentence():
    parsed = parse("The old council approved the pier.")
    noun = next(one for one in parsed.tokens if one.text == "council")
    assert [one.text for one in parsed.subtree(noun)] == ["The", "old", "council"]


def test_a_sentence_is_parsed_once():
    assert parse("It rained in May.") is parse("It rained in May.")


def test_a_long_text_is_cut():
    assert len(parse("word " * 1_000).text) == parser.MAX_CHARS


def test_files_of_another_model_are_refused(unloaded, monkeypatch):
    monkeypatch.setattr(parser, "_SHA256", "0" * 64)
    with pytest.raises(ModelMissing, match="pinned version"):
        parse("It rained.")


def test_a_missing_model_says_what_to_do(unloaded, monkeypatch):
    monkeypatch.setattr(parser, "_PACKAGE", "no-such-package-of-ours")
    with pytest.raises(ModelMissing, match="Install footnote again"):
        parse("It rained.")


def test_a_missing_library_says_what_to_do(unloaded, monkeypatch):
    monkeypatch.setitem(sys.modules, "spacy.util", None)
    with pytest.raises(ModelMissing, match="package spacy"):
        parse("It rained.")


def test_a_larger_model_takes_the_place_of_the_pinned_one(unloaded, monkeypatch, tmp_path):
    class Package:
        version = "3.8.0"

        def locate_file(self, path):
            return tmp_path / path

    class Entry:
        name, dist = "en_core_web_lg", Package()

    folder = tmp_path / "en_core_web_lg" / "en_core_web_lg-3.8.0"
    folder.mkdir(parents=True)
    (folder / "config.cfg").write_text("")
    monkeypatch.setattr(parser, "entry_points", lambda group: [Entry()])
    assert parser._larger_model() == folder
    with pytest.raises(ModelMissing, match="does not fit"):
        parse("It rained.")
