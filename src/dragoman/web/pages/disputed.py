"""Happenings that several reports tell, and where their accounts contradict each other."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from dragoman.errors import DragomanError, problem
from dragoman.web.state import state_of

router = APIRouter(include_in_schema=False)


@router.get("/disputed")
def disputed(request: Request) -> HTMLResponse:
    """The disputed occurrences; ``occurrence`` opens one, its accounts in columns."""
    state = state_of(request)
    links = state.linked.links()
    name = request.query_params.get("occurrence")
    if name is not None:
        found = links.occurrences.get(name)
        if found is None:
            raise DragomanError(problem("DR228", what="occurrence of that name"))
        return state.page("occurrence.html", here="disputed", occurrence=found)
    return state.page(
        "disputed.html",
        here="disputed",
        occurrences=links.disputed[:200],
        told=links.has_occurrences,
        standing=state.linked.standing,
    )
