"""The trigger lexicon: which words open which event, and where its roles stand.

The entries are data (``data/triggers-*.yaml``); this module checks and indexes them. Fields of an
entry, beside ``id``, ``type``, ``mode``, ``contexts`` and ``cameo``:

``verbs``, ``nouns``
    Lemmas or phrases of lemmas, determiners left out. In a verb phrase each further word hangs on
    the verb or on the word before it ("open fire", "take to street", "call for"). In a noun phrase
    the words before the head stand right before it ("air strike"); after a preposition the words
    hang on ("exchange of prisoner").
``light``
    Support verbs that make noun and verb one trigger ("launch an attack on"); the roles are then
    the verb's. With ``bare: false`` the noun opens nothing without one.
``actor``, ``recipient``, ``noun_actor``, ``noun_recipient``
    Where the participants stand, best first: ``subject``; ``object`` (itself an actor, or an actor
    in it: "a Greek tanker"); ``dative``; ``prep:X`` (on the trigger, else on its object);
    ``poss:object`` ("violated Chad's airspace"); ``within:object`` (the first party that the
    object's phrase names); ``clause-subject`` (the subject of the complement);
    ``content-actor`` and ``content-recipient`` (whoever acts, whoever undergoes in the
    complement: "vowed to help Nepal"); for nouns also ``poss``, ``adjective`` and
    ``compound``. The passive exchanges subject and agent.
``object``, ``not_object``, ``subject``, ``not_subject``
    Lemmas of the head of the object (or of what the phrase's last preposition governs) and of the
    subject: one of them must, or must not, be there.
``prep``
    One of these prepositions must hang on the verb or its object.
``complement``, ``complement_words``, ``not_complement_words``
    The kind of clause that must follow (``infinitive``, ``that``, ``clause`` for either, ``other``
    for an infinitive with a subject of its own: "wants Mali to leave", ``none``), and lemmas of
    its verb or its verb's object of which one must, or none may, be there.
``reciprocal``, ``speech``, ``generic``
    Both sides act on each other; the trigger is a speech act; the noun names a standing situation.
``negated``
    Type and code that the trigger has when it is negated, where that is more than a status.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, Final, Literal, get_args

from dragoman.ontologies import DataError, cameo, plover
from dragoman.ontologies.files import package_folder, read_yaml

Complement = Literal["infinitive", "that", "clause", "none", "other"]

PREPOSITIONS: Final = frozenset(
    "about against at between by down for from in inside into of off on over to toward towards "
    "under upon with within".split()
)
PLACES: Final = frozenset(
    "subject object dative poss:object within:object clause-subject content-actor "
    "content-recipient poss adjective compound".split()
)
_NOUN_ACTOR: Final = ("prep:by", "poss", "adjective", "compound")
_NOUN_RECIPIENT: Final = ("prep:of", "prep:on", "prep:against")


@dataclass(frozen=True, slots=True)
class Negated:
    """What a negated trigger stands for."""

    type: str
    cameo: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """One entry of the lexicon; the module's docstring says what each field means."""

    id: str
    type: str
    cameo: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    bare: bool = True
    actor: tuple[str, ...] = ("subject",)
    recipient: tuple[str, ...] = ("object",)
    noun_actor: tuple[str, ...] = _NOUN_ACTOR
    noun_recipient: tuple[str, ...] = _NOUN_RECIPIENT
    reciprocal: bool = False
    subject: frozenset[str] = frozenset()
    not_subject: frozenset[str] = frozenset()
    object: frozenset[str] = frozenset()
    not_object: frozenset[str] = frozenset()
    prep: frozenset[str] = frozenset()
    complement: Complement | None = None
    complement_words: frozenset[str] = frozenset()
    not_complement_words: frozenset[str] = frozenset()
    negated: Negated | None = None
    speech: bool = False
    generic: bool = False

    @property
    def constraints(self) -> int:
        """How many conditions beside its words the entry sets; the more, the more specific."""
        clause = None if self.complement == "none" else self.complement
        return sum(map(bool, (self.subject, self.object, self.prep, clause, self.complement_words)))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A verb or noun phrase of an entry: its words, which of them is the head, whose it is."""

    words: tuple[str, ...]
    head: int
    trigger: Trigger


Index = Mapping[str, tuple[Phrase, ...]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All entries, with the verb and noun phrases by the lemma of their head."""

    triggers: tuple[Trigger, ...]
    verbs: Index
    nouns: Index

    def trigger(self, id: str) -> Trigger:
        """The entry of that id. Raises KeyError where there is none."""
        for trigger in self.triggers:
            if trigger.id == id:
                return trigger
        raise KeyError(f"no trigger has the id {id!r}")


def load(folder: Traversable) -> Lexicon:
    """The lexicon of a folder of ``triggers*.yaml`` files.

    Raises DataError that names file and entry.
    """
    triggers: dict[str, Trigger] = {}
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if not (path.name.startswith("triggers") and path.name.endswith(".yaml")):
            continue
        for row in read_yaml(path).get("triggers", ()):
            trigger = _trigger(path, row)
            if trigger.id in triggers:
                raise DataError(f"{path}: the id {trigger.id} stands twice; rename one.")
            triggers[trigger.id] = trigger
    if not triggers:
        raise DataError(f"{folder}: holds no file named triggers*.yaml with entries.")
    return compile_lexicon(triggers.values())


def compile_lexicon(triggers: Iterable[Trigger], first: Container[str] = ()) -> Lexicon:
    """The lexicon of these entries, indexed; of equals, those with an id in ``first`` lead."""
    entries = tuple(triggers)
    verbs: dict[str, list[Phrase]] = defaultdict(list)
    nouns: dict[str, list[Phrase]] = defaultdict(list)
    for trigger in entries:
        for text in trigger.verbs:
            for phrase in _phrases(text, trigger, noun=False):
                verbs[phrase.words[phrase.head]].append(phrase)
        for text in trigger.nouns:
            for phrase in _phrases(text, trigger, noun=True):
                nouns[phrase.words[phrase.head]].append(phrase)
    return Lexicon(entries, _index(verbs, first), _index(nouns, first))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon that the package brings, read once."""
    return load(package_folder("dragoman.events", "data"))


def _index(phrases: Mapping[str, list[Phrase]], first: Container[str]) -> Index:
    """Phrases by head, the most specific first: words and conditions count alike."""

    def rank(phrase: Phrase) -> tuple[int, int, bool, str]:
        words, id = len(phrase.words), phrase.trigger.id
        return (-phrase.trigger.constraints - words, -words, id not in first, id)

    return MappingProxyType(
        {head: tuple(sorted(found, key=rank)) for head, found in phrases.items()}
    )


def _phrases(text: str, trigger: Trigger, *, noun: bool) -> Iterable[Phrase]:
    """The phrase in every order that a parse may find it in."""
    words = tuple(text.split())
    if not noun:
        yield from (Phrase(order, 0, trigger) for order in _orders(words))
        return
    yield Phrase(words, _head(words), trigger)
    if "-" in text or "'" in text:
        parted = tuple(text.replace("-", " - ").replace("'", " '").split())
        yield Phrase(parted, _head(parted), trigger)


def _orders(words: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    """Orders in which each word hangs on the verb or on an earlier one.

    As written; with what stands before a noun after it ("put on alert high"); with "to" after its
    verb ("refuse accept to"); with a hyphened verb parted as tokenizers do ("fire test").
    """
    found = dict.fromkeys((words,))
    turned: list[str] = [words[0]]
    run: list[str] = []
    for word in (*words[1:], ""):
        if word in PREPOSITIONS or not word:
            turned += [*reversed(run), word] if word else reversed(run)
            run = []
        else:
            run.append(word)
    found[tuple(turned)] = None
    if "to" in words[1:-1]:
        at = words.index("to", 1)
        found[(*words[:at], words[at + 1], "to", *words[at + 2 :])] = None
    if "-" in words[0]:
        *before, verb = words[0].split("-")
        found[(verb, *before, *words[1:])] = None
    return found


def _head(words: tuple[str, ...]) -> int:
    """The head of a noun phrase: the last word before the first preposition."""
    for place, word in enumerate(words):
        if place and word in PREPOSITIONS and words[place - 1] != "-":
            return place - 1
    return len(words) - 1


FIELDS: Final = {field.name: field for field in fields(Trigger)}
SETS: Final = frozenset(
    "subject not_subject object not_object prep complement_words not_complement_words".split()
)
LISTS: Final = frozenset(
    ("contexts", "verbs", "nouns", "light", "actor", "recipient", "noun_actor", "noun_recipient")
)
FLAGS: Final = frozenset(("bare", "reciprocal", "speech", "generic"))


def _trigger(path: Traversable, row: Mapping[str, Any]) -> Trigger:
    where = f"{path}: {row.get('id', 'an entry without id')}"
    for name in ("id", "type", "cameo"):
        if not isinstance(row.get(name), str):
            raise DataError(f"{where}: lacks the field {name}, a word in quotes.")
    values: dict[str, Any] = {}
    for name, value in row.items():
        values[name] = _value(where, name, value)
    trigger = Trigger(**values)
    _check_ontology(where, trigger)
    _check_words(where, trigger)
    return trigger


def _value(where: str, name: str, value: Any) -> Any:
    if name not in FIELDS:
        raise DataError(f"{where}: no field is called {name!r}; there are {', '.join(FIELDS)}.")
    if name in SETS or name in LISTS:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise DataError(f"{where}: {name} is {value!r}, not a list of words in quotes.")
        return frozenset(value) if name in SETS else tuple(value)
    if name in FLAGS and not isinstance(value, bool):
        raise DataError(f"{where}: {name} is {value!r}, not true or false.")
    if name == "complement" and value not in get_args(Complement):
        raise DataError(f"{where}: complement is {value!r}, not of {get_args(Complement)}.")
    if name == "negated":
        return Negated(**value)
    return value


def _check_ontology(where: str, trigger: Trigger) -> None:
    try:
        plover().intensity(trigger.type, trigger.mode)
        cameo().code(trigger.cameo)
        if trigger.negated:
            plover().type(trigger.negated.type)
            cameo().code(trigger.negated.cameo)
    except KeyError as error:
        raise DataError(f"{where}: {error.args[0]}.") from error
    unknown = set(trigger.contexts) - plover().contexts.keys()
    if unknown:
        raise DataError(f"{where}: no PLOVER context is called {sorted(unknown)}.")


def _check_words(where: str, trigger: Trigger) -> None:
    if not trigger.verbs and not trigger.nouns:
        raise DataError(f"{where}: has neither verbs nor nouns.")
    if not trigger.bare and not trigger.light:
        raise DataError(f"{where}: is not bare and has no light verbs, so it can never fire.")
    for text in (*trigger.verbs, *trigger.nouns, *trigger.light):
        if text != " ".join(text.lower().split()) or not text:
            raise DataError(f"{where}: {text!r} is not in lower case with single spaces.")
    roles = trigger.actor + trigger.recipient + trigger.noun_actor + trigger.noun_recipient
    for place in roles:
        if place not in PLACES and not place.startswith("prep:"):
            raise DataError(f"{where}: no role stands at {place!r}; see dragoman.events.lexicon.")
