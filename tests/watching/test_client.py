from __future__ import annotations

import contextlib
import gzip
import socket
import ssl
import subprocess
import threading
import time
import zlib
from pathlib import Path

import pytest

from dragoman.watching import connection
from dragoman.watching.client import USER_AGENT, Failed, Fetched, Got, Validators, Waiting
from dragoman.watching.robots import Rules
from tests.watching.server import PUBLIC, Net, Page, Server, moved

URL = "http://news.example/a"


def code(got: Got) -> str:
    assert isinstance(got, Failed), got
    return got.problem.code


def body(got: Got) -> bytes | None:
    assert isinstance(got, Fetched), got
    return got.body


def test_goes_to_the_address_that_was_checked(server: Server, net: Net) -> None:
    server.pages["/a"] = Page(b"text", headers={"Content-Type": "text/html; charset=latin-1"})
    got = net.client().fetch(URL)
    assert got == Fetched(URL, b"text", "text/html", "latin-1", Validators(URL))
    assert net.dialled == [(PUBLIC, 80), (PUBLIC, 80)]
    host, target, headers = server.asked[-1]
    assert (host, target) == ("news.example", "/a")
    assert headers["User-Agent"] == USER_AGENT and USER_AGENT.startswith("dragoman/")


def test_a_name_that_changes_its_address_is_not_followed(server: Server, net: Net) -> None:
    server.pages["/a"] = Page(b"text")
    net.names["news.example"] = [[PUBLIC], ["127.0.0.1"]]
    got = net.client().fetch(URL)  # the second answer is that to the request for robots.txt
    assert code(got) == "DR141" and net.dialled == []
    net.names["news.example"] = [[PUBLIC], [PUBLIC], ["127.0.0.1"]]
    assert body(net.client().fetch(URL)) == b"text"
    assert [ip for ip, _ in net.dialled] == [PUBLIC, PUBLIC]
    assert net.resolved == ["news.example"] * 4  # once a request, and never between check and use


@pytest.mark.parametrize(
    "ips",
    [["127.0.0.1"], ["169.254.169.254"], ["::1"], ["::ffff:10.0.0.1"], [PUBLIC, "10.0.0.1"]],
    ids=str,
)
def test_names_of_what_is_not_asked(net: Net, ips: list[str]) -> None:
    net.names["news.example"] = [ips]
    assert code(net.client().fetch(URL)) == "DR141"
    assert net.dialled == []


@pytest.mark.parametrize(
    ("to", "number"),
    [
        ("file:///etc/passwd", "DR140"),
        ("gopher://127.0.0.1:70/", "DR140"),
        ("http://169.254.169.254/latest/meta-data/", "DR141"),
        ("http://[::ffff:169.254.169.254]/", "DR141"),
        ("http://localhost:8080/", "DR141"),
        ("http://127.0.0.1/", "DR141"),
        ("http://0x7f.1/", "DR140"),
        ("http://news.example@127.0.0.1/", "DR140"),
        ("//inside.example/", "DR141"),
    ],
)
def test_redirects_are_checked(server: Server, net: Net, to: str, number: str) -> None:
    server.pages["/a"] = moved(to)
    for name in ("localhost", "inside.example"):
        net.names[name] = [["127.0.0.1"]]
    net.names |= {ip: [[ip]] for ip in ("127.0.0.1", "169.254.169.254", "::ffff:a9fe:a9fe")}
    net.names["::ffff:169.254.169.254"] = [["::ffff:169.254.169.254"]]
    assert code(net.client().fetch(URL)) == number
    assert {ip for ip, _ in net.dialled} == {PUBLIC}
    assert server.targets() == ["/a"]


def test_what_stays_closed_with_private_addresses_open(server: Server, net: Net) -> None:
    server.pages["/a"] = moved("http://169.254.169.254/latest/meta-data/")
    client = net.client()
    client.allow_private, client.resolve = True, connection.resolve
    client.dial = connection.dial
    assert code(client.fetch(f"{server.url}/a")) == "DR141"
    server.pages["/b"] = Page(b"inside")
    assert body(client.fetch(f"http://localhost:{server.port}/b")) == b"inside"


def test_five_redirects_and_no_more(server: Server, net: Net) -> None:
    for step in range(7):
        server.pages[f"/{step}"] = moved(f"/{step + 1}", (301, 302, 303, 307, 308)[step % 5])
    server.pages["/7"] = Page(b"end")
    got = net.client().fetch("http://news.example/2")
    assert isinstance(got, Fetched) and (got.url, got.body) == ("http://news.example/7", b"end")
    assert code(net.client().fetch("http://news.example/1")) == "DR142"
    server.pages["/loop"] = moved("/loop")
    assert code(net.client().fetch("http://news.example/loop")) == "DR142"


def test_too_large(server: Server, net: Net) -> None:
    client = net.client(size=1000)
    server.pages["/a"] = Page(b"x" * 1001)
    assert code(client.fetch(URL)) == "DR143"
    server.pages["/a"] = Page(b"x" * 1000)
    assert body(client.fetch(URL)) == b"x" * 1000

    def endless(sock: socket.socket) -> None:
        sock.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            sock.sendall(b"x" * 1000)

    def chunks(sock: socket.socket) -> None:
        sock.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            sock.sendall(b"3e8\r\n" + b"x" * 1000 + b"\r\n")

    for raw in (endless, chunks):
        server.pages["/a"] = Page(raw=raw)
        assert code(client.fetch(URL)) == "DR143"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "x-gzip", "GZIP"])
def test_bombs_are_not_unpacked(server: Server, net: Net, coding: str) -> None:
    pack = zlib.compress if coding == "deflate" else gzip.compress
    client = net.client(size=100_000)
    server.pages["/a"] = Page(pack(b"\0" * 50_000_000), headers={"Content-Encoding": coding})
    assert code(client.fetch(URL)) == "DR143"
    server.pages["/a"] = Page(pack(b"text" * 1000), headers={"Content-Encoding": coding})
    assert body(client.fetch(URL)) == b"text" * 1000


@pytest.mark.parametrize(
    ("data", "coding", "number"),
    [
        (gzip.compress(gzip.compress(b"x")), "gzip, gzip", "DR136"),
        (b"x", "br", "DR136"),
        (b"x", "gzip", "DR145"),
        (gzip.compress(b"x" * 1000)[:-9], "gzip", "DR145"),
    ],
)
def test_what_cannot_be_unpacked(
    server: Server, net: Net, data: bytes, coding: str, number: str
) -> None:
    server.pages["/a"] = Page(data, headers={"Content-Encoding": coding})
    assert code(net.client().fetch(URL)) == number


def _drip(sock: socket.socket) -> None:
    for _ in range(100):
        sock.sendall(b"H")
        time.sleep(0.05)


def _drip_body(sock: socket.socket) -> None:
    sock.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    _drip(sock)


@pytest.mark.parametrize("raw", [lambda sock: time.sleep(3), _drip, _drip_body])
def test_slow_answers_are_cut_off(server: Server, net: Net, raw: object) -> None:
    server.pages["/a"] = Page(raw=raw)  # type: ignore[arg-type]
    client = net.client(seconds=0.4)
    assert code(client.fetch(URL)) == "DR144"


def test_a_slow_handshake_is_cut_off(net: Net) -> None:
    def drip(listening: socket.socket) -> None:
        taken, _ = listening.accept()
        with taken, contextlib.suppress(OSError):
            taken.sendall(b"\x16\x03\x03\x40\x00")  # a record of 16 kB, a byte at a time
            _drip(taken)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=drip, args=(listening,), daemon=True).start()
        net.server.port = listening.getsockname()[1]
        assert code(net.client(seconds=0.4).fetch("https://news.example/")) == "DR144"


def test_redirects_share_the_time(server: Server, net: Net) -> None:
    client = net.client(seconds=5.0)
    server.pages |= {"/a": moved("/b"), "/b": moved("/c"), "/c": Page(b"end")}
    ask = net.dial

    def slow(ip: str, port: int, seconds: float) -> socket.socket:
        net.now += 3.0
        return ask(ip, port, seconds)

    client.dial = slow
    client.fetch("http://news.example/robots.txt")  # rules are fetched in a time of their own
    assert code(client.fetch(URL)) == "DR144"
    assert server.targets() == ["/a", "/b"]


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"SSH-2.0-server\r\n",
        b"HTTP/9.9 what\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nA: " + b"b" * 70_000 + b"\r\n\r\n",
    ],
)
def test_broken_answers(server: Server, net: Net, sent: bytes) -> None:
    server.pages["/a"] = Page(raw=lambda sock: sock.sendall(sent))
    got = net.client().fetch(URL)
    assert isinstance(got, Failed) and got.problem.code == "DR145" and not got.lasting


def test_no_name_and_no_connection(net: Net) -> None:
    net.names["news.example"] = [[]]
    assert code(net.client().fetch(URL)) == "DR145"
    client = net.client()
    client.allow_private, client.resolve, client.dial = True, connection.resolve, connection.dial
    with socket.socket() as taken:  # bound, and not listening
        taken.bind(("127.0.0.1", 0))
        assert code(client.fetch(f"http://127.0.0.1:{taken.getsockname()[1]}/")) == "DR145"


@pytest.mark.parametrize(("status", "lasting"), [(404, True), (410, True), (500, False)])
def test_errors_of_the_server(server: Server, net: Net, status: int, lasting: bool) -> None:
    server.pages["/a"] = Page(b"", status)
    got = net.client().fetch(URL)
    assert isinstance(got, Failed) and (got.problem.code, got.lasting) == ("DR146", lasting)


def test_later_versions_are_told_by_validators(server: Server, net: Net) -> None:
    headers = {"ETag": '"1"', "Last-Modified": "Tue, 05 Mar 2024 10:00:00 GMT"}
    server.pages["/a"] = Page(b"text", headers=headers)
    client = net.client()
    first = client.fetch(URL)
    assert isinstance(first, Fetched)
    assert first.validators == Validators(URL, '"1"', headers["Last-Modified"])
    assert body(client.fetch(URL, first.validators)) is None
    assert server.asked[-1][2]["If-Modified-Since"] == headers["Last-Modified"]
    other = client.fetch("http://other.example/a", first.validators)
    assert body(other) == b"text" and "If-None-Match" not in server.asked[-1][2]
    server.pages["/a"] = Page(b"", 304)  # without being asked for
    assert code(client.fetch(URL)) == "DR146"


def test_robots(server: Server, net: Net) -> None:
    rules = b"User-agent: *\nDisallow: /\nAllow: /open\n\nUser-agent: dragoman\nDisallow: /a\n"
    server.pages |= {"/robots.txt": Page(rules), "/a": Page(b"a"), "/b": Page(b"b")}
    client = net.client()
    assert code(client.fetch(URL)) == "DR147"
    assert body(client.fetch("http://news.example/b")) == b"b"
    assert server.targets(robots=True) == ["/robots.txt", "/b"]  # once for both
    server.pages["/c"] = moved("/a")
    assert code(client.fetch("http://news.example/c")) == "DR147"  # redirects lead into it, too
    net.now += 100_000
    client.fetch("http://news.example/b")
    assert server.targets(robots=True)[-2:] == ["/robots.txt", "/b"]


def test_robots_that_cannot_be_had(server: Server, net: Net) -> None:
    server.pages |= {"/robots.txt": Page(b"", 500), "/a": Page(b"a")}
    client = net.client()
    got = client.fetch(URL)
    assert isinstance(got, Failed) and got.problem.code == "DR147" and not got.lasting
    assert server.targets() == []
    server.pages["/robots.txt"] = Page(b"", 403)
    net.now += 1000
    assert body(client.fetch(URL)) == b"a"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("Tue, 14 Nov 2023 22:23:20 GMT", 600),
        ("Tue, 14 Nov 1923 22:23:20 GMT", 0),
        ("99999999999999999999", 86_400),
        ("soon", 600),
        (None, 600),
    ],
)
def test_retry_after(server: Server, net: Net, value: str | None, seconds: float) -> None:
    headers = {} if value is None else {"Retry-After": value}
    server.pages |= {"/a": Page(b"", 429, headers), "/b": Page(b"b")}
    client = net.client()
    assert code(client.fetch(URL)) == "DR146"
    if seconds:
        got = client.fetch("http://news.example/b")
        assert got == Waiting("news.example", pytest.approx(net.now + seconds, abs=1))
        assert server.targets() == ["/a"]
    assert body(client.fetch("http://other.example/b")) == b"b"
    net.now += seconds + 1
    assert body(client.fetch("http://news.example/b")) == b"b"


def test_a_pause_for_each_host(server: Server, net: Net) -> None:
    server.pages |= {f"/{name}": Page(b"x") for name in "abc"}
    client = net.client(pause=2.0)
    client.fetch(URL)
    client.fetch("http://other.example/b")
    assert net.slept == [2.0, 2.0]  # between the rules and the page of each
    client.fetch("http://news.example/c")
    assert net.slept == [2.0, 2.0]  # two seconds went by at the other host
    client.fetch("http://news.example/b")
    assert net.slept == [2.0, 2.0, 2.0]


def test_a_longer_pause_that_is_asked_for(server: Server, net: Net) -> None:
    server.pages["/robots.txt"] = Page(b"User-agent: *\nCrawl-delay: 7\n")
    net.client(pause=1.0).fetch(URL)
    assert net.slept == [7.0]


def test_what_is_kept_of_hosts_is_bounded(server: Server, net: Net) -> None:
    client = net.client()
    for number in range(210):
        client._rules[f"http://host{number}.example"] = (net.now + 9, Rules())
    client._rules = dict(list(client._rules.items())[:200])
    client.fetch(URL)
    assert len(client._rules) == 200 and "http://news.example" in client._rules
    net.now += 100
    client.fetch("http://other.example/")
    assert list(client._asked) == ["other.example"]


def _certificate(folder: Path) -> tuple[Path, Path]:
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key,
         "-out", certificate, "-subj", "/CN=news.example", "-addext",
         "subjectAltName=DNS:news.example"],
        check=True, capture_output=True,
    )  # fmt: skip
    return key, certificate


def test_tls_is_of_the_name(tmp_path: Path, net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        key, certificate = _certificate(tmp_path)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("openssl is not there to make a certificate")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    named: list[object] = []
    context.sni_callback = lambda sock, name, _: named.append(name)
    net.server._server.socket = context.wrap_socket(net.server._server.socket, server_side=True)
    net.server.pages["/a"] = Page(b"secret")
    assert code(net.client().fetch("https://news.example/a")) == "DR145"  # nobody vouches for it
    trusted = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(connection, "_tls", lambda: trusted)
    assert body(net.client().fetch("https://news.example/a")) == b"secret"
    assert net.dialled[-1] == (PUBLIC, 443) and set(named) == {"news.example"}
    got = net.client().fetch("https://other.example/a")
    assert isinstance(got, Failed) and "certificate" in got.problem.what
