"""A server in a thread that answers as a test tells it, and the client's way to it by any name."""

from __future__ import annotations

import contextlib
import dataclasses
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from dragoman.errors import Problem, problem
from dragoman.watching.client import Client, Clock, Limits

PUBLIC = "93.184.216.34"
"""What names stand for where a test says nothing else."""
STORY = (
    "Envoys of Peru and Chile met in Lima on Monday. A clerk said that Ana Rojas had claimed that "
    "soldiers fired at a ferry. "
)
MORE = (
    "The talks went on for three hours in the old customs house, and both sides agreed to meet "
    "again before the end of the month, a member of the delegation told reporters afterwards. "
)


@dataclass(frozen=True)
class Page:
    """An answer. ``raw`` writes to the connection in the answer's place."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: Callable[[socket.socket], None] | None = None


def moved(to: str, status: int = 302) -> Page:
    """A redirect."""
    return Page(status=status, headers={"Location": to})


def article(text: str = STORY + MORE, title: str = "Envoys meet", **headers: str) -> Page:
    """A page with an article."""
    body = (
        f"<!DOCTYPE html><html lang='en'><head><title>{title}</title>"
        f"<meta property='og:site_name' content='Harbour Post'></head><body><nav><a href='/'>Home"
        f"</a></nav><article><h1>{title}</h1><p>{text}</p><p>{MORE}</p></article></body></html>"
    )
    return Page(body.encode(), headers={"Content-Type": "text/html; charset=utf-8", **headers})


def feed(*entries: tuple[str, str, str], **headers: str) -> Page:
    """A feed; each entry is its link, title and summary."""
    items = "".join(
        f"<item><title>{title}</title><link>{link}</link><description>{text}</description>"
        f"<pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate></item>"
        for link, title, text in entries
    )
    body = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Harbour</title>{items}"
    body += "</channel></rss>"
    return Page(body.encode(), headers={"Content-Type": "application/rss+xml", **headers})


class Server:
    """Answers from ``pages``; ``asked`` are the requests: host, target, headers."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, str, Mapping[str, str]]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                outer.asked.append((self.headers["Host"], self.path, dict(self.headers)))
                outer.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self.handler = Handler
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        page = self.pages.get(handler.path, Page(b"nothing here", 404))
        handler.close_connection = True
        if page.raw is not None:
            with contextlib.suppress(OSError):
                page.raw(handler.connection)
            return
        etag = page.headers.get("ETag")
        if etag is not None and handler.headers.get("If-None-Match") == etag:
            page = dataclasses.replace(page, status=304, body=b"")
        handler.send_response(page.status)
        for name, value in page.headers.items():
            handler.send_header(name, value)
        if "Content-Length" not in page.headers:
            handler.send_header("Content-Length", str(len(page.body)))
        handler.end_headers()
        with contextlib.suppress(OSError):
            handler.wfile.write(page.body)

    def targets(self, *, robots: bool = False) -> list[str]:
        """What was asked for, in order."""
        return [target for _, target, _ in self.asked if robots or target != "/robots.txt"]

    @contextlib.contextmanager
    def running(self) -> Iterator[Server]:
        thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()


@dataclass
class Net:
    """Names and connections as a test tells them: whatever is public leads to the server."""

    server: Server
    names: dict[str, list[Sequence[str]]] = field(default_factory=dict)
    resolved: list[str] = field(default_factory=list)
    dialled: list[tuple[str, int]] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    now: float = 1_700_000_000.0

    def resolve(self, host: str, port: int, seconds: float) -> Sequence[str] | Problem:
        self.resolved.append(host)
        answers = self.names.get(host, [[PUBLIC]])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        return answer or problem("DR145", why=f"{host}: no such name")

    def dial(self, ip: str, port: int, seconds: float) -> socket.socket:
        self.dialled.append((ip, port))
        return socket.create_connection(("127.0.0.1", self.server.port), timeout=seconds)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def client(self, **limits: float) -> Client:
        limits = {"pause": 0.0, **limits}
        clock = Clock(lambda: self.now, lambda: self.now, self.sleep)
        return Client(
            Limits(**limits),  # type: ignore[arg-type]
            resolve=self.resolve,
            dial=self.dial,
            clock=clock,
        )
