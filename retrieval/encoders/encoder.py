"""Encoders: the bundled late-interaction model, or any sentence-transformers model by name.

Built on the lane; loading takes some 8 s, nearly all of it the import of sentence-transformers,
or 0.2 s with *direct*, which runs the bundled model without it (``onnx_session.py``).
"""

from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from threadpoolctl import ThreadpoolController
from tokenizers import Tokenizer

from retrieval.encoders.bundled import ENCODER, model_folder
from retrieval.errors import ModelMissing
from retrieval.messages import message
from retrieval.protocols import Encoded, Encoder, Vector

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


MAX_TOKENS = 512
"""What the model reads of a text at most."""
BATCH_TOKENS = 2_048
"""Padded tokens a batch; more gains nothing on a CPU and costs memory."""


def load_encoder(
    name: str, *, models_dir: Path | None, threads: int, direct: bool = False, cache: Path | None = None
) -> Encoder:
    """Return the encoder called *name*: ``bundled``, or a sentence-transformers name or path.

    *direct* runs the bundled one without sentence-transformers; every other needs it. Its optimized graph
    is kept in the folder *cache*.

    Raises:
        ModelMissing: It cannot be loaded.
    """
    if name == "bundled":
        return LateInteractionEncoder(models_dir, threads=threads, direct=direct, cache=cache)
    return SingleVectorEncoder(name)


class LateInteractionEncoder:
    """answerai-colbert-small, int8: a vector a token, and their mean for the first search.

    The model's own last layer (384 to 96) is not in the file. ``projection.npy`` stands in for
    it: the 96 leading right singular vectors of the token vectors of open texts, made by
    ``retrieval/evaluation/projection.py``.
    """

    name = f"{ENCODER.title}-int8+svd96"

    def __init__(
        self, models_dir: Path | None, *, threads: int, direct: bool = False, cache: Path | None = None
    ) -> None:
        self._folder = model_folder(ENCODER, models_dir, unread=True)
        self._model = _token_vector_model(models_dir, threads, direct, cache)
        # NumPy's pool waits for the cores that the model's threads hold; for products as small as
        # ours that made a question cost two to three times as much, and a passage a third more.
        ThreadpoolController().limit(limits=1, user_api="blas")
        with (files("retrieval.encoders") / "projection.npy").open("rb") as file:
            self._projection: Vector = np.load(file, allow_pickle=False).astype(np.float32)

    @cached_property
    def _counter(self) -> Tokenizer:
        """The model's tokenizer for texts of any length; questions need none."""
        counter = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        counter.no_padding()
        counter.no_truncation()
        return counter

    @property
    def dimension(self) -> int:
        """Length of the mean vector."""
        return int(self._projection.shape[0])

    @property
    def token_dimension(self) -> int:
        """Length of a token vector after the projection."""
        return int(self._projection.shape[1])

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the tokens of each text, without special ones."""
        encodings = self._counter.encode_batch(list(texts), add_special_tokens=False)
        return [len(encoding.ids) for encoding in encodings]

    def encode_query(self, text: str) -> Encoded:
        """Encode one question."""
        (tokens,) = self._model.encode_query([text], convert_to_numpy=True, show_progress_bar=False)
        return self._encoded(tokens)

    def encode_passages(self, texts: Sequence[str]) -> list[Encoded]:
        """Encode passages; sorted by length inside, so that little is padding."""
        encoded: list[Encoded | None] = [None] * len(texts)
        for batch in _batches(self.count_tokens(texts)):
            vectors = self._model.encode_document(
                [texts[at] for at in batch],
                batch_size=len(batch),
                convert_to_numpy=True,
                show_progress_bar=False,
            )
            for at, tokens in zip(batch, vectors, strict=True):
                encoded[at] = self._encoded(tokens)
        return [item for item in encoded if item is not None]

    def _encoded(self, tokens: Vector) -> Encoded:
        mean = tokens.mean(axis=0)
        projected = tokens @ self._projection
        unit = projected / np.maximum(np.linalg.norm(projected, axis=1, keepdims=True), 1e-9)
        return Encoded(
            vector=(mean / max(float(np.linalg.norm(mean)), 1e-9)).astype(np.float32),
            tokens=np.rint(unit * 127).astype(np.int8),
        )


class SingleVectorEncoder:
    """Any single-vector sentence-transformers model; late interaction is skipped with it."""

    token_dimension = 0

    def __init__(self, name: str) -> None:
        self.name = name
        self._model = _load_sentence_transformer(name)

    @cached_property
    def dimension(self) -> int:
        """Length of its vectors."""
        return len(self.encode_query("length").vector)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the tokens of each text, without special ones."""
        tokenizer: Any = self._model.tokenizer
        return [len(tokenizer.tokenize(text)) for text in texts]

    def encode_query(self, text: str) -> Encoded:
        """Encode one question, with the model's own prompt for questions if it has one."""
        vector = self._model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return Encoded(np.asarray(vector, dtype=np.float32), None)

    def encode_passages(self, texts: Sequence[str]) -> list[Encoded]:
        """Encode passages."""
        if not texts:
            return []
        vectors = self._model.encode_document(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return [Encoded(np.asarray(vector, dtype=np.float32), None) for vector in vectors]


def _token_vector_model(models_dir: Path | None, threads: int, direct: bool, cache: Path | None) -> Any:
    if direct:
        from retrieval.encoders.onnx_session import DirectEncoder

        return DirectEncoder(
            model_folder(ENCODER, models_dir, unread=True),
            threads=threads,
            cache=cache,
            check=lambda: model_folder(ENCODER, models_dir),
        )
    from retrieval.encoders.onnx import multi_vector_encoder

    return multi_vector_encoder(model_folder(ENCODER, models_dir), threads=threads)


def _load_sentence_transformer(name: str) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer  # 8 s: only when a model is wanted

    try:
        return SentenceTransformer(name, device="cpu")
    except (OSError, ValueError) as error:
        raise ModelMissing(
            message(
                "The encoder {name!r} cannot be loaded. Set FOOTNOTE_ENCODER to 'bundled' or to a model "
                "that is on this machine.",
                name=name,
            )
        ) from error


def _batches(sizes: Sequence[int]) -> list[list[int]]:
    """Group positions by length, each group within ``BATCH_TOKENS`` once padded."""
    order = sorted(range(len(sizes)), key=lambda at: sizes[at])
    groups: list[list[int]] = []
    for at in order:
        if groups and (len(groups[-1]) + 1) * (min(sizes[at], MAX_TOKENS) + 2) <= BATCH_TOKENS:
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups
