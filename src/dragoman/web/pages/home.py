"""The first page: what the archive holds."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from dragoman.archive import Archive
from dragoman.web.asking import page
from dragoman.web.speakers import listed
from dragoman.web.state import state_of
from dragoman.web.wanted import Wanted

router = APIRouter(include_in_schema=False)


@router.get("/")
def home(request: Request) -> HTMLResponse:
    """What is in the archive, and where to go from here."""
    state = state_of(request)
    with state.archive() as archive:
        version, at = archive.version, archive.snapshot.at
        if version not in state.homes:
            state.homes.clear()
            state.homes[version] = _shown(archive)
        shown = state.homes[version]
    links = state.linked.links()
    return state.page(
        "home.html",
        here="home",
        **shown,
        at=at,
        archive_version=version,
        folder=state.settings.archive,
        disputed=len(links.disputed) if links.has_occurrences else None,
    )


def _shown(archive: Archive) -> dict[str, Any]:
    """What the page shows of a version, which does not change."""
    held = _held(archive)
    if not held["documents"]:
        return {"held": held, "newest": [], "speakers": []}
    newest = page(archive, Wanted("documents"), 6).rows
    return {"held": held, "newest": newest, "speakers": listed(archive, "speaker")[:8]}


def _held(archive: Archive) -> dict[str, Any]:
    sql = (
        "SELECT (SELECT count(*) FROM documents) AS documents, "
        "(SELECT count(*) FROM statements) AS statements, "
        "(SELECT count(*) FROM events) AS events, "
        "(SELECT count(*) FROM events WHERE own_voice) AS own, "
        "(SELECT count(*) FROM events WHERE status = 'denied') AS denied, "
        "(SELECT count(DISTINCT publisher) FROM documents) AS publishers, "
        "(SELECT min(published) FROM documents) AS first, "
        "(SELECT max(published) FROM documents) AS last"
    )
    found: dict[str, Any] = archive.ask(sql).to_pylist()[0]
    return found
