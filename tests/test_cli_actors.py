"""``dragoman actors`` history and check, and ``--actors``."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from dragoman.cli import app


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["actors", *words])


def test_history_of_a_state_by_office() -> None:
    result = run("history", "Germany", "--office", "head_of_government", "-f", "json")
    terms = json.loads(result.stdout)
    assert result.exit_code == 0
    assert [t["valid_from"] for t in terms] == sorted(t["valid_from"] for t in terms)
    assert {t["office"] for t in terms} == {"head_of_government"}
    assert terms[0]["name"] == "Konrad Adenauer"
    assert {t["country"] for t in terms} == {"DEU"}


def test_history_of_an_organisation_is_its_own_posts() -> None:
    terms = json.loads(run("history", "NATO", "-f", "json").stdout)
    assert {t["organisation"] for t in terms} == {"igo:nato"}


def test_history_names_posts_held_meanwhile() -> None:
    terms = json.loads(run("history", "person:david-ben-gurion", "-f", "json").stdout)
    beside = {t["office"]: {o["office"] for o in t["meanwhile"]} for t in terms}
    assert beside["head_of_government"] == {"defence_minister"}


def test_a_title_will_do_for_an_office() -> None:
    terms = json.loads(run("history", "USA", "--office", "Secretary of State", "-f", "json").stdout)
    assert {t["office"] for t in terms} == {"foreign_minister"}


def test_history_as_a_table() -> None:
    printed = run("history", "Frank-Walter Steinmeier").stdout
    assert "Foreign Minister" in printed
    assert "2017-03-19" in printed


def test_history_of_nobody() -> None:
    assert "DR070" in run("history", "Nobody of that name").stderr
    result = run("history", "Germany", "--office", "pope")
    assert result.exit_code == 1
    assert "DR117" in result.stderr


def test_check_of_a_faulty_file_ends_with_1(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("groups: {}\n")
    result = run("check", str(path))
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{path}, line 1: DR095")
    assert len(result.stdout.splitlines()) == 1


def test_lookup_with_own_actors(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("actors: {group:river-guard: {name: River Guard, kind: armed group}}\n")
    assert run("lookup", "River Guard").exit_code == 1
    found = json.loads(run("lookup", "River Guard", "-f", "json", "--actors", str(path)).stdout)
    assert found[0]["id"] == "group:river-guard"
