import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.language import is_english
from retrieval.text.tokens import content_words, segment_words, words_query


@pytest.fixture(scope="module")
def table():
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(words, tokenize = 'porter unicode61')")
    connection.execute("INSERT INTO t VALUES (?)", (segment_words("The harbor opened. 港口开放了"),))
    yield connection
    connection.close()


@given(st.text(max_size=200))
def test_no_question_is_ever_interpreted(table, question):
    query = words_query(question)
    if query:
        table.execute("SELECT rowid FROM t WHERE t MATCH ?", (query,)).fetchall()


@pytest.mark.parametrize(
    "question",
    [
        'NEAR("a" b)',
        "words:harbor",
        "'; DROP TABLE t; --",
        "harbor*",
        "(harbor",
        '"',
        "harbor AND NOT opened",
    ],
)
def test_the_syntax_of_queries_is_only_words(table, question):
    query = words_query(question)
    found = table.execute("SELECT count(*) FROM t WHERE t MATCH ?", (query or '"x"',)).fetchone()[0]
    assert found == ("harbor" in question)


def test_scripts_without_spaces_are_searched_by_character(table):
    assert table.execute("SELECT count(*) FROM t WHERE t MATCH ?", (words_query("港口"),)).fetchone() == (1,)


def test_words_of_asking_are_left_out_unless_there_are_no_others():
    assert content_words("What is the harbor about?") == ["harbor"]
    assert content_words("Who is it?") == ["who", "is", "it"]


@pytest.mark.parametrize(
    "question",
    [
        "Who opened the harbor?",
        "khamenei hamas tehran",
        "wat did he say abuot rivers",
        "1815 eruption",
        "???",
    ],
)
def test_english_goes_to_the_models(question):
    assert is_english(question)


@pytest.mark.parametrize(
    "question",
    ["Wer hat den Hafen eröffnet?", "¿Quién abrió el puerto?", "誰が港を開きましたか", "Кто открыл порт?"],
)
def test_other_languages_do_not(question):
    assert not is_english(question)
