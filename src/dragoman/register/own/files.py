"""Files of own actors, laid over a register: every fault told at once, the shipped data untouched.

``.yaml`` and ``.yml`` files have the parts that ``parts`` names; any other is a dictionary in
PETRARCH's formats, of agents where its codes have a ``~``, else of actors.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dragoman.errors import ActorsError, Fault, problem
from dragoman.ontologies.own.marks import Faults
from dragoman.ontologies.petrarch.lines import Account
from dragoman.ontologies.petrarch.overlay import ActorDictionaries
from dragoman.register.lookup import Register
from dragoman.register.own.laying import lay_over
from dragoman.register.own.parts import Parts, read_parts

YAML: Final = (".yaml", ".yml")
_AGENTS = re.compile(r"^[^#\n]*\[(~\w+|\w+~)\]", re.M)
_DIGITS: Final = 12


@dataclass(frozen=True, eq=False, slots=True)
class OwnActors:
    """A register with the user's files over it.

    ``label`` names the files and the first digits of the SHA-256 of their bytes, for ``coder``;
    ``accounts`` says what became of the dictionaries' lines.
    """

    register: Register
    label: str
    accounts: tuple[Account, ...] = ()


class _Named(Faults):
    """Faults that call a file as the user did."""

    def __init__(self) -> None:
        super().__init__(Path())

    def name(self, path: Path) -> str:
        """The path as given."""
        return str(path)


def load_actors(files: Sequence[Path | str | os.PathLike[str]], register: Register) -> OwnActors:
    """The register with what the files add and change, the later file having the last word.

    Raises ActorsError, with every fault of all the files, where there is one; the register given
    stays as it is.
    """
    paths = [Path(file) for file in files]
    faults = _Named()
    parts, dictionaries = _sorted_out(paths, faults)
    words = ActorDictionaries.read(
        [(path, str(path)) for path, agents in dictionaries if not agents],
        [(path, str(path)) for path, agents in dictionaries if agents],
    )
    over = words.over(register) if dictionaries else register
    over = lay_over(over, parts, faults)
    raise_if(faults.found)
    return OwnActors(over, f"actors {_label(paths)}" if paths else "", words.accounts)


def raise_if(found: Iterable[Fault]) -> None:
    """Raise ActorsError with the faults, where there are any."""
    told = tuple(sorted(found, key=lambda fault: (fault.file, fault.line)))
    if told:
        raise ActorsError(told)


def _sorted_out(paths: Sequence[Path], faults: Faults) -> tuple[Parts, list[tuple[Path, bool]]]:
    parts = Parts()
    dictionaries: list[tuple[Path, bool]] = []
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            told = problem("DR111", why=error.strerror or type(error).__name__)
            faults.found.append(Fault(str(path), 1, "", told))
            continue
        if path.suffix.lower() in YAML:
            read_parts(path, faults, parts)
        else:
            dictionaries.append((path, bool(_AGENTS.search(text))))
    return parts, dictionaries


def _label(paths: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return f"{', '.join(path.name for path in paths)} {digest.hexdigest()[:_DIGITS]}"
