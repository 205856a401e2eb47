"""WARC files that break off, and JSON that is none."""

from __future__ import annotations

import zlib
from pathlib import Path

from benchmarks.hostile.figures import Figure, Taken, faults, take, tally


def _unpacked(data: bytes) -> bytes:
    """The bytes of a file of gzip members, as far as they can be had."""
    parts = []
    while data.startswith(b"\x1f\x8b"):
        member = zlib.decompressobj(31)
        try:
            parts.append(member.decompress(data))
        except zlib.error:
            break
        data = member.unused_data
    return b"".join(parts)


def _whole_pages(data: bytes) -> list[int]:
    """The numbers of the whole records that hold a page, by a reading of the format that shares
    nothing with ours: from 1, up to the first record that is not whole.
    """
    data = _unpacked(data) if data.startswith(b"\x1f\x8b") else data
    found, number, at = [], 0, 0
    while (at := data.find(b"WARC/", at)) >= 0:
        ends = [(e, w) for w in (4, 2) if (e := data.find((b"\r\n\r\n", b"\n\n")[w == 2], at)) >= 0]
        if not ends:
            break
        end, width = min(ends)
        head = dict(_fields(data[at:end]))
        size = int(head.get(b"content-length", b"0"))
        body = data[end + width : end + width + size]
        number += 1
        if len(body) < size:
            break
        kind, media = head.get(b"warc-type"), head.get(b"content-type", b"")
        if kind == b"response" and body.startswith(b"HTTP/"):
            status = body.split(None, 2)[1]
            top = body.replace(b"\r\n", b"\n").split(b"\n\n")[0]
            media = dict(_fields(top)).get(b"content-type", b"") if status[:1] == b"2" else b""
        if kind in (b"response", b"resource", b"conversion") and media.lower().startswith(
            (b"text/html", b"text/plain", b"application/xhtml")
        ):
            found.append(number)
        at = end + width + size
    return found


def _fields(head: bytes) -> list[tuple[bytes, bytes]]:
    parted = (line.partition(b":") for line in head.split(b"\n")[1:])
    return [(name.strip().lower(), value.strip()) for name, _, value in parted]


def _told(taken: Taken) -> set[int]:
    origins = (getattr(item, "origin", None) or "" for item in taken.items)
    tails = (origin.rpartition(":")[2] for origin in origins)
    return {int(tail) for tail in tails if tail.isdecimal()}


def warc(corpora: Path, quick: bool, seed: int) -> list[Figure]:
    """Each file of warcio and Resiliparse, and each cut off at nineteen places."""
    paths = [
        path
        for name in ("warc-warcio", "warc-resiliparse")
        for path in sorted((corpora / name).iterdir())
        if path.name.endswith((".warc", ".warc.gz", ".bad", ".arc", ".arc.gz"))
    ]
    taken: list[Taken] = []
    missing: list[str] = []
    asked = 0
    for path in paths:
        whole = path.read_bytes()
        name = "a.warc.gz" if whole.startswith(b"\x1f\x8b") else "a.warc"
        cuts = [len(whole) * part // 20 for part in range(1, 20, 9 if quick else 1)]
        for cut in (*cuts, len(whole)):
            taken.append(take(name, whole[:cut]))
            expected = set(_whole_pages(whole[:cut]))
            asked += len(expected)
            if lost := expected - _told(taken[-1]):
                missing.append(f"{path.name}[:{cut}] {sorted(lost)[:3]}")
    what = "whole records with a page that came through or were told (all)"
    share = f"{asked - len(missing)} of {asked} {missing[:4]}"
    return [faults(taken), tally(taken), Figure(what, share, not missing)]


def json_suite(corpora: Path, quick: bool, seed: int) -> list[Figure]:
    """JSONTestSuite: each as a file, and (where it is one line) between two good lines of JSON
    Lines, which must come through.
    """
    paths = sorted((corpora / "jsontestsuite" / "test_parsing").glob("*.json"))
    taken: list[Taken] = []
    counts = {"y": 0, "n": 0, "i": 0}
    good = {"y": 0, "n": 0, "i": 0}
    lines = between = 0
    wrong: list[str] = []
    for path in paths:
        kind, data = path.name[0], path.read_bytes()
        taken.append(take("a.json", data, "json"))
        refused = any(code in _NO_JSON for code in taken[-1].codes)
        right = kind == "i" or (refused if kind == "n" else not refused)
        counts[kind] += 1
        good[kind] += right and taken[-1].fault is None
        wrong += [] if right else [path.name]
        if b"\n" not in data and b"\r" not in data and data.strip(b" \t"):
            lines += 1
            line = b'{"text": "One."}\n' + data + b'\n{"text": "Two."}\n'
            taken.append(take("a.jsonl", line, "jsonl"))
            told = {"2"} if kind == "n" else set[str]()
            rows = {str(getattr(one, "origin", "")).rpartition(":")[2] for one in taken[-1].items}
            texts = [one.text for one in taken[-1].documents]
            between += {"One.", "Two."} <= set(texts) and told <= rows
    return [
        faults(taken),
        Figure("accepted of y", f"{good['y']} of {counts['y']}", good["y"] == counts["y"]),
        Figure("refused of n", f"{good['n']} of {counts['n']} {wrong}", good["n"] == counts["n"]),
        Figure("no crash of i", f"{good['i']} of {counts['i']}", good["i"] == counts["i"]),
        Figure(
            "told by line, with both neighbours read", f"{between} of {lines}", between == lines
        ),
    ]


# Not JSON, too deep, broken characters, no text, half a character, nothing in it.
_NO_JSON = ("DR021", "DR022", "DR010", "DR011", "DR012", "DR026")
