"""Training, stage by stage, with a checkpoint every few minutes from which it goes on."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from retrieval.training.batches import Tokens, pad
from retrieval.training.model import TrainedReader, parameter_groups

log = logging.getLogger(__name__)

WARM_UP, FLOOR = 0.06, 0.1
"""Share of a stage in which the rate rises; the least share of it, to which it then falls."""
CHECKPOINT_S = 240.0
LOGGED = 20


@dataclass(frozen=True, slots=True)
class Stage:
    """Batches to pass over once, at a learning rate."""

    name: str
    rate: float
    batches: Sequence[Sequence[Tokens]]


def train(model: TrainedReader, stages: Sequence[Stage], checkpoint: Path) -> None:
    """Train in place, on one thread; goes on from *checkpoint* if it is there."""
    torch.set_num_threads(1)
    done_stages, done_batches, state = 0, 0, None
    if checkpoint.exists():
        kept = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(kept["model"])
        done_stages, done_batches, state = kept["stage"], kept["batch"], kept["optimizer"]
        torch.set_rng_state(kept["random"])
    for number, stage in enumerate(stages):
        if number < done_stages:
            continue
        _run_stage(model, stage, number, done_batches, state, checkpoint)
        done_batches, state = 0, None


def _run_stage(
    model: TrainedReader,
    stage: Stage,
    number: int,
    done: int,
    state: dict[str, object] | None,
    checkpoint: Path,
) -> None:
    optimizer = torch.optim.AdamW(parameter_groups(model, stage.rate), fused=True)
    rates = [group["lr"] for group in optimizer.param_groups]
    if state is not None:
        optimizer.load_state_dict(state)
    total, losses, began, saved, seen = len(stage.batches), [], time.monotonic(), time.monotonic(), 0
    for at, batch in enumerate(stage.batches):
        if at < done:
            continue
        share = min(1.0, (at + 1) / max(1.0, WARM_UP * total)) * max(FLOOR, 1 - at / total)
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * share
        losses.append(step(model, batch, optimizer))
        seen += len(batch)
        if at % LOGGED == LOGGED - 1:
            mean, speed = sum(losses[-LOGGED:]) / LOGGED, seen / (time.monotonic() - began)
            log.info("%s %d/%d: loss %.3f, %.1f examples/s", stage.name, at + 1, total, mean, speed)
        if time.monotonic() - saved > CHECKPOINT_S:
            save_checkpoint(model, optimizer, number, at + 1, checkpoint)
            saved = time.monotonic()
    save_checkpoint(model, None, number + 1, 0, checkpoint)


def step(model: TrainedReader, batch: Sequence[Tokens], optimizer: torch.optim.Optimizer) -> float:
    """Take one step; return the loss before it."""
    ids, mask, types = pad(batch)
    starts, ends = torch.tensor([one.start for one in batch]), torch.tensor([one.end for one in batch])
    model.train()
    spans, answerable = model(ids, mask, types)
    loss = reading_loss(spans, answerable, starts, ends)
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()
    return float(loss.detach())


def reading_loss(spans: Tensor, answerable: Tensor, starts: Tensor, ends: Tensor) -> Tensor:
    """Return the cross-entropy of start and end, with half of that of being answerable."""
    entropy = nn.functional.cross_entropy
    where = (entropy(spans[..., 0], starts) + entropy(spans[..., 1], ends)) / 2
    whether = nn.functional.binary_cross_entropy_with_logits(answerable, (starts > 0).float())
    return where + 0.5 * whether


def save_checkpoint(
    model: TrainedReader, optimizer: torch.optim.Optimizer | None, stage: int, batch: int, path: Path
) -> None:
    """Write where training is; whole or not at all."""
    made = path.with_suffix(".part")
    torch.save(
        {
            "model": model.state_dict(),
            "optimizer": optimizer.state_dict() if optimizer is not None else None,
            "stage": stage,
            "batch": batch,
            "random": torch.get_rng_state(),
        },
        made,
    )
    made.replace(path)
