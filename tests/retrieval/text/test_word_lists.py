"""Word lists and patterns are data: every file holds to the rules, and all of it is used."""

import ast
import re
from importlib import resources
from pathlib import Path

import pytest

import retrieval
from retrieval.text import word_lists
from retrieval.text.word_lists import (
    FRAGMENTS,
    InvalidWordList,
    load_fragment,
    load_groups,
    load_named_patterns,
    load_pairs,
    load_pattern,
    load_patterns,
    load_words,
    read_file,
)

SOURCES = Path(retrieval.__file__).parent
FILES = sorted(path.name.removesuffix(".toml") for path in (resources.files("retrieval") / "data").iterdir())
KEYS = [(name, key) for name in FILES for key in read_file(name)]
LOADERS = {
    one.__name__
    for one in (
        load_fragment,
        load_groups,
        load_named_patterns,
        load_pairs,
        load_pattern,
        load_patterns,
        load_words,
    )
}


def used_keys():
    """Return file and key of every call of a loader in the sources; a fragment counts as its table."""
    found = set()
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id not in LOADERS or path.name == "word_lists.py":
                continue
            name, keys = (ast.literal_eval(argument) for argument in node.args[:2])
            if node.func.id == "load_fragment":
                keys = FRAGMENTS
            found |= {(name, key) for key in ([keys] if isinstance(keys, str) else keys)}
            if "pattern" in node.func.id and FRAGMENTS in read_file(name):
                found.add((name, FRAGMENTS))  # they are put into the patterns
    return found


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Return a function that writes ``sample.toml`` where the loader looks."""
    monkeypatch.setattr(word_lists.resources, "files", lambda _: tmp_path)
    (tmp_path / "data").mkdir()

    def write(text):
        (tmp_path / "data" / "sample.toml").write_text(text, encoding="utf-8")

    read_file.cache_clear()
    yield write
    read_file.cache_clear()


def test_every_key_of_every_file_is_used_and_no_other():
    assert FILES
    assert used_keys() == set(KEYS)


@pytest.mark.parametrize(("name", "key"), KEYS)
def test_every_entry_is_sorted_and_unique_or_a_pattern_that_compiles(name, key):
    entry = read_file(name)[key]
    if key == FRAGMENTS:
        assert all(re.compile(load_fragment(name, one)) for one in entry)
    elif isinstance(entry, dict):
        groups = load_groups(name, key, disjoint=False)
        assert groups
        assert all(list(words) == sorted(set(words)) for words in groups.values())
    elif name.endswith("_patterns") and isinstance(entry[0], dict):
        assert all(re.compile(pattern) for pattern in load_named_patterns(name, key).values())
    elif name.endswith("_patterns"):
        assert load_pattern(name, key).pattern
    elif isinstance(entry[0], list):
        assert list(load_pairs(name, key)) == sorted(set(map(tuple, entry)))
    else:
        assert sorted(load_words(name, key)) == entry


def test_every_fragment_stands_in_a_pattern():
    for name in (name for name in FILES if FRAGMENTS in read_file(name)):
        text = (resources.files("retrieval") / "data" / f"{name}.toml").read_text(encoding="utf-8")
        unused = [one for one in read_file(name)[FRAGMENTS] if f"{{{one}}}" not in text]
        assert unused == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('words = ["b", "a"]', "words has 'a' behind 'b': it is not sorted"),
        ('words = ["a", "a"]', "words has 'a' twice"),
        ('words = ["", "a"]', "words has '', which is not a word"),
        ('words = ["a "]', "words has 'a ', which is not a word"),
        ("words = [1]", "words has 1, which is not a word"),
        ("words = []", "words is not a list of words"),
        ('words = "a"', "words is not a list of words"),
        ("other = []", "words is missing"),
    ],
)
def test_a_bad_list_is_refused_with_its_file_and_key(written, text, problem):
    written(text)
    with pytest.raises(InvalidWordList, match=re.escape(f"sample.toml: {problem}")):
        load_words("sample", "words")


def test_a_file_that_is_no_toml_is_refused(written):
    written("words = [")
    with pytest.raises(InvalidWordList, match=r"sample\.toml: "):
        load_words("sample", "words")


def test_a_missing_file_is_refused(written):
    with pytest.raises(InvalidWordList, match=r"sample\.toml: "):
        load_words("sample", "words")


def test_a_word_of_two_groups_is_refused_unless_that_is_meant(written):
    written('[groups]\none = ["a", "b"]\ntwo = ["b"]')
    with pytest.raises(InvalidWordList, match="groups has 'b' in two groups"):
        load_groups("sample", "groups")
    assert load_groups("sample", "groups", disjoint=False) == {"one": ("a", "b"), "two": ("b",)}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('pairs = [["b", "c"], ["a", "d"]]', "is not sorted"),
        ('pairs = [["a", "b"], ["a", "b"]]', "twice"),
        ('pairs = [["a"]]', "is not a pair of words"),
        ('pairs = "a b"', "is not a list of pairs"),
    ],
)
def test_bad_pairs_are_refused(written, text, problem):
    written(text)
    with pytest.raises(InvalidWordList, match=problem):
        load_pairs("sample", "pairs")


def test_patterns_are_joined_in_their_order_with_fragments_put_in(written):
    written(
        "[fragments]\nB = 'b{C}'\nC = ['c', '{2}']\n"
        "[[rules]]\nname = 'second'\npattern = 'x'\n[[rules]]\nname = 'first'\npattern = ['a', '{B}']\n"
    )
    assert load_named_patterns("sample", "rules") == {"second": "x", "first": "abc{2}"}
    assert load_patterns("sample", ("rules",), join="|".join).pattern == "x|abc{2}"
    assert load_fragment("sample", "B") == "bc{2}"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[[rules]]\nname = 'one'\npattern = '('", "rules.one is not a regular expression"),
        ("[[rules]]\nname = 'one'\npattern = '{X}'\n[fragments]\nY = 'y'", "fragments has no X"),
        ("[[rules]]\nname = 'one'\npattern = ''", "rules.one is not a pattern"),
        ("[[rules]]\npattern = 'a'", "instead of a name and a pattern"),
        ("rules = 'a'", "rules is not a list of patterns"),
        (
            "[[rules]]\nname = 'one'\npattern = 'a'\n[[rules]]\nname = 'one'\npattern = 'b'",
            "rules has 'one' twice",
        ),
    ],
)
def test_bad_patterns_are_refused(written, text, problem):
    written(text)
    with pytest.raises(InvalidWordList, match=re.escape(problem)):
        load_patterns("sample", ("rules",), join="|".join)
