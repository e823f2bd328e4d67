"""The bundled models on ONNX Runtime and tokenizers alone, for commands that ask once and end.

Importing sentence-transformers brings torch and transformers, some 8 s of CPU; this module takes
a twentieth of that. ``onnx.py`` puts the same session behind sentence-transformers, and
``tests/retrieval/encoders/test_onnx_session.py`` requires equal numbers of both.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from retrieval.encoders.graph_cache import open_session
from retrieval.protocols import Vector

MAX_TOKENS = 512
"""What the models read of a text at most."""
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_COLUMNS = ("ids", "attention_mask", "type_ids")
_QUERIES = 32
"""Texts a batch where the caller names no number: the default of sentence-transformers."""

Features = dict[str, NDArray[np.int64]]
Check = Callable[[], object]
"""Raises unless a model's file is the expected one."""


def session_options(threads: int, *, spinning: bool) -> onnxruntime.SessionOptions:
    """Return options for a model on the CPU; with *spinning*, threads that wait keep their cores busy."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # The arena keeps the largest batch it ever saw; without it memory stays flat at no cost in speed.
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    if not spinning:
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options


class OnnxModel:
    """``model.onnx`` and ``tokenizer.json`` of one folder, on the CPU."""

    def __init__(
        self,
        folder: Path,
        *,
        threads: int,
        spinning: bool = True,
        cache: Path | None = None,
        check: Check = lambda: None,
    ) -> None:
        """Load both; with *spinning*, threads that wait for work keep their cores busy meanwhile.

        The optimized graph is kept in the folder *cache*, if one is given; *check* is called before the
        model's own file is read.
        """
        self.session = open_session(
            folder / "model.onnx", lambda: session_options(threads, spinning=spinning), cache, check
        )
        self.tokenizer = _load_tokenizer((folder / "tokenizer.json").read_bytes())

    def features(self, texts: Sequence[Any]) -> Features:
        """Return token ids, mask and segment ids, each of shape ``(len(texts), longest)``."""
        encodings = self.tokenizer.encode_batch(list(texts))
        return {
            name: np.array([getattr(encoding, column) for encoding in encodings], dtype=np.int64)
            for name, column in zip(INPUTS, _COLUMNS, strict=True)
        }

    def output(self, features: Features) -> Vector:
        """Run the model and return its first output."""
        found: Vector = self.session.run(None, {name: features[name] for name in INPUTS})[0]
        return found


class DirectEncoder:
    """The methods of a ``MultiVectorEncoder`` that ``encoder.py`` calls, without sentence-transformers."""

    def __init__(
        self, folder: Path, *, threads: int, cache: Path | None = None, check: Check = lambda: None
    ) -> None:
        self._model = OnnxModel(folder, threads=threads, spinning=False, cache=cache, check=check)

    def encode_query(self, texts: Sequence[str], *, batch_size: int = _QUERIES, **_: Any) -> list[Vector]:
        """Return for each text one vector of 384 a token, not normalized."""
        vectors: list[Vector] = [np.empty((0, 0), dtype=np.float32)] * len(texts)
        for batch in _batches([len(text) for text in texts], batch_size):
            features = self._model.features([texts[at] for at in batch])
            output, masks = self._model.output(features), features["attention_mask"].astype(bool)
            for at, tokens, mask in zip(batch, output, masks, strict=True):
                vectors[at] = tokens[mask]
        return vectors

    encode_document = encode_query


class DirectCrossEncoder:
    """The one method of a ``CrossEncoder`` that ``reranker.py`` calls, without sentence-transformers."""

    def __init__(
        self, folder: Path, *, threads: int, cache: Path | None = None, check: Check = lambda: None
    ) -> None:
        self._model = OnnxModel(folder, threads=threads, spinning=False, cache=cache, check=check)

    def predict(self, pairs: Sequence[tuple[str, str]], *, batch_size: int = _QUERIES, **_: Any) -> Vector:
        """Return one logit a pair."""
        logits = np.empty(len(pairs), dtype=np.float32)
        for batch in _batches([len(first) + len(second) for first, second in pairs], batch_size):
            features = self._model.features([pairs[at] for at in batch])
            logits[batch] = self._model.output(features).reshape(len(batch))
        return logits


@lru_cache(maxsize=1)
def _load_tokenizer(definition: bytes) -> Tokenizer:
    """Return the tokenizer that both bundled models have; making one takes some 30 ms."""
    tokenizer = Tokenizer.from_buffer(definition)
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.enable_padding()
    return tokenizer


def _batches(lengths: Sequence[int], size: int) -> list[list[int]]:
    """Return positions in batches, longest first, as sentence-transformers puts them.

    The int8 models scale their activations by the batch, so equal numbers need equal batches.
    """
    order = [int(at) for at in np.argsort([-length for length in lengths])]
    return [order[start : start + size] for start in range(0, len(order), size)]
