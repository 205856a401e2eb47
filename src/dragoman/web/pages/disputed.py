"""Happenings that several reports tell, and where their accounts contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from dragoman.archive.contradictions import Contradiction, Copy, Told, contradiction
from dragoman.errors import DragomanError, problem
from dragoman.web import asking
from dragoman.web.state import State, state_of
from dragoman.web.wanted import Wanted, wanted

router = APIRouter(include_in_schema=False)
_SHOWN: Final = 20  # on a page


@router.get("/disputed")
def disputed(request: Request) -> HTMLResponse:
    """The disputed occurrences, a row each, the accounts in columns; ``occurrence`` opens one."""
    state, query = state_of(request), request.query_params
    links = state.linked.links()
    name = query.get("occurrence")
    if name is not None:
        found = links.occurrences.get(name)
        if found is None:
            raise DragomanError(problem("DR228", what="occurrence of that name"))
        return state.page("occurrence.html", here="disputed", occurrence=contradiction(found))
    asked = wanted("events", query)
    rows = kept(state, asked)
    start = _start(query.get("start", "0"))
    return state.page(
        "disputed.html",
        here="disputed",
        asked=asked,
        found=rows[start : start + _SHOWN],
        count=len(rows),
        start=start,
        following=start + _SHOWN if start + _SHOWN < len(rows) else None,
        told=links.has_occurrences,
        standing=state.linked.standing,
    )


def kept(state: State, asked: Wanted) -> Sequence[Contradiction]:
    """The disputed occurrences with an event that the filters keep; all where there are none."""
    found = state.linked.contradictions()
    if not asked.asked or not found:
        return found
    readings = sorted({told.reading for told in _every(found)})
    inner = asking.chosen(asked)
    sql = f"SELECT reading, id FROM ({inner.sql}) WHERE reading IN (SELECT unnest(?))"
    with state.archive() as archive:
        events = archive.ask(sql, (*inner.values, readings))
    held = set(zip(events["reading"].to_pylist(), events["id"].to_pylist(), strict=True))
    return [row for row in found if any((one.reading, one.event) in held for one in _every([row]))]


def _every(found: Iterable[Contradiction]) -> Iterator[Told | Copy]:
    """Each account, the copies too."""
    for row in found:
        for one in row.accounts:
            yield one
            yield from one.copies


def _start(value: str) -> int:
    if not value.isdecimal():
        raise DragomanError(problem("DR222", name="start", value=value[:100], example="a number"))
    return int(value[:9])
