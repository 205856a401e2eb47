from __future__ import annotations

import dataclasses
from collections import Counter
from pathlib import Path

import pytest

from dragoman.events.lexicon import Trigger, compile_lexicon, lexicon, load
from dragoman.ontologies import DataError, cameo, plover

ENTRIES = lexicon().triggers


def test_the_lexicon_is_large_enough_and_covers_every_type() -> None:
    assert len(ENTRIES) >= 350
    assert len({text for entry in ENTRIES for text in (*entry.verbs, *entry.nouns)}) >= 1200
    counts = Counter(entry.type for entry in ENTRIES)
    assert set(counts) == set(plover().types)
    assert min(counts.values()) >= 10


def test_type_and_code_agree_through_the_map() -> None:
    foreign = [e.id for e in ENTRIES if cameo().to_plover(e.cameo).type != e.type]
    assert all(id.startswith("retreat.resign") for id in foreign)
    assert len(foreign) / len(ENTRIES) <= 0.03


def test_an_entry_is_named_after_its_type() -> None:
    assert [e.id for e in ENTRIES if not e.id.startswith(f"{e.type.lower()}.")] == []


def test_every_mode_of_every_type_has_a_trigger() -> None:
    used = {(entry.type, entry.mode) for entry in ENTRIES}
    absent = {(t, m) for t in plover().types for m in plover().modes(t)} - used
    assert absent == set()


def test_no_condition_names_a_country_or_people() -> None:
    """The lists of subjects and objects must treat all sides alike."""
    named = {"russia", "ukraine", "israel", "iran", "china", "american", "kurd", "muslim", "jew"}
    for entry in ENTRIES:
        words = entry.subject | entry.not_subject | entry.object | entry.not_object
        assert not words & named, entry.id


def test_phrases_are_found_by_their_head() -> None:
    found = {phrase.trigger.id for phrase in lexicon().verbs["open"]}
    assert "assault.open-fire" in found
    nouns = {phrase.trigger.id for phrase in lexicon().nouns["strike"]}
    assert {"assault.drone", "protest.hunger", "assault.strike-bare"} <= nouns
    exchange = [p for p in lexicon().nouns["exchange"] if p.words[-1] == "prisoner"]
    assert exchange[0].trigger.type == "RETREAT"
    assert exchange[0].head == 0


def test_the_more_specific_phrase_comes_first() -> None:
    entries = (
        Trigger(id="assault.a", type="ASSAULT", cameo="190", verbs=("fire",)),
        Trigger(
            id="assault.b",
            type="ASSAULT",
            cameo="194",
            verbs=("fire",),
            object=frozenset(("rocket",)),
        ),
        Trigger(id="assault.c", type="ASSAULT", cameo="193", verbs=("fire in air",)),
    )
    order = [phrase.trigger.id for phrase in compile_lexicon(entries).verbs["fire"]]
    assert order[0] == "assault.c"
    assert order.index("assault.b") < order.index("assault.a")


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("put on high alert", ("put", "on", "alert", "high")),
        ("refuse to accept", ("refuse", "accept", "to")),
        ("test-fire", ("fire", "test")),
    ],
)
def test_a_verb_phrase_is_indexed_in_the_orders_of_the_parse(
    text: str, order: tuple[str, ...]
) -> None:
    entry = Trigger(id="assault.x", type="ASSAULT", cameo="190", verbs=(text,))
    index = compile_lexicon((entry,)).verbs
    assert order in [phrase.words for phrase in index[order[0]]]


def test_a_hyphened_noun_is_also_indexed_as_tokenizers_part_it() -> None:
    entry = Trigger(id="retreat.x", type="RETREAT", cameo="0871", nouns=("cease-fire",))
    index = compile_lexicon((entry,)).nouns
    assert index["cease-fire"][0].words == ("cease-fire",)
    assert index["fire"][0].words == ("cease", "-", "fire")
    assert index["fire"][0].head == 2


def test_speech_acts_are_marked() -> None:
    for id in ("accuse.accuse", "request.demand", "threaten.threaten", "reject.reject"):
        assert lexicon().trigger(id).speech


def test_entries_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        ENTRIES[0].type = "AID"  # type: ignore[misc]


def test_an_unknown_id_is_told() -> None:
    with pytest.raises(KeyError, match=r"nothing\.here"):
        lexicon().trigger("nothing.here")


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("{id: a.b, type: WALTZ, cameo: '190', verbs: [dance]}", "WALTZ"),
        ("{id: a.b, type: ASSAULT, mode: waltz, cameo: '190', verbs: [dance]}", "waltz"),
        ("{id: a.b, type: ASSAULT, cameo: '999', verbs: [dance]}", "999"),
        ("{id: a.b, type: ASSAULT, cameo: '190'}", "neither verbs nor nouns"),
        ("{id: a.b, type: ASSAULT, verbs: [dance]}", "cameo"),
        ("{id: a.b, type: ASSAULT, cameo: '190', verbs: [dance], tempo: fast}", "tempo"),
        ("{id: a.b, type: ASSAULT, cameo: '190', verbs: [dance], prep: [on]}", "prep"),
        ("{id: a.b, type: ASSAULT, cameo: '190', verbs: [dance], actor: [chair]}", "chair"),
        ("{id: a.b, type: ASSAULT, cameo: '190', verbs: [Dance]}", "lower case"),
        ("{id: a.b, type: ASSAULT, cameo: '190', verbs: [dance], speech: loud}", "loud"),
        ("{id: a.b, type: ASSAULT, cameo: '190', verbs: [dance], complement: yes}", "complement"),
        ("{id: a.b, type: ASSAULT, cameo: '190', nouns: [ball], bare: false}", "never fire"),
        ("{id: a.b, type: ASSAULT, cameo: '190', verbs: [dance], contexts: [balls]}", "balls"),
    ],
)
def test_a_broken_entry_is_told_with_file_and_id(tmp_path: Path, entry: str, told: str) -> None:
    (tmp_path / "triggers-test.yaml").write_text(f"triggers:\n  - {entry}\n")
    with pytest.raises(DataError, match=r"triggers-test\.yaml: a\.b") as error:
        load(tmp_path)
    assert told in str(error.value)


def test_an_id_may_stand_but_once(tmp_path: Path) -> None:
    entry = "  - {id: a.b, type: ASSAULT, cameo: '190', verbs: [dance]}\n"
    (tmp_path / "triggers-a.yaml").write_text("triggers:\n" + entry)
    (tmp_path / "triggers-b.yaml").write_text("triggers:\n" + entry)
    with pytest.raises(DataError, match=r"triggers-b\.yaml: the id a\.b stands twice"):
        load(tmp_path)


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no file named"):
        load(tmp_path)
