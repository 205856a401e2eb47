"""Ten folds over PLV's train split for machines without a GPU: the lower layers stay as they are in
a network that has seen no sentence of PLV, and only the upper layers and the event head learn each
fold's nine tenths.

    python training/encoder/train.py --fold -1 --no-reports --hold 0 --weights --name bare \
        --rounds facts=0,plv=0,composed=4,silver=0
    python training/encoder/crossvalidate.py --start build/encoder/bare.pt

Writes ``build/encoder/folds/fold-N.jsonl`` for ``python -m benchmarks.relation --folds``.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
from collections.abc import Sequence
from pathlib import Path

import torch
from export import base_folder
from network import MINILM, Network
from safetensors.torch import load_file
from sentences import Example, Labels, folds, tensors
from torch import Tensor
from torch.nn import functional
from train import FOLDS, ROOT, _pickled

log = logging.getLogger("folds")


def options() -> argparse.Namespace:
    """What can be set from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=ROOT / "build/encoder")
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--base", type=Path)
    parser.add_argument("--learning", type=int, default=2, help="upper layers that learn")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


def lower(network: Network, batch: dict[str, Tensor], learning: int) -> Tensor:
    """The vectors of all pieces below the layers that learn."""
    encoder = network.encoder
    blocks, encoder.blocks = encoder.blocks, encoder.blocks[: len(encoder.blocks) - learning]
    found: Tensor = encoder(batch["ids"], batch["owner"], batch["columns"])
    encoder.blocks = blocks
    return found


def upper(network: Network, batch: dict[str, Tensor], below: Tensor, learning: int) -> Tensor:
    """Scores of PLV's classes from the vectors below."""
    bias = ((batch["ids"] == 0).float() * -1e4)[:, None, None, :]
    x = below
    for block in network.encoder.blocks[len(network.encoder.blocks) - learning :]:
        x = block(x, bias)
    first = batch["first"].unsqueeze(-1).expand(-1, -1, x.shape[-1])
    words = torch.gather(x, 1, first)
    found: Tensor = network.events(words, batch["marks"], batch["own_words"])["plv"]
    return found


def fold(
    network: Network, cached: Sequence[tuple[dict[str, Tensor], Tensor]], given: argparse.Namespace,
) -> None:  # fmt: skip
    """Train the upper layers and the event head in place."""
    encoder = network.encoder
    top = [p for block in encoder.blocks[-given.learning :] for p in block.parameters()]
    optimiser = torch.optim.AdamW(
        [{"params": top, "lr": given.rate}, {"params": [*network.events.parameters()],
         "lr": 3 * given.rate}], weight_decay=0.01,
    )  # fmt: skip
    rates = [group["lr"] for group in optimiser.param_groups]
    total, step = given.epochs * len(cached), 0
    network.train()
    for _ in range(given.epochs):
        for batch, below in random.sample(cached, len(cached)):
            share = min(1.0, (step + 1) / (0.1 * total)) * (1 - step / total)
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * share
            scores = upper(network, batch, below, given.learning)
            value = functional.cross_entropy(scores, batch["plv"], label_smoothing=0.05)
            value.backward()
            torch.nn.utils.clip_grad_norm_([*top, *network.events.parameters()], 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            step += 1
    network.eval()


def batched(examples: Sequence[Example], size: int = 24) -> list[list[Example]]:
    """Groups of like length."""
    order = sorted(examples, key=lambda e: len(e.features.pieces))
    return [order[n : n + size] for n in range(0, len(order), size)]


def main() -> None:
    """Train and write each fold's answers."""
    given = options()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(given.threads)
    torch.manual_seed(1)
    random.seed(1)
    names = json.loads((given.work / "labels.json").read_text(encoding="utf-8"))
    examples: list[Example]
    examples, labels = _pickled(given.work / "plv.pickle")
    assert isinstance(labels, Labels)
    network = Network(len(names["tags"]), len(names["deps"]), labels.sizes(), MINILM)
    network.encoder.load(load_file(base_folder(given.base) / "model.safetensors"))
    network.load_state_dict(torch.load(given.start, weights_only=True), strict=False)
    network.eval()
    begun = {k: v.clone() for k, v in network.state_dict().items()}
    rng, of = random.Random(0), folds(examples, FOLDS)
    place = {id(e): n for n, e in enumerate(examples)}
    target = given.work / "folds"
    target.mkdir(exist_ok=True)
    parts = [[e for e in examples if of[e.group] == n] for n in range(FOLDS)]
    held = []
    with torch.no_grad():
        for part in parts:
            groups = [(tensors(g, 256, rng), g) for g in batched(part)]
            held.append([(b, lower(network, b, given.learning), g) for b, g in groups])
    for number in range(FOLDS):
        network.load_state_dict(begun)
        rows = [(b, x.clone()) for n, part in enumerate(held) if n != number for b, x, _ in part]
        fold(network, rows, given)
        right, lines = 0, []
        with torch.no_grad():
            for batch, below, group in held[number]:
                said = torch.softmax(upper(network, batch, below, given.learning), -1)
                right += int((said.argmax(-1) == batch["plv"]).sum())
                for example, row in zip(group, said.tolist(), strict=True):
                    lines.append(json.dumps({"row": place[id(example)], "chances": row}) + "\n")
        (target / f"fold-{number}.jsonl").write_text("".join(lines), encoding="utf-8")
        log.info("fold %d: %d of %d", number, right, len(lines))


if __name__ == "__main__":
    main()
