"""The chapter on loaded wordings tells what the program does."""

from __future__ import annotations

from tools.labels_page import PAGE, render


def test_outputs_and_tables_are_the_programs() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text.count("```text") >= 5
    assert render(text) == text, "write it anew: python -m tools.labels_page"
