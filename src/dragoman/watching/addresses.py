"""Addresses as they are written, and which of the machines they lead to may be asked."""

from __future__ import annotations

import csv
import ipaddress
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final, TypeAlias
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from dragoman.errors import Problem, problem

_IP: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
_Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

_PORTS: Final = {"http": 80, "https": 443}
_HIGH: Final = 1024
_LONGEST: Final = 4000
# Other programs read a line break, a tab or a backslash in an address in ways of their own.
_UNSAFE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\\\u2028\u2029]")
_AUTHORITY: Final = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\[\]:@]+)(?::(?P<port>\d{1,5}))?")
_NAME: Final = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")
# What resolvers take for a number: 127.1, 0x7f.1, 2130706433, 017700000001.
_NUMBER: Final = re.compile(r"\d+|0x[0-9a-f]*")
_KEPT: Final = "/%:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True)
class Address:
    """An http or https address. ``host`` is a name in ASCII or the literal of an IP address
    without brackets, in lower case; ``target`` is path and query as they are sent.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host, and port where it is not the scheme's own; what goes into ``Host``."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def root(self) -> str:
        """The address without its target."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """The whole address."""
        return self.root + self.target


def parse(url: str) -> Address | Problem:
    """The address that is written; what only looks like a plain one is a problem (DR140)."""
    text = url.strip(" \t\r\n\f")
    if len(text) > _LONGEST:
        return _refused(f"it is longer than {_LONGEST} characters")
    if _UNSAFE.search(text):
        return _refused("it has a control character or a backslash in it")
    try:
        parts = urlsplit(urldefrag(text).url)
    except ValueError as error:
        return _refused(str(error))
    if parts.scheme not in _PORTS:
        return _refused(f"its scheme is {parts.scheme or 'not given'!r}")
    if "@" in parts.netloc:
        return _refused("it has a user's name before the host")
    found = _AUTHORITY.fullmatch(parts.netloc)
    host = _host(found["host"]) if found else None
    if found is None or host is None:
        return _refused("its host is no name and no plain IP address")
    port = int(found["port"]) if found["port"] else _PORTS[parts.scheme]
    if port > 65535 or (port < _HIGH and port not in _PORTS.values()):
        return _refused(f"port {port} is not one for pages")
    query = f"?{quote(parts.query, _KEPT + '?')}" if parts.query else ""
    return Address(parts.scheme, host, port, quote(parts.path or "/", _KEPT) + query)


def _refused(why: str) -> Problem:
    return problem("DR140", why=why)


def _host(written: str) -> str | None:
    """The host in the one form that every program reads alike; None where there is none."""
    if written.startswith("["):
        try:
            return str(ipaddress.IPv6Address(written[1:-1]))
        except ValueError:
            return None
    try:
        # Digits and dots of other scripts become plain ones here, before they are looked at.
        plain = written.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        return None
    if _NUMBER.fullmatch(plain.rpartition(".")[2]):
        try:
            return str(ipaddress.IPv4Address(plain))
        except ValueError:
            return None
    return plain if _NAME.fullmatch(plain) and len(plain) <= 253 else None


def joined(base: str, link: str) -> str:
    """The address that a link on the page at ``base`` leads to; the link where it leads nowhere."""
    try:
        return urldefrag(urljoin(base, link.strip())).url
    except ValueError:
        return link


def refusal(ip: str, *, allow_private: bool) -> str | None:
    """Why a machine at an IP address is not asked; None where it may be."""
    try:
        found: _IP = ipaddress.ip_address(ip)
    except ValueError:
        return "no IP address"
    if getattr(found, "scope_id", None):
        return "link-local"
    holding = ((net, to, kind) for net, to, kind in _networks() if _holds(net, found))
    _, to, kind = max(holding, key=lambda row: row[0].prefixlen)
    return None if to == "everyone" or (to == "allowed" and allow_private) else kind


def _holds(network: _Network, ip: _IP) -> bool:
    return network.version == ip.version and ip in network


@lru_cache(maxsize=1)
def _networks() -> tuple[tuple[_Network, str, str], ...]:
    text = files(__package__).joinpath("data", "networks.csv").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return tuple(
        (ipaddress.ip_network(row["network"]), row["to"], row["kind"])
        for row in csv.DictReader(lines)
    )
