from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner, Result

import dragoman
from dragoman.cli import app
from dragoman.model import Actor
from dragoman.schema import json_schema, reading_from_json
from tests import fakes
from tests.fakes import TEXT

ROOT = Path(__file__).parents[1]
# The program in a process of its own, with the reader of the tests.
PROGRAM = (
    "import sys; sys.path.insert(0, {root!r}); from tests.fakes import install; install();"
    "from dragoman.cli import main; main()"
)


@pytest.fixture(autouse=True)
def _reader(monkeypatch: pytest.MonkeyPatch) -> None:
    module = fakes.pipeline()
    monkeypatch.setitem(sys.modules, "dragoman.pipeline", module)
    monkeypatch.setattr(dragoman, "pipeline", module, raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "report.txt"
    path.write_text(f"date 2024-03-09 {TEXT}", encoding="utf-8")
    return str(path)


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, arguments, input=stdin)


def start(*arguments: str, **variables: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, **variables}
    environment.pop("COLUMNS", None)
    command = [sys.executable, "-c", PROGRAM.format(root=str(ROOT)), *arguments]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=ROOT
    )


def test_a_clean_reading_ends_with_0(report: str) -> None:
    result = run("read", report)
    assert result.exit_code == 0
    assert result.stderr == ""
    (line,) = [line for line in result.stdout.splitlines() if line.startswith("e2 ")]
    assert "Ana Rojas ← A clerk ← the report" in line
    assert "\x1b" not in result.stdout


def test_json_one_or_several(report: str, tmp_path: Path) -> None:
    one = run("read", report, "--format", "json")
    assert reading_from_json(json.loads(one.stdout)).document.origin == report
    (tmp_path / "two.txt").write_text(TEXT)
    several = run("read", str(tmp_path), "--format", "json")
    assert len(json.loads(several.stdout)) == 2


def test_jsonl_and_csv(report: str) -> None:
    result = run("read", report, "--format", "jsonl", "--show", "events")
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["e1", "e2"]
    result = run("read", report, "-f", "csv", "--show", "statements")
    assert [row["statement_id"] for row in csv.DictReader(io.StringIO(result.stdout))] == [
        "s1",
        "s2",
    ]


def test_explain(report: str) -> None:
    result = run("read", report, "--explain", "e2")
    assert result.exit_code == 0
    assert "The report says that A clerk said" in result.stdout
    unknown = run("read", report, "--explain", "e9")
    assert unknown.exit_code == 2
    assert "DR052" in unknown.stderr
    assert "e1, e2" in unknown.stderr


def test_rejections_are_listed_counted_and_end_with_1(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    lines = ["{broken", json.dumps({"text": TEXT, "date": "soon"}), json.dumps({"text": TEXT})]
    path.write_text("\n".join(lines))
    result = run("read", str(path), "--format", "jsonl")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert f"rejected: {path}:1: DR021" in result.stderr
    assert f"value rejected: {path}:2: DR040" in result.stderr
    assert "1 rejected, 1 read without" in result.stderr


def test_one_reports_fault_does_not_cost_the_others(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in ("BREAK", TEXT)))
    result = run("read", str(path), "--format", "jsonl")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert f"rejected: {path}:1: DR061" in result.stderr
    assert "broken on purpose" in result.stderr
    assert isinstance(run("read", str(path), "--debug").exception, RuntimeError)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Missing argument"),
        (("none.txt",), "DR001"),
        (("none*.txt",), "DR002"),
        (("REPORT", "none.txt"), "DR001"),
        (("REPORT", "--format", "xml"), "xml"),
        (("REPORT", "--published", "yesterday"), "DR050"),
        (("REPORT", "--encoding", "klingon"), "DR014"),
        (("REPORT", "--format", "csv", "--show", "all"), "DR051"),
        (("REPORT", "--format", "json", "--explain", "e1"), "DR055"),
        (("REPORT", "--model", "missing"), "DR060"),
        (("REPORT", "--output", "no/such/folder/x.csv"), "DR053"),
        (("REPORT", "--output", "REPORT"), "DR054"),
        (("REPORT", "--unknown"), "unknown"),
    ],
)
def test_wrong_use_ends_with_2_and_reads_nothing(
    report: str, arguments: tuple[str, ...], said: str
) -> None:
    result = run("read", *(report if word == "REPORT" else word for word in arguments))
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


def test_standard_input() -> None:
    result = run("read", "-", "--format", "json", stdin=TEXT)
    assert json.loads(result.stdout)["document"]["origin"] == "<stdin>"
    lines = "".join(json.dumps({"text": TEXT}) + "\n" for _ in range(2))
    assert len(json.loads(run("read", "-", "--format", "json", stdin=lines).stdout)) == 2
    table = f'body,when\n"{TEXT}",2024-03-09\n'
    options = ("--input-format", "csv", "--date-field", "when")
    result = run("read", "-", "--format", "json", *options, stdin=table)
    assert json.loads(result.stdout)["document"]["published"] == "2024-03-09"
    assert run("read", "-", stdin="").exit_code == 1


def test_options_fill_what_a_report_lacks(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TEXT)
    arguments = ("--published", "2024-03-09", "--publisher", "Wire", "--url", "https://w.example")
    document = json.loads(run("read", str(path), "-f", "json", *arguments).stdout)["document"]
    assert (document["published"], document["publisher"]) == ("2024-03-09", "Wire")
    assert document["url"] == "https://w.example"


def test_output_takes_its_format_from_its_name(report: str, tmp_path: Path) -> None:
    for name, first in (("a.jsonl", '{"schema_version"'), ("a.csv", "schema_version,")):
        path = tmp_path / name
        result = run("read", report, "--output", str(path))
        assert (result.exit_code, result.stdout) == (0, "")
        assert path.read_text(encoding="utf-8").startswith(first)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "a.jsonl", "report.txt"]


def test_a_failed_run_leaves_the_old_output(report: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt.out"
    path.write_text("old")
    assert run("read", report, "--explain", "e9", "--output", str(path)).exit_code == 2
    assert path.read_text() == "old"
    assert sorted(found.name for found in tmp_path.iterdir()) == ["a.txt.out", "report.txt"]


def test_skipped_files_and_guessed_encodings_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(f"{TEXT} Señor Muñoz left.".encode("cp1252"))
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    result = run("read", str(tmp_path))
    assert result.exit_code == 0
    assert "DR005" in result.stderr
    assert "DR013" in result.stderr


def test_interrupted() -> None:
    result = run("read", "-", stdin="INTERRUPT")
    assert result.exit_code == 130
    assert "Traceback" not in result.output


def test_a_closed_pipe_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text((json.dumps({"text": TEXT}) + "\n") * 500)
    process = start("read", str(path), "--format", "jsonl")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    with process.stderr:
        assert process.stderr.read() == b""
    assert process.wait() == 141


def test_a_pipe_gets_utf8_whatever_the_locale(report: str) -> None:
    process = start("read", report, PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
    stdout, stderr = process.communicate()
    assert process.returncode == 0, stderr
    assert "Ana Rojas ← A clerk ← the report" in stdout.decode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("variables", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colour_only_on_a_terminal_that_wants_it(
    report: str, variables: dict[str, str], coloured: bool
) -> None:
    assert (b"\x1b[" in on_a_terminal("read", report, **variables)) == coloured


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_long_work_shows_a_bar_and_whole_tables(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"{number}.txt").write_text(TEXT)
    shown = on_a_terminal("read", str(tmp_path))
    assert b"reading" in shown
    assert shown.count(b"CONSULT") == 12
    assert b"reading" not in on_a_terminal("read", str(tmp_path / "1.txt"))


def on_a_terminal(*arguments: str, **variables: str) -> bytes:
    import pty

    leader, follower = pty.openpty()
    environment = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", **variables}
    command = [sys.executable, "-c", PROGRAM.format(root=str(ROOT)), *arguments]
    with subprocess.Popen(
        command, stdin=follower, stdout=follower, stderr=follower, env=environment, cwd=ROOT
    ):
        os.close(follower)
        shown = b""
        try:
            while part := os.read(leader, 65536):
                shown += part
        except OSError:  # how Linux says that the other side has closed
            pass
    os.close(leader)
    assert b"Traceback" not in shown
    return shown


def test_schema_is_printed() -> None:
    assert json.loads(run("schema").stdout) == json_schema()


def test_version() -> None:
    assert re.fullmatch(r"dragoman \d+\.\d+\S*\n", run("--version").stdout)


def test_help_loads_neither_parser_nor_tables() -> None:
    code = (
        "import sys; from dragoman.cli import app\n"
        "try: app(['read', '--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'pyarrow', 'numpy', 'dragoman.pipeline'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr


class Register:
    """Stands in for the register: one person, two offices."""

    def lookup(self, name: str, at: dt.date | None = None) -> list[SimpleNamespace]:
        terms = (("2011-05-18", "2020-10-12"), ("2024-01-02", None))
        offices = [
            SimpleNamespace(
                title="Mayor",
                country="PER",
                organisation=None,
                valid_from=first,
                valid_to=last,
            )
            for first, last in terms
        ]
        known = [SimpleNamespace(id="person:ana-rojas", offices=offices)]
        return known if name == "Rojas" else []

    def actor(self, identifier: str, date: dt.date | None) -> Actor:
        office = "Mayor" if date and date.year == 2024 else None
        return Actor(identifier, "Ana Rojas", "person", "PER", "GOV", office=office)


@pytest.fixture
def _register(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.register.default_register", Register, raising=False)


@pytest.mark.usefixtures("_register")
def test_actors_lookup() -> None:
    result = run("actors", "lookup", "Rojas")
    assert result.exit_code == 0
    assert "Mayor, PER (2011-05-18 to 2020-10-12); Mayor, PER (2024-01-02 on)" in result.stdout
    dated = run("actors", "lookup", "Rojas", "--at", "2024-03-09", "--format", "json")
    (actor,) = json.loads(dated.stdout)
    assert (actor["id"], actor["office"]) == ("person:ana-rojas", "Mayor")
    assert actor["schema_version"] == "2"


@pytest.mark.usefixtures("_register")
def test_actors_lookup_without_an_answer() -> None:
    nobody = run("actors", "lookup", "\x1b[31mNobody")
    assert (nobody.exit_code, nobody.stdout) == (1, "")
    assert "DR070" in nobody.stderr
    assert "\x1b" not in nobody.stderr
    wrong = run("actors", "lookup", "Rojas", "--at", "May 2024")
    assert wrong.exit_code == 2
    assert "DR050" in wrong.stderr
