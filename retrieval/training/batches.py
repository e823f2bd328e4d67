"""Examples as token ids, in batches of similar length."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from retrieval.domain import Span
from retrieval.training.examples import Example

MAX_TOKENS = 176
BATCH = 16
_SEPARATOR = 102
_SORTED_TOGETHER = 12
"""Batches that are sorted by length together: little padding, and still a shuffled order."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """One example as the model reads it; ``start == end == 0`` where nothing answers."""

    ids: tuple[int, ...]
    types: tuple[int, ...]
    start: int
    end: int


def tokenize(tokenizer: Tokenizer, example: Example) -> Tokens | None:
    """Return an example as tokens; ``None`` if its answer lies behind the last token that is read."""
    encoded = tokenizer.encode(example.question, example.passage)
    ids, types, offsets = encoded.ids, encoded.type_ids, encoded.offsets
    if len(ids) > MAX_TOKENS:
        ids, types = [*ids[: MAX_TOKENS - 1], _SEPARATOR], types[:MAX_TOKENS]
        offsets = offsets[: MAX_TOKENS - 1]
    if example.answer is None:
        return Tokens(tuple(ids), tuple(types), 0, 0)
    found = locate(example.answer, types, offsets)
    return Tokens(tuple(ids), tuple(types), *found) if found else None


def locate(answer: Span, types: Sequence[int], offsets: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the first and last token of an answer in the second text."""
    inside = [
        at
        for at, (start, end) in enumerate(offsets)
        if types[at] == 1 and start < end and start < answer.end and answer.start < end
    ]
    if not inside or offsets[inside[-1]][1] < answer.end:
        return None
    return inside[0], inside[-1]


def arrange(rows: Sequence[Tokens], rng: random.Random) -> list[list[Tokens]]:
    """Return shuffled batches, each of rows of similar length."""
    shuffled = rng.sample(list(rows), len(rows))
    batches: list[list[Tokens]] = []
    step = BATCH * _SORTED_TOGETHER
    for first in range(0, len(shuffled), step):
        together = sorted(shuffled[first : first + step], key=lambda one: len(one.ids))
        made = [together[at : at + BATCH] for at in range(0, len(together), BATCH)]
        batches += rng.sample(made, len(made))
    return batches


def pad(batch: Sequence[Tokens]) -> tuple[Tensor, Tensor, Tensor]:
    """Return ids, mask and segment ids of a batch, ``(texts, longest)``."""
    longest = max(len(one.ids) for one in batch)
    ids, mask, types = (torch.zeros(len(batch), longest, dtype=torch.long) for _ in range(3))
    for at, one in enumerate(batch):
        size = len(one.ids)
        ids[at, :size] = torch.tensor(one.ids)
        mask[at, :size] = 1
        types[at, :size] = torch.tensor(one.types)
    return ids, mask, types
