"""What a reading goes by: types, codes, triggers, and what a user's folder adds to the register."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dragoman.events.lexicon import Lexicon, lexicon
from dragoman.ontologies import Cameo, Plover, cameo, plover
from dragoman.ontologies.own.examples import Example
from dragoman.ontologies.petrarch.lines import Account
from dragoman.ontologies.petrarch.overlay import ActorDictionaries
from dragoman.register import Register


@dataclass(frozen=True, eq=False, slots=True)
class Ontology:
    """An ontology with its triggers, passed along to whatever codes events.

    ``name`` and ``digest`` (the first twelve hex digits of SHA-256 over the folder's files) name
    one of a user's own; both are empty for the package's. ``actors`` is what its dictionaries say
    of actors, ``accounts`` what became of the dictionaries' lines.
    """

    plover: Plover
    cameo: Cameo
    lexicon: Lexicon
    name: str = ""
    digest: str = ""
    examples: tuple[Example, ...] = ()
    actors: ActorDictionaries | None = None
    accounts: tuple[Account, ...] = ()

    @property
    def label(self) -> str:
        """How a reading names it in ``coder``; empty for the package's own."""
        return f"ontology {self.name} {self.digest}" if self.name else ""

    def over(self, register: Register) -> Register:
        """The register with the actors and roles of the folder's dictionaries."""
        return self.actors.over(register) if self.actors is not None else register


@lru_cache(maxsize=1)
def default_ontology() -> Ontology:
    """PLOVER and CAMEO with the triggers that the package brings, read once."""
    return Ontology(plover(), cameo(), lexicon())
