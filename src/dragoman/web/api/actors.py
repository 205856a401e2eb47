"""Who is who in the register."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel

from dragoman.errors import DragomanError, problem
from dragoman.register import default_register
from dragoman.web.api.common import FAULTS, PREFIX, answer
from dragoman.web.safety import RefusedError

router = APIRouter(prefix=PREFIX, tags=["actors"])


class Actors(BaseModel):
    """Who is called so; none where nobody is."""

    items: list[dict[str, Any]]


def _at(at: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(at) if at else None
    except ValueError:
        told = problem("DR222", name="at", value=(at or "")[:100], example="a day as 2026-03-01")
        raise DragomanError(told) from None


_Day = Annotated[str | None, Query(json_schema_extra={"format": "date"}, max_length=40)]


@router.get("/actors", response_model=Actors, responses=FAULTS)
def lookup(
    request: Request, name: Annotated[str, Query(min_length=1, max_length=400)], at: _Day = None
) -> Any:
    """Who is called that, with the office held on a day (today's where none is given)."""
    day = _at(at)
    register = default_register()
    found = [register.actor(entry.id, day) for entry in register.lookup(name, day)]
    return answer(request, {"items": [dataclasses.asdict(one) for one in found]})


@router.get("/actors/{id}", response_model=dict[str, Any], responses=FAULTS)
def actor(request: Request, id: str, at: _Day = None) -> Any:
    """One actor of the register."""
    register = default_register()
    if register.entry(id) is None:
        raise RefusedError(404, problem("DR228", what="actor"))
    return answer(request, dataclasses.asdict(register.actor(id, _at(at))))
