from hypothesis import given
from hypothesis import strategies as st

from retrieval.search.passages import MAX_TOKENS, passage_spans
from retrieval.text.sentences import sentences

WORDS = st.lists(
    st.sampled_from(["rain", "falls.", "Rain", "stops!", "\n\n", "“Yes,”", "he", "said."]), max_size=500
)


def count_words(texts):
    return [len(text.split()) for text in texts]


@given(WORDS.map(" ".join))
def test_passages_are_slices_that_hold_every_sentence_once_in_order(text):
    spans = sentences(text)
    passages = passage_spans(text, spans, count_words)
    held = [s for p in passages for s in spans if p.start <= s.start and s.end <= p.end]
    assert held == spans
    assert all(a.end <= b.start for a, b in zip(passages, passages[1:], strict=False))


@given(WORDS.map(" ".join))
def test_only_a_single_sentence_makes_a_passage_much_too_long(text):
    spans = sentences(text)
    for passage in passage_spans(text, spans, count_words):
        inside = [s for s in spans if passage.start <= s.start and s.end <= passage.end]
        assert count_words([passage.of(text)])[0] <= MAX_TOKENS * 1.25 or len(inside) == 1


def test_an_empty_text_has_no_passages():
    assert passage_spans("", [], count_words) == []
