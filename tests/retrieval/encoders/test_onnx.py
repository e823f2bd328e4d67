"""An ONNX model as an input module of sentence-transformers: these fail when that module API moves."""

import inspect

import numpy as np
import pytest

from retrieval.encoders.bundled import ENCODER, RERANKER, model_folder

pytestmark = pytest.mark.models
TEXTS = ["The engineer Maria Brandt led the works.", "Rain."]
TOKENS = [10, 4]
"""Tokens of each text, the two special ones among them."""


@pytest.fixture(scope="module")
def module():
    from retrieval.encoders.onnx import OnnxTransformer

    return OnnxTransformer(model_folder(ENCODER, None), output="token_embeddings", threads=1)


@pytest.mark.parametrize("name", ["preprocess", "forward", "save"])
def test_what_is_overridden_is_what_the_base_class_calls(module, name):
    from sentence_transformers.base.modules import InputModule

    def named(function):
        return [
            one.name
            for one in inspect.signature(function).parameters.values()
            if one.kind is one.POSITIONAL_OR_KEYWORD
        ]

    ours, theirs = named(getattr(type(module), name)), named(getattr(InputModule, name))
    assert ours == theirs[: len(ours)]


def test_features_are_padded_to_the_longest_text(module):
    features = module.preprocess(TEXTS)
    assert set(features) == {"input_ids", "attention_mask", "token_type_ids"}
    assert {values.shape for values in features.values()} == {(2, max(TOKENS))}
    assert features["attention_mask"].sum(dim=1).tolist() == TOKENS


def test_a_pair_is_one_text_of_two_segments(module):
    features = module.preprocess([("Who led the works?", TEXTS[0])])
    assert features["token_type_ids"].max() == 1


def test_the_models_output_stands_beside_the_features(module):
    features = module.forward(module.preprocess(TEXTS))
    assert features["token_embeddings"].shape == (2, max(TOKENS), module.get_embedding_dimension())
    assert "attention_mask" in features


def test_bundled_files_are_never_written(module, tmp_path):
    with pytest.raises(TypeError, match="never written"):
        module.save(str(tmp_path))


def test_the_encoder_gives_a_vector_a_token():
    from retrieval.encoders.onnx import multi_vector_encoder

    encoder = multi_vector_encoder(model_folder(ENCODER, None), threads=1)
    found = encoder.encode_document(TEXTS, convert_to_numpy=True, show_progress_bar=False)
    assert [one.shape for one in found] == [(count, 384) for count in TOKENS]
    assert np.isfinite(found[0]).all()


def test_the_reranker_gives_a_logit_a_pair():
    from retrieval.encoders.onnx import cross_encoder

    reranker = cross_encoder(model_folder(RERANKER, None), threads=1)
    scores = reranker.predict([("Who led the works?", text) for text in TEXTS], show_progress_bar=False)
    assert scores.shape == (2,)
    assert scores[0] > 1, "a logit, not a probability"
    assert scores[1] < 0
