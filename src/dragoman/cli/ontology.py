"""``dragoman ontology``: look at an ontology of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import Model
from dragoman.cli.terminal import REJECTED, output, quiet_ends, say
from dragoman.errors import problem

if TYPE_CHECKING:
    from typing import TextIO

    from dragoman.ontologies.own.record import Ontology

ontology = typer.Typer(name="ontology", help="Check an ontology of your own.", no_args_is_help=True)


@ontology.callback()
def _group() -> None:
    """Keeps ``check`` a command of its own beside those to come."""


@ontology.command()
def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the ontology.")],
    lines: Annotated[
        bool, typer.Option("--lines", help="List the lines of dictionaries that are not used.")
    ] = False,
    model: Model = None,
) -> None:
    """Check the files of an ontology and read its examples.

    Exit code 0: all is well. 1: an example is read otherwise than it says. 2: the files have
    faults; each is told with its file and line.
    """
    with quiet_ends(), output(None) as file:
        from dragoman.ontologies.own.folder import load_ontology

        own = load_ontology(folder)
        _summary(own, file, lines)
        failed = _examples(own, file, model)
        if failed:
            file.flush()
            say(f"dragoman: {problem('DR102', count=failed, total=len(own.examples))}")
            raise typer.Exit(REJECTED)


def _summary(own: Ontology, file: TextIO, lines: bool) -> None:
    from dragoman.events.lexicon import lexicon
    from dragoman.export.wording import safe
    from dragoman.ontologies import plover

    shipped = {trigger.id: trigger for trigger in lexicon().triggers}
    held = {trigger.id: trigger for trigger in own.lexicon.triggers}
    added = held.keys() - shipped.keys()
    changed = [id for id in held.keys() & shipped.keys() if held[id] != shipped[id]]
    types = [name for name in own.plover.types if name not in plover().types]
    modes = [
        f"{name}/{mode}"
        for name, kind in own.plover.types.items()
        for mode in kind.modes
        if name not in plover().types or mode not in plover().types[name].modes
    ]
    file.write(f"{safe(own.label)}\n")
    file.write(f"new types: {safe(', '.join(types)) or 'none'}\n")
    file.write(f"new modes: {safe(', '.join(modes)) or 'none'}\n")
    file.write(
        f"triggers: {len(added)} added, {len(changed)} changed, "
        f"{len(shipped.keys() - held.keys())} switched off\n"
    )
    for account in own.accounts:
        file.write(f"{safe(str(account))}\n")
        for fault in (*account.unused, *account.partly) if lines else ():
            file.write(f"  {safe(str(fault))}\n")


def _examples(own: Ontology, file: TextIO, model: str | None) -> int:
    if not own.examples:
        file.write("examples: none\n")
        return 0
    from dragoman.cli.reading import load
    from dragoman.export.wording import safe
    from dragoman.ontologies.own.check import run_examples

    failed = 0
    for outcome in run_examples(own, load(model, own)):
        if not outcome.wrong:
            continue
        failed += 1
        example = outcome.example
        file.write(f"{safe(example.file)}, line {example.line}: “{safe(example.text)}”\n")
        for told in outcome.wrong:
            file.write(f"  {safe(told)}\n")
        for event in outcome.read or ("nothing",):
            file.write(f"  read instead: {safe(event)}\n")
    file.write(f"examples: {len(own.examples) - failed} of {len(own.examples)} read as they say\n")
    return failed
