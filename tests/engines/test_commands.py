"""``--workers`` and what goes with it, by the command line; the documents read by hand."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable, write_deltalake
from typer.testing import CliRunner, Result

from dragoman.archive import Archive
from dragoman.cli import app
from tests.engines import stand_in
from tests.fakes import TEXT

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _reader(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("ingesting", "reading"):
        monkeypatch.setattr(f"dragoman.cli.{module}.Setup", lambda *given: stand_in.Dangerous)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    path = tmp_path / "reports.jsonl"
    texts = [f"Report {n}. {TEXT}" for n in range(20)]
    texts[4], texts[9] = "BREAK", "EXIT"
    path.write_text("\n".join(json.dumps({"text": one, "date": "2024-03-09"}) for one in texts))
    return path


def test_ingest_with_workers(reports: Path, tmp_path: Path) -> None:
    path = tmp_path / "archive"
    done = run("ingest", reports, "--archive", path, "--workers", 2)
    assert done.exit_code == 1
    assert "18 committed, 0 there already, 2 rejected" in done.stderr
    assert f"rejected: {reports}:5: DR061" in done.stderr
    assert f"rejected: {reports}:10: DR180" in done.stderr
    assert Archive(path).events().num_rows == 36


def test_read_with_workers_keeps_the_order(reports: Path) -> None:
    done = run("read", reports, "--workers", 2, "--format", "jsonl", "--time-limit", 60)
    assert done.exit_code == 1
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    told = [one["document"]["origin"].rpartition(":")[2] for one in lines]
    assert told == [str(n) for n in range(1, 21) if n not in (5, 10)]
    assert all(len(one["events"]) == 2 for one in lines)
    assert f"rejected: {reports}:10: DR180" in done.stderr
    assert "2 rejected; reports read: 18." in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("ingest", "R", "--archive", "A", "--time-limit", 5), "DR186"),
        (("ingest", "R", "--archive", "A", "--master", "local[2]"), "DR186"),
        (("ingest", "R", "--archive", "A", "--workers", 2, "--engine", "spark"), "DR188"),
        (("read", "R", "--workers", 2, "--debug"), "DR188"),
    ],
)
def test_wrong_use(reports: Path, tmp_path: Path, arguments: tuple[object, ...], code: str) -> None:
    places = {"R": reports, "A": tmp_path / "archive"}
    done = run(*(places.get(str(word), word) for word in arguments))
    assert done.exit_code == 2
    assert code in done.stderr
    assert not (tmp_path / "archive").exists()


_SLOW = """
import sys
from tests.engines import stand_in
from dragoman.cli import app, ingesting
if __name__ == "__main__":
    ingesting.Setup = lambda *given: stand_in.slow
    app(sys.argv[1:])
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_broken_off(tmp_path: Path, number: signal.Signals) -> None:
    reports, path, script = (tmp_path / name for name in ("r.jsonl", "archive", "run.py"))
    reports.write_text("\n".join(json.dumps({"text": f"{n}. {TEXT}"}) for n in range(2000)))
    script.write_text(_SLOW)
    source = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    command = [sys.executable, script, "ingest", reports, "--archive", path,
               "--workers", "2", "--batch", "8"]  # fmt: skip
    process = subprocess.Popen(
        command, env={**os.environ, "PYTHONPATH": source}, stderr=subprocess.PIPE, text=True
    )
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    until = time.monotonic() + 60
    while time.monotonic() < until and len(list((path / "documents").glob("*.parquet"))) < 2:
        time.sleep(0.05)
    running = children.read_text().split() if children.exists() else []
    process.send_signal(number)
    told = process.communicate(timeout=30)[1]
    assert process.returncode == (130 if number == signal.SIGINT else 143)
    assert "What was committed is kept" in told
    assert "Traceback" not in told
    until = time.monotonic() + 10
    while any(Path("/proc", one).exists() for one in running) and time.monotonic() < until:
        time.sleep(0.05)
    assert [one for one in running if Path("/proc", one).exists()] == []
    archive = Archive(path)
    assert archive.documents().num_rows >= 8
    assert list(archive.verify()) == []


def test_a_delta_table_as_a_source(tmp_path: Path) -> None:
    table, path = tmp_path / "table", tmp_path / "archive"
    rows = pa.table({"text": [f"{n}. {TEXT}" for n in range(3)], "date": ["2024-03-09"] * 3})
    write_deltalake(table, rows)
    write_deltalake(table, rows.slice(1), mode="overwrite")
    done = run("ingest", table, "--archive", path, "--workers", 1)
    assert "2 committed, 0 there already;" in done.stderr
    parted = tmp_path / "parted"
    write_deltalake(parted, rows, partition_by="date")
    done = run("ingest", parted, "--archive", path)
    assert done.exit_code == 2
    assert "DR185" in done.stderr and "parted by date" in done.stderr
    # A file of the table by itself is a Parquet file like any other.
    (file,) = (uri for uri in DeltaTable(table).file_uris())
    assert pq.read_table(file).num_rows == 2
