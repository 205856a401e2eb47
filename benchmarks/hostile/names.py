"""Names and contents that point elsewhere: whether anything else is opened or written."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

from benchmarks.hostile.figures import Figure, Taken, faults, take, tally, watched

_TEXT = b"Ghana and Togo met in Accra."


def _archives(names: list[str]) -> dict[str, bytes]:
    zipped, tarred = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as file:
        for name in names:
            file.writestr(zipfile.ZipInfo(name + ".txt"), _TEXT)
    with tarfile.open(fileobj=tarred, mode="w") as tar:
        for number, name in enumerate(names):
            info = tarfile.TarInfo(name + ".txt")
            info.size = len(_TEXT)
            tar.addfile(info, io.BytesIO(_TEXT))
            link = tarfile.TarInfo(f"{number}.txt")
            link.type, link.linkname = tarfile.SYMTYPE, name
            tar.addfile(link)
    return {"a.zip": zipped.getvalue(), "a.tar": tarred.getvalue()}


def traversal(corpora: Path, quick: bool, seed: int) -> list[Figure]:
    """Payloads of path traversal as names in archives; all payloads as contents of each format."""
    lines: list[str] = []
    for name in ("directory_traversal.txt", "dotdotpwn.txt"):
        data = (corpora / "payloads" / name).read_bytes()
        lines += data.decode("utf-8", "replace").replace("\0", "").splitlines()
    names = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    names = names[:: 20 if quick else 1]
    taken: list[Taken] = []
    payloads = [path.read_bytes() for path in sorted((corpora / "payloads").glob("*.txt"))]
    with watched() as opened:
        for name, data in _archives(names).items():
            taken.append(take(name, data))
        read = [len(one.documents) for one in taken]
        for whole in payloads:
            payload = whole[: 20_000 if quick else None]
            for form in ("feed", "html", "mbox", "rtf", "json", "csv"):
                taken.append(take("a", payload, form))
        for target in ("/etc/passwd", "file:///etc/passwd", "http://127.0.0.1:9/"):
            taken += [take("a", target.encode(), form) for form in ("feed", "html", "mbox")]
    here = [
        path for path in opened.read if "site-packages" not in path and "/lib/python" not in path
    ]
    return [
        faults(taken),
        tally(taken),
        Figure("names in a ZIP, a tar; read of each", f"{len(names)}; {read}"),
        Figure("files written or made (0)", str(len(opened.written)), not opened.written),
        Figure("files opened for reading (0)", f"{len(here)} {sorted(set(here))[:4]}", not here),
    ]
