"""Pictures side by side over the events that they show: a choice in one narrows all others.

The choice is the address. Each picture shows what all filters keep but its own, which it marks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import HTMLResponse

from dragoman.archive import Archive
from dragoman.errors import DragomanError, problem
from dragoman.ontologies import plover
from dragoman.version import __version__
from dragoman.web import asking
from dragoman.web.state import State
from dragoman.web.wanted import ORDER_OF, Wanted, wanted

_ROWS: Final = 20
# A part: its heading, and the fields of Wanted that are chosen in it.
PARTS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "when": ("When", ("first", "last")),
    "what": ("What", ("type", "mode")),
    "who": ("Who with whom", ("actor", "side", "counterpart")),
    "where": ("Where", ("country", "place")),
}


def together(state: State, request: Request, tabs: Mapping[str, str]) -> HTMLResponse:
    """The page: filters, the pictures, the events."""
    asked = wanted("events", request.query_params).without("after")
    near = _is_near(request)
    with state.archive() as archive:
        narrow = asking.narrowed(archive, asked)
        found = asking.page(archive, narrow, _ROWS)
        names = asking.names(archive, (asked.actor, asked.counterpart, asked.source))
    query = asked.parameters(near="1" if near else None)
    return state.page(
        "together.html",
        here="pictures",
        kinds=tabs,
        asked=asked,
        query=query,
        near=near,
        found=found,
        names=names,
        parts={name: title for name, (title, _) in PARTS.items()},
        orders=ORDER_OF["events"],
        types=sorted(plover().types),
        mark=mark(),
    )


def part(drawn: Any, name: str, archive: Archive, request: Request, wide: int | None) -> Any:
    """The specification of a part."""
    if name not in PARTS:
        raise DragomanError(problem("DR228", what="picture of that kind"))
    query = request.query_params
    asked: Wanted = wanted("events", query)
    fields = () if name == "when" and _is_near(request) else PARTS[name][1]
    shade = "dark" if query.get("shade") == "dark" else "light"
    others = asked.without(*fields).filter()
    return drawn.small(name, archive, others, asked.filter(), shade=shade, wide=wide)


def _is_near(request: Request) -> bool:
    """Whether only the chosen days are drawn, closer."""
    return bool(request.query_params.get("near"))


@cache
def mark() -> str:
    """Another word whenever what draws in the browser is another."""
    script = (files("dragoman.plot") / "data" / "embed.js").read_bytes()
    return hashlib.sha256(script + __version__.encode()).hexdigest()[:10]
