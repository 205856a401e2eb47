"""Archives that unpack to too much or to themselves, and office documents of all kinds."""

from __future__ import annotations

import gzip
import io
import random
import tempfile
import zipfile
from pathlib import Path

from benchmarks.hostile.figures import Figure, apart, faults, take, tally


def _zipped(members: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return held.getvalue()


def _own(quick: bool, seed: int) -> dict[str, tuple[bytes, str]]:
    """Our own bombs, each with the number it must be refused by."""
    deep = _zipped({"a.txt": b"Ghana voted."})
    for number in range(4):
        deep = _zipped({f"{number}.dat.txt" if number % 2 else f"{number}.zip": deep})
    nested = gzip.compress(gzip.compress(b"a" * 300_000_000))
    made = {
        "ratio.zip": (_zipped({"a.txt": b"a" * 50_000_000}), "DR131"),
        "deep.zip": (deep, "DR132"),
        "twice.txt.gz.gz": (nested, "DR131"),
    }
    if not quick:
        lines = random.Random(seed).randbytes(3_000_000).hex().encode()
        many = {f"{number}.txt": lines + b"%d" % number for number in range(40)}
        made["total.zip"] = (_zipped(many), "DR131")
    return made


def archives(corpora: Path, quick: bool, seed: int) -> list[Figure]:
    """droste.zip, quine.gz and the other archives of Tika, and our own bombs."""
    suffixes = (".zip", ".gz", ".tar", ".tgz")
    paths = [path for path in sorted((corpora / "tika").iterdir()) if path.suffix in suffixes]
    taken = [take(path.name, path.read_bytes()) for path in paths]
    figures = [faults(taken), tally(taken)]
    cases = {path.name: (path.read_bytes(), "") for path in paths}
    cases["droste.zip"] = (cases["droste.zip"][0], "DR132")
    cases["quine.gz"] = (cases["quine.gz"][0], "DR132")
    wrong, slowest, largest = [], 0.0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        for name, (data, asked) in {**cases, **_own(quick, seed)}.items():
            path = Path(folder) / name
            path.write_bytes(data)
            codes, _, seconds, megabytes = apart(name, path)
            if asked and asked not in codes:
                wrong.append(f"{name} {codes[:3]}")
            slowest, largest = max(slowest, seconds), max(largest, megabytes)
    figures += [
        Figure(
            "self-containing, too deep, too large: refused",
            f"all {len(cases)} but {wrong}",
            not wrong,
        ),
        Figure("slowest", f"{slowest:.2f} s"),
        Figure(
            "most memory (what is unpacked is kept: 200 MB and the texts)",
            f"{largest:.0f} MB",
            largest < 600,
        ),
    ]
    return figures


def office(corpora: Path, quick: bool, seed: int) -> list[Figure]:
    """All other files of Tika: pages, Word, RTF and PDF documents, mails."""
    passed = (".zip", ".gz", ".tar", ".tgz")
    paths = [path for path in sorted((corpora / "tika").iterdir()) if path.suffix not in passed]
    figures = []
    for suffix in sorted({path.suffix for path in paths}):
        chosen = [path for path in paths if path.suffix == suffix]
        taken = [take(path.name, path.read_bytes()) for path in chosen]
        slowest = max(one.seconds for one in taken)
        figures += [
            Figure(f"{suffix or 'no suffix'}", f"{len(taken)} files, slowest {slowest:.2f} s"),
            faults(taken),
            tally(taken),
        ]
    return figures
