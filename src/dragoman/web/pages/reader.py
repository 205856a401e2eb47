"""A report with what was read in it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from dragoman.errors import DragomanError, problem
from dragoman.web import reports, telling
from dragoman.web.lighting import light
from dragoman.web.linked import Links
from dragoman.web.reports import Report
from dragoman.web.state import State, state_of

router = APIRouter(include_in_schema=False)


@router.get("/documents/{key}")
def report(request: Request, key: str) -> HTMLResponse:
    """The report of a reading's id; ``event`` or ``statement`` opens one, ``part`` a stretch."""
    state = state_of(request)
    query = request.query_params
    number = query.get("part")
    if number is not None and not number.isdecimal():
        told = problem("DR222", name="part", value=number[:100], example="a number")
        raise DragomanError(told)
    event, statement = query.get("event"), query.get("statement")
    with state.archive() as archive:
        found = reports.load(archive, key, int(number[:9]) if number else None, event, statement)
    return shown(state, found, state.linked.links(), event, statement)


def shown(
    state: State,
    found: Report,
    links: Links,
    event: str | None = None,
    statement: str | None = None,
    *,
    kept: bool = True,
) -> HTMLResponse:
    """The page of a report; ``kept`` where an archive has it."""
    document = found.reading.document
    told = telling.events(found, links)
    return state.page(
        "report.html",
        here="documents" if kept else "try",
        report=found,
        document=document,
        paragraphs=light(found),
        events=told,
        tally=telling.tally(told),
        statements=telling.statements(found),
        labels=telling.labels(found),
        notes=found.reading.notes,
        copies=links.others(document.id) if kept else (),
        chosen=event,
        chosen_statement=statement,
        kept=kept,
        path=f"/documents/{found.key}",
    )
