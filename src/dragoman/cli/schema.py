"""``dragoman schema``."""

from __future__ import annotations

from dragoman.cli.terminal import output, quiet_ends


def schema() -> None:
    """Print the JSON Schema (draft 2020-12) of the JSON that `read` writes."""
    with quiet_ends(), output(None) as file:
        from dragoman.schema.published import published

        file.write(published())
