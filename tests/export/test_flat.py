from __future__ import annotations

import dataclasses
import io
from typing import Any

import pandas as pd
import polars as pl
import pytest

from dragoman.export.codes import codes, country, layouts
from dragoman.export.dyads import dyads
from dragoman.model import Actor, Event, EventTime, Participant, Place, Reading
from tests.export.exported import exported, exported_bytes, reading

COUNTS = {"gdelt": 61, "gdelt-mentions": 16, "icews": 20, "polecat": 40, "petrarch": 8}
NUMBERS = {
    "GLOBALEVENTID": "int64", "IsRootEvent": "int64", "QuadClass": "int64",
    "GoldsteinScale": "float64", "NumArticles": "int64", "ActionGeo_Lat": "float64",
    "ActionGeo_Type": "int64", "SQLDATE": "int64", "FractionDate": "float64",
}  # fmt: skip


def frame(format: str, readings: list[Reading] | None = None) -> pd.DataFrame:
    layout = layouts()[format]
    text, _ = exported(format, readings)
    names = None if layout["header"] else layout["columns"]
    return pd.read_csv(
        io.StringIO(text), sep="\t", quoting=3, header=0 if names is None else None, names=names,
        dtype={name: "string" for name in layout["columns"] if name.endswith("Code")},
        keep_default_na=False, na_values=[layout["empty"]],
    )  # fmt: skip


def with_event(**changes: Any) -> Reading:
    base = reading()
    event = dataclasses.replace(base.events[0], **changes)
    return dataclasses.replace(base, events=(event,))


@pytest.mark.parametrize("format", COUNTS)
def test_columns_are_as_many_as_the_codebook_has(format: str) -> None:
    assert len(layouts()[format]["columns"]) == COUNTS[format]
    text, tally = exported(format)
    assert tally.rows == 2  # both directed events of the meeting
    for line in text.splitlines():
        assert len(line.split("\t")) == COUNTS[format]


@pytest.mark.parametrize("format", COUNTS)
def test_rows_name_no_column_that_the_format_has_not(format: str) -> None:
    from dragoman.export import gdelt, icews, petrarch, polecat

    makers: dict[str, Any] = {
        "gdelt": gdelt._events, "gdelt-mentions": gdelt._mentions, "icews": icews._rows,
        "polecat": polecat._rows, "petrarch": petrarch._rows,
    }  # fmt: skip
    base = reading()
    for event in base.events:
        for row in makers[format](base, event):
            assert set(row) <= set(layouts()[format]["columns"]) | {"ActionGeo_ADM2Code"}


def test_pandas_reads_gdelt_with_its_types() -> None:
    found = frame("gdelt")
    assert found.shape == (2, 61)
    assert {name: str(found[name].dtype) for name in NUMBERS} == NUMBERS
    first = found.iloc[0]
    assert (first["Actor1Code"], first["Actor2Code"]) == ("PER", "CHL")
    assert (first["SQLDATE"], first["MonthYear"], first["FractionDate"]) == (
        20240304, 202403, 2024.1753,
    )  # fmt: skip
    assert (first["ActionGeo_Type"], first["ActionGeo_CountryCode"]) == (4, "PE")
    assert (first["ActionGeo_Lat"], first["ActionGeo_Long"]) == (-12.04, -77.03)
    assert first["ActionGeo_FullName"] == "Lima, Peru"
    assert first["EventCode"] == "042" and first["EventRootCode"] == "04"
    # What is not computed is empty, never made up.
    for name in ("AvgTone", "DATEADDED", "Actor1Geo_Lat", "ActionGeo_ADM1Code"):
        assert found[name].isna().all()
    assert found["GLOBALEVENTID"].is_unique and (found["GLOBALEVENTID"] > 0).all()


def test_ids_are_stable_and_join_mentions_to_events() -> None:
    events, mentions = frame("gdelt"), frame("gdelt-mentions")
    assert list(events["GLOBALEVENTID"]) == list(mentions["GLOBALEVENTID"])
    assert list(events["GLOBALEVENTID"]) == list(frame("gdelt")["GLOBALEVENTID"])
    other = frame("gdelt", [reading("d2")])
    assert not set(other["GLOBALEVENTID"]) & set(events["GLOBALEVENTID"])
    text = reading().document.text
    at = mentions.iloc[0]
    assert text[at["ActionCharOffset"] :].startswith("met")
    assert text[at["Actor1CharOffset"] :].startswith("Peru")
    assert at["MentionDocLen"] == len(text) and at["MentionType"] == 1


def test_polars_reads_gdelt() -> None:
    text, _ = exported("gdelt")
    found = pl.read_csv(
        text.encode(), separator="\t", has_header=False, quote_char=None,
        new_columns=layouts()["gdelt"]["columns"],
    )  # fmt: skip
    assert found.shape == (2, 61)
    assert found["GLOBALEVENTID"].dtype == pl.Int64 and found["GoldsteinScale"].dtype == pl.Float64


def test_a_day_that_is_not_known_is_not_made_up() -> None:
    import datetime as dt

    month = EventTime("2024-03", "month", "x", None, dt.date(2024, 3, 1), dt.date(2024, 3, 31))
    row = frame("gdelt", [with_event(time=month)]).iloc[0]
    assert pd.isna(row["SQLDATE"]) and pd.isna(row["FractionDate"])
    assert (row["MonthYear"], row["Year"]) == (202403, 2024)
    assert frame("icews", [with_event(time=month)])["Event Date"].isna().all()
    assert frame("gdelt", [with_event(time=None)])["Year"].isna().all()


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Place("geonames:1", "Peru", "country", -10, -76, "PER"), (1, "PE", "PE")),
        (Place("geonames:2", "Austin", "populated place", 30.3, -97.7, "USA", "Texas"),
         (3, "US", "USTX")),
        (Place("geonames:3", "Texas", "first-level division", 31, -99, "USA"), (2, "US", "USTX")),
        (Place("geonames:4", "Cusco", "first-level division", -13.5, -72, "PER"), (5, "PE", "")),
        (Place("base-x", "Base X", "base", 1, 2, None), (4, "", "")),
    ],
)  # fmt: skip
def test_geographic_types(place: Place, expected: tuple[int, str, str]) -> None:
    base = reading()
    mentions = tuple(
        dataclasses.replace(one, place=place) if one.kind == "place" else one
        for one in base.mentions
    )
    row = frame("gdelt", [dataclasses.replace(base, mentions=mentions)]).fillna("").iloc[0]
    found = row["ActionGeo_Type"], row["ActionGeo_CountryCode"], row["ActionGeo_ADM1Code"]
    assert found == expected


@pytest.mark.parametrize(
    ("cameo", "country_code", "group", "ethnic", "religions", "types"),
    [
        ("ZMBGOV", "ZMB", "", "", [], ["GOV"]),
        ("IGOUNOREFHCR", "", "UNO", "", [], ["IGO", "REF"]),
        ("RUSCHRDOX", "RUS", "", "", ["CHR", "DOX"], []),
        ("PSEpal", "PSE", "", "pal", [], []),
        ("KSVMIL", "KSV", "", "", [], ["MIL"]),
        ("USAJRN", "USA", "", "", [], ["MED"]),
    ],
)
def test_actor_codes_in_their_parts(
    cameo: str, country_code: str, group: str, ethnic: str, religions: list[str], types: list[str]
) -> None:
    base = reading()
    actors = (Actor("state:PER", "Peru", "state", None, None, cameo), *base.actors[1:])
    row = frame("gdelt", [dataclasses.replace(base, actors=actors)]).fillna("").iloc[0]
    assert row["Actor1CountryCode"] == country_code
    assert row["Actor1KnownGroupCode"] == group
    assert row["Actor1EthnicCode"] == ethnic
    assert [v for n in (1, 2) if (v := row[f"Actor1Religion{n}Code"])] == religions
    assert [v for n in (1, 2, 3) if (v := row[f"Actor1Type{n}Code"])] == types


def test_icews_and_polecat_have_their_headers() -> None:
    icews, polecat = frame("icews"), frame("polecat")
    assert list(icews.columns) == layouts()["icews"]["columns"]
    assert list(polecat.columns) == layouts()["polecat"]["columns"]
    assert list(icews["Source Country"]) == ["Peru", "Chile"]
    assert list(icews["Event Date"]) == ["2024-03-04"] * 2
    row = polecat.iloc[0]
    assert (row["Event Type"], row["Event Mode"]) == ("CONSULT", "visit")
    assert (row["Actor COW"], row["Recipient COW"]) == (135, 155)
    assert row["Quad Code"] == "VERBAL COOPERATION" and row["GeoNames ID"] == 3936456
    assert "\tNone\t" in exported("polecat")[0]


def test_petrarch_lines_read_back() -> None:
    text, _ = exported("petrarch", [reading(), reading("d2", url=None)])
    rows = [line.split("\t") for line in text.splitlines()]
    assert [row[:4] for row in rows[:2]] == [
        ["20240304", "PER", "CHL", "042"], ["20240304", "CHL", "PER", "042"],
    ]  # fmt: skip
    assert rows[0][5:] == ["d1_e1", "https://example.org/a?b=1&c=2", "Lima <Post> & Son"]
    assert rows[2][6] == ""


def test_who_has_no_code_is_said_or_counted() -> None:
    nobody = Participant("soldiers", None)
    text, _ = exported("petrarch", [with_event(recipients=(nobody,), reciprocal=False)])
    assert text.split("\t")[1:3] == ["PER", "---"]
    both = with_event(actors=(nobody,), recipients=(), reciprocal=False)
    text, tally = exported("petrarch", [both])
    assert text == "" and tally.left == {"have nobody with a code on either side": 1}


def test_directed_events() -> None:
    a, b, c = (Participant(name, name) for name in "abc")
    base = reading().events[0]

    def named(event: Event) -> set[str]:
        return {f"{x.name if x else '?'}{y.name if y else '?'}" for x, y in dyads(event)}

    meet = dataclasses.replace(base, actors=(a, b, c), recipients=(a, b, c), reciprocal=True)
    assert named(meet) == {"ab", "ba", "ac", "ca", "bc", "cb"}
    two = dataclasses.replace(base, actors=(a,), recipients=(b,), reciprocal=True)
    assert named(two) == {"ab", "ba"}
    alone = dataclasses.replace(base, actors=(a,), recipients=(), reciprocal=True)
    assert named(alone) == {"a?"}
    hit = dataclasses.replace(base, actors=(a, b), recipients=(c,), reciprocal=False)
    assert named(hit) == {"ac", "bc"}


def test_parquet_is_typed_and_read_by_pandas_and_polars() -> None:
    data = exported_bytes("parquet")
    found = pd.read_parquet(io.BytesIO(data))
    assert len(found) == 2 and list(found["on_whose_word"]) == [
        "the report", "Ana Rojas ← A clerk ← the report",
    ]  # fmt: skip
    assert pl.read_parquet(io.BytesIO(data))["latitude"].dtype == pl.Float64
    assert pl.read_parquet(io.BytesIO(data))["time_first"].dtype == pl.Date


def test_countries_are_known_by_their_codes() -> None:
    assert [country("SRB", name) for name in ("iso2", "fips", "cow")] == ["RS", "RI", "345"]
    assert country("XKX", "cameo") == "KSV" and country(None, "fips") == ""
    assert country("PSE", "fips") == ""  # FIPS has two codes for it, so none is chosen
    assert len(codes()["us_states"]) == 51
