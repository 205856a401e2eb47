from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.cli.export import To
from dragoman.cli.read import Format as ReadFormat
from dragoman.errors import DragomanError
from dragoman.export import FORMATS, open_writer, write
from dragoman.export.csv import neutral, original
from dragoman.export.text import Utf16, one_line
from dragoman.model import Actor, Document, Event, Mention, Participant, Reading, Span, Statement
from tests.export.exported import exported, exported_bytes, reading


def test_commands_offer_every_format() -> None:
    assert {to.value for to in To} == set(FORMATS)
    assert {form.value for form in ReadFormat} == {*FORMATS, "table"}


@pytest.mark.parametrize(
    ("format", "claims", "binary", "code"),
    [
        ("gdeldt", False, False, "DR170"),
        ("gdelt", True, False, "DR171"),
        ("brat", False, False, "DR172"),
        ("gdelt", False, True, "DR172"),
    ],
)
def test_wrong_use(format: str, claims: bool, binary: bool, code: str) -> None:
    with pytest.raises(DragomanError, match=code):
        open_writer(format, io.BytesIO() if binary else io.StringIO(), claims=claims)


@pytest.mark.parametrize("name", FORMATS)
def test_claims_stay_out_of_what_cannot_tell_them(name: str) -> None:
    file = io.BytesIO() if FORMATS[name].binary else io.StringIO()
    tally = write([reading()], name, file)
    if FORMATS[name].says == "chain":
        assert not any("somebody's word" in why for why in tally.left)
    else:
        assert tally.left["stand on somebody's word"] == 1
        assert tally.events == 1


def test_what_the_report_itself_denies_is_not_asserted() -> None:
    base = reading()
    no = dataclasses.replace(base.events[0], status="denied")
    text, tally = exported("gdelt", [dataclasses.replace(base, events=(no,))])
    assert text == ""
    (why,) = tally.left
    assert "not asserted by the report" in why
    assert tally.lines()[1].startswith("left out: 1 events that are not asserted")


@given(st.text())
def test_neutral_cells_give_their_text_back(text: str) -> None:
    cell = neutral(text)
    assert original(cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_numbers_stay_numbers_in_csv() -> None:
    assert (neutral(-10.0), neutral(-1), neutral("-10")) == ("-10.0", "-1", "'-10")
    rows = list(csv.DictReader(io.StringIO(exported("csv")[0])))
    assert rows[1]["goldstein"] == "-10.0"


@given(st.text(alphabet="a😀é\u200f𐐂\n"), st.data())
def test_utf16_offsets(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert Utf16(text)(offset) == len(text[:offset].encode("utf-16-le")) // 2


HOSTILE = (
    "=cmd|' /C calc'!A0\t\"quoted\"\r\n\x00\u202eright\u200f <b>&amp;</b> \ud800 \u2028 | ; 😀"
)


def hostile(size: int = 1) -> Reading:
    """Every string of a reading is hostile."""
    text = HOSTILE * size
    document = Document(
        HOSTILE, text, dt.date(2024, 3, 4), HOSTILE, HOSTILE, HOSTILE, origin=HOSTILE
    )
    span = document.span((0, len(HOSTILE)))
    actor = Actor("x:" + HOSTILE, HOSTILE, "person", HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    one = Participant(HOSTILE, actor.id, span, "m1")
    other = Participant("other" + HOSTILE, None, span)
    event = Event("e1", span, HOSTILE, HOSTILE, HOSTILE, 1, "asserted", HOSTILE, (HOSTILE,),
                  -1.0, -2.0, (one,), (other,), "m1", sentence=span)  # fmt: skip
    said = Statement("s1", Span((span.fragments[0],)), "direct", HOSTILE, span, span, actor.id)
    mention = Mention("m1", span, "actor", HOSTILE, actor.id)
    return Reading(document, (actor,), (mention,), (said,), (event,), HOSTILE)


@pytest.mark.parametrize("name", ["gdelt", "gdelt-mentions", "icews", "polecat", "petrarch"])
def test_hostile_lines(name: str) -> None:
    text, _ = exported(name, [hostile()])
    lines = text.split("\n")[:-1]
    rows = [line.split("\t") for line in lines]
    assert len({len(row) for row in rows}) == 1
    assert "\x00" not in text and "\r" not in text
    text.encode("utf-8")
    for row in rows:
        assert not any(cell.startswith(("=", "+", "@")) for cell in row)


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_hostile_xml(name: str) -> None:
    text, tally = exported(name, [hostile()])
    ElementTree.fromstring(text.encode("utf-8"))
    assert tally.events == 1


JSONS = ("plover", "geojson", "ftm", "webannotation", "webannotation-utf16", "claims")


@pytest.mark.parametrize("name", JSONS)
def test_hostile_json(name: str) -> None:
    text = exported(name, [hostile()])[0]
    text.encode("utf-8")
    for part in text.splitlines() if name == "ftm" else [text]:
        json.loads(part)


def test_hostile_standoff() -> None:
    archive = zipfile.ZipFile(io.BytesIO(exported_bytes("brat", [hostile()])))
    names = archive.namelist()
    assert not any(set(name) & set('/\\"|\x00') or name.startswith(".") for name in names)
    annotated = archive.read(names[-1]).decode()
    assert all(line[0] in "TEAR#" for line in annotated.split("\n")[:-1])
    for line in exported("conllu", [hostile()])[0].split("\n"):
        assert line == "" or line.startswith("#") or len(line.split("\t")) == 10


def test_a_report_of_a_megabyte() -> None:
    size = 1_000_000 // len(HOSTILE)
    for name in FORMATS:
        if name in ("json", "jsonl", "csv"):
            continue
        if FORMATS[name].binary:
            assert exported_bytes(name, [hostile(size)])
        else:
            assert exported(name, [hostile(size)])[0]


def test_one_line_keeps_offsets() -> None:
    assert len(one_line(HOSTILE)) == len(HOSTILE)


def test_r_reads_the_parquet(tmp_path: Path) -> None:
    program = shutil.which("Rscript")
    if program is None:
        pytest.skip("no R here")
    path = tmp_path / "events.parquet"
    path.write_bytes(exported_bytes("parquet"))
    script = f'cat(nrow(arrow::read_parquet("{path}")))'
    found = subprocess.run([program, "-e", script], capture_output=True, text=True)
    if "there is no package" in found.stderr:
        pytest.skip("R has no package arrow here")
    assert found.stdout.strip() == "2", found.stderr
