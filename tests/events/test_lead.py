"""The main event of a report: short reports of our own, each with the act that it is about."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

import pytest

import dragoman
from dragoman.events.lead import with_main
from dragoman.model import Document, Reading
from dragoman.pipeline import Reader

PUBLISHED = dt.date(2018, 5, 16)


@dataclass(frozen=True, slots=True)
class Report:
    """A report with a word of its main event's trigger; None where it has no main event."""

    why: str
    text: str
    main: str | None
    title: str | None = None


REPORTS = (
    Report(
        "the first sentence tells the news",
        "Zambia expelled two Malawian envoys on Tuesday. Malawi condemned the decision. "
        "Talks between the two neighbours had opened in March.",
        "expelled",
    ),
    Report(
        "what led up to it stands in the past perfect",
        "Peru had accused Ecuador of spying. On Monday Peru expelled the Ecuadorian attaché.",
        "expelled",
    ),
    Report(
        "a relative clause on the subject is no news",
        "Mali, which had rejected an Algerian offer, signed a treaty with Niger on Monday.",
        "signed",
    ),
    Report(
        "history is not the main event though it comes first",
        "In 1979 Vietnamese troops invaded Cambodia. On Tuesday Vietnam apologised to Cambodia.",
        "apologised",
    ),
    Report(
        "the headline picks the second event",
        "Kenya praised Uganda on Monday. Kenyan police arrested four Somali traders in Nairobi.",
        "arrested",
        "Kenyan police arrest four Somali traders in Nairobi raid",
    ),
    Report(
        "a headline within the text counts as one",
        "Estonia recalls envoy from Russia\n\nEstonia recalled its ambassador from Russia on "
        "Monday. Russia had warned Estonia in April.",
        "recall",
    ),
    Report(
        "what happened weighs more than what may happen",
        "Serbia may sue Croatia. Serbia recalled its ambassador from Croatia on Monday.",
        "recalled",
    ),
    Report(
        "a standing blockade is background, the protest is news",
        "The Israeli blockade of Gaza weighs on fishermen. Egypt sent food to Gaza on Monday.",
        "sent",
    ),
    Report(
        "a quoted charge leads where nothing else is told",
        "Chad accused Libya on Monday of arming rebels.",
        "accused",
    ),
    Report(
        "later paragraphs come back to it",
        "Thailand thanked Laos. Thai rangers shelled a Cambodian village on Monday.\n\n"
        "Cambodia said the Thai rangers shelled the village for an hour.\n\n"
        "Thai rangers shelled Cambodian farms in April too.",
        "shelled",
    ),
    Report(
        "a denied act leads where it is the news",
        "Nepal did not release the two Indian pilots on Monday.",
        "release",
    ),
    Report(
        "a plan is the news where nothing has happened yet",
        "Norway will send tents to Mongolia. The Mongolian steppe is cold in spring.",
        "send",
    ),
    Report(
        "two complete roles weigh more than none",
        "Protesters marched. Ghana deported twenty Togolese traders on Monday.",
        "deported",
    ),
    Report(
        "a habit is no news",
        "Spanish patrols often detain Moroccan trawlers. On Monday Morocco sued Spain.",
        "sued",
    ),
    Report(
        "all of it is history: there is no main event",
        "In 1932 Bolivia attacked Paraguay. In 1938 Bolivia signed a treaty with Paraguay.",
        None,
    ),
    Report("no event, no main event", "The weather in Oslo was mild.", None),
    Report(
        "a threat with a condition stays behind the act",
        "If Greece closes the strait, Turkey will mobilise. Greece closed its border with Turkey "
        "on Monday.",
        "closed",
    ),
)


def read(report: Report) -> Reading:
    """The reading of a report with its headline."""
    document = Document("r", report.text, published=PUBLISHED, title=report.title)
    return reader().read(document)


_READER: list[Reader] = []


def reader() -> Reader:
    """One reader for all tests here."""
    if not _READER:
        _READER.append(Reader(encoder=False))
    return _READER[0]


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.why)
def test_main_event(report: Report) -> None:
    main = [event.trigger.quote for event in read(report).events if event.main]
    assert len(main) == (report.main is not None)
    if report.main is not None:
        assert report.main in main[0]


def test_marking_changes_nothing_else() -> None:
    reading = read(REPORTS[0])
    analysis = reader()._parser.parse(reading.document)
    again = with_main(reading.events, analysis)
    assert again == reading.events


def test_the_mark_is_written() -> None:
    from dragoman.schema import reading_from_json, reading_to_json, to_tables

    reading = dragoman.read(REPORTS[0].text, published=PUBLISHED)
    value = reading_to_json(reading)
    assert sum(event["main"] for event in value["events"]) == 1
    assert reading_from_json(json.loads(json.dumps(value))) == reading
    assert sum(to_tables([reading])["events"].column("main").to_pylist()) == 1


def test_exports_show_the_mark() -> None:
    import io

    from rich.console import Console

    from dragoman.export.csv import Csv
    from dragoman.export.table import Table

    reading = read(REPORTS[0])
    shown, rows = io.StringIO(), io.StringIO()
    table = Table(Console(file=shown, width=200))
    table.write(reading)
    table.close()
    assert "e1*" in shown.getvalue() and "main event" in shown.getvalue()
    Csv(rows).write(reading)
    lines = [line.split(",") for line in rows.getvalue().splitlines()]
    at = lines[0].index("main")
    assert [line[at] for line in lines[1:]].count("true") == 1


def test_main_only_keeps_one_event(tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from dragoman.cli import app

    path = tmp_path / "report.txt"
    path.write_text(f"date 2018-05-16 {REPORTS[0].text}", encoding="utf-8")
    command = ["read", str(path), "--format", "jsonl", "--show", "events", "--main-only"]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0, result.output
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [event["main"] for event in found] == [True]
