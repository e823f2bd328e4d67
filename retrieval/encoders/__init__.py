"""The models: encoder and cross-encoder, bundled or by name."""

from retrieval.encoders.bundled import ENCODER, model_folder
from retrieval.encoders.encoder import load_encoder
from retrieval.encoders.onnx import multi_vector_encoder
from retrieval.encoders.reranker import load_reranker

__all__ = ["ENCODER", "load_encoder", "load_reranker", "model_folder", "multi_vector_encoder"]
