from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dragoman.archive import Archive, delta
from dragoman.archive.accounts import information, past
from dragoman.archive.compaction import compact
from dragoman.archive.layout import ROWS, TABLES
from dragoman.archive.migrations import migrate, schema_of
from dragoman.archive.snapshot import take
from dragoman.errors import DragomanError
from tests.archive.conftest import bring, documents


def code_of(error: pytest.ExceptionInfo[DragomanError]) -> str:
    return error.value.problem.code


def test_each_version_reads_as_it_was_after_compaction(folder: Path) -> None:
    changed = [dataclasses.replace(one, text=one.text + " More.") for one in documents(3)]
    bring(folder, changed)
    before = {
        (version, revisions): sorted(
            map(repr, Archive(folder, version=version, revisions=revisions).events().to_pylist())
        )
        for version in range(5)
        for revisions in ("newest", "all")
    }
    cited = [Archive(folder, version=version).cite() for version in range(5)]
    for _ in range(2):
        compact(folder, 0)
        for (version, revisions), rows in before.items():
            archive = Archive(folder, version=version, revisions=revisions)
            assert sorted(map(repr, archive.events().to_pylist())) == rows, (version, revisions)
        assert [Archive(folder, version=version).cite() for version in range(5)] == cited
    bring(folder, documents(12)[10:])
    compact(folder, 0)
    assert Archive(folder).documents().num_rows == 12
    assert Archive(folder, version=4).documents().num_rows == 10
    assert list(Archive(folder).verify()) == []


def test_an_open_archive_stays_what_it_was(folder: Path) -> None:
    archive = Archive(folder)
    archive.events()
    bring(folder, documents(20))
    compact(folder)
    assert archive.documents().num_rows == 10
    assert Archive(folder).documents().num_rows == 20


def test_as_of_a_date(folder: Path) -> None:
    commits = Archive(folder).snapshot.commits
    assert Archive(folder, as_of=commits[1].at).version == 2
    assert Archive(folder, as_of=commits[1].at.isoformat()).version == 2
    assert Archive(folder, as_of=dt.date(2999, 1, 1)).version == 3
    with pytest.raises(DragomanError) as error:
        Archive(folder, as_of="2001-01-01")
    assert code_of(error) == "DR203"
    for given, code in (({"version": 4}, "DR202"), ({"as_of": "soon"}, "DR212")):
        with pytest.raises(DragomanError) as error:
            Archive(folder, **given)
        assert code_of(error) == code
    with pytest.raises(DragomanError) as error:
        Archive(folder, version=1, as_of="2999-01-01")
    assert code_of(error) == "DR213"
    with pytest.raises(DragomanError) as error:
        Archive(folder.parent)
    assert code_of(error) == "DR200"


def test_a_citation_names_all_there_is_to_name(folder: Path) -> None:
    cited = Archive(folder).cite("Border talks")
    text = str(cited)
    day = cited.at.date().isoformat()
    for part in ("Border talks", "version 3", day, "10 documents", cited.content_hash, "0.1.0"):
        assert part in text


def test_history_and_information(folder: Path) -> None:
    rows = past(Archive(folder)).to_pylist()
    assert [(row["version"], row["kind"], row["documents"]) for row in rows] == [
        (1, "batch", 4),
        (2, "batch", 4),
        (3, "batch", 2),
    ]
    told = dict(information(Archive(folder, version=2)))
    assert (told["documents"], told["events"], told["version"]) == ("8", "16", "2")


def rewrite(folder: Path, name: str, change) -> None:  # type: ignore[no-untyped-def]
    """Do to the first file of a table what no program of ours does."""
    path = Path(take(folder).files[name][0].path)
    pq.write_table(change(pq.read_table(path)), path)


def replaced(table: pa.Table, column: str, value: object) -> pa.Table:
    place = table.column_names.index(column)
    rows = table[column].to_pylist()
    made = pa.array([value, *rows[1:]], table.schema.field(column).type)
    return table.set_column(place, table.schema.field(column), made)


ELSEWHERE = [{"start": 0, "end": 1, "quote": "#"}]


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        ("events", lambda t: replaced(t, "type", "AID"), "not what was committed"),
        ("events", lambda t: replaced(t, "trigger", ELSEWHERE), "is not its quote"),
        ("events", lambda t: replaced(t, "place", "m99"), "no mention is called m99"),
        ("events", lambda t: t.slice(1), "were committed"),
        ("events", lambda t: pa.concat_tables([t, t.slice(0, 1)]), "2 rows instead of one"),
        ("documents", lambda t: pa.concat_tables([t, t.slice(0, 1)]), "2 rows instead of one"),
        ("documents", lambda t: t.slice(1), "no document has this reading"),
        ("statements", lambda t: t.slice(1), "no statement is called"),
        ("documents", lambda t: replaced(t, "text", "Report 0. Other words."), "is not its quote"),
    ],
)  # fmt: skip
def test_verify_finds(folder: Path, name: str, change, told: str) -> None:  # type: ignore[no-untyped-def]
    assert list(Archive(folder).verify()) == []
    rewrite(folder, name, change)
    flaws = [str(flaw) for flaw in Archive(folder).verify()]
    assert any(told in flaw for flaw in flaws), flaws


def as_of_schema_1(folder: Path) -> None:
    """Make an archive as the program of schema 1 would have: events had no ``main``."""
    from dragoman.archive.migrations import _note

    for name in TABLES:
        found = take(folder).files[name]
        old = pa.schema([field for field in ROWS[name] if (name, field.name) != ("events", "main")])
        for file in found:
            table = pq.read_table(file.path).select(old.names)
            place = table.column_names.index("schema_version")
            version = pa.array(["1"] * table.num_rows)
            pq.write_table(table.set_column(place, "schema_version", version), file.path)
        if name == "events":
            from deltalake import DeltaTable

            path = folder / name
            for line in (path / "_delta_log").iterdir():
                line.unlink()
            table = DeltaTable.create(str(path), schema=old)
            actions = [delta.added(Path(file.path), 1) for file in found]
            table.create_write_transaction(actions, "append", old)
    _note(folder, "1", "as it was")


def test_migration_from_schema_1(folder: Path) -> None:
    cited = Archive(folder).cite()
    as_of_schema_1(folder)
    with pytest.raises(DragomanError) as error:
        Archive(folder)
    assert code_of(error) == "DR201"
    with pytest.raises(DragomanError) as error:
        bring(folder, documents(11))
    assert code_of(error) == "DR201"
    assert [(step.old, step.new) for step in migrate(folder)] == [("1", "2")]
    assert migrate(folder) == []
    assert schema_of(folder) == "2"
    archive = Archive(folder, version=3)
    assert archive.events()["main"].to_pylist() == [False] * 20
    assert archive.cite() == cited
    assert list(Archive(folder).verify()) == []
    assert len(list(archive.readings())) == 10
    bring(folder, documents(11))
    assert Archive(folder).events().num_rows == 22


def test_no_way_from_an_unknown_schema(folder: Path) -> None:
    from dragoman.archive.migrations import _note

    _note(folder, "99", "of the future")
    with pytest.raises(DragomanError) as error:
        migrate(folder)
    assert code_of(error) == "DR210"
