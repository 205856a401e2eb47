"""Through a proxy of the environment, where that is asked for: it tunnels to the very IP address
that was checked, so that it resolves no names and nothing is checked in vain.
"""

from __future__ import annotations

import base64
import contextlib
import socket
import urllib.request
from typing import Final
from urllib.parse import unquote, urlsplit

from dragoman.errors import DragomanError, problem
from dragoman.watching.connection import Dial, dial

_HEAD: Final = 16_384


def dialler() -> Dial:
    """Connects as ``https_proxy``, ``http_proxy`` or ``all_proxy`` say, directly where none is
    set; ``no_proxy`` is not looked at. Raises DragomanError for a proxy that is no http one.
    """
    found = urllib.request.getproxies()
    for name in ("https", "http", "all"):
        if name in found and urlsplit(found[name]).scheme != "http":
            raise DragomanError(problem("DR140", why=f"{name}_proxy is no http:// address"))

    def connected(ip: str, port: int, seconds: float) -> socket.socket:
        proxy = found.get("https" if port == 443 else "http") or found.get("all")
        return _through(proxy, ip, port, seconds) if proxy else dial(ip, port, seconds)

    return connected


def _through(proxy: str, ip: str, port: int, seconds: float) -> socket.socket:
    parts = urlsplit(proxy)
    end = f"[{ip}]:{port}" if ":" in ip else f"{ip}:{port}"
    lines = [f"CONNECT {end} HTTP/1.1", f"Host: {end}"]
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        lines.append(f"Proxy-Authorization: Basic {base64.b64encode(pair.encode()).decode()}")
    sock = socket.create_connection((parts.hostname or "", parts.port or 80), timeout=seconds)
    with contextlib.ExitStack() as stack:
        stack.callback(sock.close)
        sock.sendall("\r\n".join([*lines, "", ""]).encode("latin-1"))
        head = b""
        # A byte at a time: what follows the head is the server's.
        while not head.endswith(b"\r\n\r\n") and len(head) < _HEAD and (one := sock.recv(1)):
            head += one
        status = head.split(None, 2)[1:2]
        if status != [b"200"]:
            told = status[0].decode("ascii", "replace") if status else "nothing"
            raise OSError(f"the proxy answered {told}")
        stack.pop_all()
    return sock
