"""Where an answer lies among tokens; no model is needed for that."""

import pytest

from retrieval.domain import Span

pytest.importorskip("torch")
pytestmark = pytest.mark.models

TYPES = (0, 0, 0, 1, 1, 1, 1)
OFFSETS = [(0, 0), (0, 3), (0, 0), (0, 4), (5, 9), (10, 14), (0, 0)]


@pytest.mark.parametrize(
    ("answer", "tokens"),
    [
        (Span(5, 9), (4, 4)),
        (Span(0, 14), (3, 5)),
        (Span(6, 12), (4, 5)),
        (Span(10, 20), None),
        (Span(30, 40), None),
    ],
)
def test_an_answer_is_found_in_the_passage_or_left_out_if_it_is_cut_off(answer, tokens):
    from retrieval.training.batches import locate

    assert locate(answer, TYPES, OFFSETS) == tokens
