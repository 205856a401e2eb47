"""Who may ask what: a gate before all pages, and the headers behind them."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.errors import DragomanError, Problem, problem
from dragoman.web.settings import Settings

COOKIE: Final = "dragoman"
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'"
)
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # "no-referrer" would make browsers send `Origin: null` with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_READING: Final = {"GET", "HEAD", "OPTIONS"}
_NAMES: Final = {"localhost", "127.0.0.1", "[::1]"}


class RefusedError(DragomanError):
    """A request that is not answered; ``status`` is HTTP's."""

    def __init__(self, status: int, found: Problem) -> None:
        super().__init__(found)
        self.status = status


class Gate:
    """Checks host, origin, token and size of each request, and adds :data:`HEADERS`.

    A name that leads here through somebody else's DNS is refused, and so is a form of another
    site: a browser sends along who asks.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._names = _NAMES | {name.lower() for name in settings.hosts}
        if settings.host not in ("0.0.0.0", "::"):
            self._names.add(settings.host.lower())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {
            key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]
        }

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message.get("headers", ())}
                message["headers"] = [
                    *message.get("headers", ()),
                    *(
                        (name.encode(), value.encode())
                        for name, value in HEADERS.items()
                        if name.lower().encode() not in present
                    ),
                ]
            await send(message)

        try:
            self._check_host(headers.get("host", ""))
            self._check_origin(scope["method"], headers)
            self._check_size(headers.get("content-length"))
            if (redirect := self._check_token(scope, headers)) is not None:
                await _redirect(redirect, self._settings.token or "", headed)
                return
        except RefusedError as refusal:
            await _refuse(refusal, headed)
            return
        await self._app(scope, _bounded(receive, self._settings.body), headed)

    def _check_host(self, host: str) -> None:
        name = _name_of(host)
        if name in self._names or (not self._settings.is_local and _is_address(name)):
            return
        raise RefusedError(421, problem("DR221", host=host[:200]))

    def _check_origin(self, method: str, headers: Mapping[str, str]) -> None:
        if method in _READING:
            return
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is not None and site not in ("same-origin", "none"):
            raise RefusedError(403, problem("DR223"))
        if (
            origin is not None
            and urlsplit(origin).netloc.lower() != headers.get("host", "").lower()
        ):
            raise RefusedError(403, problem("DR223"))

    def _check_size(self, length: str | None) -> None:
        limit = self._settings.body
        if length is not None and (not length.isdecimal() or int(length) > limit):
            raise RefusedError(413, problem("DR224", limit=limit))

    def _check_token(self, scope: Scope, headers: Mapping[str, str]) -> str | None:
        """Where to go on with the token taken from the address; None where all is well."""
        token = self._settings.token
        if token is None:
            return None
        query = scope["query_string"].decode("latin-1")
        given = parse_qs(query).get("token", [""])[0]
        bearer = headers.get("authorization", "")
        if not _same(given, token):
            if _same(bearer.removeprefix("Bearer "), token) or _same(_cookie(headers), token):
                return None
            raise RefusedError(401, problem("DR225"))
        rest = urlencode([pair for pair in parse_qsl(query) if pair[0] != "token"])
        # One slash only: "//name" would lead to another machine.
        path = "/" + str(scope["path"]).lstrip("/\\")
        return path + (f"?{rest}" if rest else "")


def _name_of(host: str) -> str:
    if host.startswith("["):
        return host.partition("]")[0].lower() + "]"
    return host.partition(":")[0].lower().rstrip(".")


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _same(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())


def _cookie(headers: Mapping[str, str]) -> str:
    try:
        held = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    return held[COOKIE].value if COOKIE in held else ""


def _bounded(receive: Receive, limit: int) -> Receive:
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise RefusedError(413, problem("DR224", limit=limit))
        return message

    return bounded


async def _refuse(refusal: RefusedError, send: Send) -> None:
    body = f"{refusal.problem}\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await _answer(refusal.status, headers, body, send)


async def _redirect(address: str, token: str, send: Send) -> None:
    cookie = f"{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict"
    headers = [
        (b"location", address.encode("ascii", "ignore")),
        (b"set-cookie", cookie.encode()),
        (b"cache-control", b"no-store"),
    ]
    await _answer(303, headers, b"", send)


async def _answer(status: int, headers: list[Any], body: bytes, send: Send) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})
