from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dragoman.archive import Archive
from dragoman.cli import app
from dragoman.plot import Loose, bundle, draw, page, spec
from dragoman.schema import dumps, reading_to_json
from tests.archive.conftest import bring, documents
from tests.plot.made import reading
from tests.plot.test_specs import TOLD

SCRIPT = re.compile(r"<script>(.*?)</script>", re.S)
# Names of XML, and what Vega says in comments and messages; nothing is fetched from them.
NAMES = re.compile(r"https?://(www\.w3\.org|vega\.github\.io|github\.com/vega)/")


@pytest.fixture(scope="module")
def few() -> Loose:
    return Loose([reading(TOLD)])


def test_forms(few: Loose) -> None:
    picture = spec("timeline", few)
    assert draw(picture, "png").startswith(b"\x89PNG\r\n")
    svg = draw(picture, "svg").decode()
    assert svg.startswith("<svg")
    assert "Events over time" in svg
    assert json.loads(draw(picture, "json")) == picture


def test_page_needs_nothing_from_elsewhere(few: Loose) -> None:
    made = page([spec("timeline", few), spec("map", few)], "Two <pictures>")
    assert "<title>Two &lt;pictures&gt;</title>" in made
    assert [url for url in re.findall(r"https?://\S+", made) if not NAMES.match(url)] == []
    assert not re.search(r"<(link|iframe|img)|\ssrc=|@import|url\(", made.replace(bundle(), ""))
    assert made.count('class="dragoman-plot"') == 2


def test_page_allows_its_own_script_and_no_other(few: Loose) -> None:
    made = page([spec("timeline", few)])
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', made)
    script = SCRIPT.search(made)
    assert policy and script
    digest = base64.b64encode(hashlib.sha256(script[1].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in policy[1]
    assert "unsafe" not in policy[1]
    assert policy[1].startswith("default-src 'none'")


def test_bundle_interprets_expressions() -> None:
    assert "dragomanPlot" in bundle()
    assert "ast:true" in bundle().replace(" ", "").replace("ast:!0", "ast:true")
    assert "</script" not in bundle().lower()


def test_archive_and_readings_give_the_same(tmp_path: Path) -> None:
    bring(tmp_path / "archive", documents(4))
    archive = Archive(tmp_path / "archive")
    loose = Loose([held for _, held in archive.readings()])
    for kind in ("timeline", "network", "map", "disputed"):
        assert spec(kind, archive) == spec(kind, loose)  # type: ignore[arg-type]


def run(*words: object) -> Any:
    return CliRunner().invoke(app, ["plot", *map(str, words)])


def test_command(tmp_path: Path) -> None:
    held = tmp_path / "reading.json"
    held.write_text(dumps(reading_to_json(reading(TOLD))), "utf-8")
    for name in ("a.png", "a.svg", "a.html", "a.json"):
        assert run("timeline", held, "-o", tmp_path / name).exit_code == 0
        assert (tmp_path / name).stat().st_size > 1000
    done = run("dyad", held, "--who", "Peru", "--who", "Chile", "-o", tmp_path / "d.json")
    assert done.exit_code == 0
    assert json.loads((tmp_path / "d.json").read_text())["title"]["text"] == "Peru and Chile"
    assert run("page", held, "-o", tmp_path / "p.html", "--theme", "dark").exit_code == 0
    assert [path.name for path in tmp_path.glob(".*")] == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["timeline", "-o", "x.png"], "DR245"),
        (["timeline", "a.txt", "--archive", "b", "-o", "x.png"], "DR245"),
        (["timeline", "a.txt", "-o", "x.gif"], "DR244"),
        (["page", "a.txt", "-o", "x.png"], "DR246"),
        (["timeline", "--archive", "nowhere", "-o", "x.png"], "DR200"),
        (["timeline", "nowhere.txt", "-o", "x.png"], "DR001"),
    ],
)
def test_wrong_use_is_told(words: list[str], code: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["plot", *words])
    assert done.exit_code == 2
    assert code in done.stderr
