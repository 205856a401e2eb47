"""Train the attribution model and write it as one int8 ONNX file with its settings.

    python training/attribution/train.py --gold ../shared/gold/polnear

Needs the packages of ``training/requirements.txt``. Seeds are fixed; a run took 71 minutes
on two busy cores.
"""

from __future__ import annotations

import argparse
import logging
import math
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from data import Report, batches, reports, scorer
from export import base_folder, package
from network import Network
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional
from tuning import Cached, figures

ROOT = Path(__file__).resolve().parents[2]
log = logging.getLogger("train")


def options() -> argparse.Namespace:
    """What can be set from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=ROOT.parent / "shared/gold/polnear")
    parser.add_argument("--score", type=Path, default=ROOT.parent / "shared/score/attribution.py")
    parser.add_argument("--work", type=Path, default=ROOT / "build/attribution")
    parser.add_argument("--base", type=Path, help="a folder with the base encoder's weights")
    parser.add_argument("--out", type=Path, default=ROOT / "src/dragoman/models/attribution")
    parser.add_argument("--checkpoint", type=Path, help="tune and write this one, do not train")
    parser.add_argument("--epochs", type=float, default=4)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--decay", type=float, default=0.85, help="of the rate, layer by layer")
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--pieces", type=int, default=2048, help="word pieces a batch")
    parser.add_argument("--limit", type=int, default=256, help="word pieces a window")
    parser.add_argument("--hold", type=int, default=12, help="every n-th report tunes; 0: none")
    parser.add_argument("--take", type=int, default=0, help="train on the first n reports only")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def groups(network: Network, given: argparse.Namespace) -> list[dict[str, object]]:
    """Parameters with a rate each: heads fast, lower layers slower; word vectors stay."""
    network.encoder.words.weight.requires_grad_(False)
    found: dict[tuple[float, float], list[Tensor]] = {}
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        parts = name.split(".")
        if parts[0] != "encoder" or parts[1] == "features":
            rate = given.head_rate
        else:
            layer = int(parts[2]) if parts[1] == "blocks" else -1
            rate = given.rate * given.decay ** (5 - layer)
        decay = 0.01 if parameter.dim() > 1 else 0.0
        found.setdefault((rate, decay), []).append(parameter)
    return [{"params": p, "lr": r, "weight_decay": d} for (r, d), p in found.items()]


def loss(network: Network, batch: dict[str, Tensor]) -> tuple[Tensor, list[float]]:
    """The three losses summed, each a gold cue; and their values."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        _, words = network.words(batch)
    words = words.float()
    mask = batch["first"] > 0
    mask[:, 0] = False
    count = max(1, len(batch["row"]))
    found = functional.binary_cross_entropy_with_logits(
        network.cue(words).squeeze(-1)[mask], batch["anchors"][mask], reduction="sum"
    )
    roles = functional.binary_cross_entropy_with_logits(
        network.roles(words)[mask], batch["roles"][mask], reduction="sum"
    )
    linked = words.sum() * 0
    if len(batch["row"]):
        scores = network.linker(
            words, batch["head"], batch["columns"], mask, batch["row"], batch["at"]
        )
        seen = mask[batch["row"]]
        linked = functional.cross_entropy(scores[seen], batch["gold"][seen], reduction="sum")
    parts = [found / count, 0.05 * roles / count, 0.15 * linked / count]
    return sum(parts), [float(p.detach()) for p in parts]  # type: ignore[return-value]


def fit(network: Network, train: Sequence[Report], held: Sequence[Report], given) -> None:
    """Train in place."""
    optimiser = torch.optim.AdamW(groups(network, given), betas=(0.9, 0.98), fused=True)
    rates = [group["lr"] for group in optimiser.param_groups]
    per_epoch = sum(1 for _ in batches(train, given.pieces, given.limit, 0))
    total = math.ceil(per_epoch * given.epochs)
    step, sums, begun = 0, np.zeros(3), time.monotonic()
    for epoch in range(math.ceil(given.epochs)):
        for batch, _ in batches(train, given.pieces, given.limit, given.seed * 1000 + epoch):
            if step >= total:
                break
            network.train()
            share = min(1.0, (step + 1) / (0.06 * total))
            share *= 1 - step / total
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * share
            value, parts = loss(network, batch)
            value.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            step += 1
            sums += parts
            if step % 50 == 0:
                pace = (time.monotonic() - begun) / step
                log.info("%d/%d %s %.2f s/step", step, total, np.round(sums / 50, 3), pace)
                sums[:] = 0
        torch.save(network.state_dict(), given.work / "last.pt")
        if held and epoch >= 1:
            log.info("epoch %d %s", epoch, figures(Cached.of(network, held, given.limit), given))


def main() -> None:
    """Train, tune on what was held out, write the product's files."""
    given = options()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(given.threads)
    random.seed(given.seed)
    np.random.seed(given.seed)
    torch.manual_seed(given.seed)
    given.work.mkdir(parents=True, exist_ok=True)
    given.scorer = scorer(given.score)
    base = base_folder(given.base)
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    cache = given.work / "train.pickle"
    every, vocabulary = reports(given.gold / "train", given.scorer, tokenizer, None, cache)
    given.docs = {d.name: d for d in given.scorer.load(str(given.gold / "train"))}
    held = every[5 :: given.hold] if given.hold else []
    names = {report.name for report in held}
    train = [report for report in every if report.name not in names]
    train = train[: given.take] if given.take else train
    labels = {"tags": list(vocabulary.tags), "deps": list(vocabulary.deps)}
    network = Network(len(labels["tags"]), len(labels["deps"]))
    if given.checkpoint is not None:
        network.load_state_dict(torch.load(given.checkpoint, weights_only=True))
    else:
        network.encoder.load(load_file(base / "model.safetensors"))
        fit(network, train, held, given)
        torch.save(network.state_dict(), given.work / f"seed{given.seed}.pt")
    if held:
        package(network, given, held, labels)


if __name__ == "__main__":
    main()
