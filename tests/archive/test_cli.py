from __future__ import annotations

import csv
import gzip
import json
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

import dragoman
from dragoman.archive import delta
from dragoman.cli import app
from tests import fakes
from tests.archive.conftest import bring, documents
from tests.fakes import TEXT
from tests.ingest.test_compressed import zipped
from tests.ingest.test_office import word
from tests.ingest.test_warc import record

SPANISH = (
    "El presidente dijo el lunes que las conversaciones con los sindicatos seguirían esta semana y "
    "que el gobierno no aceptaría condiciones previas de ninguna de las partes."
)


@pytest.fixture(autouse=True)
def _reader(monkeypatch: pytest.MonkeyPatch) -> None:
    module = fakes.pipeline()
    monkeypatch.setitem(sys.modules, "dragoman.pipeline", module)
    monkeypatch.setattr(dragoman, "pipeline", module, raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def test_ingest_tells_what_it_did(tmp_path: Path) -> None:
    reports, path = tmp_path / "reports.jsonl", tmp_path / "archive"
    lines = ["{broken", json.dumps({"text": "BREAK"}), json.dumps({"text": TEXT, "date": "soon"})]
    lines.append(json.dumps({"text": f"Again. {TEXT}", "date": "2024-03-09"}))
    reports.write_text("\n".join(lines))
    first = run("ingest", reports, "--archive", path, "--batch", 1)
    assert first.exit_code == 1
    assert "2 committed, 0 there already, 2 rejected, 1 read without a value" in first.stderr
    assert f"rejected: {reports}:1: DR021" in first.stderr
    assert f"rejected: {reports}:2: DR061" in first.stderr
    again = run("ingest", reports, "--archive", path)
    assert "0 committed, 2 there already, 2 rejected" in again.stderr
    assert "rejections: 6" in run("archive", "info", path).stdout


def test_formats_of_query(folder: Path, tmp_path: Path) -> None:
    told = run("query", "--archive", folder, "--type", "ASSAULT", "--limit", 2).stdout
    assert told.count("Ana Rojas ← A clerk ← the report") == 2
    lines = run("query", "--archive", folder, "--own-voice", "-f", "jsonl").stdout.splitlines()
    assert [json.loads(line)["on_whose_word"] for line in lines] == ["the report"] * 10
    assert len(json.loads(run("query", "--archive", folder, "-f", "json").stdout)) == 20
    target = tmp_path / "events.csv"
    assert run("query", "--archive", folder, "-o", target).exit_code == 0
    rows = list(csv.DictReader(target.read_text(encoding="utf-8").splitlines()))
    assert [row["on_whose_word"].count("←") for row in rows] == [0, 2] * 10
    target = tmp_path / "events.parquet"
    assert run("query", "--archive", folder, "-o", target).exit_code == 0
    assert pq.read_table(target).num_rows == 20
    for show, count in (("statements", 20), ("mentions", 40), ("documents", 10)):
        done = run("query", "--archive", folder, "--show", show, "-f", "csv")
        assert len(list(csv.reader(done.stdout.splitlines()))) == count + 1


def test_a_table_says_what_it_leaves_out(tmp_path: Path) -> None:
    path = tmp_path / "archive"
    bring(path, documents(30), commit=30)
    told = run("query", "--archive", path)
    assert "10 more are not shown" in told.stderr
    assert told.stdout.count("CONSULT") + told.stdout.count("ASSAULT") == 50
    assert run("query", "--archive", path, "--limit", 60).stderr == ""


def test_sql_and_search(folder: Path) -> None:
    sql = "SELECT type, count(*) AS n FROM events GROUP BY type ORDER BY type"
    done = run("query", "--archive", folder, "--sql", sql, "--timeout", 20, "-f", "csv")
    assert done.stdout == "type,n\nASSAULT,10\nCONSULT,10\n"
    done = run("query", "--archive", folder, "--search", "Lima", "--limit", 3, "-f", "jsonl")
    assert [json.loads(line)["quote"] for line in done.stdout.splitlines()] == ["Lima"] * 3


def test_versions(folder: Path) -> None:
    for options, count in ((("--version", 1), 8), (("--as-of", "2999-01-01"), 20)):
        done = run("query", "--archive", folder, "-f", "jsonl", *options)
        assert len(done.stdout.splitlines()) == count
        for command in ("info", "history", "verify", "cite"):
            assert run("archive", command, folder, *options).exit_code == 0


def test_verify_ends_with_1_where_something_is_wrong(folder: Path) -> None:
    path = next((folder / "events").glob("batch-*.parquet"))
    pq.write_table(pq.read_table(path).slice(1), path)
    done = run("archive", "verify", folder)
    assert done.exit_code == 1
    assert "were committed" in done.stdout
    assert "DR208" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("query", "--archive", "NOWHERE"), "DR200"),
        (("archive", "info", "NOWHERE"), "DR200"),
        (("archive", "compact", "NOWHERE"), "DR200"),
        (("archive", "migrate", "NOWHERE"), "DR200"),
        (("archive", "cite", "DIR", "--version", 9), "DR202"),
        (("query", "--archive", "DIR", "--as-of", "2001-01-01"), "DR203"),
        (("query", "--archive", "DIR", "--version", 1, "--as-of", "2999-01-01"), "DR213"),
        (("query", "--archive", "DIR", "--sql", "DROP VIEW events"), "DR204"),
        (("query", "--archive", "DIR", "--sql", "SELECT nothing FROM events"), "DR206"),
        (("query", "--archive", "DIR", "--from", "soon"), "DR050"),
        (("query", "--archive", "DIR", "--order", "beauty"), "DR212"),
        (("query", "--archive", "DIR", "-f", "parquet"), "DR214"),
        (("ingest", "none.txt", "--archive", "DIR"), "DR001"),
    ],
)
def test_wrong_use_ends_with_2(
    folder: Path, tmp_path: Path, arguments: tuple[object, ...], code: str
) -> None:
    places = {"DIR": folder, "NOWHERE": tmp_path / "nowhere"}
    done = run(*(places.get(str(word), word) for word in arguments))
    assert done.exit_code == 2
    assert code in done.stderr
    assert done.stdout == ""


def test_a_folder_of_all_formats_goes_in_and_what_does_not_is_written_down(tmp_path: Path) -> None:
    reports, path = tmp_path / "reports", tmp_path / "archive"
    reports.mkdir()
    feed = f"<rss><channel><item><title>One</title><description>Feed. {TEXT}</description></item>"
    made = {
        "a.txt": f"Text. {TEXT}".encode(),
        "b.docx": word([f"Word. {TEXT}"]),
        "c.zip": zipped(
            {"in/d.html": f"<html><p>Page. {TEXT}</p></html>".encode(), "e.rss": b"<a/>"}
        ),
        "f.rss": f"{feed}</channel></rss>".encode(),
        "g.warc.gz": gzip.compress(record("https://a.example", f"<p>Crawl. {TEXT}</p>".encode())),
        "h.txt": SPANISH.encode(),
        "i.txt.gz": gzip.compress(f"Packed. {TEXT}".encode())[:-9],
        "j.mbox": f"From a@b Tue May  4 10:00:00 2021\nSubject: One\n\nMail. {TEXT}\n".encode(),
        "k.dat": b"\0\1",
    }
    for name, data in made.items():
        (reports / name).write_bytes(data)
    done = run("ingest", reports, "--archive", path)
    assert done.exit_code == 1
    assert "6 committed" in done.stderr
    assert "1 files were skipped" in done.stderr
    rows = delta.rows(delta.open_table(path / "rejected")).to_pylist()
    told = {(Path(row["origin"]).name, row["number"]) for row in rows}
    assert told == {("e.rss", "DR124"), ("h.txt", "DR028"), ("i.txt", "DR130")}
    assert any("(es)" in row["reason"] for row in rows)
    kept = run("ingest", reports / "h.txt", "--archive", path, "--any-language")
    assert "1 committed" in kept.stderr
    assert run("ingest", reports, "--archive", path, "--time-zone", "Nowhere").exit_code == 2
