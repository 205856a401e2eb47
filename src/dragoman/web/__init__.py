"""The pages: an archive to look at in a browser, on this machine.

What they stand on is an extra: ``pip install 'dragoman[web]'``.
"""

from __future__ import annotations

from importlib.util import find_spec

from dragoman.errors import DragomanError, problem

_NEEDED = ("deltalake", "duckdb", "fastapi", "jinja2", "uvicorn")
_MISSING = [name for name in _NEEDED if find_spec(name) is None]
if _MISSING:
    raise DragomanError(problem("DR220", missing=", ".join(_MISSING)))

from dragoman.web.app import create  # noqa: E402
from dragoman.web.settings import Settings  # noqa: E402

__all__ = ["Settings", "create"]
