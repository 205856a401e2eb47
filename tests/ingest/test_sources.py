from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from dragoman.errors import DragomanError
from dragoman.ingest import Options, Rejected, Source, find, read, sniff
from tests.ingest.helpers import documents, rejected


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Ghana voted.")


def test_folders_are_read_below_sorted_and_told_what_was_skipped(tmp_path: Path) -> None:
    make(tmp_path, "b/2.txt", "a/1.TXT", "c.dat", "d", ".hidden/x.txt", "b/.y.txt")
    sources = find([str(tmp_path)])
    assert [source.name for source in sources.found] == [
        str(tmp_path / "a/1.TXT"),
        str(tmp_path / "b/2.txt"),
    ]
    ((name, told),) = sources.skipped
    assert name == str(tmp_path)
    assert "2 files" in told.what
    assert ".dat 1, no suffix 1" in told.what


def test_a_folder_that_cannot_be_listed_is_rejected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "a.txt", "shut/b.txt")
    listing = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return listing(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = list(read(find([str(tmp_path)]).found))
    assert len(documents(found)) == 1
    assert rejected(found) == [("shut", "DR004")]


def test_a_link_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "gone.txt")
    sources = find([str(tmp_path)])
    assert len(sources.found) == 1
    assert "not a regular file 1" in sources.skipped[0][1].what


def test_patterns_are_sorted_and_a_file_comes_once(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a.txt", "sub/c.txt")
    found = find([str(tmp_path / "**/*.txt"), str(tmp_path / "a.txt"), str(tmp_path)]).found
    assert [Path(source.name).name for source in found] == ["a.txt", "b.txt", "c.txt"]


def test_a_name_with_brackets_is_a_name_first(tmp_path: Path) -> None:
    make(tmp_path, "[1].txt")
    assert len(find([str(tmp_path / "[1].txt")]).found) == 1


@pytest.mark.parametrize(
    ("name", "code"), [("none.txt", "DR001"), ("*.none", "DR002"), ("empty", "DR003")]
)
def test_a_name_that_stands_for_nothing(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(DragomanError, match=code):
        find([str(tmp_path / name)])


def test_standard_input_is_read_once() -> None:
    stdin = io.BytesIO(b"Ghana voted.")
    sources = find(["-", "-"], stdin).found
    (document,) = documents(list(read(sources)))
    assert document.origin == "<stdin>"


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (b'{"text": "x"}\n{"text": "y"}\n', "jsonl"),
        (b'\xef\xbb\xbf {"text": "x"}', "jsonl"),
        (b'{\n  "text": "x"\n}', "json"),
        (b' [\n {"text": "x"}]', "json"),
        (b"[1] A footnote first.", "text"),
        (b"{curly} prose", "text"),
        (b"PAR1\x15", "parquet"),
        (b"Ghana voted.", "text"),
        (b"", "text"),
        (b"\xff\xfe", "text"),
    ],
)
def test_content_tells_the_format(head: bytes, form: str) -> None:
    assert sniff(head) == form


def test_a_long_first_line_is_still_json() -> None:
    line = b'{"text": "' + "é".encode() * 50_000 + b'"}'
    source = Source("<stdin>", data=line)
    assert sniff(source.head()) == "jsonl"
    assert len(documents(list(read([source])))) == 1


def test_the_format_may_be_named() -> None:
    source = Source("<stdin>", data=b"text,date\nGhana voted.,2024-03-09\n")
    (document,) = documents(list(read([source], Options(format="csv"))))
    assert document.text == "Ghana voted."


def test_a_file_that_has_gone_is_rejected_and_the_rest_read(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.txt")
    sources = find([str(tmp_path)]).found
    (tmp_path / "a.txt").unlink()
    first, second = read(sources)
    assert isinstance(first, Rejected)
    assert first.problem.code == "DR004"
    assert documents([second])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_read_once() -> None:
    end, other = os.pipe()
    os.write(other, b"text\nGhana voted.\n")
    os.close(other)
    sources = find([f"/dev/fd/{end}"]).found
    os.close(end)
    (document,) = documents(list(read(sources, Options(format="csv"))))
    assert document.text == "Ghana voted."
