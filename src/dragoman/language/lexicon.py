"""Reading the YAML word lists that stages go by."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@lru_cache(maxsize=32)
def load_yaml(package: str, name: str) -> Any:
    """The parsed content of ``data/name`` in a package of Dragoman's. Not to be changed."""
    resource = files(package).joinpath("data", name)
    return yaml.load(resource.read_text(encoding="utf-8"), Loader=_Loader)
