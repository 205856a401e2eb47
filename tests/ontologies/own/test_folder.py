from __future__ import annotations

from pathlib import Path

import pytest

import dragoman
from dragoman.errors import DragomanError, OntologyError
from dragoman.events.lexicon import lexicon
from dragoman.ontologies import plover
from dragoman.ontologies.own.folder import load_ontology
from dragoman.pipeline import Reader

TYPES = """\
PROTEST:
  modes:
    occupy-campus: {gloss: Students hold rooms of a university., intensity: -6.5, cameo: "144"}
BALLOT:
  quad: 3
  intensity: -4
  gloss: Members of a union vote on a strike.
"""
TRIGGERS = """\
triggers:
  - id: protest.occupy-campus
    type: PROTEST
    mode: occupy-campus
    verbs: [occupy]
    object: [faculty, campus]
  - {id: ballot.vote, type: BALLOT, verbs: ["vote to strike"]}
off: ["protest.hunger", "aid.*"]
"""


def folder(tmp_path: Path, **files: str) -> Path:
    path = tmp_path / "campus"
    for name, text in files.items():
        file = path / f"{name.replace('__', '/')}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return path


def faults(path: Path) -> list[str]:
    with pytest.raises(OntologyError) as caught:
        load_ontology(path)
    return [str(fault) for fault in caught.value.faults]


def test_a_folder_adds_overrides_and_switches_off(tmp_path: Path) -> None:
    own = load_ontology(folder(tmp_path, types=TYPES, triggers=TRIGGERS))
    assert own.plover.intensity("PROTEST", "occupy-campus") == -6.5
    assert own.plover.modes("PROTEST")[:2] == plover().modes("PROTEST")[:2]
    assert own.plover.quad("BALLOT") == 3
    assert own.plover.to_cameo("BALLOT") == ""
    assert own.lexicon.trigger("protest.occupy-campus").cameo == "144"
    ids = {trigger.id for trigger in own.lexicon.triggers}
    assert "protest.hunger" not in ids
    assert not any(id.startswith("aid.") for id in ids)


def test_the_packages_own_stay_as_they_are(tmp_path: Path) -> None:
    load_ontology(folder(tmp_path, types=TYPES, triggers=TRIGGERS))
    assert "BALLOT" not in plover().types
    assert lexicon().trigger("protest.hunger")


def test_a_trigger_of_a_shipped_id_replaces_it(tmp_path: Path) -> None:
    row = "triggers:\n  - {id: protest.hunger, type: PROTEST, verbs: [starve]}\n"
    own = load_ontology(folder(tmp_path, triggers=row))
    assert own.lexicon.trigger("protest.hunger").verbs == ("starve",)


def test_own_triggers_lead_among_equals(tmp_path: Path) -> None:
    row = "triggers:\n  - {id: z, type: CONSULT, verbs: [bomb]}\n"
    own = load_ontology(folder(tmp_path, triggers=row))
    assert own.lexicon.verbs["bomb"][-1].trigger.id != "z"
    bare = [p for p in own.lexicon.verbs["bomb"] if p.words == ("bomb",)]
    plain = [p.trigger.id for p in bare if not p.trigger.constraints]
    assert plain[0] == "z"


def test_a_reading_goes_by_it_and_names_it(tmp_path: Path) -> None:
    path = folder(tmp_path, types=TYPES, triggers=TRIGGERS)
    text = "Greek students occupied the law faculty. Polish miners voted to strike."
    reading = dragoman.read(text, published="2025-03-03", ontology=path)
    assert {(e.type, e.mode) for e in reading.events} >= {
        ("PROTEST", "occupy-campus"),
        ("BALLOT", None),
    }
    ballot = next(e for e in reading.events if e.type == "BALLOT")
    assert (ballot.cameo, ballot.cameo_root, ballot.goldstein, ballot.quad) == ("", "", None, 3)
    assert reading.coder.endswith(f"ontology campus {load_ontology(path).digest}")
    assert not any(e.mode == "occupy-campus" for e in dragoman.read(text).events)


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = folder(tmp_path, types=TYPES, triggers=TRIGGERS)
    before = dragoman.read("Envoys met.", ontology=path).coder
    (path / "triggers.yaml").write_text(TRIGGERS.replace("campus]", "hall]"), encoding="utf-8")
    assert dragoman.read("Envoys met.", ontology=path).coder != before


def test_the_digest_is_the_contents(tmp_path: Path) -> None:
    one = load_ontology(folder(tmp_path / "a", types=TYPES))
    two = load_ontology(folder(tmp_path / "b", types=TYPES))
    assert one.digest == two.digest != load_ontology(folder(tmp_path, types=TYPES + "\n")).digest


def test_readings_of_own_types_pass_through_the_schema(tmp_path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    from dragoman.schema import from_tables, json_schema, reading_from_json, reading_to_json
    from dragoman.schema import to_tables as tables

    reader = Reader(ontology=folder(tmp_path, types=TYPES, triggers=TRIGGERS))
    reading = reader.read(dragoman.Document("d", "Polish miners voted to strike."))
    value = reading_to_json(reading)
    jsonschema.validate(value, json_schema())
    assert reading_from_json(value) == reading
    assert from_tables(tables([reading])) == [reading]


def test_every_fault_is_told_with_file_line_and_field(tmp_path: Path) -> None:
    told = faults(
        folder(
            tmp_path,
            types="PROTEST:\n  modes:\n    sit: {intensity: -60}\nNEW:\n  quad: 7\n  glos: x\n",
            triggers=(
                "triggers:\n  - id: a\n    type: PROTESTS\n    verbs: [Run]\n"
                "  - {id: b, type: AID, verbs: [run], bare: false}\n"
                "  - {id: b, type: AID, verbs: [run]}\n  - {id: b, type: AID, verbs: [go]}\n"
                "off: [aid.giv]\n"
            ),
            examples="- {txt: a}\n- text: b\n  expect: [{type: AIDE}]\n",
        )
    )
    wanted = [
        ("campus/examples.yaml, line 1:", "DR095", "'txt'"),
        ("campus/examples.yaml, line 1:", "DR094", "'text'"),
        ("campus/examples.yaml, line 3:", "DR097", "Did you mean AID"),
        ("campus/triggers.yaml, line 3: a:", "DR097", "Did you mean PROTEST"),
        ("campus/triggers.yaml, line 4: a:", "DR096", "'Run'"),
        ("campus/triggers.yaml, line 5: b:", "DR099", "no light verbs"),
        ("campus/triggers.yaml, line 7:", "DR098", "line 6"),
        ("campus/triggers.yaml, line 8:", "DR097", "aid.giv"),
        ("campus/types.yaml, line 3: PROTEST/sit:", "DR096", "-60"),
        ("campus/types.yaml, line 4: NEW:", "DR094", "'gloss'"),
        ("campus/types.yaml, line 5: NEW:", "DR096", "quad is 7"),
        ("campus/types.yaml, line 6: NEW:", "DR095", "'glos'"),
    ]
    for start, number, words in wanted:
        assert any(t.startswith(start) and number in t and words in t for t in told), (start, told)


@pytest.mark.parametrize(
    ("text", "line", "number"),
    [
        ("PROTEST: ]", 1, "DR092"),
        ("- a\n- b\n", 1, "DR096"),
        ("A: {quad: 1, intensity: 1, gloss: x, cameo: '999'}", 1, "DR097"),
        ("A: {quad: 1, intensity: 1, gloss: x}\nA: {gloss: y}\n", 2, "DR098"),
        ("A: {quad: true, intensity: yes, gloss: [x]}", 1, "DR096"),
        ("A: x", 1, "DR096"),
        ("A: {quad: 1, intensity: 1, gloss: x, modes: [b]}", 1, "DR096"),
        ("A: {quad: 1, intensity: 1, gloss: x, recipient: maybe}", 1, "DR096"),
    ],
)
def test_a_fault_of_types_is_told(tmp_path: Path, text: str, line: int, number: str) -> None:
    told = faults(folder(tmp_path, types=text))
    assert any(f"types.yaml, line {line}:" in row and number in row for row in told), told


def test_codes_of_ones_own_have_a_type(tmp_path: Path) -> None:
    codes = '"903": {name: Abandons ties, type: BALLOT, goldstein: -3}\n"010": {type: BALLOT}\n'
    own = load_ontology(folder(tmp_path, types=TYPES, codes=codes))
    assert own.cameo.to_plover("903").type == "BALLOT"
    assert (own.cameo.goldstein("903"), own.cameo.root("903")) == (-3, "90")
    assert own.cameo.to_plover("010").type == "BALLOT"
    assert own.cameo.name("010") != "010"


def test_contexts_of_ones_own(tmp_path: Path) -> None:
    trigger = "triggers:\n  - {id: a, type: AID, verbs: [tutor], contexts: [schools]}\n"
    path = folder(tmp_path, contexts="schools: Schools and teachers.\n", triggers=trigger)
    assert load_ontology(path).lexicon.trigger("a").contexts == ("schools",)


def test_a_misnamed_file_is_told(tmp_path: Path) -> None:
    told = faults(folder(tmp_path, types=TYPES, typs=TYPES))
    assert "DR093" in told[0]
    assert "typs.yaml" in told[0]


@pytest.mark.parametrize("name", ["nowhere", "."])
def test_a_folder_without_an_ontology_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(DragomanError, match="DR091"):
        load_ontology(tmp_path / name)


def test_a_recipient_may_stand_within_the_object(tmp_path: Path) -> None:
    row = (
        "triggers:\n  - id: support.hail\n    type: SUPPORT\n    verbs: [hail]\n"
        '    recipient: [object, "within:object"]\n'
    )
    path = folder(tmp_path, triggers=row)
    reading = dragoman.read("Chad hailed the resumption of ties with Niger.", ontology=path)
    assert [p.name for e in reading.events for p in e.recipients] == ["Niger"]
