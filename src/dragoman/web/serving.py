"""Runs the pages until somebody stops them."""

from __future__ import annotations

import errno
import secrets
import socket
from collections.abc import Callable
from dataclasses import replace

import uvicorn

from dragoman.errors import DragomanError, problem
from dragoman.web.app import create
from dragoman.web.settings import Settings


def serve(settings: Settings, tell: Callable[[str], None], ready: Callable[[str], None]) -> None:
    """Serve until interrupted. ``tell`` is told the address; ``ready`` gets it once it answers.

    An address that other machines can reach gets a token of its own if none is given. Raises
    DragomanError where the port is taken or there is no archive.
    """
    if not settings.is_local and settings.token is None:
        settings = replace(settings, token=secrets.token_urlsafe(24))
    held = _bound(settings)
    port = held.getsockname()[1]
    address = address_of(replace(settings, port=port))
    try:
        app = create(settings)
        tell(address)
        ready(address)
        config = uvicorn.Config(
            app, log_level="warning", server_header=False, date_header=False, access_log=False
        )
        uvicorn.Server(config).run(sockets=[held])
    finally:
        held.close()


def address_of(settings: Settings) -> str:
    """Where to open the pages, with the token where there is one."""
    host = {"0.0.0.0": socket.gethostname(), "::": socket.gethostname()}.get(
        settings.host, settings.host
    )
    host = f"[{host}]" if ":" in host else host
    token = f"?token={settings.token}" if settings.token else ""
    return f"http://{host}:{settings.port}/{token}"


def _bound(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    held = socket.socket(family, socket.SOCK_STREAM)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((settings.host, settings.port))
    except OSError as error:
        held.close()
        why = "something else is there" if error.errno == errno.EADDRINUSE else error.strerror
        told = problem("DR229", port=settings.port, host=settings.host, why=why)
        raise DragomanError(told) from None
    return held
