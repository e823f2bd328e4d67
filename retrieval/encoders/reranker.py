"""Cross-encoders: read question and text together and say how well the one answers the other."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.encoders.bundled import RERANKER, model_folder
from retrieval.errors import ModelMissing
from retrieval.messages import message
from retrieval.protocols import Reranker

BATCH = 8
"""Texts a batch, sorted by length; more only adds padding on a CPU."""


def load_reranker(
    name: str, *, models_dir: Path | None, threads: int, direct: bool = False, cache: Path | None = None
) -> Reranker:
    """Return the reranker called *name*: ``bundled``, or a cross-encoder's name or path.

    *direct* runs the bundled one without sentence-transformers; every other needs it. Its optimized graph
    is kept in the folder *cache*.

    Raises:
        ModelMissing: It cannot be loaded.
    """
    if name == "bundled":
        return CrossEncoderReranker(RERANKER.title, _load_bundled(models_dir, threads, direct, cache))
    from sentence_transformers import CrossEncoder

    try:
        return CrossEncoderReranker(name, CrossEncoder(name, device="cpu"))
    except (OSError, ValueError) as error:
        raise ModelMissing(
            message(
                "The reranker {name!r} cannot be loaded. Set FOOTNOTE_RERANKER to 'bundled' or to a "
                "model that is on this machine.",
                name=name,
            )
        ) from error


def _load_bundled(models_dir: Path | None, threads: int, direct: bool, cache: Path | None) -> Any:
    if direct:
        from retrieval.encoders.onnx_session import DirectCrossEncoder

        return DirectCrossEncoder(
            model_folder(RERANKER, models_dir, unread=True),
            threads=threads,
            cache=cache,
            check=lambda: model_folder(RERANKER, models_dir),
        )
    from retrieval.encoders.onnx import cross_encoder

    return cross_encoder(model_folder(RERANKER, models_dir), threads=threads)


class CrossEncoderReranker:
    """A ``CrossEncoder``, or what has its ``predict``; ``Any``, as torch is not imported here."""

    def __init__(self, name: str, model: Any) -> None:
        self.name = name
        self._model = model

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one logit a text; some 13 ms a sentence on two cores."""
        if not texts:
            return np.empty(0, dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        pairs = [(question, texts[at]) for at in order]
        found = self._model.predict(pairs, batch_size=BATCH, show_progress_bar=False)
        out = np.empty(len(texts), dtype=np.float32)
        out[order] = np.asarray(found, dtype=np.float32).reshape(len(texts))
        return out
