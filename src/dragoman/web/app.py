"""The application: pages and interface behind one gate."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from dragoman.errors import DragomanError, Problem, problem
from dragoman.version import __version__
from dragoman.web import api
from dragoman.web.api.common import fault
from dragoman.web.holding import Holder
from dragoman.web.jobs import Jobs
from dragoman.web.linked import Linked
from dragoman.web.pages import ROUTERS
from dragoman.web.pasting import Pastes
from dragoman.web.rendering import _STATIC, Templates
from dragoman.web.safety import HEADERS, Gate, RefusedError
from dragoman.web.settings import Settings
from dragoman.web.state import State, state_of

_STATUSES: Final = {"DR205": 503, "DR207": 503, "DR230": 503, "DR228": 404}


def create(settings: Settings) -> FastAPI:
    """The application for an archive. Raises DragomanError where there is no archive."""
    holder = Holder(settings.archive, connections=settings.connections, timeout=settings.timeout)
    pastes = Pastes(settings.reader, limit=settings.paste, a_minute=settings.pastes)
    state = State(settings, holder, pastes, Linked(holder), Templates(), Jobs())

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        pastes.warm()
        state.linked.links()
        yield
        state.jobs.close()
        pastes.close()
        holder.close()

    # The pages that FastAPI makes of its own load scripts from elsewhere.
    app = FastAPI(
        title="Dragoman",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=lifespan,
    )
    app.state.dragoman = state
    for router in (*ROUTERS, *api.routers()):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=str(_STATIC)), name="static")
    app.add_exception_handler(DragomanError, _told)
    app.add_exception_handler(HTTPException, _missing)
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(Exception, _broken)
    app.add_middleware(Gate, settings=settings)
    return app


def _answer(
    request: Request, status: int, found: Problem, details: tuple[str, ...] = ()
) -> Response:
    if request.url.path.startswith("/api"):
        return fault(status, found, details)
    state = state_of(request)
    return state.page("error.html", status, problem=found, details=details, here="")


def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, DragomanError)
    found = error.problem
    status = error.status if isinstance(error, RefusedError) else _STATUSES.get(found.code, 400)
    return _answer(request, status, found, error.details)


def _missing(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return _answer(request, 404, problem("DR228", what="page"))
    what = Problem(f"HTTP {error.status_code}", str(error.detail), "Go back and try another way.")
    return _answer(request, error.status_code, what)


def _unfit(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    name, value = str(first["loc"][-1]), str(first.get("input", ""))[:100]
    told = problem("DR222", name=name, value=value, example=str(first["msg"]))
    return _answer(request, 400, told)


def _broken(request: Request, error: Exception) -> Response:
    what = Problem("HTTP 500", "something went wrong in the program", "The log says more.")
    answer = _answer(request, 500, what)
    answer.headers.update(HEADERS)  # this one does not pass the gate
    return answer
