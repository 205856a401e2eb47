"""Parquet: a row is a report; only the columns that are read are loaded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dragoman.errors import problem
from dragoman.ingest.documents import from_record, missing, names
from dragoman.ingest.items import Item, Options, Rejected
from dragoman.ingest.sources import Source

_ROWS_AT_A_TIME = 1024


def read(source: Source, options: Options) -> Iterator[Item]:
    """A document for each row; rows are numbered from 1."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with source.open() as file:
        try:
            table = pq.ParquetFile(file)
            columns = table.schema_arrow.names
            if trouble := missing(columns, options.fields):
                yield Rejected(source.name, trouble)
                return
            found = names(columns, options.fields)
            row = 0
            for batch in table.iter_batches(_ROWS_AT_A_TIME, columns=list(found.used())):
                for index in range(batch.num_rows):
                    row += 1
                    origin = f"{source.name}:{row}"
                    record = _record(batch, index)
                    if isinstance(record, str):
                        yield Rejected(origin, problem("DR011", why=record))
                    else:
                        yield from from_record(record, found, options, origin)
            if row == 0:
                yield Rejected(source.name, problem("DR026"))
        except (pa.ArrowException, OSError) as error:
            yield Rejected(source.name, problem("DR034", why=str(error).splitlines()[0]))


def _record(batch: Any, index: int) -> dict[str, object] | str:
    """A row; or in words why its characters cannot be made out."""
    try:
        values = {name: batch.column(name)[index].as_py() for name in batch.schema.names}
        return {
            name: value.decode("utf-8") if isinstance(value, bytes) else value
            for name, value in values.items()
        }
    except UnicodeDecodeError as error:
        return str(error)
