from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import dragoman
from dragoman.archive import Archive, delta
from dragoman.cli import app
from tests import fakes
from tests.watching.server import MORE, STORY, Page, Server, article, feed

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "watching.md"
PROGRAM = "from tests import fakes; fakes.install(); from dragoman.cli import main; main()"


@pytest.fixture(autouse=True)
def _reader(monkeypatch: pytest.MonkeyPatch) -> None:
    module = fakes.pipeline()
    monkeypatch.setitem(sys.modules, "dragoman.pipeline", module)
    monkeypatch.setattr(dragoman, "pipeline", module, raising=False)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["watch", *(str(one) for one in arguments)])


def rejected(folder: Path) -> list[dict[str, Any]]:
    return list(delta.rows(delta.open_table(folder / "rejected")).to_pylist())


def put(server: Server) -> None:
    """A feed of three articles; the page of the third is not there."""
    server.pages["/feed"] = feed(
        ("/1", "Envoys meet", "They met."),
        ("/2", "Harbour opens", "It opened."),
        ("/3", "Strike ends", "The dockers' union said on Friday that its strike had ended."),
    )
    server.pages |= {"/1": article(), "/2": article(f"Harbour. {STORY}{MORE}")}


def test_new_and_changed_articles(server: Server, tmp_path: Path) -> None:
    put(server)
    archive = tmp_path / "archive"
    options = ("--archive", archive, "--once", "--allow-private", "--pause", 0)
    page = DOCUMENT.read_text(encoding="utf-8")

    def told() -> str:
        result = run(f"{server.url}/feed", *options)
        shown = result.stderr.replace(server.url, "https://harbour.example").replace(
            f"127.0.0.1:{server.port}", "harbour.example"
        )
        assert f"```text\n{shown}```\n" in page, shown
        return f"{result.exit_code} {shown}"

    assert told().startswith("1 page not read: https://harbour.example/3: DR146")
    assert told().startswith("0 https://harbour.example/feed: unchanged")
    put(server)
    server.pages["/feed"] = feed(
        ("/4", "Talks go on", "They do."), ("/1", "Envoys meet", "They met again.")
    )
    server.pages |= {"/1": article(f"Corrected. {STORY}{MORE}"), "/4": article(f"More. {STORY}")}
    assert "2 entries, 1 new, 1 changed" in told()

    held = Archive(archive)
    assert held.documents().num_rows == 4
    revisions = {row["url"]: row["revision"] for row in held.documents().to_pylist()}
    assert revisions[f"{server.url}/1"] == 2 and revisions[f"{server.url}/4"] == 1
    rows = rejected(archive)
    assert [(row["origin"], row["number"]) for row in rows] == [(f"{server.url}/3", "DR146")]
    assert list(held.verify()) == []


def test_the_same_article_twice_is_unchanged(server: Server, tmp_path: Path) -> None:
    put(server)
    archive, state = tmp_path / "archive", tmp_path / "state.json"
    options = ("--archive", archive, "--once", "--allow-private", "--pause", 0, "--state", state)
    run(f"{server.url}/feed", *options)
    state.unlink()
    again = run(f"{server.url}/feed", *options)
    assert "0 committed, 3 there already" in again.stderr
    assert not (archive / "watch.json").exists()


def test_private_addresses_are_not_asked(server: Server, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    result = run(f"{server.url}/feed", "--archive", archive, "--once")
    assert result.exit_code == 1 and "DR141" in result.stderr and server.asked == []
    assert [row["number"] for row in rejected(archive)] == ["DR141"]


@pytest.mark.parametrize(
    ("arguments", "number"),
    [
        (("file:///etc/passwd",), "DR140"),
        (("http://0x7f.1/",), "DR140"),
        (("http://news.example/", "--once", "--every", "60"), "DR188"),
    ],
)
def test_wrong_use(tmp_path: Path, arguments: tuple[str, ...], number: str) -> None:
    result = run(*arguments, "--archive", tmp_path / "archive")
    assert result.exit_code == 2 and number in result.stderr
    assert not (tmp_path / "archive").exists()


def test_a_state_that_cannot_be_read(server: Server, tmp_path: Path) -> None:
    (tmp_path / "watch.json").write_text("{")
    result = run(f"{server.url}/feed", "--archive", tmp_path, "--once")
    assert result.exit_code == 2 and "DR148" in result.stderr


def test_proxies_of_the_environment(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are passed by, unless asked for; then the checked address is tunnelled to."""
    put(server)
    asked: list[str] = []
    proxy = Server()

    def tunnel(handler: Any) -> None:
        asked.append(handler.path)
        handler.close_connection = True
        handler.send_response(403 if len(asked) == 1 else 200)
        handler.end_headers()
        if len(asked) > 1:
            host, port = handler.path.split(":")
            with socket.create_connection((host, int(port))) as end:
                end.sendall(handler.connection.recv(65_536))
                while piece := end.recv(65_536):
                    handler.connection.sendall(piece)

    proxy.handler.do_CONNECT = tunnel  # type: ignore[attr-defined]
    with proxy.running():
        monkeypatch.setenv("http_proxy", proxy.url)
        options = ("--once", "--allow-private", "--pause", 0, "--archive")
        assert "3 entries" in run(f"{server.url}/feed", *options, tmp_path / "a").stderr
        assert asked == [] == proxy.asked
        result = run(f"{server.url}/feed", "--env-proxy", *options, tmp_path / "b")
        assert asked == [f"127.0.0.1:{server.port}"]
        assert "DR145 no answer could be had: the proxy answered 403" in result.stderr
        result = run(f"{server.url}/feed", "--env-proxy", *options, tmp_path / "c")
        assert "3 entries, 3 new" in result.stderr and len(asked) == 6
        result = run("http://169.254.169.254/", "--env-proxy", *options, tmp_path / "d")
        assert "DR141" in result.stderr and len(asked) == 6
        monkeypatch.setenv("http_proxy", "socks5://127.0.0.1:1080")
        assert run(f"{server.url}/feed", "--env-proxy", *options, tmp_path / "e").exit_code == 2


def test_round_after_round(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(server)
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        server.pages["/feed"] = feed(("/4", "Talks go on", "They do."))
        server.pages["/4"] = article(f"More. {STORY}")
        if len(slept) >= 3:
            raise KeyboardInterrupt

    # Not `time.sleep` itself, which threads of other tests may be in.
    monkeypatch.setattr("dragoman.cli.watching.wait", sleep)
    options = ("--archive", tmp_path / "archive", "--allow-private", "--pause", 0, "--every", 500)
    result = run(f"{server.url}/feed", *options)
    assert result.exit_code == 130 and 0 < slept[0] <= 500
    assert "1 address, 3 rounds: 4 committed, 0 there already" in result.stderr


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_it_stops_when_it_is_told_to(
    server: Server, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    put(server)
    archive, waiting, go_on = tmp_path / "archive", threading.Event(), threading.Event()

    def hang(sock: object) -> None:
        waiting.set()
        go_on.wait(60)

    second = server.pages["/2"]
    server.pages["/2"] = Page(raw=hang)
    options = ["watch", f"{server.url}/feed", "--archive", str(archive), "--allow-private"]
    options += ["--pause", "0", "--batch", "1", "--timeout", "60"]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *options],
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=ROOT,
    )
    try:
        assert waiting.wait(60)
        until = time.monotonic() + 60
        while _committed(archive) < 1 and time.monotonic() < until:
            time.sleep(0.05)
        program.send_signal(number)
        _, told = program.communicate(timeout=60)
    finally:
        go_on.set()
        program.kill()
    assert program.returncode == code and "dragoman: stopped." in told, told
    assert "Traceback" not in told
    assert _committed(archive) == 1 and not (archive / "watch.json").exists()
    server.pages["/2"] = second
    again = run(f"{server.url}/feed", *options[2:], "--once")
    assert "2 committed, 1 there already" in again.stderr


def _committed(archive: Path) -> int:
    try:
        return Archive(archive).documents().num_rows
    except Exception:  # not there yet
        return 0
