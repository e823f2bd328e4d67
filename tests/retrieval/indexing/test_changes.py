import random

from hypothesis import given
from hypothesis import strategies as st

from retrieval.indexing.changes import MOST_SENTENCES, changes

TEXTS = st.lists(st.sampled_from(["One came.", "Two went away.", "Three stayed here.", "Four."]), max_size=8)


@given(TEXTS, TEXTS)
def test_every_sentence_of_a_change_stands_in_its_text(old, new):
    before, after = " ".join(old), " ".join(new)
    for change in changes(before, after).found:
        assert change.before in before
        assert change.after in after
        assert change.before or change.after


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(sentences):
    text = " ".join(sentences)
    assert changes(text, text).found == ()


def test_a_sentence_that_was_reworded_stands_beside_what_it_became():
    found = changes("The mill burned in 1907. It was old.", "Rain fell. The mill burned in 1908. It was old.")
    assert [(one.kind, one.after) for one in found.found] == [
        ("added", "Rain fell."),
        ("reworded", "The mill burned in 1908."),
    ]


def test_a_sentence_set_into_a_long_text_is_one_change():
    text = " ".join(f"Sentence number {n} stands here." for n in range(MOST_SENTENCES * 2))
    cut = text.replace("Sentence number 7 stands here. ", "")
    [change] = changes(text, cut).found
    assert (change.kind, change.before) == ("removed", "Sentence number 7 stands here.")


def test_texts_too_long_and_too_different_are_not_compared():
    one = " ".join(f"Sentence number {n} stands here." for n in range(MOST_SENTENCES + 1))
    assert changes(one, one.replace("stands", "lies")).too_many


def test_a_text_that_repeats_itself_is_not_compared_for_minutes():
    noise = random.Random(1)
    old, new = [" ".join(noise.choices(["Yes it is.", "No it is not."], k=2_900)) for _ in range(2)]
    assert changes(old, new).too_many


def test_very_long_sentences_are_compared_by_their_words():
    old = "Word " * 20_000 + "stood here."
    [change] = changes(old, old.replace("stood", "lay")).found
    assert change.kind == "reworded"
