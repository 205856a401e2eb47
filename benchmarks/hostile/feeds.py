"""Feeds: entity bombs, and ill-formed ones."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.hostile.figures import Figure, apart, faults, take, tally

_RSS = "<rss><channel><title>&{0};</title><item><title>&{0};</title></item></channel></rss>"


def _bombs() -> dict[str, bytes]:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    many = f"<!DOCTYPE rss [<!ENTITY a0 'ha'>{laughs}]>" + _RSS.format("a9")
    wide = f"<!DOCTYPE rss [<!ENTITY q '{'q' * 100_000}'>]>" + _RSS.format("q;" + "&q;" * 20_000)
    outer = "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + _RSS.format("x")
    part = "<!DOCTYPE rss [<!ENTITY % x SYSTEM 'http://127.0.0.1:9/x.dtd'> %x;]>" + _RSS.format("y")
    hidden = f"<!-- {'>' * 5000} -->" + many
    plain = {"laughs": many, "quadratic": wide, "file": outer, "parameter": part, "behind": hidden}
    made = {name: text.encode() for name, text in plain.items()}
    for coding in ("utf-16", "utf-16-be", "utf-32", "utf-7"):
        head = f"<?xml version='1.0' encoding='{coding}'?>"
        body = many.encode(coding) if coding != "utf-7" else many.encode("utf-7")
        made[coding] = (head.encode(coding) if coding != "utf-7" else head.encode()) + body
    return made


def bombs(corpora: Path, quick: bool, seed: int) -> list[Figure]:
    """The XML of defusedxml, and our own feeds that do the same in several encodings."""
    known = {
        path.name: path.read_bytes()
        for path in sorted((corpora / "defusedxml").iterdir())
        if path.suffix == ".xml"
    }
    own = _bombs()
    cases = {**known, **own}
    if quick:
        cases = {name: cases[name] for name in ("xmlbomb.xml", "external.xml", "laughs")}
    wrong, slowest, largest = [], 0.0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        for name, data in cases.items():
            path = Path(folder) / "case.xml"
            path.write_bytes(data)
            codes, documents, seconds, megabytes = apart("case.xml", path)
            bomb = name in own or b"<!ENTITY" in data
            if "fault" in codes or (bomb and (codes != ["DR123"] or documents)):
                wrong.append(f"{name} {codes} {documents}")
            slowest, largest = max(slowest, seconds), max(largest, megabytes)
    right = f"{len(cases) - len(wrong)} of {len(cases)} {wrong}"
    return [
        Figure("with entities refused, without an error anywhere", right, not wrong),
        Figure("slowest (100 ms)", f"{1000 * slowest:.1f} ms", slowest < 0.1),
        Figure("most memory (50 MB)", f"{largest:.1f} MB", largest < 50),
    ]


def ill_formed(corpora: Path, quick: bool, seed: int) -> list[Figure]:
    """All of feedparser's tests, ill-formed and well-formed."""
    paths = sorted(path for path in (corpora / "feedparser").rglob("*.xml"))
    broken = [path for path in paths if "illformed" in path.parts]
    others = [path for path in paths if "illformed" not in path.parts]
    figures = []
    for name, chosen in (("illformed", broken), ("others", others)):
        taken = [take(str(path), path.read_bytes()) for path in chosen[:: 10 if quick else 1]]
        slowest = max(one.seconds for one in taken)
        figures += [faults(taken), tally(taken), Figure(f"{name}, slowest", f"{slowest:.3f} s")]
    return figures
