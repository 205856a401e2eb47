"""How the readers take hostile and broken input, on public corpora of it.

The corpora lie in ``../shared/corpora`` (or ``--corpora``); each part says what was asked. The
mutations are drawn the same way each time (``--seed``).

Run: ``python -m benchmarks.corpora [PART…] [--quick] [--large]``; exit code 1: a bar is missed.
``--large`` reads one document of 5 MB by the whole product (``benchmarks.memory``); it takes long.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from benchmarks.hostile import archives, feeds, names, pages, records, strings
from benchmarks.hostile.figures import Figure

ROOT: Final = Path(__file__).resolve().parents[1]
CORPORA: Final = ROOT.parent / "shared" / "corpora"

Part = Callable[[Path, bool, int], list[Figure]]
PARTS: Final[Mapping[str, Part]] = {
    "html": pages.mutations,
    "nesting": pages.nesting,
    "bombs": feeds.bombs,
    "feeds": feeds.ill_formed,
    "warc": records.warc,
    "archives": archives.archives,
    "office": archives.office,
    "json": records.json_suite,
    "strings": strings.offsets,
    "names": names.traversal,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print each figure with what was asked of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="default: all")
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    parser.add_argument("--quick", action="store_true", help="a tenth or less of the work")
    parser.add_argument("--large", action="store_true", help="one document of 5 MB as well")
    parser.add_argument("--seed", type=int, default=20261127)
    options = parser.parse_args(arguments)
    if not options.corpora.is_dir():
        parser.error(f"{options.corpora} is not there: name the folder with --corpora")
    missed = 0
    for name in options.parts or PARTS:
        print(f"{name}:")
        for figure in PARTS[name](options.corpora, options.quick, options.seed):
            print(f"  {figure}")
            missed += not figure.good
    if options.large:
        missed += subprocess.run([sys.executable, "-m", "benchmarks.memory"], cwd=ROOT).returncode
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
