"""The chapter on the pages says what there is."""

from __future__ import annotations

from pathlib import Path

import typer.main

from dragoman.cli import app
from dragoman.web import Settings
from dragoman.web.pages import ROUTERS

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "pages.md").read_text(encoding="utf-8")


def test_options_are_documented() -> None:
    command = typer.main.get_command(app).commands["serve"]  # type: ignore[attr-defined]
    options = {name for one in command.params for name in one.opts if name.startswith("--")}
    assert [name for name in sorted(options - {"--help"}) if name not in TEXT] == []


def test_limits_are_as_told() -> None:
    plain = Settings(Path("talks"))
    assert f"{plain.paste:,} characters" in TEXT
    assert f"{plain.pastes} a minute" in TEXT
    assert f"{plain.timeout:.0f} seconds" in TEXT
    assert f"{plain.body // 1_000_000} MB" in TEXT
    assert f"{plain.host}:{plain.port}" in TEXT


def test_lists_are_named() -> None:
    paths = {route.path for router in ROUTERS for route in router.routes}  # type: ignore[attr-defined]
    assert {"/events", "/statements", "/documents", "/sources", "/disputed", "/try"} <= paths
