"""``dragoman serve``: an archive to look at in a browser."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from dragoman.cli.options import Model, Ontology
from dragoman.cli.terminal import quiet_ends, say


def serve(
    archive: Annotated[
        Path, typer.Option("--archive", metavar="DIR", help="The archive's folder.")
    ],
    host: Annotated[
        str, typer.Option(help="Where to stand. Other than this machine: with a token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8765,
    token: Annotated[
        str | None,
        typer.Option(help="Who does not know it sees nothing. Also DRAGOMAN_TOKEN."),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Another name that this machine is called by."),
    ] = None,
    new: Annotated[
        bool, typer.Option("--new", help="Make the archive if it is not there.")
    ] = False,
    open: Annotated[bool, typer.Option("--open", help="Open it in a browser.")] = False,
    model: Model = None,
    ontology: Ontology = None,
) -> None:
    """Show an archive in a browser: reports with who claims what, lists to narrow, sources.

    Nothing leaves this machine. Stop it with Ctrl-C. Exit code 2: wrong use.
    """  # fmt: skip
    with quiet_ends():
        from dragoman.web.serving import serve as run
        from dragoman.web.settings import Settings

        if new:
            from dragoman.archive.migrations import prepare

            prepare(archive)

        def reader() -> Any:
            from dragoman.cli.reading import load

            return load(model, ontology)

        settings = Settings(
            archive=archive,
            host=host,
            port=port,
            hosts=tuple(allow_host or ()),
            token=token or os.environ.get("DRAGOMAN_TOKEN") or None,
            reader=reader,
        )
        run(settings, lambda address: say(f"dragoman: {address} (Ctrl-C ends it)"),
            _opened if open else lambda _: None)  # fmt: skip


def _opened(address: str) -> None:
    import threading
    import webbrowser

    # A moment later: the server answers when this returns.
    threading.Timer(0.5, webbrowser.open, [address]).start()
