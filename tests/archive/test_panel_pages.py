"""What the chapters on stories and panels show is what the program prints."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer.main

from dragoman.cli import app
from tools import run_page


@pytest.mark.parametrize("page", run_page.PAGES, ids=lambda page: page.name)
def test_pages_show_what_is_printed(page: Path) -> None:
    assert run_page.render(page) == page.read_text(encoding="utf-8"), (
        f"write it anew: python -m tools.run_page {page}"
    )


@pytest.mark.parametrize("name", ["stories", "panel"])
def test_options_are_documented(name: str) -> None:
    command = typer.main.get_command(app).commands[name]  # type: ignore[attr-defined]
    options = {word for one in command.params for word in one.opts if word.startswith("--")}
    text = "".join(page.read_text(encoding="utf-8") for page in run_page.PAGES)
    assert [word for word in sorted(options - {"--help"}) if word not in text] == []
