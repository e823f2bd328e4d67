"""The one file that knows sentence-transformers' module API: an ONNX model as its input module.

``tests/retrieval/encoders/test_onnx.py`` fails when that API moves. Importing this file imports
torch and sentence-transformers (some 8 s), so only do it on the lane.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from sentence_transformers import CrossEncoder, MultiVectorEncoder
from sentence_transformers.base.modules import InputModule

from retrieval.encoders.onnx_session import INPUTS, MAX_TOKENS, OnnxModel


class OnnxTransformer(InputModule):
    """Runs ``model.onnx`` of *folder* on the CPU; puts its first output under *output*."""

    def __init__(self, folder: Path, *, output: str, threads: int) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.model = OnnxModel(folder, threads=threads)
        self.tokenizer = self.model.tokenizer
        self.output = output
        self.max_seq_length = MAX_TOKENS

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_: Any
    ) -> dict[str, torch.Tensor]:
        """Return token ids, mask and segment ids, each of shape ``(len(inputs), longest)``."""
        texts = [f"{prompt or ''}{item}" if isinstance(item, str) else tuple(item) for item in inputs]
        return {name: torch.from_numpy(ids) for name, ids in self.model.features(texts).items()}

    def forward(self, features: dict[str, torch.Tensor], **_: Any) -> dict[str, torch.Tensor]:
        """Run the model."""
        output = self.model.output({name: features[name].numpy() for name in INPUTS})
        features[self.output] = torch.from_numpy(output)
        return features

    def get_embedding_dimension(self) -> int:
        """Return the width of the model's output."""
        width = self.model.session.get_outputs()[0].shape[-1]
        return int(width) if isinstance(width, int) else 384

    def save(self, *_: Any, **__: Any) -> None:
        """Refuse: the files belong to the package they came in."""
        raise TypeError("bundled models are read, never written")


def multi_vector_encoder(folder: Path, *, threads: int) -> MultiVectorEncoder:
    """Return an encoder whose ``encode_*`` methods give one vector of 384 a token, not normalized."""
    return MultiVectorEncoder(
        modules=[OnnxTransformer(folder, output="token_embeddings", threads=threads)], device="cpu"
    )


def cross_encoder(folder: Path, *, threads: int) -> CrossEncoder:
    """Return a cross-encoder that gives one logit a pair."""
    model: CrossEncoder = CrossEncoder(
        modules=[OnnxTransformer(folder, output="scores", threads=threads)],
        device="cpu",
        activation_fn=torch.nn.Identity(),
    )
    return model
