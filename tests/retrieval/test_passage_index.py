import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.domain import Fingerprint
from retrieval.passage_index import FaissIndex, load_index

FINGERPRINT = Fingerprint("word-hash", 8, 0, 1)


class NumpyIndex:
    """Brute force: the oracle for FAISS."""

    def __init__(self):
        self.rows = {}

    def add(self, ids, vectors):
        self.rows.update(zip(ids, vectors, strict=True))

    def remove(self, ids):
        for one in ids:
            self.rows.pop(one, None)

    def search(self, vector, limit, *, among=None):
        scored = [
            (one, float(row @ vector)) for one, row in self.rows.items() if among is None or one in among
        ]
        return sorted(scored, key=lambda pair: -pair[1])[:limit]


@settings(max_examples=60)
@given(st.data(), st.integers(0, 2**32 - 1))
def test_faiss_agrees_with_brute_force(data, seed):
    random = np.random.default_rng(seed)
    faiss, oracle = FaissIndex(8), NumpyIndex()
    ids = data.draw(st.lists(st.integers(1, 10**12), unique=True, min_size=1, max_size=40))
    vectors = random.standard_normal((len(ids), 8)).astype(np.float32)
    for index in (faiss, oracle):
        index.add(ids, vectors)
    gone = data.draw(st.lists(st.sampled_from(ids), unique=True))
    for index in (faiss, oracle):
        index.remove(gone)
    among = data.draw(st.none() | st.lists(st.sampled_from(ids), unique=True))
    limit = data.draw(st.integers(0, 50))
    question = random.standard_normal(8).astype(np.float32)
    found = faiss.search(question, limit, among=among)
    expected = oracle.search(question, limit, among=among)
    assert [one for one, _ in found] == [one for one, _ in expected]
    assert np.allclose([s for _, s in found], [s for _, s in expected], atol=1e-4)
    assert faiss.ids() == set(oracle.rows)


@pytest.fixture
def saved(tmp_path):
    index = FaissIndex(8)
    index.add([3, 5], np.eye(8, dtype=np.float32)[:2])
    index.save(tmp_path / "1.faiss", FINGERPRINT)
    return tmp_path / "1.faiss"


def test_a_saved_index_comes_back_the_same(saved):
    index = load_index(saved, FINGERPRINT)
    assert index is not None
    assert index.ids() == {3, 5}
    assert [one for one, _ in index.search(np.eye(8, dtype=np.float32)[1], 1)] == [5]


def test_an_index_of_another_encoder_is_not_trusted(saved):
    assert load_index(saved, Fingerprint("another", 8, 0, 1)) is None


def test_a_damaged_or_absent_index_is_not_trusted(saved):
    for damage in (b"", b"rubbish" * 20):
        saved.write_bytes(damage)
        assert load_index(saved, FINGERPRINT) is None
    saved.unlink()
    assert load_index(saved, FINGERPRINT) is None


def test_the_fingerprint_is_readable_json(saved):
    assert json.loads(saved.with_suffix(".json").read_text())["encoder"] == "word-hash"
