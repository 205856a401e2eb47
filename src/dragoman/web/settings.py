"""What a run of the pages is told."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

LOOPBACK: Final = "127.0.0.1"
PORT: Final = 8765


@dataclass(frozen=True, slots=True)
class Settings:
    """``archive`` is the folder shown. ``host`` and ``port`` are where the pages stand; ``hosts``
    further names they are called by. With a ``token`` who does not know it sees nothing.

    ``reader`` makes the reader of pasted reports, once. ``body`` bounds a request in bytes,
    ``paste`` a pasted text in characters, ``pastes`` how many an address may send a minute,
    ``timeout`` a query in seconds.
    """

    archive: Path
    host: str = LOOPBACK
    port: int = PORT
    hosts: tuple[str, ...] = ()
    token: str | None = None
    reader: Callable[[], Any] | None = None
    body: int = 2_000_000
    paste: int = 60_000
    pastes: int = 20
    timeout: float = 5.0
    connections: int = 4

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the pages."""
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
