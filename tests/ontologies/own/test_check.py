from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner, Result

from dragoman.cli import app

EXAMPLES = """\
- text: Chad bombed Niger.
  expect: [{type: ASSAULT, actors: [Chad], recipients: [Niger], status: asserted}]
  absent: [{type: AID}]
- text: Chad met Niger.
  expect: []
- text: Chad did not bomb Niger.
  expect: [{type: ASSAULT, status: asserted}]
"""


def check(tmp_path: Path, examples: str, *options: str) -> Result:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "examples.yaml").write_text(examples, encoding="utf-8")
    return CliRunner().invoke(app, ["ontology", "check", str(folder), *options])


def test_failing_examples_say_what_was_read_instead(tmp_path: Path) -> None:
    result = check(tmp_path, EXAMPLES)
    assert result.exit_code == 1
    assert "examples: 1 of 3 read as they say" in result.stdout
    assert "mine/examples.yaml, line 4: “Chad met Niger.”" in result.stdout
    assert "not expected: CONSULT asserted “met”: Chad, Niger → Chad, Niger" in result.stdout
    assert "not read: type ASSAULT, status asserted" in result.stdout
    assert "read instead: ASSAULT/aerial denied “bomb”: Chad → Niger" in result.stdout
    assert "DR102 2 of 3" in result.stderr


def test_all_well_ends_with_0(tmp_path: Path) -> None:
    result = check(tmp_path, EXAMPLES.split("- text: Chad met")[0])
    assert result.exit_code == 0, result.output
    assert "examples: 1 of 1" in result.stdout


def test_faults_end_with_2_and_are_all_told(tmp_path: Path) -> None:
    result = check(tmp_path, "- {txt: a}\n- {text: b, expect: [{typ: AID}]}\n")
    assert result.exit_code == 2
    assert "mine/examples.yaml, line 1: DR095" in result.stderr
    assert "mine/examples.yaml, line 2: expect: DR095" in result.stderr
    assert "DR090" in result.stderr


def test_lines_of_dictionaries_are_listed(tmp_path: Path) -> None:
    folder = tmp_path / "mine" / "verbs"
    folder.mkdir(parents=True)
    (folder / "own.txt").write_text("--- MEET [040] ---\nMEET\n- odd [040]\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["ontology", "check", str(folder.parent), "--lines"])
    assert "mine/verbs/own.txt: 3 lines: 2 used, 0 in part, 1 not used" in result.stdout
    assert "mine/verbs/own.txt, line 3: DR100" in result.stdout
