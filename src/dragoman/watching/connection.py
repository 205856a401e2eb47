"""One request to one machine, named by its IP address, within so many seconds and bytes.

Names are resolved apart from connecting, so that what was checked is what is connected to. The
name stays in ``Host``, in the TLS handshake and in what the certificate must say.
"""

from __future__ import annotations

import contextlib
import http.client
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from functools import lru_cache
from types import TracebackType
from typing import Final, TypeAlias

from dragoman.errors import Problem, problem
from dragoman.watching.addresses import Address
from dragoman.watching.unpacking import unpacked

Resolve: TypeAlias = Callable[[str, int, float], Sequence[str] | Problem]
"""A host's IP addresses: name, port, seconds."""
Dial: TypeAlias = Callable[[str, int, float], socket.socket]
"""A connection to an IP address: address, port, seconds. Raises OSError."""

_PIECE: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered. The body is read, and unpacked, for status 200 only."""

    status: int
    headers: Message
    body: bytes = b""


def resolve(host: str, port: int, seconds: float) -> Sequence[str] | Problem:
    """The IP addresses of a host, in the system's order, each once."""
    found: queue.SimpleQueue[Sequence[str] | Problem] = queue.SimpleQueue()

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.put(list(dict.fromkeys(str(row[4][0]) for row in rows)))
        except (OSError, UnicodeError) as error:
            found.put(problem("DR145", why=f"{host}: {_worded(error)}"))

    # The system's resolver cannot be given a time, so it is left behind where it takes longer.
    threading.Thread(target=ask, daemon=True).start()
    try:
        return found.get(timeout=max(seconds, 0.001))
    except queue.Empty:
        return problem("DR145", why=f"{host}: the name was not resolved in time")


def dial(ip: str, port: int, seconds: float) -> socket.socket:
    """A connection to that IP address. Raises OSError."""
    return socket.create_connection((ip, port), timeout=seconds)


def ask(
    address: Address,
    ips: Sequence[str],
    headers: Mapping[str, str],
    *,
    seconds: float,
    most: int,
    dial: Dial = dial,
) -> Answer | Problem:
    """GET the address from the first of the IP addresses that takes the connection."""
    until = time.monotonic() + seconds
    watch = None
    try:
        with contextlib.ExitStack() as stack:
            sock = stack.enter_context(_connected(address, ips, until, dial))
            watch = stack.enter_context(_Deadline(sock, until))
            if address.scheme == "https":
                sock = stack.enter_context(_secured(sock, address))
            return _asked(sock, address, headers, most, watch)
    except (OSError, http.client.HTTPException, ValueError, UnicodeError) as error:
        late = isinstance(error, TimeoutError) or (watch is not None and watch.over)
        return problem("DR144") if late else problem("DR145", why=_worded(error))


def _connected(address: Address, ips: Sequence[str], until: float, dial: Dial) -> socket.socket:
    failed: OSError = TimeoutError()
    for ip in ips:
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        try:
            return dial(ip, address.port, left)
        except OSError as error:
            failed = error
    raise failed


def _secured(sock: socket.socket, address: Address) -> socket.socket:
    return _tls().wrap_socket(sock, server_hostname=address.host)


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class _Deadline:
    """Shuts a connection down when its time is over, whatever it is busy with: a server that
    sends a byte a second is never silent, in the handshake or after it.
    """

    def __init__(self, sock: socket.socket, until: float) -> None:
        self.over = False
        self._held = sock.dup()  # TLS takes the socket's own number away from it
        left = max(until - time.monotonic(), 0.001)
        self._timer = threading.Timer(left, self._cut)
        self._timer.daemon = True
        sock.settimeout(left)

    def _cut(self) -> None:
        self.over = True
        with contextlib.suppress(OSError):
            self._held.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> _Deadline:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        self._held.close()


def _asked(
    sock: socket.socket,
    address: Address,
    headers: Mapping[str, str],
    most: int,
    watch: _Deadline,
) -> Answer | Problem:
    talk = http.client.HTTPConnection(address.host, address.port)
    talk.sock = sock
    talk.auto_open = 0  # never by itself, by name
    talk.putrequest("GET", address.target, skip_host=True, skip_accept_encoding=True)
    sent = {"Host": address.authority, "Accept-Encoding": "gzip", "Connection": "close", **headers}
    for name, value in sent.items():
        talk.putheader(name, value)
    talk.endheaders()
    with talk.getresponse() as response:
        if response.status != http.client.OK:
            return Answer(response.status, response.headers)
        body = _body(response, most)
        if watch.over:  # what is cut off may look like an end
            return problem("DR144")
        if isinstance(body, bytes):
            coding = response.headers.get("Content-Encoding", "")
            body = unpacked(body, str(coding), most)
        return body if isinstance(body, Problem) else Answer(200, response.headers, body)


def _body(response: http.client.HTTPResponse, most: int) -> bytes | Problem:
    if (response.length or 0) > most:
        return problem("DR143", most=most)
    pieces, size = [], 0
    while piece := response.read(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > most:
            return problem("DR143", most=most)
    if response.length:
        return problem("DR145", why=f"the answer breaks off {response.length} bytes before its end")
    return b"".join(pieces)


def _worded(error: BaseException) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is no good: {error.verify_message}"
    if isinstance(error, http.client.IncompleteRead):
        return "the answer breaks off"
    told = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return str(told)[:200]
