"""Reading: where in a passage is the answer to a question, if it is there at all."""

import hashlib
from collections.abc import Sequence
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from retrieval.encoders import RERANKER, model_folder, open_session, session_options
from retrieval.errors import ModelMissing
from retrieval.messages import message
from retrieval.protocols import Reading
from retrieval.reader.spans import find_span

WEIGHTS = "reader.npz"
SHA256 = "0b2ba78076695af0e7125b4577a362dec2cbe62f765579466283f220520a4e72"
"""Of the weights that the measurements were made with."""
BATCH = 4
MAX_TOKENS = 384
"""What is read of a question and a passage at most."""


def load_reader(*, models_dir: Path | None, threads: int, cache: Path | None = None) -> "OnnxReader":
    """Return the reader: the bundled cross-encoder's weights with the shipped difference.

    Its optimized graph is kept in the folder *cache*; without one it is built each time, some 2 s.

    Raises:
        ModelMissing: A file is absent, or is not the one that was measured.
    """
    packed = _shipped()
    folder = model_folder(RERANKER, models_dir, unread=True)

    def build(model: Path) -> bytes:
        from retrieval.reader.graph import build_graph  # late: imports onnx, only to build

        with np.load(BytesIO(packed), allow_pickle=False) as arrays:
            return build_graph(model, dict(arrays))

    session = open_session(
        folder / "model.onnx",
        lambda: session_options(threads, spinning=False),
        cache,
        lambda: model_folder(RERANKER, models_dir),
        build=build,
        kind=SHA256,
    )
    return OnnxReader(session, Tokenizer.from_file(str(folder / "tokenizer.json")))


def _shipped() -> bytes:
    packed = (files("retrieval.reader") / WEIGHTS).read_bytes()
    if hashlib.sha256(packed).hexdigest() != SHA256:
        raise ModelMissing(
            message(
                "The reader's weights in {file} are not those that Footnote was measured with. "
                "Install footnote again.",
                file=WEIGHTS,
            )
        )
    return packed


class OnnxReader:
    """The fine-tuned cross-encoder on ONNX Runtime. Belongs to the lane."""

    name = f"{RERANKER.title}-reader-{SHA256[:8]}"

    def __init__(self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._tokenizer.enable_truncation(MAX_TOKENS, strategy="only_second")
        self._tokenizer.enable_padding()

    def read(self, question: str, passages: Sequence[str]) -> list[Reading]:
        """Return where each passage answers, and how surely; some 40 ms a passage on one core."""
        readings: dict[int, Reading] = {}
        order = sorted(range(len(passages)), key=lambda at: len(passages[at]))
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            encoded = self._tokenizer.encode_batch([(question, passages[at]) for at in batch])
            logits, spans = self._session.run(
                ["logits", "span"],
                {
                    "input_ids": np.array([one.ids for one in encoded], dtype=np.int64),
                    "attention_mask": np.array([one.attention_mask for one in encoded], dtype=np.int64),
                    "token_type_ids": np.array([one.type_ids for one in encoded], dtype=np.int64),
                },
            )
            for row, at in enumerate(batch):
                places = [
                    one if kind == 1 and one[0] < one[1] else None
                    for one, kind in zip(encoded[row].offsets, encoded[row].type_ids, strict=True)
                ]
                readings[at] = find_span(spans[row], float(logits[row, 0]), places)
        return [readings[at] for at in range(len(passages))]
