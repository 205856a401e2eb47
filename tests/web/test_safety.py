"""Who may ask what."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dragoman.web import create
from dragoman.web.pasting import Rate
from dragoman.web.safety import HEADERS
from dragoman.web.settings import is_loopback
from tests.web.conftest import settings

WEB = Path(__file__).resolve().parents[2] / "src" / "dragoman" / "web"
TEXT = {"text": "Peru met Chile."}


@pytest.mark.parametrize("path", ["/", "/nothing", "/static/style.css", "/documents/none"])
def test_every_answer_has_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert {name: headers[name] for name in HEADERS} == dict(HEADERS)
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy


def test_a_fault_of_ours_has_them_too(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create(settings(shared))
    monkeypatch.setattr("dragoman.web.pages.home._held", lambda archive: 1 / 0)
    answer = TestClient(app, raise_server_exceptions=False).get("/")
    assert answer.status_code == 500 and "ZeroDivision" not in answer.text
    assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8765", 200), ("localhost", 200), ("[::1]:80", 200), ("testserver", 200),
        ("evil.example", 421), ("127.0.0.1.evil.example", 421), ("", 421), ("192.168.0.7", 421),
    ],
)  # fmt: skip
def test_hosts(client: TestClient, host: str, status: int) -> None:
    assert client.get("/try", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_forms_of_other_sites(client: TestClient, headers: dict[str, str], status: int) -> None:
    assert client.post("/try", data=TEXT, headers=headers).status_code == status


def test_bodies_are_bounded(shared: Path) -> None:
    client = TestClient(create(settings(shared, body=1000)))
    assert client.post("/try", data={"text": "a" * 2000}).status_code == 413
    sent = client.post("/try", content=iter([b"text=" + b"a" * 600] * 3))
    assert sent.status_code == 413 and "DR224" in sent.text


def test_a_token(shared: Path) -> None:
    app = create(settings(shared, token="secret"))
    client = TestClient(app, follow_redirects=False)
    assert client.get("/").status_code == 401
    assert client.get("/?token=wrong").status_code == 401
    assert client.get("/static/style.css").status_code == 401
    led = client.get("http://testserver//evil.example/?a=1&token=secret")
    assert led.status_code == 303 and led.headers["Location"] == "/evil.example/?a=1"
    client.cookies.clear()
    led = client.get("/events?actor=A%26B&token=secret")
    assert led.headers["Location"] == "/events?actor=A%26B"
    assert re.search("HttpOnly; SameSite=Strict", led.headers["Set-Cookie"])
    assert client.get("/").status_code == 200  # by the cookie
    plain = TestClient(create(settings(shared, token="secret")))
    assert plain.get("/", headers={"Authorization": "Bearer secret"}).status_code == 200


def test_other_machines_may_use_addresses_but_not_names(shared: Path) -> None:
    client = TestClient(create(settings(shared, host="0.0.0.0", token="t")))
    for host, status in [("192.168.0.7:80", 200), ("evil.example", 421)]:
        headers = {"Host": host, "Authorization": "Bearer t"}
        assert client.get("/try", headers=headers).status_code == status


def test_loopback() -> None:
    names = ["127.0.0.1", "localhost", "::1", "127.9.9.9", "0.0.0.0", "example.org"]
    assert [is_loopback(one) for one in names] == [True, True, True, True, False, False]


def test_the_rate_is_by_address() -> None:
    now = 0.0
    rate = Rate(2, lambda: now)
    assert [rate.wait("a") for _ in range(3)] == [0, 0, 31]
    assert rate.wait("b") == 0
    now = 30.0
    assert rate.wait("a") == 0 and rate.wait("a") > 0


def test_templates_pass_nothing_through() -> None:
    for path in (WEB / "templates").iterdir():
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe|Markup|autoescape", text), path
        assert not re.search(r"\son\w+=|\sstyle=|<style|javascript:", text), path
        assert not re.search(r"(src|href)=\"?(https?:)?//", text), path
        assert re.findall(r"<script(?! src=)", text) == [], path


def test_scripts_and_styles_load_nothing_from_elsewhere() -> None:
    for path in (WEB / "static").iterdir():
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|@import|url\(|innerHTML|eval\(", text), path
