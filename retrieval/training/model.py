"""The reader as a PyTorch module that starts from the bundled cross-encoder."""

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

from retrieval.reader import SPAN, read_base

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RANK = 16
FROZEN_LAYERS = 3
"""Lowest layers that stay as they are: an eighth less time a step."""
WIDTH, LAYERS, HEADS, INNER, VOCABULARY = 384, 12, 12, 1536, 30522


class LowRankLinear(nn.Module):
    """A linear layer whose matrix stays as it is, and a trained product of two matrices beside it (LoRA)."""

    def __init__(self, linear: nn.Linear, rank: int) -> None:
        super().__init__()
        self.weight, self.bias = linear.weight, linear.bias
        self.weight.requires_grad = False
        self.left = nn.Parameter(torch.empty(rank, linear.in_features))
        self.right = nn.Parameter(torch.zeros(linear.out_features, rank))
        nn.init.kaiming_uniform_(self.left, a=math.sqrt(5))

    def forward(self, values: Tensor) -> Tensor:
        """Return ``values @ (weight + right @ left).T + bias``."""
        change = nn.functional.linear(nn.functional.linear(values, self.left), self.right)
        return nn.functional.linear(values, self.weight, self.bias) + change


class TrainedReader(nn.Module):
    """BERT with two heads: start and end of the answer for each token, and whether there is an answer.

    The first token stands for "no answer" in the span head, as in BERT's for SQuAD 2.0 (Devlin et al. 2019).
    """

    def __init__(self) -> None:
        from transformers import BertConfig, BertModel

        super().__init__()
        self.bert = BertModel(
            BertConfig(
                vocab_size=VOCABULARY,
                hidden_size=WIDTH,
                num_hidden_layers=LAYERS,
                num_attention_heads=HEADS,
                intermediate_size=INNER,
                # One pass over the data does not overfit; dropout took a third of the time of a step.
                hidden_dropout_prob=0.0,
                attention_probs_dropout_prob=0.0,
                attn_implementation="sdpa",  # type: ignore[call-arg]
            )
        )
        self.span = nn.Linear(WIDTH, 2)
        self.classifier = nn.Linear(WIDTH, 1)
        self.dropout = nn.Dropout(0.1)
        nn.init.normal_(self.span.weight, std=0.02)
        nn.init.zeros_(self.span.bias)

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor) -> tuple[Tensor, Tensor]:
        """Return start and end logits, ``(texts, tokens, 2)``, and one of being answerable, ``(texts,)``."""
        found = self.bert(input_ids=ids, attention_mask=mask, token_type_ids=types)
        spans = self.span(self.dropout(found.last_hidden_state)).float()
        answerable = self.classifier(self.dropout(found.pooler_output)).squeeze(-1).float()
        return spans.masked_fill(mask[..., None] == 0, -1e4), answerable


def start_from(model: TrainedReader, base: "dict[str, NDArray[np.float32]]") -> None:
    """Load parameters named and laid out as ``retrieval.reader.weights`` has them."""
    state = {
        name: torch.from_numpy(value.T.copy() if _is_linear(name, value.ndim) else value.copy())
        for name, value in base.items()
    }
    missing, unexpected = model.load_state_dict(state, strict=False)
    absent = [name for name in missing if not name.startswith(SPAN) and not name.endswith("position_ids")]
    if absent or unexpected:
        raise ValueError(f"parameters do not fit: {absent} missing, {unexpected} unexpected")


def parameters_of(model: TrainedReader) -> "dict[str, NDArray[np.float32]]":
    """Return the module's parameters, named and laid out as ``retrieval.reader.weights`` has them."""
    found = {}
    changes = {f"{name}.weight": one for name, one in model.named_modules() if isinstance(one, LowRankLinear)}
    for name, value in model.named_parameters():
        if name.endswith((".left", ".right")):
            continue
        whole = value + changes[name].right @ changes[name].left if name in changes else value
        turned = whole.T if _is_linear(name, whole.ndim) else whole
        found[name] = turned.detach().float().numpy().copy()
    return found


def base_reader(graph: Path, seed: int) -> TrainedReader:
    """Return a reader with the cross-encoder's weights, a fresh span head, and low-rank changes to train."""
    torch.manual_seed(seed)
    model = TrainedReader()
    start_from(model, read_base(graph))
    for parameter in model.bert.parameters():
        parameter.requires_grad = False
    for layer in model.bert.encoder.layer[FROZEN_LAYERS:]:
        for name, module in list(layer.named_modules()):
            if isinstance(module, nn.Linear):
                above, _, own = name.rpartition(".")
                setattr(layer.get_submodule(above), own, LowRankLinear(module, RANK))
        for name, parameter in layer.named_parameters():
            parameter.requires_grad = not name.endswith("weight") or "LayerNorm" in name
    pooler: Any = model.bert.pooler
    pooler.dense = LowRankLinear(pooler.dense, RANK)
    return model


def parameter_groups(model: TrainedReader, rate: float) -> list[dict[str, object]]:
    """Return what is trained: the low-rank matrices; biases, norms and heads at a third of their rate."""
    low_rank: list[nn.Parameter] = []
    others: list[nn.Parameter] = []
    for name, value in model.named_parameters():
        if value.requires_grad:
            (low_rank if name.endswith((".left", ".right")) else others).append(value)
    return [
        {"params": low_rank, "lr": rate, "weight_decay": 0.01},
        {"params": others, "lr": rate / 3, "weight_decay": 0.0},
    ]


def _is_linear(name: str, dimensions: int) -> bool:
    return dimensions == 2 and "embeddings" not in name
