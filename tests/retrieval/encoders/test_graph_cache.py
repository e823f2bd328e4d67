"""Optimized graphs on disk: the same numbers, and a damaged or unwritable cache costs no answer."""

import hashlib
import shutil
from pathlib import Path

import numpy as np
import pytest

from retrieval.encoders.bundled import RERANKER, model_folder
from retrieval.encoders.reranker import load_reranker
from retrieval.errors import ModelMissing

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


def test_the_models_own_file_is_only_checked_when_it_is_read(tmp_path, monkeypatch, plain):
    digested = []
    of_file = hashlib.file_digest

    def counted(file, name):
        digested.append(Path(file.name).name)
        return of_file(file, name)

    monkeypatch.setattr(hashlib, "file_digest", counted)
    scores(tmp_path)
    assert "model.onnx" in digested
    digested.clear()
    assert np.array_equal(scores(tmp_path), plain)
    [kept] = tmp_path.glob("*.onnx")
    assert digested == ["tokenizer.json", kept.name]


@pytest.mark.parametrize("cached", [True, False])
def test_a_model_that_is_not_the_expected_one_is_refused(tmp_path, cached):
    folder = tmp_path / RERANKER.folder
    folder.mkdir()
    sound = model_folder(RERANKER)
    shutil.copy(sound / "tokenizer.json", folder)
    (folder / "model.onnx").write_bytes((sound / "model.onnx").read_bytes()[:-1] + b"x")
    with pytest.raises(ModelMissing):
        load_reranker(
            "bundled", models_dir=tmp_path, threads=1, direct=True, cache=tmp_path / "c" if cached else None
        )
