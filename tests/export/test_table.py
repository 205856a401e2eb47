from __future__ import annotations

import dataclasses
import io
import re

import pytest
from rich.console import Console

from dragoman import ingest
from dragoman.export.table import Table
from dragoman.export.writers import Show
from dragoman.model import Reading
from tests.fakes import TEXT, reading_of


def printed(reading: Reading, show: Show = "events", width: int = 10_000) -> str:
    file = io.StringIO()
    table = Table(Console(file=file, width=width, color_system=None), show)
    table.write(reading)
    table.close()
    return file.getvalue()


def test_a_line_an_event_with_its_word_before_it() -> None:
    lines = printed(reading_of(ingest.document(TEXT))).splitlines()
    (met,) = [line for line in lines if line.startswith("e1 ")]
    (fired,) = [line for line in lines if line.startswith("e2 ")]
    assert met.index("the report") < met.index("Peru") < met.index("CONSULT · visit")
    assert fired.index("Ana Rojas ← A clerk ← the report") < fired.index("soldiers")
    assert "2024-03-04" in met
    assert "Lima, PER" in met


def test_how_to_read_claims_is_told_where_there_are_any() -> None:
    reading = reading_of(ingest.document(TEXT))
    assert "A ← B" in printed(reading)
    assert "A ← B" not in printed(dataclasses.replace(reading, events=reading.events[:1]))


@pytest.mark.parametrize("width", [40, 60, 80, 89, 90, 100, 130])
def test_nothing_is_lost_on_a_narrow_terminal(width: int) -> None:
    document = ingest.document(TEXT, publisher="A Publisher of Long Names")
    narrow = printed(reading_of(document), "all", width)
    wide = printed(reading_of(document), "all")
    assert max(map(len, narrow.splitlines()[1:12])) <= width
    signs = [sorted(re.sub(r"[\s─]", "", shown)) for shown in (narrow, wide)]
    assert signs[0] == signs[1]


def test_words_are_whole_at_100_columns() -> None:
    shown = printed(reading_of(ingest.document(TEXT)), width=100)
    for word in ("CONSULT", "ASSAULT", "asserted", "2024-03-04", "soldiers", "fired", "report"):
        assert word in shown


@pytest.mark.parametrize(
    ("show", "words"),
    [
        ("statements", ["who says", "A clerk ← the report", "soldiers fired at a ferry"]),
        ("mentions", ["refers to", "whose is not said", "role noun"]),
        ("all", ["did what", "who says", "refers to"]),
    ],
)
def test_kinds_of_records(show: Show, words: list[str]) -> None:
    told = printed(reading_of(ingest.document(TEXT)), show)
    assert all(word in told for word in words)


def test_a_report_cannot_steer_the_terminal() -> None:
    document = ingest.document(
        "\x1b]0;owned\x07" + TEXT, title="[red]\u202egnp\x1b[2J", publisher="\r:skull:"
    )
    told = printed(reading_of(document), "all")
    assert "[red]\\u202egnp\\x1b[2J" in told
    assert ":skull:" in told
    assert not set("\x1b\x07\r\u202e") & set(told)


def test_what_was_not_read_is_said() -> None:
    told = printed(reading_of(ingest.document("Nothing here.")))
    assert "No events were found." in told
    assert "Note: nothing was read" in told
