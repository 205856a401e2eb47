"""The cue lexicon: which words attribute, what speech act they do, where their content stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dragoman.language.analysis import Token
from dragoman.language.lexicon import load_yaml


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb or phrase of attribution. ``frames`` and ``addressee`` are explained in the data."""

    lemma: str
    act: str
    frames: tuple[str, ...] = ("clause",)
    addressee: str = "to"
    passive_source: bool = False

    def prepositions(self) -> tuple[str, ...]:
        """The prepositions whose object can be the content."""
        return tuple(frame[2:] for frame in self.frames if frame.startswith("p:"))


@dataclass(frozen=True, slots=True)
class CueLexicon:
    """All cues by lemma."""

    verbs: dict[str, Cue]
    light_verbs: frozenset[str]
    light_nouns: dict[str, Cue]
    nouns: dict[str, str]
    adverbs: dict[str, str]
    occasions: frozenset[str]

    def verb(self, token: Token) -> Cue | None:
        """The cue a verb token is, None where it is none."""
        return self.verbs.get(token.lemma) if token.pos in ("VERB", "AUX") else None


@lru_cache(maxsize=1)
def cue_lexicon() -> CueLexicon:
    """The lexicon of ``data/cues.yaml``, read once a process."""
    data = load_yaml("dragoman.statements", "cues.yaml")
    return CueLexicon(
        verbs={
            lemma: Cue(
                lemma,
                row["act"],
                tuple(row["frames"]),
                row.get("addressee", "to"),
                row.get("passive_source", False),
            )
            for lemma, row in data["verbs"].items()
        },
        light_verbs=frozenset(data["light_verbs"]),
        light_nouns={
            lemma: Cue(lemma, row["act"], ("light",), row.get("addressee", "to"))
            for lemma, row in data["light_nouns"].items()
        },
        nouns=dict(data["nouns"]),
        adverbs=dict(data["adverbs"]),
        occasions=frozenset(data["occasions"]),
    )
