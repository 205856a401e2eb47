"""Peak memory of reading one document of 5 MB, in a process of its own.

The document is made by shuffling the paragraphs of our own sample reports, always the same way.

Run: ``python -m benchmarks.memory [--megabytes 5]``; exit code 1 above 1.5 GB.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Final

LIMIT_MB: Final = 1500.0
_SEED: Final = 20240917


def compose(size: int) -> str:
    """A text of at least ``size`` bytes of UTF-8, its paragraphs drawn from the samples."""
    samples = resources.files("dragoman") / "samples"
    paragraphs = [
        paragraph
        for sample in sorted(samples.iterdir(), key=lambda entry: entry.name)
        if sample.name.endswith(".txt")
        for paragraph in sample.read_text(encoding="utf-8").strip().split("\n\n")[1:]
    ]
    draw, chosen, length = random.Random(_SEED), list[str](), 0
    while length < size:
        chosen.append(draw.choice(paragraphs))
        length += len(chosen[-1].encode()) + 2
    return "\n\n".join(chosen)


def read(path: Path) -> None:
    """Read the file as one document and print events, seconds and peak resident memory in MB."""
    import dragoman

    start = time.perf_counter()
    reading = dragoman.read(path.read_text(encoding="utf-8"))
    taken = time.perf_counter() - start
    # Linux counts kibibytes, macOS bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
    print(len(reading.events), f"{taken:.1f}", f"{peak:.0f}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the peak of a child process that reads the document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=5.0)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.child:
        read(options.child)
        return 0
    text = compose(int(options.megabytes * 1e6))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document.txt"
        path.write_text(text, encoding="utf-8")
        child = subprocess.run(
            [sys.executable, "-m", "benchmarks.memory", "--child", str(path)],
            cwd=Path(__file__).resolve().parents[1],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    events, taken, peak = child.stdout.split()
    print(f"one document of {len(text.encode()) / 1e6:.1f} MB, {len(text.split()):,} words")
    print(f"{events} events in {taken} s; peak memory {peak} MB (limit {LIMIT_MB:.0f} MB)")
    return 1 if float(peak) > LIMIT_MB else 0


if __name__ == "__main__":
    sys.exit(main())
