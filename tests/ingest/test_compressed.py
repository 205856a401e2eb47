"""Archives of files."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

from tests.ingest.helpers import documents, items, rejected

TEXT = b"Ghana and Togo met in Accra."


def zipped(members: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return held.getvalue()


def tarred(members: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as file:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            file.addfile(info, io.BytesIO(data))
    return held.getvalue()


def test_the_members_are_read_each_by_its_format(tmp_path: Path) -> None:
    data = zipped({"a.txt": TEXT, "b/c.jsonl": b'{"text": "Togo voted."}\n'})
    found = documents(items(tmp_path, "all.zip", data))
    assert [d.text for d in found] == [TEXT.decode(), "Togo voted."]
    assert found[1].origin is not None
    assert found[1].origin.endswith("all.zip/b/c.jsonl:1")


def test_gzip_and_tar_within_gzip(tmp_path: Path) -> None:
    assert documents(items(tmp_path, "a.txt.gz", gzip.compress(TEXT)))[0].text == TEXT.decode()
    data = gzip.compress(tarred({"x.txt": TEXT}))
    assert documents(items(tmp_path, "a.tar.gz", data))[0].text == TEXT.decode()
    assert documents(items(tmp_path, "a.tgz", data))[0].text == TEXT.decode()


def test_names_that_climb_out_write_nothing(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    found = items(inside, "a.zip", zipped({"../../evil.txt": TEXT, "/tmp/evil.txt": TEXT}))
    assert len(documents(found)) == 2
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.zip", "in"]


def test_a_bomb_is_refused_and_its_neighbour_read(tmp_path: Path) -> None:
    data = zipped({"a.txt": b"a" * 50_000_000, "b.txt": TEXT})
    found = items(tmp_path, "a.zip", data)
    assert [code for _, code in rejected(found)] == ["DR131"]
    assert [d.text for d in documents(found)] == [TEXT.decode()]


def test_archives_in_archives_have_an_end(tmp_path: Path) -> None:
    data = zipped({"a.txt": TEXT})
    for _ in range(4):
        data = zipped({"in.zip": data})
    assert [code for _, code in rejected(items(tmp_path, "a.zip", data))] == ["DR132"]


def test_a_broken_archive(tmp_path: Path) -> None:
    broken = items(tmp_path, "a.zip", zipped({"a.txt": TEXT})[:-30])
    assert [code for _, code in rejected(broken)] == ["DR130"]
    cut = items(tmp_path, "a.txt.gz", gzip.compress(TEXT * 100)[:40])
    assert [code for _, code in rejected(cut)] == ["DR130"]
