"""HTML: mutated pages, and pages that nest deep."""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.hostile.figures import Figure, Taken, faults, quantile, take, tally

_PIECES = (
    b"<", b">", b"</", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"&#x110000;", b"&#" + b"9" * 5000,
    b"\0", b"\xff\xfe", b"\xc3", b'"', b"<table>", b"<script>", b"<svg><p>", b"<template>",
    b"<a b='", b"<meta charset=utf-7>", b"<base href='//x'>", b"<plaintext>", b"\xed\xa0\x80",
    b"<p>Ghana and Togo met in Accra on Monday, the ministry said.</p>",
)  # fmt: skip


def _fragments(corpora: Path) -> list[bytes]:
    found: list[bytes] = []
    for path in sorted((corpora / "html5lib-tests" / "tree-construction").rglob("*.dat")):
        for case in path.read_bytes().split(b"#data\n")[1:]:
            found.append(case.split(b"\n#errors")[0])
    return found


def _mutated(page: bytes, draw: random.Random) -> bytes:
    data = bytearray(page)
    for _ in range(draw.randint(1, 12)):
        at = draw.randint(0, len(data))
        kind = draw.randrange(5)
        if kind == 0:
            data[at:at] = draw.choice(_PIECES)
        elif kind == 1:
            del data[at : at + draw.randint(1, 40)]
        elif kind == 2 and at < len(data):
            data[at] = draw.randrange(256)
        elif kind == 3:
            data[at:at] = data[at : at + draw.randint(1, 400)] * draw.randint(1, 30)
        elif draw.random() < 0.2:
            del data[at:]
    return bytes(data)


def mutations(corpora: Path, quick: bool, seed: int) -> list[Figure]:
    """10,000 pages, each of 1 to 60 of html5lib's put together and damaged in 1 to 12 places."""
    draw, fragments = random.Random(seed), _fragments(corpora)
    taken: list[Taken] = []
    for number in range(300 if quick else 10_000):
        page = b"\n".join(draw.choices(fragments, k=draw.randint(1, 60)))
        taken.append(take(f"{number}.html", _mutated(page, draw)))
    seconds = [one.seconds for one in taken]
    p99 = quantile(seconds, 0.99)
    worst = f"{quantile(seconds, 0.5):.3f}; {p99:.3f}; {max(seconds):.3f} s"
    return [faults(taken), tally(taken), Figure("median; p99 (1 s); longest", worst, p99 < 1)]


_SHAPES = (
    ("<div>", "</div>"), ("<span>", "</span>"), ("<b>", "</b>"), ("<blockquote>", "</blockquote>"),
    ("<ul><li>", "</li></ul>"), ("<table><tr><td>", "</td></tr></table>"), ("<p><font>", ""),
    ("<section><p>", "</section>"), ("<div>", ""),
)  # fmt: skip


def nesting(corpora: Path, quick: bool, seed: int) -> list[Figure]:
    """A word at each depth, down to 1,000 (and 20,000), in nine kinds of elements."""
    figures = []
    for depth in (100, 190, 210, 1000) if quick else (100, 190, 210, 250, 300, 1000, 20_000):
        kept = []
        for opening, closing in _SHAPES:
            words = [f"Word{number}" for number in range(depth)]
            inner = "".join(f"{opening}{word} " for word in words) + closing * depth
            page = f"<html><body><article>{inner}</article></body></html>"
            taken = take("a.html", page.encode())
            said = any("truncated" in one.meta for one in taken.documents)
            there = {word for one in taken.documents for word in one.text.split()}
            kept.append(1.0 if said else len(there & set(words)) / depth)
        least = min(kept)
        what = f"depth {depth:,}: least share of words kept or loss told (99%)"
        figures.append(Figure(what, f"{least:.1%}", least >= 0.99))
    return figures
