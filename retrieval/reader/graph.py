"""The reader's ONNX graph: the bundled cross-encoder's, with other weights and the span head.

Nothing but numbers changes in the layers that are there; every matrix gets one scale a column instead of one
for all, which the dynamic quantization of ONNX Runtime allows and which costs less precision.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper

from retrieval.protocols import Vector
from retrieval.reader.weights import (
    SPAN,
    Array,
    linear_layers,
    quantize_columns,
    read_base,
    unpack,
)

_TOKENS = "/bert/pooler/Gather"
"""The node that takes the first token's vector: its input are the vectors of all tokens."""


def build_graph(base: Path, packed: dict[str, Array]) -> bytes:
    """Return the serialized graph: outputs ``logits``, ``(texts, 1)``, and ``span``, ``(texts, tokens, 2)``.

    Args:
        base: ``model.onnx`` of the bundled cross-encoder.
        packed: The arrays of the shipped file; see ``weights.pack``.
    """
    model = onnx.load(str(base))
    tuned = unpack(read_base(base), packed)
    changed: dict[str, Array] = {}
    for layer in linear_layers(model):
        values, scale = quantize_columns(tuned[f"{layer.name}.weight"])
        changed[f"{layer.stored}_quantized"] = values
        changed[f"{layer.stored}_scale"] = scale
        changed[f"{layer.stored}_zero_point"] = np.zeros(scale.shape, dtype=np.int8)
    for initializer in model.graph.initializer:
        value = changed.get(initializer.name)
        if value is None and initializer.name in tuned:
            value = tuned[initializer.name]
        if value is not None:
            initializer.CopyFrom(numpy_helper.from_array(value, initializer.name))
    _add_span_head(model, tuned)
    return bytes(model.SerializeToString())


def _add_span_head(model: onnx.ModelProto, tuned: dict[str, Vector]) -> None:
    tokens = next(node.input[0] for node in model.graph.node if node.name == _TOKENS)
    weight, bias = f"{SPAN}.weight", f"{SPAN}.bias"
    model.graph.initializer.extend(numpy_helper.from_array(tuned[name], name) for name in (weight, bias))
    model.graph.node.extend(
        [
            helper.make_node("MatMul", [tokens, weight], [f"{SPAN}_product"], name=f"/{SPAN}/MatMul"),
            helper.make_node("Add", [f"{SPAN}_product", bias], [SPAN], name=f"/{SPAN}/Add"),
        ]
    )
    shape: list[str | int | None] = ["batch_size", "sequence", 2]
    model.graph.output.append(helper.make_tensor_value_info(SPAN, onnx.TensorProto.FLOAT, shape))
