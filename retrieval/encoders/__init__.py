"""The models: encoder and cross-encoder, bundled or by name."""

from typing import TYPE_CHECKING, Any

from retrieval.encoders.bundled import ENCODER, RERANKER, model_folder
from retrieval.encoders.encoder import load_encoder
from retrieval.encoders.reranker import load_reranker

if TYPE_CHECKING:
    from retrieval.encoders.graph_cache import open_session
    from retrieval.encoders.onnx import multi_vector_encoder
    from retrieval.encoders.onnx_session import session_options

__all__ = [
    "ENCODER",
    "RERANKER",
    "load_encoder",
    "load_reranker",
    "model_folder",
    "multi_vector_encoder",
    "open_session",
    "session_options",
]


def __getattr__(name: str) -> Any:
    """Import what is slow when it is first asked for: sentence-transformers (some 8 s) or ONNX Runtime."""
    if name == "multi_vector_encoder":
        from retrieval.encoders.onnx import multi_vector_encoder

        return multi_vector_encoder
    if name == "open_session":
        from retrieval.encoders.graph_cache import open_session

        return open_session
    if name == "session_options":
        from retrieval.encoders.onnx_session import session_options

        return session_options
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
