"""Ten folds over PLV's train split: a branch for events learns nine tenths on top of a network that
has seen no sentence of PLV, and answers for the last tenth.

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
from pathlib import Path

import torch
from branch import Branch, answers, cached, fit
from export import base_folder
from network import MINILM, Network
from safetensors.torch import load_file
from sentences import Example, Labels, folds
from train import FOLDS, ROOT, _pickled

log = logging.getLogger("folds")


def options() -> argparse.Namespace:
    """What can be set from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=ROOT / "build/encoder")
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--base", type=Path)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


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
    of, place = folds(examples, FOLDS), {e.name: n for n, e in enumerate(examples)}
    target = given.work / "folds"
    target.mkdir(exist_ok=True)
    parts = [[e for e in examples if of[e.group] == n] for n in range(FOLDS)]
    held = [cached(network, part) for part in parts]
    for number in range(FOLDS):
        branch = Branch(network)
        rows = [row for n, part in enumerate(held) if n != number for row in part]
        fit(branch, rows, given.epochs, given.rate)
        order = sorted(parts[number], key=lambda e: len(e.features.pieces))
        right, lines = 0, []
        with torch.no_grad():
            for batch, below in held[number]:
                said = torch.softmax(answers(branch, batch, below)["plv"], -1)
                right += int((said.argmax(-1) == batch["plv"]).sum())
                lines += said.tolist()
        named = zip((place[e.name] for e in order), lines, strict=True)
        text = "".join(json.dumps({"row": n, "chances": row}) + "\n" for n, row in named)
        (target / f"fold-{number}.jsonl").write_text(text, encoding="utf-8")
        log.info("fold %d: %d of %d", number, right, len(lines))


if __name__ == "__main__":
    main()
