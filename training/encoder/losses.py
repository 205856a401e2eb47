"""What the network is trained to: gold labels, and, where there is one, a larger one's answers."""

from __future__ import annotations

import torch
from network import Network
from torch import Tensor
from torch.nn import functional

WEIGHTS = {"own": 1.0, "plv": 1.0, "mode": 0.5, "contexts": 0.5, "values": 1.0, "statuses": 1.0}


def attribution(
    network: Network, batch: dict[str, Tensor], teacher: Network | None = None
) -> Tensor:
    """The losses of cues, roles and linker summed, each a gold cue."""
    with torch.autocast(batch["ids"].device.type, dtype=torch.bfloat16):
        _, words = network.words(batch)
    words = words.float()
    mask = batch["first"] > 0
    mask[:, 0] = False
    count = max(1, len(batch["row"]))
    said = _answers(network, words, batch, mask)
    wanted = {"cue": batch["anchors"][mask], "roles": batch["roles"][mask]}
    linked = words.sum() * 0
    if "linked" in said:
        gold = batch["gold"][mask[batch["row"]]]
        linked = functional.cross_entropy(said["linked"], gold, reduction="sum")
    total = (_binary(said["cue"], wanted["cue"]) + 0.05 * _binary(said["roles"], wanted["roles"])
             + 0.15 * linked) / count  # fmt: skip
    if teacher is None:
        return total
    with torch.no_grad():
        with torch.autocast(batch["ids"].device.type, dtype=torch.bfloat16):
            _, seen = teacher.words(batch)
        told = _answers(teacher, seen.float(), batch, mask)
    soft = _binary(said["cue"], told["cue"].sigmoid())
    soft = soft + 0.05 * _binary(said["roles"], told["roles"].sigmoid())
    if "linked" in said:
        soft = soft + 0.15 * _divergence(said["linked"], told["linked"], "sum")
    return 0.5 * total + 0.5 * soft / count


def _answers(
    network: Network, words: Tensor, batch: dict[str, Tensor], mask: Tensor
) -> dict[str, Tensor]:
    found = {
        "cue": network.cue(words).squeeze(-1)[mask],
        "roles": network.roles(words)[mask],
    }
    if len(batch["row"]):
        scores = network.linker(
            words, batch["head"], batch["columns"], mask, batch["row"], batch["at"]
        )
        found["linked"] = scores[mask[batch["row"]]]
    return found


def _binary(scores: Tensor, wanted: Tensor) -> Tensor:
    return functional.binary_cross_entropy_with_logits(scores, wanted, reduction="sum")


def _divergence(scores: Tensor, wanted: Tensor, reduction: str) -> Tensor:
    """Cross-entropy from the larger network's answer."""
    rows = -(torch.softmax(wanted, -1) * torch.log_softmax(scores, -1)).sum(-1)
    return rows.sum() if reduction == "sum" else rows.mean()


def marked(
    network: Network, batch: dict[str, Tensor], early: bool = False,
    teacher: Network | None = None, share: float = 0.5,
) -> Tensor:  # fmt: skip
    """The losses of factuality, status, types, modes and contexts, each a mean, weighted. With
    ``early`` the encoder itself sees the marks.
    """
    said = network_answers(network, batch, early)
    losses = []
    known = ~torch.isnan(batch["values"])
    if known.any():
        off = functional.smooth_l1_loss(said["values"][known], batch["values"][known], beta=0.3)
        losses.append(WEIGHTS["values"] * off)
    for name in ("statuses", "own", "plv", "mode"):
        rows = batch[name] >= 0
        if rows.any():
            smooth = 0.05 if name in ("own", "plv") else 0.0
            value = functional.cross_entropy(
                said[name][rows], batch[name][rows], label_smoothing=smooth
            )
            losses.append(WEIGHTS[name] * value)
    rows = ~torch.isnan(batch["contexts"][:, 0])
    if rows.any() and batch["contexts"].shape[1] > 1:
        value = functional.binary_cross_entropy_with_logits(
            said["contexts"][rows], batch["contexts"][rows]
        )
        losses.append(10 * WEIGHTS["contexts"] * value)
    total = torch.stack(losses).sum() if losses else said["values"].sum() * 0
    if teacher is None:
        return total
    with torch.no_grad():
        told = network_answers(teacher, batch, True)
    return (1 - share) * total + share * _imitated(said, told, batch)


def _imitated(said: dict[str, Tensor], told: dict[str, Tensor], batch: dict[str, Tensor]) -> Tensor:
    rows = batch["marks"].sum((1, 2)) > 0
    soft = said["values"].sum() * 0
    if rows.any():
        for name in ("own", "plv", "mode"):
            soft = soft + WEIGHTS[name] * _divergence(said[name][rows], told[name][rows], "mean")
    mask = batch["first"] > 0
    off = functional.smooth_l1_loss(said["values"][mask], told["values"][mask], beta=0.3)
    return soft + off


def network_answers(network: Network, batch: dict[str, Tensor], early: bool) -> dict[str, Tensor]:
    """All heads' answers to marked sentences."""
    with torch.autocast(batch["ids"].device.type, dtype=torch.bfloat16):
        _, words = network.words(batch, batch["marks"] if early else None)
    words = words.float()
    told = network.told(words)
    found = {"values": told[..., 0], "statuses": told[..., 1:]}
    return found | network.events(words, batch["marks"], batch["own_words"])
