"""Archives of files."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from dragoman.ingest import compressed
from tests.ingest.helpers import documents, items, notices, rejected
from tests.ingest.test_warc import PAGE, record

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


def test_an_archive_under_a_false_name_counts_as_one(tmp_path: Path) -> None:
    data = zipped({"a.txt": TEXT})
    for number in range(4):
        data = zipped({f"{number}.txt": data})
    assert [code for _, code in rejected(items(tmp_path, "a.txt", data))] == ["DR132"]


def test_all_that_is_unpacked_counts_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compressed, "TOTAL", 100)
    inner = zipped({"b.txt": TEXT, "c.txt": TEXT})
    found = items(tmp_path, "a.zip", zipped({"a.txt": TEXT, "in.zip": inner, "d.txt": TEXT}))
    assert [d.text for d in documents(found)] == [TEXT.decode()]
    assert rejected(found) == [("in.zip", "DR131")]


def test_a_locked_or_broken_member_costs_no_other(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"Peru voted on a law in Lima.", "b.txt": TEXT}))
    data[40] ^= 0xFF
    found = items(tmp_path, "a.zip", bytes(data))
    assert rejected(found) == [("a.txt", "DR130")]
    assert [d.text for d in documents(found)] == [TEXT.decode()]


def test_hidden_files_and_other_kinds_are_left_out(tmp_path: Path) -> None:
    page = b"<html><body><p>Peru voted.</p></body></html>"
    members = {
        "a.txt": TEXT,
        "__MACOSX/._a.txt": b"\0",
        ".b.txt": TEXT,
        "c.png": b"\x89PNG",
        "d": page,
    }
    found = items(tmp_path, "a.zip", zipped(members))
    assert [d.text for d in documents(found)] == [TEXT.decode(), "Peru voted."]
    assert (notices(found), rejected(found)) == (["DR005"], [])


def test_links_in_a_tar_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_bytes(TEXT)
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as file:
        link = tarfile.TarInfo("a.txt")
        link.type, link.linkname = tarfile.SYMTYPE, str(tmp_path / "secret.txt")
        file.addfile(link)
        info = tarfile.TarInfo("b.txt")
        info.size = 11
        file.addfile(info, io.BytesIO(b"Togo voted."))
    assert [d.text for d in documents(items(tmp_path, "a.tar", held.getvalue()))] == ["Togo voted."]


def test_pages_fetched_are_read_from_a_warc_in_an_archive(tmp_path: Path) -> None:
    page = gzip.compress(record("https://a.example/1", PAGE.encode()))
    (document,) = documents(items(tmp_path, "a.zip", zipped({"in/a.warc.gz": page})))
    assert str(document.origin).endswith("a.zip/in/a.warc.gz:1")


def test_a_spreadsheet_is_no_archive_of_reports(tmp_path: Path) -> None:
    data = zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<a/>"})
    assert rejected(items(tmp_path, "a.dat", data)) == [("a.dat", "DR010")]
