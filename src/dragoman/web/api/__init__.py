"""The programs' interface, under ``/api/v1``.

Each module here that has a ``router`` (a FastAPI ``APIRouter`` with its own prefix) is part of
the application. What it needs is at ``dragoman.web.state.state_of(request)``; what all share is in
``common``.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from fastapi import APIRouter


def routers() -> list[APIRouter]:
    """The routers of all modules here, by name of module."""
    names = sorted(found.name for found in iter_modules(__path__))
    modules = [import_module(f"{__name__}.{name}") for name in names]
    return [module.router for module in modules if hasattr(module, "router")]
