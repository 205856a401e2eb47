"""Train the encoder with all its heads and write it as int8 ONNX files with their settings.

    python training/encoder/prepare.py --tokenizer …/tokenizer.json
    python training/encoder/train.py

Needs the packages of ``training/encoder/requirements.txt``. Seeds are fixed.

``--larger`` trains a larger network on the same gold first (MPNet), which the small one then
imitates. ``--fold N`` leaves out a tenth of PLV's sentences and writes what the small network says
of them; ``--task larger`` stops behind the larger network.
"""

from __future__ import annotations

import argparse
import json
import logging
import pickle
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import losses
import numpy as np
import torch
from branch import Branch, cached
from branch import fit as fit_branch
from export import base_folder, package
from network import MPNET, Network, Shape
from reports import Report, batches, scorer
from safetensors.torch import load_file
from sentences import Example, Labels, folds, packed, tensors
from torch import Tensor
from tuning import Cached, figures

ROOT = Path(__file__).resolve().parents[2]
FOLDS = 10
log = logging.getLogger("train")


def options() -> argparse.Namespace:
    """What can be set from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=ROOT / "build/encoder")
    parser.add_argument("--gold", type=Path, default=ROOT.parent / "shared/gold/polnear")
    parser.add_argument("--score", type=Path, default=ROOT.parent / "shared/score/attribution.py")
    parser.add_argument("--base", type=Path, help="MiniLM's model.safetensors")
    parser.add_argument("--larger", type=Path, help="MPNet's model.safetensors")
    parser.add_argument("--teacher", type=Path, help="a larger network trained before")
    parser.add_argument("--name", default="encoder", help="of the files written to --work")
    parser.add_argument("--out", type=Path, default=ROOT / "src/dragoman/models/encoder")
    parser.add_argument("--checkpoint", type=Path, help="tune and write this one, do not train")
    parser.add_argument("--weights", action="store_true", help="stop behind the weights")
    parser.add_argument("--branch", action="store_true", help="take the branch trained before")
    parser.add_argument("--branch-epochs", type=int, default=3)
    parser.add_argument("--branch-rate", type=float, default=2e-4)
    parser.add_argument("--task", choices=("all", "larger"), default="all")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--fold", type=int, help="leave this tenth of PLV out; -1: all of it")
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--frozen", type=int, default=0, help="lower layers that stay as they are")
    parser.add_argument("--kept", default="0,1,2,3,4,5", help="layers of MiniLM that are kept")
    parser.add_argument("--early", action="store_true", help="the small one sees marks early")
    parser.add_argument("--spoken", action="store_true", help="statements of composed sentences")
    parser.add_argument("--only-attribution", action="store_true", help="encoder and rest stay")
    parser.add_argument("--no-reports", action="store_true", help="train on sentences alone")
    parser.add_argument("--epochs", type=int, default=4, help="over the reports")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--larger-rate", type=float, default=5e-5)
    parser.add_argument("--decay", type=float, default=0.85, help="of the rate, layer by layer")
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--pieces", type=int, default=2048, help="word pieces a batch")
    parser.add_argument("--limit", type=int, default=256, help="word pieces a window")
    parser.add_argument("--hold", type=int, default=12, help="every n-th report tunes; 0: none")
    parser.add_argument("--rounds", default="facts=4,plv=10,composed=6,silver=2")
    parser.add_argument("--share", type=float, default=0.5, help="of the larger one's answers")
    parser.add_argument("--steps", type=int, default=0, help="stop after so many, for a trial")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


class Gold:
    """All training material, with what is kept out."""

    def __init__(self, given: argparse.Namespace) -> None:
        self.names = json.loads((given.work / "labels.json").read_text(encoding="utf-8"))
        every, _ = _pickled(given.work / "train.pickle")
        self.held: list[Report] = every[5 :: given.hold] if given.hold else []
        kept_out = {report.name for report in self.held}
        self.reports = [r for r in every if r.name not in kept_out]
        if given.spoken:
            self.reports += _pickled(given.work / "spoken.pickle")[0]
        self.labels: Labels = _pickled(given.work / "plv.pickle")[1]
        parts: dict[str, list[Example]] = {
            name: _pickled(given.work / f"{name}.pickle")[0]
            for name in ("uw-train", "meantime-train", "plv", "composed", "uw-dev", "meantime-dev")
        }
        silver = given.work / "silver.pickle"
        parts["silver"] = _pickled(silver)[0] if silver.exists() else []
        self.parts = parts
        self.facts_dev = {name: parts[name] for name in ("uw-dev", "meantime-dev")}
        of = folds(parts["plv"], FOLDS)
        left = set(of.values()) if given.fold == -1 else {given.fold}
        self.tenth = [e for e in parts["plv"] if of[e.group] in left]
        self.places = [n for n, e in enumerate(parts["plv"]) if of[e.group] in left]
        plv = [e for e in parts["plv"] if of[e.group] not in left]
        rounds = dict(part.split("=") for part in given.rounds.split(","))
        facts = parts["uw-train"] + parts["meantime-train"]
        self.sentences = (
            facts * int(rounds["facts"]) + plv * int(rounds["plv"])
            + parts["composed"] * int(rounds["composed"])
        )  # fmt: skip
        self.silver = parts["silver"] * int(rounds["silver"])

    def network(self, shape: Shape) -> Network:
        """An untrained network of the right size."""
        sizes = len(self.names["tags"]), len(self.names["deps"])
        return Network(*sizes, self.labels.sizes(), shape)


def _pickled(path: Path) -> Any:
    with path.open("rb") as file:
        return pickle.load(file)


def groups(network: Network, rate: float, given: argparse.Namespace) -> list[dict[str, Any]]:
    """Parameters with a rate each: heads fast, lower layers slower; word vectors stay."""
    network.encoder.words.weight.requires_grad_(False)
    if given.only_attribution:
        for part in (network.encoder, network.told, network.events):
            part.requires_grad_(False)
    if given.frozen:
        still = [network.encoder.positions, network.encoder.norm, network.encoder.features,
                 *network.encoder.blocks[: given.frozen]]  # fmt: skip
        for part in still:
            part.requires_grad_(False)
    top = len(network.encoder.blocks) - 1
    found: dict[tuple[float, float], list[Tensor]] = {}
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        parts = name.split(".")
        if parts[0] != "encoder" or parts[1] in ("features", "marks"):
            own = given.head_rate * min(1.0, rate / given.rate * 1.5)
        else:
            layer = int(parts[2]) if parts[1] == "blocks" else -1
            own = rate * given.decay ** ((top - layer) * 6 / (top + 1))
        decay = 0.01 if parameter.dim() > 1 else 0.0
        found.setdefault((own, decay), []).append(parameter)
    return [{"params": p, "lr": r, "weight_decay": d} for (r, d), p in found.items()]


def steps(gold: Gold, given: argparse.Namespace, imitating: bool) -> Iterator[tuple[str, Any]]:
    """Batches of both sorts in one shuffled order."""
    rows: list[tuple[str, Any]] = []
    sentences = gold.sentences + (gold.silver if imitating else [])
    sentences = [] if given.only_attribution else sentences
    made = packed(sentences, given.pieces, given.limit, given.seed, 0.5, joined=True)
    rows += [("s", b) for b, _ in made]
    if not given.no_reports:
        for epoch in range(given.epochs):
            seed = given.seed * 1000 + epoch
            rows += [("r", b) for b, _ in batches(gold.reports, given.pieces, given.limit, seed)]
    random.Random(given.seed).shuffle(rows)
    return iter(rows[: given.steps] if given.steps else rows)


def fit(
    network: Network, gold: Gold, given: argparse.Namespace, rate: float, early: bool,
    teacher: Network | None = None, imitate_reports: bool = True,
) -> None:  # fmt: skip
    """Train in place."""
    fused = given.device != "cpu"
    optimiser = torch.optim.AdamW(groups(network, rate, given), betas=(0.9, 0.98), fused=fused)
    rates = [group["lr"] for group in optimiser.param_groups]
    rows = list(steps(gold, given, teacher is not None))
    begun, sums = time.monotonic(), {"r": [0.0, 1e-9], "s": [0.0, 1e-9]}
    network.train()
    for step, (sort, batch) in enumerate(rows):
        share = min(1.0, (step + 1) / (0.06 * len(rows))) * (1 - step / len(rows))
        for group, own in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = own * share
        batch = {name: t.to(given.device, non_blocking=True) for name, t in batch.items()}
        if sort == "r":
            value = losses.attribution(network, batch, teacher if imitate_reports else None)
        else:
            value = losses.marked(network, batch, early, teacher, given.share)
        value.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        if step % 10 == 0:
            sums[sort][0] += float(value.detach())
            sums[sort][1] += 1
        if step % 100 == 99:
            pace = (time.monotonic() - begun) / (step + 1)
            means = {k: round(v[0] / v[1], 3) for k, v in sums.items()}
            log.info("%d/%d %s %.3f s/step", step + 1, len(rows), means, pace)
            sums = {"r": [0.0, 1e-9], "s": [0.0, 1e-9]}
    network.eval()


def answers(
    network: Network, examples: Sequence[Example], given: argparse.Namespace, early: bool
) -> Iterator[tuple[list[Example], dict[str, Tensor], dict[str, Tensor]]]:
    """What a network says of sentences, in order, with their batch."""
    network.eval()
    rng = random.Random(0)
    for start in range(0, len(examples), 64):
        group = list(examples[start : start + 64])
        batch = {k: t.to(given.device) for k, t in tensors(group, given.limit, rng).items()}
        with torch.inference_mode():
            yield group, batch, losses.network_answers(network, batch, early)


def factuality(network: Network, examples: Sequence[Example], given: argparse.Namespace) -> str:
    """Mean absolute error and Pearson's r."""
    got, want = [], []
    for _, batch, said in answers(network, examples, given, False):
        known = ~torch.isnan(batch["values"])
        got += said["values"][known].clamp(-3, 3).tolist()
        want += batch["values"][known].tolist()
    x, y = np.array(got), np.array(want)
    return f"MAE {np.abs(x - y).mean():.3f} r {np.corrcoef(x, y)[0, 1]:.3f} n {len(x)}"


def predictions(
    network: Network, gold: Gold, given: argparse.Namespace, early: bool
) -> list[dict[str, Any]]:
    """The types of the pairs left out, with their places in the gold."""
    rows: list[dict[str, Any]] = []
    for group, _, said in answers(network, gold.tenth, given, early):
        for n, _ in enumerate(group):
            chances = torch.softmax(said["plv"][n].float(), -1).tolist()
            best = max(range(len(chances)), key=chances.__getitem__)
            rows.append({"type": gold.labels.plv[best], "chances": chances})
    return [{"row": place} | row for place, row in zip(gold.places, rows, strict=True)]


def judge(network: Network, gold: Gold, given: argparse.Namespace, title: str, early: bool) -> None:
    """Log how a network does on what was kept out."""
    for name, examples in gold.facts_dev.items():
        log.info("%s %s %s", title, name, factuality(network, examples, given))
    if gold.tenth:
        rows = predictions(network, gold, given, early)
        right = sum(
            gold.labels.plv[e.event.labels["plv"]] == r["type"]  # type: ignore[union-attr]
            for e, r in zip(gold.tenth, rows, strict=True)
        )
        log.info("%s fold %s: %d of %d", title, given.fold, right, len(rows))
        path = given.work / f"fold-{given.name}-{title}-{given.fold}.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    if gold.held and not given.no_reports:
        log.info("%s held %s", title, figures(Cached.of(network, gold.held, given.limit), given))


def larger(gold: Gold, given: argparse.Namespace) -> Network | None:
    """The larger network, trained now or before; None where none is wanted."""
    if given.larger is None:
        return None
    network = gold.network(MPNET).to(given.device)
    if given.teacher is not None:
        network.load_state_dict(torch.load(given.teacher, weights_only=True))
        return network.eval()
    network.encoder.load(load_file(given.larger))
    sentences_alone = given.no_reports
    given.no_reports = given.no_reports or given.fold is not None
    fit(network, gold, given, given.larger_rate, True)
    judge(network, gold, given, "larger", True)
    given.no_reports = sentences_alone
    return network


def main() -> None:
    """Train the larger network, then the small one; write the small one's weights."""
    given = options()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(given.threads)
    torch.backends.cuda.matmul.allow_tf32 = True
    for seed in (random.seed, np.random.seed, torch.manual_seed):
        seed(given.seed)
    given.scorer = scorer(given.score)
    given.docs = {d.name: d for d in given.scorer.load(str(given.gold / "train"))}
    gold = Gold(given)
    teacher = larger(gold, given)
    if given.task == "larger":
        if teacher is not None:
            torch.save(teacher.state_dict(), given.work / f"{given.name}-larger.pt")
        return
    shape = Shape(kept=tuple(int(n) for n in given.kept.split(",")))
    network = gold.network(shape).to(given.device)
    network.encoder.load(load_file(base_folder(given.base) / "model.safetensors"))
    if given.start is not None:
        network.load_state_dict(torch.load(given.start, weights_only=True), strict=False)
    if given.checkpoint is not None:
        network.load_state_dict(torch.load(given.checkpoint, weights_only=True), strict=False)
    else:
        whole = given.fold is None
        fit(network, gold, given, given.rate, given.early, teacher, imitate_reports=whole)
        judge(network, gold, given, "small", given.early)
        torch.save(trained(network), given.work / f"{given.name}.pt")
    if not given.weights and given.fold is None and gold.held:
        network = network.cpu()
        branch = branched(network, gold, given)
        names = dict(gold.names, types=gold.labels.own, modes=gold.labels.mode,
                     contexts=gold.labels.contexts, plv=gold.labels.plv)  # fmt: skip
        package(network, branch, given, gold.held, names)


def branched(network: Network, gold: Gold, given: argparse.Namespace) -> Branch:
    """The event head with upper layers of its own, trained now or before."""
    branch, path = Branch(network), given.work / "branch.pt"
    if given.branch:
        branch.load_state_dict(torch.load(path, weights_only=True))
        return branch.eval()
    plv, composed = gold.parts["plv"], gold.parts["composed"]
    rows = cached(network, composed) + 3 * cached(network, plv)
    fit_branch(branch, rows, given.branch_epochs, given.branch_rate, 0.6)
    torch.save({k: v.half() for k, v in branch.state_dict().items()}, path)
    return branch


def trained(network: Network) -> dict[str, Tensor]:
    """The weights that training changed, in 16 bits: the word vectors are the base's."""
    state = network.state_dict()
    return {k: v.half().cpu() for k, v in state.items() if k != "encoder.words.weight"}


if __name__ == "__main__":
    main()
