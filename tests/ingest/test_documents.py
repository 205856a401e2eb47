from __future__ import annotations

import re
from pathlib import Path

from dragoman.ingest import SUFFIXES
from dragoman.ingest.documents import USUAL

PAGE = Path(__file__).parents[2] / "docs" / "formats.md"


def test_the_page_of_formats_lists_every_usual_name_and_suffix() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for role, names in USUAL.items():
        assert re.search(rf"`--{role}-field` \| {', '.join(names)} \|", page), role
    assert not [suffix for suffix in SUFFIXES if f"`{suffix}`" not in page]
