"""YAML reads a bare on, off, yes or no as a truth value: no word of the data may turn into one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import dragoman

DATA = sorted(Path(dragoman.__file__).parent.rglob("data/**/*.yaml"))
FLAGS = {
    "bare", "cued", "generic", "group", "header", "one", "passive_source", "person", "reciprocal",
    "speech", "vague",
}  # fmt: skip


def truths(value: Any, key: Any = None) -> Iterator[Any]:
    """Keys of all truth values, and truth values that are keys themselves."""
    if isinstance(value, bool):
        yield key
    elif isinstance(value, dict):
        for name, inner in value.items():
            if isinstance(name, bool):
                yield name
            yield from truths(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from truths(inner, f"in {key}")


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.name)
def test_words_stay_words(path: Path) -> None:
    found = set(truths(yaml.safe_load(path.read_text(encoding="utf-8"))))
    assert found <= FLAGS, f"write in quotation marks: {sorted(map(str, found - FLAGS))}"


def test_a_bare_on_is_seen() -> None:
    assert set(truths(yaml.safe_load("insist: on\nagree: [on, to]"))) == {"insist", "in agree"}
