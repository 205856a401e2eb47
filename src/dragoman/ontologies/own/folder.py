"""Reading an ontology folder: every file, every fault, one ontology.

``types.yaml``, ``contexts.yaml``, ``codes.yaml``, ``triggers*.yaml``, ``examples.yaml``;
``verbs/*.txt``, ``actors/*.txt`` and ``agents/*.txt`` are dictionaries in PETRARCH's formats.
"""

from __future__ import annotations

import hashlib
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from dragoman.errors import DragomanError, OntologyError, problem
from dragoman.events.lexicon import Trigger, compile_lexicon, lexicon
from dragoman.ontologies import Cameo, Plover, cameo, plover
from dragoman.ontologies.own.examples import Example, read_examples
from dragoman.ontologies.own.marks import Faults, entries
from dragoman.ontologies.own.record import Ontology
from dragoman.ontologies.own.triggers import Changes, read_triggers
from dragoman.ontologies.own.types import with_codes, with_types
from dragoman.ontologies.petrarch.lines import Account
from dragoman.ontologies.petrarch.overlay import ActorDictionaries
from dragoman.ontologies.petrarch.patterns import verb_triggers

PARTS: Final = (
    "types.yaml", "contexts.yaml", "codes.yaml", "triggers*.yaml", "examples.yaml",
    "verbs/*.txt", "actors/*.txt", "agents/*.txt",
)  # fmt: skip
_ALSO: Final = (".*", "*.md")  # what may lie beside them
_DIGITS: Final = 12


def load_ontology(folder: Path | str) -> Ontology:
    """The package's ontology with what the folder adds, overrides and switches off.

    Raises OntologyError, with every fault of the folder, where there is one; DragomanError where
    the folder is none or holds no part of an ontology.
    """
    path = Path(folder).absolute()
    files = _files(path)
    faults = Faults(path)
    kinds = _sorted_out(path, files, faults)
    types, codes = _types(path, files, faults)
    changes = _changes(kinds["triggers*.yaml"], faults, types, codes)
    examples = _examples(path, files, faults, types)
    accounts: list[Account] = []
    own = {**changes.triggers}
    for file in kinds["verbs/*.txt"]:
        made, account = verb_triggers(file, faults.name(file), types, codes)
        own.update({trigger.id: trigger for trigger in made if trigger.id not in own})
        accounts.append(account)
    actors = ActorDictionaries.read(
        [(file, faults.name(file)) for file in kinds["actors/*.txt"]],
        [(file, faults.name(file)) for file in kinds["agents/*.txt"]],
    )
    if faults.found:
        raise OntologyError(folder, tuple(sorted(faults.found, key=lambda f: (f.file, f.line))))
    return Ontology(
        plover=types,
        cameo=codes,
        lexicon=compile_lexicon(_merged(changes, own), own.keys()),
        name=path.name,
        digest=_digest(path, files),
        examples=examples,
        actors=actors if actors.accounts else None,
        accounts=(*accounts, *actors.accounts),
    )


def _merged(changes: Changes, own: dict[str, Trigger]) -> list[Trigger]:
    shipped = {trigger.id: trigger for trigger in lexicon().triggers}
    return Changes(own, changes.off).over(shipped)


def _files(path: Path) -> list[Path]:
    found = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else []
    names = [file.relative_to(path).as_posix() for file in found]
    if not any(fnmatchcase(name, part) for name in names for part in PARTS):
        raise DragomanError(problem("DR091", folder=path, known=", ".join(PARTS)))
    return found


def _sorted_out(path: Path, files: list[Path], faults: Faults) -> dict[str, list[Path]]:
    kinds: dict[str, list[Path]] = {part: [] for part in PARTS}
    for file in files:
        name = file.relative_to(path).as_posix()
        part = next((part for part in PARTS if fnmatchcase(name, part)), None)
        if part is not None:
            kinds[part].append(file)
        elif not any(fnmatchcase(file.name, also) for also in _ALSO):
            faults.add(file, 1, "", "DR093", name=name, known=", ".join(PARTS))
    return kinds


def _types(path: Path, files: list[Path], faults: Faults) -> tuple[Plover, Cameo]:
    rows = {}
    for name, what in (("types.yaml", "types"), ("codes.yaml", "codes")):
        file = path / name
        root = faults.read(file) if file in files else None
        rows[name] = list(entries(faults, file, root, what))
    known = {**cameo().codes, **{row.name: None for row in rows["codes.yaml"]}}
    types = with_types(rows["types.yaml"], _contexts(path, files, faults), plover(), known)
    return types, with_codes(rows["codes.yaml"], cameo(), types)


def _contexts(path: Path, files: list[Path], faults: Faults) -> dict[str, str]:
    file = path / "contexts.yaml"
    root = faults.read(file) if file in files else None
    if root is None:
        return {}
    plain = root.plain()
    if isinstance(plain, dict) and all(isinstance(gloss, str) for gloss in plain.values()):
        return plain
    faults.add(file, root.line, "", "DR096", field="the file", value=type(plain).__name__,
               wanted="a mapping of contexts to one sentence each")  # fmt: skip
    return {}


def _changes(files: list[Path], faults: Faults, types: Plover, codes: Cameo) -> Changes:
    changes = Changes()
    shipped = [trigger.id for trigger in lexicon().triggers]
    for file in files:
        read_triggers(faults, file, changes, types, codes, shipped)
    return changes


def _examples(path: Path, files: list[Path], faults: Faults, types: Plover) -> tuple[Example, ...]:
    file = path / "examples.yaml"
    return read_examples(faults, file, types) if file in files else ()


def _digest(path: Path, files: list[Path]) -> str:
    """The same for the same files, wherever the folder stands."""
    digest = hashlib.sha256()
    for file in files:
        if not any(fnmatchcase(file.name, also) for also in _ALSO):
            digest.update(f"{file.relative_to(path).as_posix()}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:_DIGITS]
