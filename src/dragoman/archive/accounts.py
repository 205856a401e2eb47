"""What an archive says of itself: what it holds, how it came to be."""

from __future__ import annotations

import pyarrow as pa

from dragoman.archive import Archive, delta
from dragoman.archive.layout import MOMENT, TABLES
from dragoman.archive.migrations import schema_of

_MANY_FILES = 200


def information(archive: Archive) -> list[tuple[str, str]]:
    """Names and values, in the order to be shown."""
    cited = archive.cite()
    found = archive.snapshot
    told = [
        ("archive", str(archive.path)),
        ("schema", schema_of(archive.path)),
        ("version", str(archive.version)),
        ("date", cited.at.isoformat(timespec="seconds") if cited.at else "none"),
        ("content hash", f"sha256:{cited.content_hash}"),
        ("coders", "; ".join(cited.coders) or "none"),
    ]
    for name in TABLES:
        rows = archive.sql(f"SELECT count(*) AS n FROM {name}", timeout=None)["n"][0].as_py()
        told.append((name, str(rows)))
    superseded = len(found.superseded("newest"))
    files = sum(map(len, found.files.values()))
    hint = " (worth a: dragoman archive compact)" if files > _MANY_FILES else ""
    told += [("superseded readings", str(superseded)), ("files", f"{files}{hint}")]
    runs = delta.rows(delta.open_table(archive.path / "runs")).to_pylist()
    ended = {row["run"] for row in runs if row["state"] == "finished"}
    begun = {row["run"] for row in runs}
    rejected = delta.rows(delta.open_table(archive.path / "rejected")).num_rows
    told.append(("runs", f"{len(begun)}, of which {len(begun - ended)} did not end or go on"))
    told.append(("rejections", str(rejected)))
    return told


def past(archive: Archive) -> pa.Table:
    """A row for each version up to this one: number, date, kind, run, coder, rows."""
    commits = archive.snapshot.commits
    columns = {
        "version": pa.array([one.version for one in commits], pa.int64()),
        "at": pa.array([one.at for one in commits], MOMENT),
        "kind": pa.array([one.kind for one in commits], pa.string()),
        "run": pa.array([one.run for one in commits], pa.string()),
        "coder": pa.array([one.coder for one in commits], pa.string()),
        "superseded": pa.array([len(one.supersedes) for one in commits], pa.int64()),
    }
    for place, name in enumerate(TABLES):
        columns[name] = pa.array([one.counts[place] for one in commits], pa.int64())
    return pa.table(columns)
