"""The reader's weights: those of the bundled cross-encoder and a low-rank difference to them.

A weight matrix of the reader is ``base + left @ right``: ``base`` is the dequantized int8 matrix of the
bundled cross-encoder, ``left`` and ``right`` are stored as int8 with one scale a rank (LoRA's form, Hu et al.
2021, arXiv:2106.09685). Biases and layer norms are stored as differences in half precision. Matrices have the
shape ``(inputs, outputs)``, as in the ONNX graph.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from retrieval.protocols import Vector

if TYPE_CHECKING:
    import onnx

Array = NDArray[Any]
"""An array of whatever a file holds: int8, half precision or float32."""
SPAN = "span"
"""The head that the cross-encoder lacks: where the answer starts and ends."""
_QUANTIZED, _SCALE, _ZERO = "_quantized", "_scale", "_zero_point"


@dataclass(frozen=True, slots=True)
class Linear:
    """Where a linear layer's matrix is in the quantized graph."""

    name: str
    """As PyTorch calls the layer: ``bert.encoder.layer.0.attention.self.query``."""
    stored: str
    """The initializer's name without the endings of quantization."""


def linear_layers(model: "onnx.ModelProto") -> list[Linear]:
    """Return the linear layers of a dynamically quantized BERT graph, in the order of the graph."""
    found = []
    for node in model.graph.node:
        if node.op_type == "MatMulInteger":
            weight = node.input[1].removesuffix(_QUANTIZED)
            found.append(Linear(node.name.strip("/").replace("/", ".").rpartition(".")[0], weight))
    return found


def read_base(path: Path) -> dict[str, Vector]:
    """Return the cross-encoder's parameters as float32, dequantized, by the names of PyTorch.

    Matrices of linear layers have the shape ``(inputs, outputs)``; embeddings ``(rows, width)``.
    """
    import onnx
    from onnx import numpy_helper

    model = onnx.load(str(path))
    stored = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
    named = {one.stored: f"{one.name}.weight" for one in linear_layers(model)}
    base: dict[str, Vector] = {}
    for name, value in stored.items():
        if name.endswith(_QUANTIZED):
            bare = name.removesuffix(_QUANTIZED)
            base[named.get(bare, bare)] = dequantize(value, stored[bare + _SCALE], stored[bare + _ZERO])
        elif not name.endswith((_SCALE, _ZERO)) and value.dtype == np.float32 and value.ndim == 1:
            base[name] = value
    return base


def dequantize(value: Array, scale: Array, zero: Array) -> Vector:
    """Return the real numbers behind integers: ``(value - zero) * scale``."""
    found: Vector = (value.astype(np.float32) - zero.astype(np.float32)) * scale
    return found


def quantize_columns(weight: Vector) -> tuple[Array, Vector]:
    """Return a matrix as int8 and one scale a column, symmetric around zero."""
    scale = np.maximum(np.abs(weight).max(axis=0), 1e-9).astype(np.float32) / 127
    return np.rint(weight / scale).astype(np.int8), scale


def factor(change: Vector, rank: int) -> tuple[Vector, Vector]:
    """Return the best approximation of a matrix by two of a low rank (Eckart–Young), by SVD."""
    left, values, right = np.linalg.svd(change, full_matrices=False)
    root = np.sqrt(values[:rank])
    return (left[:, :rank] * root).astype(np.float32), (root[:, None] * right[:rank]).astype(np.float32)


def pack(base: dict[str, Vector], tuned: dict[str, Vector], rank: int) -> dict[str, Array]:
    """Return the difference of two sets of parameters as the arrays of the shipped file.

    Embeddings are the base's own. What the base lacks (the span head) is stored whole.
    """
    packed: dict[str, Array] = {}
    for name, value in tuned.items():
        if "embeddings" in name and value.ndim == 2:
            continue
        if name not in base:
            packed[name] = value.astype(np.float32)
        elif value.ndim == 1 or min(value.shape) <= rank:
            packed[f"{name}+"] = (value - base[name]).astype(np.float16)
        else:
            left, right = factor(value - base[name], rank)
            packed[f"{name}<"], packed[f"{name}<s"] = quantize_columns(left)
            turned, packed[f"{name}>s"] = quantize_columns(right.T)
            packed[f"{name}>"] = turned.T
    return packed


def unpack(base: dict[str, Vector], packed: dict[str, Array]) -> dict[str, Vector]:
    """Return the reader's parameters: the base's, with the difference of a shipped file."""
    tuned = dict(base)
    for name, value in packed.items():
        key, mark = name[:-1], name[-1]
        if mark == "<":
            left = value.astype(np.float32) * packed[f"{key}<s"]
            tuned[key] = base[key] + left @ (
                packed[f"{key}>"].astype(np.float32) * packed[f"{key}>s"][:, None]
            )
        elif mark == "+":
            tuned[key] = base[key] + value.astype(np.float32)
        elif mark not in "s>" or name in ("span.bias",):
            tuned[name] = value
    return tuned
