"""Pictures of the archive, where the program can draw them."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from dragoman.errors import DragomanError, problem
from dragoman.web.pages import disputed
from dragoman.web.pages.together import mark, part, together
from dragoman.web.state import State, state_of
from dragoman.web.wanted import Wanted, wanted

router = APIRouter(include_in_schema=False)
# What a picture needs besides a filter.
_TITLES: Final = {
    "timeline": "Over time",
    "network": "Who with whom",
    "map": "Where",
    "dyad": "Two parties",
    "source": "One source",
    "disputed": "Disputed",
}
_NEEDED: Final = {"dyad": 2, "source": 1}  # parties that must be named


def plot() -> Any | None:
    """The part of the program that draws; None where it is not there or lacks its packages."""
    if find_spec("dragoman.plot") is None:
        return None
    try:
        return import_module("dragoman.plot")
    except (DragomanError, ImportError):
        return None


@router.get("/pictures")
def pictures(request: Request) -> HTMLResponse:
    """All together over the events that the filters keep, or one, ``kind``, at a time."""
    state = state_of(request)
    drawn = plot()
    query = request.query_params
    kinds = [kind for kind in (drawn.KINDS if drawn else ()) if kind in _TITLES]
    tabs = {name: _TITLES[name] for name in kinds}
    if drawn is not None and not query.get("kind"):
        return together(state, request, tabs)
    kind = query.get("kind") or "timeline"
    asked = wanted("events", query)
    who = [one for one in (query.get("one"), query.get("other")) if one]
    if drawn is not None and kind not in kinds:
        told = problem("DR222", name="kind", value=kind[:100], example=", ".join(kinds))
        raise DragomanError(told)
    needed = _NEEDED.get(kind, 0)
    spec = None
    if drawn is not None and len(who) >= needed:
        spec = _made(drawn, kind, state, asked, who[:needed], "light")
    return state.page(
        "pictures.html",
        here="pictures",
        drawn=drawn is not None,
        kinds=tabs,
        kind=kind,
        asked=asked,
        needed=needed,
        who=who,
        spec=spec,
        mark=mark() if drawn is not None else "",
        description=str(spec.get("description", "")) if spec else "",
    )


@router.get("/pictures/bundle.js")
def bundle() -> Response:
    """What draws specifications in the browser."""
    drawn = _must()
    headers = {"Cache-Control": "max-age=86400"}
    return Response(drawn.bundle(), media_type="text/javascript", headers=headers)


@router.get("/pictures/part/{name}.json")
def part_spec(request: Request, name: str) -> JSONResponse:
    """The specification of one of the pictures that stand together."""
    drawn = _must()
    with state_of(request).archive() as archive:
        return JSONResponse(part(drawn, name, archive, request, None))


@router.get("/pictures/part/{name}.svg")
def part_picture(request: Request, name: str) -> Response:
    """The same as a picture, for pages without scripts."""
    drawn = _must()
    with state_of(request).archive() as archive:
        made = part(drawn, name, archive, request, 720)
    return Response(drawn.draw(made, "svg"), media_type="image/svg+xml")


@router.get("/pictures/{kind}.json")
def spec(request: Request, kind: str) -> JSONResponse:
    """The specification of a picture."""
    return JSONResponse(_spec(request, kind))


@router.get("/pictures/{kind}.{form}")
def drawn_picture(request: Request, kind: str, form: str) -> Response:
    """The picture itself, for pages without scripts and for papers: svg or png."""
    if form not in ("svg", "png"):
        raise DragomanError(problem("DR170", name=form, known="svg, png, json"))
    content = _must().draw(_spec(request, kind), form)
    types = {"svg": "image/svg+xml", "png": "image/png"}
    return Response(content, media_type=types[form])


def _must() -> Any:
    drawn = plot()
    if drawn is None:
        raise DragomanError(problem("DR228", what="picture"))
    return drawn


def _spec(request: Request, kind: str) -> Any:
    drawn, query = _must(), request.query_params
    if kind not in drawn.KINDS:
        raise DragomanError(problem("DR228", what="picture of that kind"))
    state: State = state_of(request)
    asked: Wanted = wanted("events", query)
    who = [one for one in (query.get("one"), query.get("other")) if one]
    who = who[: _NEEDED.get(kind, 0)]
    shade = "dark" if query.get("shade") == "dark" else "light"
    return _made(drawn, kind, state, asked, who, shade)


def _made(drawn: Any, kind: str, state: State, asked: Wanted, who: list[str], shade: str) -> Any:
    if kind == "disputed":
        # As on the page of that name: found once for a version, beside the pages.
        found, look = disputed.kept(state, asked), drawn.theme(shade)
        is_ready = bool(found) or state.linked.standing not in ("unknown", "working")
        return drawn.disputed.spec(found, look) if is_ready else drawn.disputed.waiting(look)
    with state.archive() as archive:
        return drawn.spec(kind, archive, asked.filter(), who=who, shade=shade)
