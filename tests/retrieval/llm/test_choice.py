"""What is read of a reply that chooses sentences, whatever form it has."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.domain import Verdict
from retrieval.llm.choice import MOST_SENTENCES, Choice, read_choice, read_pick, read_ranking, read_verdict

GOOD = '{"answered":"yes","sentences":[2,3],"words":["1907"]}'


@pytest.mark.parametrize(
    "reply",
    [
        GOOD,
        f"Sure! Here is the JSON you asked for:\n\n{GOOD}\n\nLet me know if you need more.",
        f"```json\n{GOOD}\n```",
        f'The form is {{"answered": …}}. {GOOD}',
        '{"answered":true,"sentences":["2","[3]"],"words":"1907"}',
        '{"answered":"Yes.","sentences":"2, 3","words":["1907"]}',
        '{"answered":"yes","sentences":[[2],[3.0]],"words":["1907",null,7]}',
        '{"answered":"yes","sentences":[{"number":2,"words":"1907"},{"n":3}]}',
        '{"answered":"yes","answered":"yes","sentences":[2,3],"words":["1907"]}',
        '{"sentences":[2,3],"words":["1907"]}',
        '{"answered":"no","sentences":[]} No, wait. ' + GOOD,
    ],
)
def test_one_choice_is_read_from_many_forms(reply):
    assert read_choice(reply, 5) == Choice("yes", (2, 3), words=("1907",))


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "I'm sorry, but I can't help with that.",
        "Sentences 2 and 3 answer it.",
        '{"answered":"yes","sentences":[2,3',
        '{"answered":"yes","answered":"no","sentences":[2]}',
        '{"answered":"yes","sentences":[1],"sentences":[2]}',
        '{"answered":"perhaps","sentences":[2]}',
        '{"answer":"1907"}',
        "[1907.5]",
        '["2"]',
        "{" * 30_000,
    ],
)
def test_what_says_nothing_or_two_things_is_not_read(reply):
    assert read_choice(reply, 5) is None


@pytest.mark.parametrize(
    ("sentences", "kept"),
    [("[0,2,6,99]", (2,)), ("[2,2,3,2]", (2, 3)), ("[-1, 3]", (3,)), ("[true, 3]", (3,)), ("[2.5, 3]", (3,))],
)
def test_numbers_without_a_sentence_are_dropped(sentences, kept):
    assert read_choice(f'{{"answered":"yes","sentences":{sentences}}}', 5).sentences == kept


@pytest.mark.parametrize("reply", ['{"answered":"yes","sentences":[]}', '{"answered":"yes","sentences":[9]}'])
def test_an_answer_without_a_sentence_is_none(reply):
    assert read_choice(reply, 5) == Choice("no")


@pytest.mark.parametrize(
    ("sentences", "kept"),
    [
        ('["[2] The harbor was deepened by 3 workers."]', (2,)),
        ('["Sentence 2: it cost 3 crowns", "4."]', (2, 4)),
        ('["The harbor was deepened by 3 workers in 4 years."]', ()),
        ('["2, 3 and more"]', ()),
        ('["-3", "2.5", "100003", "99999999994", "3e0"]', ()),
        ('["2 [3]", "(4)", "1 and 5"]', (2, 3, 4, 1, 5)),
        (f"[{'9' * 4000}, 1e400, -1e400, NaN, Infinity, -3, 1e2, 2]", (2,)),
        (f"[{'[' * 90}2{']' * 90}, 3]", (3,)),
    ],
)
def test_no_figure_in_a_text_is_taken_for_a_number(sentences, kept):
    assert read_choice(f'{{"answered":"yes","sentences":{sentences}}}', 5).sentences == kept


@pytest.mark.parametrize("opened", ['{"sentences":[', "[", '{"a":', '{"sentences":[1],"words":['])
def test_deep_nesting_is_not_read(opened):
    assert read_choice(opened * 100_000, 5) is None


def test_what_to_search_for_is_one_line_that_can_be_stored():
    reply = {
        "answered": "no",
        "sentences": [],
        "more": "the\x00 second\n\u202epier \ud800 \x1b[2J" + "x" * 900,
    }
    more = read_choice(json.dumps(reply), 5).more
    assert more.startswith("the second pier")
    assert len(more) <= 200
    assert more.encode()
    assert more.isprintable()


def test_few_answering_words_are_looked_for():
    reply = {"answered": "yes", "sentences": [1], "words": [f"word {n}" for n in range(900)]}
    assert len(read_choice(json.dumps(reply), 5).words) == 20


def test_a_bare_list_of_numbers_is_a_choice():
    assert read_choice("[2, 3]", 5) == Choice("yes", (2, 3))
    assert read_choice("[]", 5) == Choice("no")


def test_everything_is_not_an_answer():
    assert len(read_choice(f'{{"sentences":{list(range(1, 50))}}}', 50).sentences) == MOST_SENTENCES


def test_a_count_names_the_sentences_it_counts():
    counted = read_choice('{"answered":"yes","sentences":[1],"count":2,"counted":[3,4,77]}', 5)
    assert (counted.count, counted.counted, counted.sentences) == (2, (3, 4), (1, 3, 4))
    assert read_choice('{"answered":"yes","sentences":[1],"count":2,"counted":[]}', 5).count is None
    assert read_choice('{"answered":"yes","sentences":[1],"count":true,"counted":[1]}', 5).count is None
    assert read_choice('{"answered":"yes","sentences":[1],"count":"3","counted":[1]}', 5).count == 3


def test_a_refusal_may_ask_for_more():
    choice = read_choice('{"answered":"no","sentences":[1],"more":" the  second pier ","question":""}', 5)
    assert choice == Choice("no", more="the second pier")


def test_a_pick_is_in_the_order_of_the_text():
    assert read_pick('{"sentences":[4,1,4,9]}', 5) == (1, 4)
    assert read_pick("none", 5) is None


def test_a_ranking_keeps_its_order():
    ranking = read_ranking('{"sentences":[4,1,4,9],"alone":[1,2]}', 5)
    assert (ranking.sentences, ranking.alone) == ((4, 1), {1})
    assert read_ranking('{"sentences":[3]}', 5).alone == frozenset()
    assert read_ranking("none", 5) is None


def test_a_verdict_needs_a_sentence():
    assert read_verdict('{"verdict":"supported","sentences":[2]}', 5) == (Verdict.SUPPORTED, (2,))
    assert read_verdict('{"verdict":"Contradicted","sentences":[2]}', 5) == (Verdict.CONTRADICTED, (2,))
    assert read_verdict('{"verdict":"not_stated","sentences":[2]}', 5) == (Verdict.NOT_FOUND, ())
    assert read_verdict('{"verdict":"supported","sentences":[8]}', 5) == (Verdict.NOT_FOUND, ())
    assert read_verdict('{"verdict":"true","sentences":[2]}', 5) is None


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON_VALUES)
def test_no_value_breaks_the_reading(value):
    choice = read_choice(json.dumps({"answered": "yes", "sentences": value, "count": value}), 5)
    assert choice is None or all(1 <= number <= 5 for number in choice.sentences)


@given(st.text())
def test_no_text_breaks_the_reading(text):
    choice = read_choice('{"sentences":[' + text, 5)
    assert choice is None or all(1 <= number <= 5 for number in choice.sentences)
