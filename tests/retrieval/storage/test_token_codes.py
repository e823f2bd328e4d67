"""Token vectors at four bits a number, beside those of earlier versions at eight."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.search.late_interaction import max_similarities, stored_similarities
from retrieval.storage.token_codes import decode_tokens, encode_tokens, is_coded, turn

CLOSE = 0.06
"""Most that the cosine of two tokens may be off; the mean of many is off by a tenth of it."""


def tokens(seed, count, dimension=96):
    vectors = np.random.default_rng(seed).standard_normal((count, dimension))
    # As uneven as those of a projection by singular values: some numbers count for much more.
    vectors *= np.linspace(3, 0.3, dimension)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.rint(vectors * 127).astype(np.int8)


@given(st.integers(0, 2**32 - 1), st.integers(0, 40), st.sampled_from([4, 32, 64, 96, 128]))
def test_coded_vectors_have_their_shape_and_are_known_from_others(seed, count, dimension):
    vectors = tokens(seed, count, dimension)
    coded, plain = encode_tokens(vectors), vectors.tobytes()
    assert is_coded(coded, dimension)
    assert not is_coded(plain, dimension)
    decoded, counts = decode_tokens([coded, coded], dimension)
    assert decoded.shape == (2 * count, dimension)
    assert counts == [count, count]


def test_they_take_half_the_room():
    vectors = tokens(1, 150)
    assert len(encode_tokens(vectors)) == len(vectors.tobytes()) // 2 + 1


@pytest.mark.parametrize("dimension", [1, 2, 33, 66])
def test_dimensions_that_four_does_not_divide_are_kept_as_they_are(dimension):
    vectors = tokens(1, 5, dimension)
    assert encode_tokens(vectors) == vectors.tobytes()
    assert not is_coded(vectors.tobytes(), dimension)


def test_inner_products_stay():
    one, other = tokens(2, 200), tokens(3, 30)
    exact = turn(other) @ turn(one).T
    plain = other.astype(float) @ one.T.astype(float) / 127**2
    assert np.abs(exact - plain).max() < 0.02  # turning changes none; rounding to eight bits does
    coded = turn(other) @ decode_tokens([encode_tokens(one)], 96)[0].T / np.sqrt(96)
    assert np.abs(coded - exact).max() < CLOSE


def test_passages_of_both_kinds_are_compared_in_one_search():
    question = tokens(4, 12)
    passages = [np.concatenate([tokens(seed, 50), question[: seed - 10]]) for seed in range(10, 20)]
    exact = max_similarities(question, passages)
    blobs = [one.tobytes() if at % 3 else encode_tokens(one) for at, one in enumerate(passages)]
    found = stored_similarities(question, blobs)
    assert np.abs(found - exact).max() < CLOSE / 4
    assert list(np.argsort(found)) == list(np.argsort(exact))


def test_nothing_to_compare_gives_nothing():
    assert stored_similarities(tokens(5, 3), []).shape == (0,)


def test_a_passage_without_tokens_is_like_nothing():
    assert list(stored_similarities(tokens(5, 3), [b""])) == [-1.0]
