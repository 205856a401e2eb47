"""The pages over a small archive, in memory and in a browser."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi.testclient import TestClient

from dragoman.archive.migrations import prepare
from dragoman.web import Settings, create
from tests.archive.conftest import bring, documents
from tests.fakes import Reader

Make = Callable[..., Any]


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that no test writes to: ten reports, an event and a claim in each."""
    path = tmp_path_factory.mktemp("web") / "archive"
    bring(path, documents(10))
    return path


@pytest.fixture
def folder(tmp_path: Path, shared: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(shared, tmp_path / "archive"))


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """An archive without a report."""
    prepare(tmp_path / "archive")
    return tmp_path / "archive"


def settings(folder: Path, **more: Any) -> Settings:
    """Settings for tests."""
    return Settings(folder, reader=Reader, **{"hosts": ("testserver",), **more})


@pytest.fixture
def client(shared: Path) -> Iterator[TestClient]:
    """A client of the pages."""
    with TestClient(create(settings(shared)), follow_redirects=False) as made:
        yield made


def first_reading(folder: Path) -> str:
    """The id of the reading of the oldest report."""
    from dragoman.archive import Archive

    table = Archive(folder).ask("SELECT reading FROM documents ORDER BY published LIMIT 1")
    return str(table["reading"][0].as_py())


class Running:
    """The pages on a port of this machine."""

    def __init__(self, made: Settings) -> None:
        self.app = create(made)
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._server = uvicorn.Server(uvicorn.Config(self.app, log_level="error"))
        self._thread = threading.Thread(
            target=lambda: self._server.run(sockets=[self._socket]), daemon=True
        )

    def __enter__(self) -> Running:
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            time.sleep(0.01)
        return self

    def __exit__(self, *error: object) -> None:
        self._server.should_exit = True
        self._thread.join(10)


def chromium() -> str | None:
    """A Chromium on this machine; None where only Playwright's own could be."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A browser; skips where none can be had."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        try:
            made = playwright.chromium.launch(
                executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
            )
        except api.Error as error:
            pytest.skip(f"no chromium: {str(error).splitlines()[0]}")
        yield made
        made.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[Running]:
    """The pages over a copy of the archive, for a module."""
    path = Path(shutil.copytree(shared, tmp_path_factory.mktemp("site") / "archive"))
    with Running(settings(path, pastes=1000)) as running:
        yield running


@pytest.fixture
def page(browser: Any, site: Running) -> Iterator[Any]:
    """A fresh window; whatever it asks of another machine, or complains of, fails the test."""
    context = browser.new_context(base_url=site.address, viewport={"width": 1280, "height": 900})
    made = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    made.on("request", lambda request: asked.append(request.url))
    made.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    made.on("pageerror", lambda error: said.append(str(error)))
    yield made
    context.close()
    assert [url for url in asked if not url.startswith((site.address, "data:"))] == []
    assert [text for text in said if "404" not in text] == []
