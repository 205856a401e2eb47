"""Fetching: each redirect checked like the first address, robots.txt asked, hosts left in peace."""

from __future__ import annotations

import datetime as dt
import http
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Final, TypeAlias

from dragoman.errors import Problem, problem
from dragoman.version import __version__
from dragoman.watching import connection, robots
from dragoman.watching.addresses import Address, joined, parse, refusal
from dragoman.watching.connection import Answer, Dial, Resolve

USER_AGENT: Final = f"{robots.AGENT}/{__version__} (reads news feeds; honours robots.txt)"
LONGEST_WAIT: Final = 86_400.0
"""Seconds that a server may ask to be left alone; what is more counts as this."""

_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_BUSY: Final = frozenset({429, 503})
_REST: Final = 600.0  # seconds, where a busy server does not say how long
_LONGEST_PAUSE: Final = 60.0
_MOST_HELD: Final = 200  # files of rules
_RULES_HOLD: Final = 86_400.0  # seconds
_LASTING: Final = frozenset({"DR136", "DR140", "DR141", "DR142", "DR143", "DR147", "DR149"})
_OF_THE_HOST: Final = frozenset({"DR141", "DR144", "DR145"})
_PASSING: Final = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Limits:
    """``seconds`` of a whole fetch, redirects included and pauses not; bytes (``size``) of an
    answer, packed and unpacked; redirects (``hops``); seconds between two requests to a host
    (``pause``).
    """

    seconds: float = 10.0
    size: int = 10_000_000
    hops: int = 5
    pause: float = 1.0


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to tell a later version by, and the address that it was of."""

    url: str = ""
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer; ``body`` None: it is as it was (304). ``url`` is where the redirects ended."""

    url: str
    body: bytes | None
    kind: str = ""
    charset: str | None = None
    validators: Validators = Validators()


@dataclass(frozen=True, slots=True)
class Failed:
    """No answer, or none that is of use. ``lasting``: asking again soon would not help."""

    problem: Problem
    lasting: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """The host asked to be left alone until then (seconds since 1970), so it was."""

    host: str
    until: float


Got: TypeAlias = Fetched | Failed | Waiting


@dataclass(slots=True)
class Clock:
    """What tells the time (since 1970, and for lengths) and sleeps."""

    now: Callable[[], float] = time.time
    elapsed: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


@dataclass(slots=True)
class Client:
    """Fetches one address at a time. ``waits`` says until when a host is left alone."""

    limits: Limits = Limits()
    allow_private: bool = False
    resolve: Resolve = connection.resolve
    dial: Dial = connection.dial
    clock: Clock = field(default_factory=Clock)
    waits: dict[str, float] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)
    _rules: dict[str, tuple[float, robots.Rules | Problem]] = field(default_factory=dict)

    def fetch(self, url: str, known: Validators | None = None) -> Got:
        """The answer to a GET of the address, or that it is still what is ``known``."""
        return self._follow(url, known or Validators(), ask_robots=True)

    def _follow(self, url: str, known: Validators, *, ask_robots: bool) -> Got:
        left = self.limits.seconds
        for _ in range(self.limits.hops + 1):
            address = parse(url)
            if isinstance(address, Problem):
                return _failed(address)
            if waiting := self._waiting(address.host):
                return waiting
            began = self.clock.elapsed()
            ips = self._checked(address, left)
            left -= self.clock.elapsed() - began
            if isinstance(ips, Problem):
                return _failed(ips)
            refused = self._refused(address) if ask_robots else None
            if refused is not None:
                return refused
            self._pause(address)
            began = self.clock.elapsed()
            answer = self._ask(address, ips, known, left)
            left -= self.clock.elapsed() - began
            if isinstance(answer, Problem):
                return _failed(answer)
            to = answer.headers.get("Location") if answer.status in _MOVED else None
            if to is None:
                return self._read(address, answer, known)
            url = joined(address.url, _header(to))
        return _failed(problem("DR142", most=self.limits.hops))

    def _checked(self, address: Address, left: float) -> tuple[str, ...] | Problem:
        """The host's IP addresses; one that must not be asked refuses the host."""
        found = self.resolve(address.host, address.port, left)
        if isinstance(found, Problem):
            return found
        for ip in found:
            kind = refusal(ip, allow_private=self.allow_private)
            if kind is not None:
                return problem("DR141", host=address.host, ip=ip, kind=kind)
        return tuple(found) or problem("DR145", why=f"{address.host} has no address")

    def _ask(
        self, address: Address, ips: tuple[str, ...], known: Validators, left: float
    ) -> Answer | Problem:
        headers = {
            "User-Agent": USER_AGENT,
            "Accept": "text/html, application/xml;q=0.9, */*;q=0.5",
        }
        if known.url == address.url:
            headers |= {"If-None-Match": known.etag} if known.etag else {}
            headers |= {"If-Modified-Since": known.modified} if known.modified else {}
        try:
            return connection.ask(
                address, ips, headers, seconds=left, most=self.limits.size, dial=self.dial
            )
        finally:
            now = self.clock.elapsed()
            recent = {h: at for h, at in self._asked.items() if now - at < _LONGEST_PAUSE}
            self._asked = {**recent, address.host: now}

    def _read(self, address: Address, answer: Answer, known: Validators) -> Got:
        headers = answer.headers
        asked = known.url == address.url and (known.etag or known.modified)
        if answer.status == 200 or (answer.status == 304 and asked):
            validators = Validators(address.url, *map(_kept, _values(headers)))
            body = answer.body if answer.status == 200 else None
            charset = headers.get_content_charset()
            return Fetched(address.url, body, headers.get_content_type(), charset, validators)
        until = _retry_after(headers.get("Retry-After"), self.clock.now())
        if answer.status in _BUSY or until is not None:
            self.waits[address.host] = until or self.clock.now() + _REST
        meaning = http.HTTPStatus(answer.status).phrase if answer.status in _STATUSES else "?"
        passing = answer.status >= 500 or answer.status in _PASSING
        return Failed(problem("DR146", status=answer.status, meaning=meaning), not passing)

    def _waiting(self, host: str) -> Waiting | None:
        until = self.waits.get(host)
        if until is None or until <= self.clock.now():
            self.waits.pop(host, None)
            return None
        return Waiting(host, until)

    def _pause(self, address: Address) -> None:
        """One request at a time a host, with a pause behind each."""
        last = self._asked.get(address.host)
        rules = self._rules.get(address.root, (0.0, None))[1]
        wished = rules.delay or 0.0 if isinstance(rules, robots.Rules) else 0.0
        pause = max(self.limits.pause, min(wished, _LONGEST_PAUSE))
        rest = pause - (self.clock.elapsed() - last) if last is not None else 0.0
        if rest > 0:
            self.clock.sleep(rest)

    def _refused(self, address: Address) -> Failed | Waiting | None:
        """What robots.txt has against the address. Where it cannot be had, nothing is allowed."""
        held = self._rules.get(address.root)
        if held is None or held[0] <= self.clock.elapsed():
            rules = self._fetched_rules(address)
            if isinstance(rules, Waiting):
                return rules
            if len(self._rules) >= _MOST_HELD:  # a feed may name hosts without end
                self._rules.pop(next(iter(self._rules)))
            hold = _RULES_HOLD if isinstance(rules, robots.Rules) else _REST
            held = self._rules[address.root] = (self.clock.elapsed() + hold, rules)
        if isinstance(held[1], Problem) and held[1].code in _OF_THE_HOST:
            return _failed(held[1])
        if isinstance(held[1], Problem):
            told = problem("DR147", host=address.host, why=f"it cannot be had: {held[1].what}")
            return Failed(told, lasting=False)
        if held[1].allow(address.target):
            return None
        return _failed(problem("DR147", host=address.host, why="its rules forbid it"))

    def _fetched_rules(self, address: Address) -> robots.Rules | Problem | Waiting:
        got = self._follow(f"{address.root}/robots.txt", Validators(), ask_robots=False)
        if isinstance(got, Waiting):
            return got
        if isinstance(got, Fetched):
            text = (got.body or b"")[: robots.LARGEST].decode("utf-8", "replace")
            return robots.parse(text)
        if got.problem.code == "DR146":
            # RFC 9309: where there is none, all is allowed; where the server is ill, nothing.
            waiting = self._waiting(address.host)
            return waiting or (robots.Rules() if got.lasting else got.problem)
        return got.problem


_STATUSES: Final = frozenset(map(int, http.HTTPStatus))


def _failed(told: Problem) -> Failed:
    return Failed(told, told.code in _LASTING)


def _values(headers: Message) -> tuple[str | None, str | None]:
    return headers.get("ETag"), headers.get("Last-Modified")


def _kept(value: str | None) -> str | None:
    """A header's value that can be sent back as it came; None where it cannot."""
    plain = value is not None and len(value) <= 1000 and value.isascii() and value.isprintable()
    return value if plain else None


def _header(value: str) -> str:
    """A header's value as UTF-8, which servers write there though they should not."""
    try:
        return str(value).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return str(value)


def _retry_after(value: str | None, now: float) -> float | None:
    """When to ask again, in seconds since 1970; None where the header does not tell."""
    text = (value or "").strip()
    if text.isascii() and text.isdecimal():
        return now + min(float(text[:9]), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return min(max(moment.timestamp(), now), now + LONGEST_WAIT)
