"""Make ``src/dragoman/corpus/data/likeness.json`` from ECB+, topics 1 to 35.

    python -m training.occurrences.train [--shared ../shared]

About three minutes on one core. Seeds are fixed. The thresholds are the best over the whole in
three parts by topic, each scored by a network fitted on the other two.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from benchmarks.occurrence_gold import ecbplus
from benchmarks.occurrence_pairs import centre_of, compared, told
from benchmarks.occurrences import parts_of, threshold_of
from dragoman.corpus.likeness import NAMES, WITH_VECTORS
from training.occurrences.network import fit

TARGET = Path("src/dragoman/corpus/data/likeness.json")


def main() -> None:
    """Fit both forms on all linked marks and write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=TARGET)
    given = parser.parse_args()
    reports = list(told(ecbplus(given.shared / "gold/documents/ecbplus")))
    cut = parts_of(reports, linked=True)
    centre = centre_of([report for part in cut for report in part])
    parts = [compared(part, centre) for part in cut]
    truth = np.concatenate([part.truth for part in parts])
    settings = {
        "made_by": "training/occurrences/train.py",
        "from": "ECB+ (CC BY 3.0), topics 1 to 35: "
        f"{sum(len(part.events) for part in parts):,} linked marks, {len(truth):,} pairs, "
        f"{int(truth.sum()):,} of them of one happening",
        "centre": [np.round(row.astype(float), 4).tolist() for row in centre],
    }
    for name, columns in (("plain", NAMES), ("vectors", WITH_VECTORS)):
        rows = np.concatenate([part.columns[:, : len(columns)] for part in parts])
        threshold = threshold_of(parts, columns)
        settings[name] = fit(rows, truth).settings(columns, threshold)
        print(f"{name}: threshold {threshold}")
    given.out.write_text(json.dumps(settings) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
