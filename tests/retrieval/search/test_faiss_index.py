import hashlib
import json
import os
from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.domain.articles import Fingerprint
from retrieval.search.faiss_index import FaissIndex, load_index

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
    tried, oracle = FaissIndex(8), NumpyIndex()
    ids = data.draw(st.lists(st.integers(1, 10**12), unique=True, min_size=1, max_size=40))
    vectors = random.standard_normal((len(ids), 8)).astype(np.float16).astype(np.float32)  # as stored
    for index in (tried, oracle):
        index.add(ids, vectors)
    gone = data.draw(st.lists(st.sampled_from(ids), unique=True))
    for index in (tried, oracle):
        index.remove(gone)
    among = data.draw(st.none() | st.lists(st.sampled_from(ids), unique=True))
    limit = data.draw(st.integers(0, 50))
    question = random.standard_normal(8).astype(np.float32)
    found = tried.search(question, limit, among=among)
    expected = oracle.search(question, limit, among=among)
    assert [one for one, _ in found] == [one for one, _ in expected]
    assert np.allclose([s for _, s in found], [s for _, s in expected], atol=1e-4)
    assert tried.ids() == set(oracle.rows)


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


def note_of(path, **changed):
    note = path.with_suffix(".json")
    note.write_text(json.dumps({**json.loads(note.read_text()), **changed}))


def as_noted(path, raw):
    """Put bytes in place of an index with a note that vouches for them."""
    path.write_bytes(raw)
    note_of(path, bytes=len(raw), sha256=hashlib.sha256(raw).hexdigest())


@pytest.mark.parametrize("seed", range(40))
def test_an_altered_index_is_not_trusted_whatever_was_altered(saved, seed):
    random = np.random.default_rng(seed)
    raw = bytearray(saved.read_bytes())
    at = int(random.integers(len(raw)))
    raw[at : at + 8] = random.bytes(8)
    if bytes(raw) != saved.read_bytes():
        saved.write_bytes(raw)
        assert load_index(saved, FINGERPRINT) is None


@pytest.mark.parametrize("length", [0, 1, 4, 40, 100])
def test_a_truncated_index_is_not_trusted_even_if_its_note_vouches_for_it(saved, length):
    as_noted(saved, saved.read_bytes()[:length])
    assert load_index(saved, FINGERPRINT) is None


@pytest.mark.parametrize("kind", ["Flat", "HNSW4", "IDMap2,PQ4x4np", "IDMap,Flat"])
def test_an_index_of_another_kind_is_not_trusted(saved, kind):
    other = faiss.index_factory(8, kind)
    as_noted(saved, faiss.serialize_index(other).tobytes())
    assert load_index(saved, FINGERPRINT) is None


def test_an_index_of_another_dimension_is_not_trusted(saved):
    other = faiss.IndexIDMap2(faiss.IndexFlatIP(16))
    as_noted(saved, faiss.serialize_index(other).tobytes())
    assert load_index(saved, FINGERPRINT) is None


def test_a_huge_file_is_not_read(saved, monkeypatch):
    with saved.open("r+b") as file:
        file.truncate(50 * 2**30)
    note_of(saved, bytes=50 * 2**30)
    note = saved.with_suffix(".json")
    text = note.read_bytes()
    monkeypatch.setattr(Path, "read_bytes", lambda path: text if path == note else pytest.fail("read"))
    assert load_index(saved, FINGERPRINT, passages=2) is None


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("FAISS"), AssertionError(), OverflowError()])
def test_whatever_faiss_raises_the_index_is_made_anew(saved, monkeypatch, error):
    def fail(raw):
        raise error

    monkeypatch.setattr(faiss, "deserialize_index", fail)
    assert load_index(saved, FINGERPRINT) is None


@pytest.mark.parametrize("which", [".faiss", ".json"])
def test_a_folder_or_a_pipe_in_its_place_is_not_waited_for_and_is_replaced(saved, which):
    for make in (Path.mkdir, os.mkfifo):
        path = saved.with_suffix(which)
        path.unlink()
        make(path)
        assert load_index(saved, FINGERPRINT) is None
        index = FaissIndex(8)
        index.save(saved, FINGERPRINT)
        assert load_index(saved, FINGERPRINT) is not None


@pytest.mark.parametrize("note", ["[]", "null", "{}", '{"bytes": "x"}', "{", "1" * 20_000, '{"bytes": -1}'])
def test_a_note_of_another_shape_is_not_trusted(saved, note):
    saved.with_suffix(".json").write_text(note)
    assert load_index(saved, FINGERPRINT) is None
