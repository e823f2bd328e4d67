"""A low-rank difference survives being packed, and costs the bytes that it should."""

import numpy as np
import pytest

from retrieval.reader.weights import dequantize, factor, pack, quantize_columns, unpack

RANK = 4


@pytest.fixture
def base():
    rng = np.random.default_rng(1)
    return {
        "layer.weight": rng.normal(0, 0.05, (48, 32)).astype(np.float32),
        "layer.bias": rng.normal(0, 0.1, 32).astype(np.float32),
        "embeddings.word.weight": rng.normal(0, 1, (9, 32)).astype(np.float32),
    }


@pytest.fixture
def tuned(base):
    rng = np.random.default_rng(2)
    change = rng.normal(0, 0.1, (48, RANK)) @ rng.normal(0, 0.1, (RANK, 32))
    return {
        "layer.weight": (base["layer.weight"] + change).astype(np.float32),
        "layer.bias": base["layer.bias"] + np.float32(0.01),
        "embeddings.word.weight": base["embeddings.word.weight"],
        "span.weight": rng.normal(0, 0.02, (32, 2)).astype(np.float32),
        "span.bias": np.array([0.5, -0.5], dtype=np.float32),
    }


def test_what_was_packed_is_unpacked(base, tuned):
    packed = pack(base, tuned, RANK)
    found = unpack(base, packed)
    assert found.keys() == tuned.keys()
    for name, value in tuned.items():
        scale = np.abs(value - base.get(name, 0)).max()
        assert np.abs(found[name] - value).max() <= 0.05 * scale, name
    assert {packed[f"layer.weight{mark}"].dtype.name for mark in "<>"} == {"int8"}
    assert not any("embeddings" in name for name in packed)


def test_factors_are_the_best_of_their_rank(base):
    change = base["layer.weight"]
    left, right = factor(change, RANK)
    assert (left.shape, right.shape) == ((48, RANK), (RANK, 32))
    values = np.linalg.svd(change, compute_uv=False)
    assert np.linalg.norm(change - left @ right) == pytest.approx(np.linalg.norm(values[RANK:]), rel=1e-4)


def test_columns_are_quantized_each_with_its_own_scale():
    weight = np.array([[1.0, 0.001], [-0.5, 0.0005]], dtype=np.float32)
    values, scale = quantize_columns(weight)
    error = np.abs(dequantize(values, scale, np.zeros(2, dtype=np.int8)) - weight).max(axis=0)
    assert values.dtype == np.int8
    assert (error <= np.array([1.0, 0.001]) / 253).all()
