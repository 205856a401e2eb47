"""The pictures of ``docs/pictures.md``, of our own composed texts.

    python -m tools.plot.pictures

reads the samples and the texts of ``benchmarks/gold`` that are not held back, and draws into
``docs/pictures/``; what is disputed is of the reports in ``docs/occurrences.md``, which contradict
one another. Each file is kept below 100 kB.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from dragoman.archive import Archive, Filter
from dragoman.archive.ingest import Job, ingest
from dragoman.batches import code
from dragoman.ingest import Options, find, read
from dragoman.pipeline import Reader
from dragoman.plot import Kind, spec
from dragoman.plot.drawing import draw
from tools.plot.png import smaller

ROOT: Final = Path(__file__).resolve().parents[2]
TARGET: Final = ROOT / "docs" / "pictures"
MOST: Final = 100_000  # bytes
_PUBLISHERS: Final = ("Morning Post", "Harbour Wire", "Valley Record")  # of nobody
PICTURES: Final[tuple[tuple[str, Kind, dict[str, Any]], ...]] = (
    ("timeline", "timeline", {}),
    ("network", "network", {"most": 25}),
    ("map", "map", {}),
    ("region", "map", {"asked": Filter(text="Israel"), "shade": "dark"}),
    ("dyad", "dyad", {"who": ("Russia", "Ukraine")}),
    ("source", "source", {"who": ("Morning Post",), "most": 8}),
)


def reports() -> Iterator[dict[str, str]]:
    """The open texts of the gold files, published by one of three invented papers in turn."""
    number = 0
    for path in sorted((ROOT / "benchmarks" / "gold").glob("*.yaml")):
        held = yaml.safe_load(path.read_text("utf-8"))
        items = held if isinstance(held, list) else held.get("items", [])
        for item in items:
            if not isinstance(item, dict) or item.get("split") == "held" or "text" not in item:
                continue
            publisher = _PUBLISHERS[number % len(_PUBLISHERS)]
            number += 1
            yield {
                "text": item["text"], "published": str(item.get("published", "")),
                "publisher": publisher,
            }  # fmt: skip


def archive(folder: Path) -> Archive:
    """An archive of the samples and the reports."""
    samples = ROOT / "src" / "dragoman" / "samples"
    lines = "".join(json.dumps(one) + "\n" for one in reports())
    return brought(folder, lines, sorted(samples.glob("*.txt")))


def contradicting(folder: Path) -> Archive:
    """An archive of the reports in the chapter on occurrences."""
    text = (ROOT / "docs" / "occurrences.md").read_text("utf-8")
    found = re.search(r"^```jsonl\n(.*?)^```", text, re.M | re.S)
    assert found is not None
    return brought(folder, found[1], ())


def brought(folder: Path, reports: str, files: Sequence[Path]) -> Archive:
    """An archive of JSON lines and files."""
    folder.mkdir(exist_ok=True)
    lines = folder / "reports.jsonl"
    lines.write_text(reports, "utf-8")
    named = [str(lines), *map(str, files)]
    reader = Reader()
    job = Job(reader.coder, lambda batches: code(batches, reader))
    ingest(folder / "archive", read(find(named).found, Options()), job)
    return Archive(folder / "archive")


def main() -> None:
    """Draw them all."""
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        held = archive(Path(scratch))
        others = contradicting(Path(scratch) / "contradicting")
        for name, kind, options in (*PICTURES, ("disputed", "disputed", {})):
            given = {"asked": Filter(), **options}
            source = others if kind == "disputed" else held
            made = b""
            for scale in (1.5, 1.25, 1.0):
                made = smaller(draw(spec(kind, source, **given), "png", scale=scale))
                if len(made) < MOST:
                    break
            (TARGET / f"{name}.png").write_bytes(made)
            print(f"{name}.png: {len(made):,} bytes")


if __name__ == "__main__":
    main()
