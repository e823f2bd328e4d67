"""Optimized graphs on disk: the same numbers, and a damaged or unwritable cache costs no answer."""

import numpy as np
import pytest

from retrieval.encoders.reranker import load_reranker

pytestmark = pytest.mark.models

TEXTS = ["The harbor was deepened in 1931.", "The town paid.", "A river rises in the hills. " * 20]


def scores(cache):
    loaded = load_reranker("bundled", models_dir=None, threads=1, direct=True, cache=cache)
    return loaded.scores("When was the harbor deepened?", TEXTS)


@pytest.fixture(scope="module")
def plain():
    return scores(None)


def test_a_kept_graph_gives_the_same_numbers_and_is_written_once(tmp_path, plain):
    assert np.array_equal(scores(tmp_path / "models"), plain)
    kept = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "models").iterdir()}
    assert sorted(name.partition(".")[2] for name in kept) == ["onnx", "sha256"]
    assert np.array_equal(scores(tmp_path / "models"), plain)
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "models").iterdir()} == kept


def test_a_damaged_graph_is_made_anew(tmp_path, plain):
    scores(tmp_path)
    [kept] = tmp_path.glob("*.onnx")
    sound = kept.read_bytes()
    kept.write_bytes(sound[:-100] + bytes(100))
    assert np.array_equal(scores(tmp_path), plain)
    assert kept.read_bytes() == sound


def test_a_cache_that_cannot_be_written_costs_no_answer(tmp_path, plain):
    (tmp_path / "models").write_text("a file stands here")
    assert np.array_equal(scores(tmp_path / "models"), plain)
