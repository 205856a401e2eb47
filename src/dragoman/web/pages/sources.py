"""Speakers and outlets: what each asserts, denies, and how it calls others."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from dragoman.errors import DragomanError, problem
from dragoman.web import speakers
from dragoman.web.state import state_of

router = APIRouter(include_in_schema=False)


@router.get("/sources")
def sources(request: Request) -> HTMLResponse:
    """Who is quoted most, and who publishes; ``name`` looks for a name."""
    state = state_of(request)
    words = request.query_params.get("name", "").strip()[:200]
    with state.archive() as archive:
        people = speakers.listed(archive, "speaker", words)
        outlets = speakers.listed(archive, "outlet", words)
    return state.page("sources.html", here="sources", people=people, outlets=outlets, name=words)


@router.get("/source")
def source(request: Request) -> HTMLResponse:
    """One speaker (``who``) or one outlet (``publisher``)."""
    state = state_of(request)
    who, publisher = (request.query_params.get(name) for name in ("who", "publisher"))
    with state.archive() as archive:
        if publisher:
            found = speakers.outlet(archive, publisher[:400])
        elif who:
            found = speakers.speaker(archive, who[:400])
        else:
            raise DragomanError(problem("DR228", what="source"))
    if not found.documents:
        raise DragomanError(problem("DR228", what="source of that name"))
    return state.page("source.html", here="sources", source=found)
