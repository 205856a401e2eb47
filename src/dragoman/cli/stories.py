"""``dragoman stories``: documents of an archive that carry one text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from dragoman.cli.asked import AsOf, Folder, Version
from dragoman.cli.query import Format
from dragoman.cli.rows import form_of, write
from dragoman.cli.terminal import quiet_ends, say

if TYPE_CHECKING:
    import pyarrow as pa

_SHOWN: Final = ["story", "published", "publisher", "document_id", "kind", "source", "share"]


def stories(
    archive: Folder,
    copies: Annotated[
        int, typer.Option(min=2, metavar="N", help="Only stories of so many documents or more.")
    ] = 2,
    format: Annotated[
        Format | None, typer.Option("--format", "-f", help="Default: by --output, else table.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file.")
    ] = None,
    version: Version = None,
    as_of: AsOf = None,
) -> None:
    """Which documents are copies of one text, whose it was first, who copied from whom.

    Exit code 0: done, also where there are no copies. 2: wrong use.
    """
    with quiet_ends():
        import pyarrow.compute as pc

        from dragoman.archive import Archive

        form = form_of(format, output)
        found = Archive(archive, version=version, as_of=as_of).stories()
        chosen = found.filter(pc.greater_equal(found["copies"], copies))
        write(chosen.select(_SHOWN) if form == "table" else chosen, form, output)
        say(_summary(found, chosen))


def _summary(found: pa.Table, chosen: pa.Table) -> str:
    metadata = {
        key.decode(): value.decode() for key, value in (found.schema.metadata or {}).items()
    }
    number = len(set(chosen["story"].to_pylist()))
    metadata = found.schema.metadata or {}
    among, short = (int(metadata[name]) for name in (b"dragoman.documents", b"dragoman.too_short"))
    noun = "story" if number == 1 else "stories"
    said = f"{number} {noun} of {chosen.num_rows} documents, among {among}"
    rest = f"; {short} of fewer than 24 words were not compared" if short else ""
    return f"{said}{rest}."
