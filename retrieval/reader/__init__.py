"""The trained reader: where in a passage is the answer to a question, if it is there at all.

Fine-tuned from the bundled cross-encoder; ``retrieval/training`` makes its weights, and
``retrieval/training/MODEL_CARD.md`` says from what, and how good they are.
"""

from typing import TYPE_CHECKING, Any

from retrieval.reader.weights import SPAN, pack, read_base

if TYPE_CHECKING:
    from retrieval.reader.reading import load_reader

__all__ = ["SPAN", "load_reader", "pack", "read_base"]


def __getattr__(name: str) -> Any:
    """Import ONNX Runtime when the reader is first asked for."""
    if name == "load_reader":
        from retrieval.reader.reading import load_reader

        return load_reader
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
