"""Libraries that only some formats need, and what to say where they are not installed."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from dragoman.errors import DragomanError, problem


def need(module: str, extra: str, what: str) -> Any:
    """The module. Raises DragomanError (DR120) where it is not installed."""
    try:
        return import_module(module)
    except ImportError as error:
        raise DragomanError(problem("DR120", what=what, extra=extra)) from error
