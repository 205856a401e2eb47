from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from typing import Any

import pytest

from dragoman.archive import Archive
from dragoman.errors import DragomanError
from tests.archive.conftest import bring, documents


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    path = tmp_path_factory.mktemp("query") / "archive"
    bring(path, documents(6))
    return Archive(path)


# Of each document: Peru and Chile met in Lima on 2024-03-04 (own voice, CONSULT, reciprocal), and
# soldiers fired (ASSAULT), on Ana Rojas's word as a clerk passes it on, undated.
@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 12),
        ({"actor": "state:PER"}, 6),
        ({"actor": "peru"}, 6),
        ({"actor": "Soldiers"}, 6),
        ({"actor": "soldiers", "side": "recipient"}, 0),
        ({"actor": "state:PER", "side": "initiator"}, 6),
        ({"actor": "state:PER", "side": "recipient"}, 6),  # they met one another
        ({"actor": "nobody"}, 0),
        ({"type": "assault"}, 6),
        ({"type": "CONSULT", "mode": "visit"}, 6),
        ({"mode": "aerial"}, 0),
        ({"status": "asserted"}, 12),
        ({"status": "denied"}, 0),
        ({"source": "Ana Rojas"}, 6),
        ({"source": "a clerk"}, 6),
        ({"source": "report:ana-rojas"}, 6),
        ({"own_voice": True}, 6),
        ({"first": dt.date(2024, 3, 4), "last": dt.date(2024, 3, 4)}, 0),
        ({"place": "lima"}, 6),
        ({"country": "per"}, 6),
        ({"country": "CHL"}, 0),
        ({"publisher": "wire"}, 6),
        ({"text": "REPORT 3."}, 2),
        ({"limit": 5}, 5),
        ({"publisher": "Post", "type": "ASSAULT", "source": "Ana Rojas"}, 3),
    ],
)
def test_filters_of_events(archive: Archive, asked: dict[str, Any], count: int) -> None:
    assert archive.events(**asked).num_rows == count


def test_dates_of_events_and_of_publication(archive: Archive) -> None:
    day = dt.date(2024, 3, 10)
    both = archive.events(first=day, last=day, dates="publication")
    assert both["document_id"].to_pylist() == ["d1", "d1"]
    # Neither event has bounds of its own here: the day of publication stands for them.
    assert archive.events(first=day, last=day).num_rows == 2


def test_order(archive: Archive) -> None:
    assert archive.events(order="-date", limit=1)["document_id"].to_pylist() == ["d5"]
    assert archive.events(order="type", limit=1)["type"].to_pylist() == ["ASSAULT"]
    with pytest.raises(DragomanError, match="DR212"):
        archive.events(order="beauty")
    with pytest.raises(DragomanError, match="DR212"):
        archive.documents(order="confidence")


def test_claims_come_with_whose_they_are(archive: Archive) -> None:
    told = archive.events(type="ASSAULT")
    assert set(told["on_whose_word"].to_pylist()) == {"Ana Rojas ← A clerk ← the report"}
    assert set(told["own_voice"].to_pylist()) == {False}
    said = archive.statements(source="ana rojas")
    assert set(said["on_whose_word"].to_pylist()) == {"A clerk ← the report"}


def test_statements_mentions_and_documents(archive: Archive) -> None:
    assert archive.statements().num_rows == 12
    assert archive.statements(type="claim", own_voice=True).num_rows == 0
    assert archive.mentions(actor="Peru").num_rows == 6
    assert archive.mentions(type="place", country="PER").num_rows == 6
    assert archive.documents(publisher="Post").num_rows == 3


def test_quotes_do_not_get_out_of_a_filter(archive: Archive) -> None:
    for value in ("'; DROP TABLE documents; --", "x' OR '1'='1", '"', "\\", "%"):
        for name in ("actor", "type", "source", "place", "country", "publisher", "text"):
            assert archive.events(**{name: value}).num_rows == 0


def test_search(archive: Archive) -> None:
    found = archive.search("Soldiers  fired").to_pylist()
    assert len(found) == 18  # in the text, in Ana Rojas's statement, in the clerk's
    texts = {row["id"]: row["text"] for row in archive.documents().to_pylist()}
    for row in found:
        assert texts[row["document_id"]][row["start"] : row["end"]] == row["quote"]
    whose = {row["on_whose_word"] for row in found if row["said_by"] == "Ana Rojas"}
    assert whose == {"A clerk ← the report"}
    assert archive.search("soldier").num_rows == 0
    assert archive.search("Lima", limit=2).num_rows == 2
    assert archive.search("  ").num_rows == 0


def test_frames_of_pandas_and_polars(archive: Archive) -> None:
    import polars

    rows = archive.events(type="CONSULT")
    assert list(rows.to_pandas()["type"]) == ["CONSULT"] * 6
    frame = polars.from_arrow(rows)
    assert isinstance(frame, polars.DataFrame)
    assert frame["initiators"].to_list() == [["state:PER"]] * 6


def test_sql_reads_the_tables(archive: Archive) -> None:
    rows = archive.sql(
        "WITH w AS (SELECT publisher, count(*) AS n FROM events JOIN documents USING (reading, "
        "publisher) GROUP BY publisher) -- a comment\nSELECT * FROM w ORDER BY publisher"
    )
    assert rows.to_pylist() == [{"publisher": "Post", "n": 6}, {"publisher": "Wire", "n": 6}]
    assert archive.sql("FROM statements SELECT count(*) AS n").to_pylist() == [{"n": 12}]


HOSTILE = {
    "a file": ("SELECT * FROM read_csv('/etc/passwd')", "DR206"),
    "a file by its name": ("SELECT * FROM '/etc/passwd'", "DR206"),
    "a text file": ("SELECT * FROM read_text('/etc/hosts')", "DR206"),
    "bytes": ("SELECT * FROM read_blob('/etc/hosts')", "DR206"),
    "names of files": ("SELECT * FROM glob('/etc/*')", "DR206"),
    "another archive's file": ("SELECT * FROM read_parquet('/tmp/*.parquet')", "DR206"),
    "the network": ("SELECT * FROM read_csv('https://example.org/x.csv')", "DR206"),
    "the environment": ("SELECT getenv('HOME')", "DR206"),
    "a variable of Python": ("SELECT * FROM HOSTILE", "DR206"),
    "write": ("COPY events TO '/tmp/dragoman-hostile.csv'", "DR204"),
    "write, hidden": (
        "SELECT * FROM query('COPY events TO ''/tmp/dragoman-hostile.csv''')",
        "DR206",
    ),
    "attach": ("ATTACH '/tmp/dragoman-hostile.db'", "DR204"),
    "install": ("INSTALL httpfs", "DR204"),
    "load": ("LOAD httpfs", "DR204"),
    "set": ("SET enable_external_access = true", "DR204"),
    "set, commented": ("/* SELECT */ SET lock_configuration = false", "DR204"),
    "pragma": ("PRAGMA database_list", "DR204"),
    "pragma taken for a select": ("PRAGMA version", "DR204"),
    "two": ("SELECT 1; SELECT 2", "DR204"),
    "second one hostile": ("SELECT 1; DROP VIEW events", "DR204"),
    "drop": ("DROP VIEW events", "DR204"),
    "create": ("CREATE TABLE t AS SELECT 1", "DR204"),
    "delete": ("DELETE FROM events", "DR204"),
    "nothing": ("", "DR204"),
    "brackets": ("SELECT " + "(" * 5000 + "1" + ")" * 5000, "DR204"),
    "long": ("SELECT " + "+".join("1" * 15000), "DR204"),
    "deep": ("SELECT " + "NOT " * 3000 + "true", "DR206"),
    "no SQL": ("SELECT FROM WHERE", "DR206"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_sql(archive: Archive, name: str) -> None:
    sql, code = HOSTILE[name]
    with pytest.raises(DragomanError) as error:
        archive.sql(sql)
    assert error.value.problem.code == code
    assert not Path("/tmp/dragoman-hostile.csv").exists()
    assert archive.events().num_rows == 12


ENDLESS = {
    "cross join": "SELECT count(*) FROM range(1000000000) a, range(1000000000) b",
    "recursion": "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t) "
    "SELECT max(n) FROM t",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_endless_sql_is_stopped(archive: Archive, name: str) -> None:
    with pytest.raises(DragomanError, match="DR205"):
        archive.sql(ENDLESS[name], timeout=0.3)
    assert archive.events().num_rows == 12


def test_sql_that_heeds_no_interrupt_is_ended_apart(archive: Archive) -> None:
    began = time.monotonic()
    with pytest.raises(DragomanError) as error:
        archive.sql(
            "SELECT length(repeat('x', 3000000000)), length(repeat('y', 3000000000))",
            timeout=0.3,
            apart=True,
        )
    assert error.value.problem.code in ("DR205", "DR206")
    assert time.monotonic() - began < 60
    with pytest.raises(DragomanError, match="DR206"):
        archive.sql("SELECT * FROM read_csv('/etc/passwd')", apart=True)
    rows = archive.sql("SELECT count(*) AS n FROM events", timeout=30, apart=True)
    assert rows.to_pylist() == [{"n": 12}]


def test_sql_cannot_write_to_the_archive(archive: Archive) -> None:
    path = archive.snapshot.files["events"][0].path
    before = Path(path).read_bytes()
    for sql in (f"COPY (SELECT 1) TO '{path}'", f"EXPORT DATABASE '{archive.path}'"):
        with pytest.raises(DragomanError, match="DR204"):
            archive.sql(sql)
    assert Path(path).read_bytes() == before


def test_an_empty_archive_can_be_asked(tmp_path: Path) -> None:
    bring(tmp_path / "a", [])
    empty = Archive(tmp_path / "a")
    assert empty.version == 0
    assert empty.events(actor="Peru", text="x").num_rows == 0
    assert empty.search("x").num_rows == 0
    assert "no date" in str(empty.cite())
    assert list(empty.verify()) == []
