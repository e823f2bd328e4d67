"""Which words the reader's numbers point at, and how they are weighed against "no answer"."""

import numpy as np
import pytest

from retrieval.reader.spans import ANSWERABLE_SHARE, BIAS, MAX_ANSWER_TOKENS, SPAN_SHARE, find_span

#         CLS   who   SEP   The     bridge   cost     millions  SEP
PLACES = [None, None, None, (0, 3), (4, 10), (11, 15), (16, 24), None]


def logits(starts, ends):
    spans = np.zeros((len(PLACES), 2), dtype=np.float32)
    for column, given in enumerate((starts, ends)):
        for at, value in given.items():
            spans[at, column] = value
    return spans


def test_the_best_start_and_end_make_the_span_and_its_margin_over_no_answer_the_score():
    reading = find_span(logits({4: 3.0, 0: 1.0}, {6: 2.0, 0: 0.5}), 1.5, PLACES)
    assert (reading.start, reading.end) == (4, 24)
    assert reading.score == pytest.approx(SPAN_SHARE * 3.5 + ANSWERABLE_SHARE * 1.5 + BIAS)


def test_an_end_before_the_start_and_words_of_the_question_are_no_answer():
    reading = find_span(logits({1: 9.0, 6: 3.0}, {2: 9.0, 4: 3.0}), 0.0, PLACES)
    assert reading.start < reading.end
    assert reading.start >= 0


def test_an_answer_is_no_longer_than_its_limit():
    places = [None, *((2 * at, 2 * at + 1) for at in range(60))]
    spans = np.zeros((61, 2), dtype=np.float32)
    spans[1, 0] = spans[60, 1] = 5.0
    reading = find_span(spans, 0.0, places)
    assert reading.end - reading.start <= 2 * MAX_ANSWER_TOKENS


def test_a_passage_without_words_does_not_answer():
    assert find_span(np.zeros((2, 2), dtype=np.float32), 9.0, [None, None]).score == -np.inf
