"""A user's files over the register: what they change, what they must not, and their faults."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dragoman.errors import ActorsError
from dragoman.register import Register, default_register
from dragoman.register.own.files import OwnActors, load_actors


def laid(folder: Path, *texts: str) -> OwnActors:
    paths = []
    for number, text in enumerate(texts):
        path = folder / f"own{number}.yaml"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return load_actors(paths, default_register())


def faults(folder: Path, *texts: str) -> list[tuple[int, str]]:
    with pytest.raises(ActorsError) as caught:
        laid(folder, *texts)
    return [(fault.line, fault.problem.code) for fault in caught.value.faults]


def holder(register: Register, office: str, of: str, day: str) -> list[str]:
    date = dt.date.fromisoformat(day)
    return [entry.name for entry in register.officeholders(office, of, date)]


def test_without_files_the_register_is_the_same() -> None:
    own = load_actors([], default_register())
    assert own.register is default_register()
    assert own.label == ""


def test_a_group_with_its_words(tmp_path: Path) -> None:
    own = laid(tmp_path, """
actors:
  group:river-guard:
    name: River Guard
    kind: armed group
    country: KEN
    sector: REB
    acronyms: [RVG]
    demonyms: [Riverguards]
""")  # fmt: skip
    text = "Riverguards of the RVG, that is River Guard."
    assert [match.aliases[0].entry for match in own.register.find(text)] == [
        "group:river-guard"
    ] * 3
    actor = own.register.actor("group:river-guard", None)
    assert (actor.country, actor.sector) == ("KEN", "REB")
    assert actor.provenance.endswith("own0.yaml, line 3")
    assert own.label.startswith("actors own0.yaml ")
    assert default_register().find(text) == []


def test_an_office_change_lets_the_predecessor_go(tmp_path: Path) -> None:
    before = holder(default_register(), "head_of_state", "FRA", "2026-11-01")
    own = laid(tmp_path, """
offices:
  - {person: Zoé Martel, gender: f, office: head_of_state, title: President, country: FRA,
     from: 2026-11-20}
""").register  # fmt: skip
    assert len(before) == 1
    assert holder(own, "head_of_state", "FRA", "2026-11-19") == before
    assert holder(own, "head_of_state", "FRA", "2026-11-20") == ["Zoé Martel"]
    assert holder(default_register(), "head_of_state", "FRA", "2026-11-20") == before
    (person,) = own.surname("Martel")
    assert own.actor(person.id, dt.date(2026, 11, 25)).office == "President of France"
    assert own.actor(person.id, dt.date(2026, 11, 25)).cameo == "FRAGOV"


def test_a_term_given_again_changes_the_one_before(tmp_path: Path) -> None:
    own = laid(tmp_path, """
offices:
  - {person: Olaf Scholz, office: head_of_government, title: Chancellor, country: DEU,
     from: 2021-12-08, to: 2025-05-05}
""").register  # fmt: skip
    scholz = own.entry("person:olaf-scholz")
    assert scholz is not None
    ends = [o.valid_to for o in scholz.offices if o.office == "head_of_government"]
    assert ends == ["2025-05-05"]


def test_replaces_ends_the_term_of_the_one_named(tmp_path: Path) -> None:
    own = laid(tmp_path, """
actors:
  group:river-guard: {name: River Guard, kind: armed group, country: KEN}
offices:
  - {person: Ole Njeru, office: leader, organisation: "group:river-guard", from: 2020}
  - {person: Abe Otieno, office: leader, organisation: "group:river-guard", from: 2024-03,
     replaces: Ole Njeru}
""").register  # fmt: skip
    assert holder(own, "leader", "group:river-guard", "2023-01-01") == ["Ole Njeru"]
    assert holder(own, "leader", "group:river-guard", "2024-05-01") == ["Abe Otieno"]


def test_aliases_labels_and_nobody(tmp_path: Path) -> None:
    own = laid(tmp_path, """
aliases:
  - {text: Kremlin, actor: "state:BLR", form: metonym, instead: true}
  - {text: Hamas, actor: "state:QAT", also: true}
labels:
  - {text: bandit statelet, actor: "state:QAT", category: crime}
nobody: [Iran Air Cup]
""").register  # fmt: skip
    meant = {m.aliases[0].text: {a.entry for a in m.aliases} for m in own.find(
        "The Kremlin, Hamas, the bandit statelet and the Iran Air Cup")}  # fmt: skip
    assert meant == {
        "Kremlin": {"state:BLR"},
        "Hamas": {"group:hamas", "state:QAT"},
        "bandit statelet": {"state:QAT"},
    }


def test_places_come_before_the_gazetteer(tmp_path: Path) -> None:
    own = laid(tmp_path, """
places:
  kilima: {name: Kilima Crossing, names: [Kilima X], feature: town, point: [-1.2, 37.4],
           country: KEN}
""").register  # fmt: skip
    (found,) = own.gazetteer.lookup("Kilima Crossing")
    assert (found.place.country, found.place.latitude) == ("KEN", -1.2)
    assert own.gazetteer.longest(["Kilima", "Crossing", "said"]) == 2
    assert default_register().gazetteer.lookup("Kilima Crossing") == ()


def test_the_later_file_has_the_last_word(tmp_path: Path) -> None:
    own = laid(
        tmp_path,
        "actors: {group:river-guard: {name: River Guard, kind: armed group, country: KEN}}",
        "actors: {group:river-guard: {name: River Guards, sector: PRM}}",
    )
    entry = own.register.entry("group:river-guard")
    assert entry is not None
    assert (entry.name, entry.sector, entry.country) == ("River Guards", "PRM", "KEN")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("actors: {group:a: {kind: party}}", [(1, "DR094")]),
        ("actors: {Group A: {name: A, kind: party}}", [(1, "DR096")]),
        ("actors:\n  group:a: {name: Aa, kind: club}", [(2, "DR097")]),
        ("actors:\n  group:a: {name: Aa, kind: party, country: XQX}", [(2, "DR097")]),
        ("actors:\n  group:a:\n    name: Aa\n    kind: party\n    colour: red", [(5, "DR095")]),
        ("groups: {}", [(1, "DR095")]),
        ("- a", [(1, "DR096")]),
        ("", [(1, "DR096")]),
        ("actors: [", [(2, "DR092")]),
        ("offices: {a: b}", [(1, "DR096")]),
        ("offices:\n  - {person: Ana, office: leader, from: 2020}", [(2, "DR094")]),
        ("offices:\n  - {person: Ana, office: leader, country: PRT}", [(2, "DR094")]),
        ("offices:\n  - {person: 'person:none', office: leader, country: PRT, from: 2020}",
         [(2, "DR097")]),
        ("offices:\n  - {person: Ana, office: leader, country: PRT, from: 20-1-1}",
         [(2, "DR096")]),
        ("offices:\n  - {person: Ana, office: leader, country: PRT, from: 2020, to: 2019}",
         [(2, "DR114")]),
        ("offices:\n  - {person: Ana, office: head_of_state, country: PRT, from: 2018, to: 2019}",
         [(2, "DR113")]),
        ("aliases:\n  - {text: Hamas, actor: 'state:PRT'}", [(2, "DR112")]),
        ("aliases:\n  - {text: Oh, actor: 'state:none'}", [(2, "DR097")]),
        ("labels:\n  - {text: bandits}", [(2, "DR094")]),
        ("places:\n  a: {name: A, feature: town, point: [100, 0]}", [(2, "DR096")]),
    ],
)  # fmt: skip
def test_faults_have_their_line(tmp_path: Path, text: str, told: list[tuple[int, str]]) -> None:
    assert faults(tmp_path, text) == told


def test_all_faults_of_all_files_at_once(tmp_path: Path) -> None:
    assert len(faults(tmp_path, "groups: {}", "- a")) == 2


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ActorsError, match="DR111"):
        load_actors([tmp_path / "none.yaml"], default_register())


def test_petrarch_dictionaries_are_told_apart(tmp_path: Path) -> None:
    actors, agents = tmp_path / "a.txt", tmp_path / "b.txt"
    actors.write_text("HILL_FOLK [HIL] ; a remark\n+HILLMEN\nNOBODYS\n+NONE_OF_US\n")
    agents.write_text("BEEKEEPER [~AGR]\nBROKEN\n")
    own = load_actors([actors, agents], default_register())
    assert [m.aliases[0].entry for m in own.register.find("Hill Folk and Hillmen")] == [
        "own:hill-folk"
    ] * 2
    role = own.register.role("beekeeper")
    assert role is not None and role.cameo == "~AGR"
    first, second = own.accounts
    assert [fault.line for fault in first.unused] == [3, 4]
    assert [(f.line, f.problem.code) for f in second.unused] == [(2, "DR118")]
    for account in own.accounts:
        told = len(account.unused) + len(account.partly)
        assert account.total == account.empty + account.used + told
