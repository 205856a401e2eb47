"""Reading of the package's data files, with errors that name the file."""

from __future__ import annotations

import csv
import io
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class DataError(ValueError):
    """A data file does not say what it must: the message names file, entry and remedy."""


def package_folder(package: str, *parts: str) -> Traversable:
    """A folder of data inside an installed package."""
    folder: Traversable = files(package)
    for part in parts:
        folder = folder / part
    return folder


def read_yaml(path: Traversable) -> Any:
    """The YAML document of a file. Raises DataError, with line and column, where it is not YAML."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except yaml.YAMLError as error:
        raise DataError(f"{path}: not valid YAML: {error}. Mend the file at that place.") from error


def read_table(path: Traversable, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a CSV file with exactly these columns. Raises DataError where they differ."""
    reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
    if tuple(reader.fieldnames or ()) != columns:
        raise DataError(f"{path}: the columns are {reader.fieldnames}, not {', '.join(columns)}.")
    rows = list(reader)
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise DataError(f"{path}, line {number}: not {len(columns)} values.")
    return rows
