"""The models: encoder and cross-encoder, bundled or by name."""

from typing import TYPE_CHECKING, Any

from retrieval.encoders.bundled import ENCODER, model_folder
from retrieval.encoders.encoder import load_encoder
from retrieval.encoders.reranker import load_reranker

if TYPE_CHECKING:
    from retrieval.encoders.onnx import multi_vector_encoder

__all__ = ["ENCODER", "load_encoder", "load_reranker", "model_folder", "multi_vector_encoder"]


def __getattr__(name: str) -> Any:
    """Import what needs sentence-transformers (some 8 s) when it is first asked for."""
    if name == "multi_vector_encoder":
        from retrieval.encoders.onnx import multi_vector_encoder

        return multi_vector_encoder
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
