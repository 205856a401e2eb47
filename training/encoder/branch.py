"""The event head's own upper layers: the encoder's last layers serve the attributions, so the event
head gets a copy of them to itself, and both learn from PLV and the composed sentences alone.

Cross-validated on PLV the same way (``crossvalidate.py``).
"""

from __future__ import annotations

import copy
import logging
import random
from collections.abc import Sequence
from typing import Any

import torch
from network import Network
from sentences import Example, tensors
from torch import Tensor, nn
from torch.nn import functional

LEARNING = 2
"""Upper layers of the branch."""
WEIGHTS = {"own": 1.0, "plv": 1.0, "mode": 0.5}
log = logging.getLogger("train")


class Branch(nn.Module):
    """Upper layers and event head over the vectors of a sentence's pieces below them."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.blocks = copy.deepcopy(network.encoder.blocks[-LEARNING:])
        self.events = copy.deepcopy(network.events)

    def forward(
        self, below: Tensor, pieces: Tensor, first: Tensor, which: Tensor, marks: Tensor,
        mask: Tensor,
    ) -> dict[str, Tensor]:  # fmt: skip
        """``below``, ``pieces`` (true where there is one), ``first`` (each word's first piece)
        and ``mask`` (true where there is a word) have a row a sentence; ``which`` is an event's
        sentence and ``marks`` are its words.
        """
        bias = ((~pieces).to(below.dtype) * -1e4)[:, None, None, :]
        x = below
        for block in self.blocks:
            x = block(x, bias)
        words = torch.gather(x, 1, first.unsqueeze(-1).expand(-1, -1, x.shape[-1]))
        found: dict[str, Tensor] = self.events(words[which], marks, mask[which])
        return found


def lower(network: Network, batch: dict[str, Tensor]) -> Tensor:
    """The vectors of all pieces below the branch."""
    encoder = network.encoder
    blocks, encoder.blocks = encoder.blocks, encoder.blocks[:-LEARNING]
    found: Tensor = encoder(batch["ids"], batch["owner"], batch["columns"])
    encoder.blocks = blocks
    return found


Row = tuple[dict[str, Tensor], Tensor]


def cached(network: Network, examples: Sequence[Example], size: int = 24) -> list[Row]:
    """Batches of like length with their vectors below the branch."""
    network.eval()
    rng = random.Random(0)
    order = sorted(examples, key=lambda e: len(e.features.pieces))
    found = []
    with torch.no_grad():
        for start in range(0, len(order), size):
            batch = tensors(order[start : start + size], 256, rng)
            found.append((batch, lower(network, batch)))
    return found


def fit(
    branch: Branch, rows: Sequence[Row], epochs: int, rate: float, trigger: float = 1.0
) -> None:
    """Train in place; a batch's triggers are shown with probability ``trigger``."""
    top = [*branch.blocks.parameters()]
    optimiser = torch.optim.AdamW(
        [{"params": top, "lr": rate}, {"params": [*branch.events.parameters()], "lr": 3 * rate}],
        weight_decay=0.01,
    )
    rates = [group["lr"] for group in optimiser.param_groups]
    total, step = epochs * len(rows), 0
    branch.train()
    for epoch in range(epochs):
        for batch, below in random.sample(rows, len(rows)):
            share = min(1.0, (step + 1) / (0.1 * total)) * (1 - step / total)
            for group, own in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = own * share
            marks = batch["marks"]
            if random.random() >= trigger:
                marks = marks * torch.tensor([1.0, 1.0, 0.0])
            value = _loss(branch, batch, below, marks)
            value.backward()
            nn.utils.clip_grad_norm_(branch.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            step += 1
        log.info("branch, epoch %d: loss %.3f", epoch, float(value.detach()))
    branch.eval()


def answers(branch: Branch, batch: dict[str, Tensor], below: Tensor) -> dict[str, Tensor]:
    """Scores of a cached batch."""
    found: dict[str, Tensor] = branch(
        below, batch["ids"] != 0, batch["first"], torch.arange(len(below)), batch["marks"],
        batch["own_words"],
    )  # fmt: skip
    return found


def _loss(branch: Branch, batch: dict[str, Tensor], below: Tensor, marks: Tensor) -> Tensor:
    said = answers(branch, {**batch, "marks": marks}, below)
    losses: list[Any] = []
    for name, weight in WEIGHTS.items():
        rows = batch[name] >= 0
        if rows.any():
            smooth = 0.05 if name != "mode" else 0.0
            losses.append(
                weight
                * functional.cross_entropy(
                    said[name][rows], batch[name][rows], label_smoothing=smooth
                )
            )
    rows = ~torch.isnan(batch["contexts"][:, 0])
    if rows.any() and batch["contexts"].shape[1] > 1:
        wanted = batch["contexts"][rows]
        losses.append(
            5 * functional.binary_cross_entropy_with_logits(said["contexts"][rows], wanted)
        )
    return torch.stack(losses).sum()
