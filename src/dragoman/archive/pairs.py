"""How often each pair of parties has an event: counted once a compaction, kept beside the tables.

A file of counts is of one version, which its name tells, and is read only at versions that show
the same rows: any batch or migration since, and it is not. Then the events are counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import duckdb
import pyarrow.parquet as pq

from dragoman.archive.counts import FOLDER, files
from dragoman.archive.layout import token
from dragoman.archive.snapshot import Revisions, Snapshot

VIEW: Final = "pair_counts"
_KIND: Final = "pairs"
COUNT: Final = (
    "SELECT initiator, recipient, count(*) AS n, count(*) FILTER (own_voice) AS in_own_voice "
    "FROM events GROUP BY initiator, recipient"
)
"""The rows of the view, from the events. ``in_own_voice`` counts what publishers say themselves."""


def kept(found: Snapshot, revisions: Revisions = "newest") -> Path | None:
    """The file of counts that holds for this version, if there is one."""
    if revisions != "newest":
        return None
    changed = max((one.version for one in found.commits if one.kind != "compaction"), default=0)
    held = files(found.folder, _KIND)
    fitting = [version for version in held if changed <= version <= found.version]
    return held[max(fitting)] if fitting else None


def write(found: Snapshot, connection: duckdb.DuckDBPyConnection) -> Path | None:
    """Count the pairs of the version that the connection shows; the new file, if one was needed."""
    if kept(found) is not None:
        return None
    # The frequent first: who asks for those reads one row group.
    sql = f"{COUNT} ORDER BY n DESC, initiator, recipient"
    counted = connection.execute(sql).to_arrow_table()
    folder = found.folder / FOLDER
    folder.mkdir(exist_ok=True)
    target = folder / f"{_KIND}-{found.version}-{token()}.parquet"
    partial = target.with_suffix(".partial")
    pq.write_table(counted, partial, compression="zstd", row_group_size=122_880)
    partial.replace(target)
    return target


def flaws(connection: duckdb.DuckDBPyConnection, path: Path) -> Iterator[str]:
    """Where counts differ from those of the events that the connection shows: the first few."""
    held = pq.read_table(path)
    connection.register("_held", held)
    columns = "initiator, recipient, n, in_own_voice"
    wrong = (
        f"(SELECT {columns} FROM ({COUNT}) EXCEPT ALL SELECT {columns} FROM _held) "
        f"UNION ALL (SELECT {columns} FROM _held EXCEPT ALL SELECT {columns} FROM ({COUNT}))"
    )
    sql = f"SELECT DISTINCT initiator, recipient FROM ({wrong}) ORDER BY ALL LIMIT 5"
    try:
        for initiator, recipient in connection.execute(sql).fetchall():
            yield f"{initiator} and {recipient}: not as many as there are events"
    finally:
        connection.unregister("_held")
