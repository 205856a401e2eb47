"""``dragoman watch``: the options, and nothing that is slow to load."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import AnyLanguage, Model, Ontology, TimeLimit, TimeZone, Workers
from dragoman.cli.terminal import REJECTED, quiet_ends, zone
from dragoman.errors import DragomanError, problem


def watch(
    addresses: Annotated[
        list[str], typer.Argument(metavar="URL...", help="Feeds, or pages of articles.")
    ],
    archive: Annotated[
        Path, typer.Option("--archive", metavar="DIR", help="The archive; made if not there.")
    ],
    once: Annotated[bool, typer.Option("--once", help="Ask each address once, and end.")] = False,
    every: Annotated[
        float | None,
        typer.Option(min=1, metavar="SECONDS", help="From one round to the next. Default: 900."),
    ] = None,
    state: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What is remembered. Default: DIR/watch.json."),
    ] = None,
    most: Annotated[
        int, typer.Option(min=1, help="Articles asked for of a feed in a round; the rest later.")
    ] = 100,
    batch: Annotated[
        int, typer.Option(min=1, help="Documents that become visible at a time.")
    ] = 20,
    timeout: Annotated[
        float, typer.Option(min=0.1, metavar="SECONDS", help="For an address, redirects included.")
    ] = 10.0,
    pause: Annotated[
        float, typer.Option(min=0, metavar="SECONDS", help="Between two requests to a host.")
    ] = 1.0,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Ask private and loopback addresses, too.")
    ] = False,
    env_proxy: Annotated[
        bool, typer.Option("--env-proxy", help="Go through the proxy that the environment names.")
    ] = False,
    publisher: Annotated[str | None, typer.Option(help="Publisher where none is stated.")] = None,
    time_zone: TimeZone = None,
    any_language: AnyLanguage = False,
    model: Model = None,
    ontology: Ontology = None,
    workers: Workers = None,
    time_limit: TimeLimit = None,
) -> None:
    """Poll feeds and pages into an archive: what is new, and what has changed.

    Ctrl-C or SIGTERM ends it; what was committed is kept. Exit code 0: all is in the archive. 1:
    something was refused or rejected, as told on standard error and in the archive's table of
    rejections. 2: wrong use. 130, 143: it was ended.
    """
    with quiet_ends():
        from dragoman.cli.watching import Watch
        from dragoman.cli.workers import Engine
        from dragoman.engines import Setup
        from dragoman.ingest import Options
        from dragoman.watching.client import Limits

        if once and every is not None:
            raise DragomanError(problem("DR188", option="--once", other="--every"))
        options = Options(publisher=publisher, any_language=any_language, zone=zone(time_zone))
        watching = Watch(
            archive,
            options,
            every=None if once else every or 900.0,
            state=state,
            most=most,
            commit=batch,
            limits=Limits(seconds=timeout, pause=pause),
            allow_private=allow_private,
            env_proxy=env_proxy,
        )
        if watching.run(addresses, Engine(workers, time_limit), Setup(model, ontology)):
            raise typer.Exit(REJECTED)
