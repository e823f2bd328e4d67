"""Words in another order, or with too much left out between them, say something else."""

import pytest

from retrieval.claims.word_order import says_in_order


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        (
            "Witnesses said he had manipulated the face.",
            "He claimed that he had manipulated the face, but witnesses said that he hit the man.",
        ),
        ("Ada takes her turn.", "A day after Ada dazzled the crowd with her skill, Karl takes his turn."),
        ("Ada Berg is in the lead.", "Ada Berg has said that the largest party of Karl Holm is in the lead."),
    ],
)
def test_what_is_put_together_from_far_apart_is_not_said(claim, sentence):
    assert not says_in_order(claim, sentence)


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Tambora erupted in April 1815.", "In April 1815 Tambora, a volcano on an island, erupted."),
        ("The council approved the pier.", "On Monday the old council of Orrin approved the new pier."),
        (
            "Twelve people walked on the Moon.",
            "Six missions reached the Moon; twelve people walked on it.",
        ),
        ("It was quiet.", "Nothing of this stands here."),
    ],
)
def test_shortened_or_moved_sentences_are_in_order(claim, sentence):
    assert says_in_order(claim, sentence)


def test_long_texts_take_no_time_to_speak_of():
    words = " ".join(f"word{at % 50}" for at in range(20_000))
    assert says_in_order(words[:2_000], words) in (True, False)
