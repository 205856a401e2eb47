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
    objects: frozenset[str] = frozenset()

    def takes(self, noun: str) -> bool:
        """Whether the noun can be what is said: any where the data names none."""
        return not self.objects or noun in self.objects

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
    noun_prepositions: dict[str, tuple[str, ...]]
    adjectives: dict[str, Cue]
    adverbs: dict[str, str]
    occasions: frozenset[str]
    papers: frozenset[str]
    telling: frozenset[str]
    days: frozenset[str]

    def verb(self, token: Token) -> Cue | None:
        """The cue a verb token is, None where it is none."""
        if token.pos not in ("VERB", "AUX"):
            return None
        # The small models' lemmatizer leaves some third persons as they stand: "hopes".
        bare = token.lower[:-1] if token.tag == "VBZ" else token.lemma
        return self.verbs.get(token.lemma) or self.verbs.get(bare)

    def circumstance(self, noun: Token) -> bool:
        """Whether the noun tells when or on what occasion something was said."""
        is_time = noun.lower in self.days or noun.tag == "CD"
        return is_time or noun.lemma in self.occasions or noun.lemma in self.papers


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
                frozenset(row.get("objects", ())),
            )
            for lemma, row in data["verbs"].items()
        },
        light_verbs=frozenset(data["light_verbs"]),
        light_nouns={
            lemma: Cue(lemma, row["act"], ("light",), row.get("addressee", "to"))
            for lemma, row in data["light_nouns"].items()
        },
        nouns=dict(data["nouns"]),
        noun_prepositions={n: tuple(words) for n, words in data["noun_prepositions"].items()},
        adjectives={
            lemma: Cue(lemma, row["act"], tuple(row["frames"]))
            for lemma, row in data["adjectives"].items()
        },
        adverbs=dict(data["adverbs"]),
        occasions=frozenset(data["occasions"]),
        papers=frozenset(data["papers"]),
        telling=frozenset(data["telling"]),
        days=frozenset(data["days"]),
    )
