"""The register's data are sound, and the check that says so notices when they are not."""

from __future__ import annotations

import dataclasses
from collections import Counter

import pytest

from dragoman.register import Alias, Entry, Office, Register, default_register
from dragoman.register.check import check
from dragoman.register.loader import Content, load, organisation_files, read_rows, read_yaml

register = default_register()


def test_nothing_is_wrong() -> None:
    assert check(register) == []


@pytest.mark.parametrize(
    "file", ["states.csv", "leaders.csv", "leaders_more.csv", "metonyms.csv", "persons.csv",
             *organisation_files()],
)  # fmt: skip
def test_every_row_has_provenance(file: str) -> None:
    rows = read_rows(file)
    assert rows
    assert [row for row in rows if not row["provenance"].strip()] == []


def test_ids_are_unique_per_row() -> None:
    ids = [row["id"] for file in ("states.csv", *organisation_files()) for row in read_rows(file)]
    assert [id for id, count in Counter(ids).items() if count > 1] == []


def test_two_rows_of_one_id_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def doubled(name: str) -> list[dict[str, str]]:
        return read_rows(name) * (2 if name == "states.csv" else 1)

    monkeypatch.setattr("dragoman.register.loader.read_rows", doubled)
    with pytest.raises(ValueError, match="state:AFG"):
        load()


def test_labels_are_apart_from_names() -> None:
    labels = load().labels
    assert len(labels) >= 200
    names = [alias for alias in register.aliases if alias.form != "label"]
    assert [alias for alias in names if alias.text.lower() in labels] == []


def test_every_category_is_listed_and_used() -> None:
    content = load()
    by_code = {"distance"}
    listed = {label.category for label in content.labels.values()}
    assert listed | by_code == set(content.categories)


def test_no_wording_stands_twice() -> None:
    data = read_yaml("labels.yaml")
    sides = [side for conflict in data["conflicts"] for side in conflict["sides"]]
    rows = [row for side in (*sides, data["general"]) for row in side["labels"]]
    twice = Counter(row["text"].lower() for row in rows)
    assert [text for text, count in twice.items() if count > 1] == []


def test_both_sides_of_each_conflict_have_their_say() -> None:
    for conflict in read_yaml("labels.yaml")["conflicts"]:
        sides = conflict["sides"]
        assert len(sides) >= 2, conflict["name"]
        assert all(side["by"] and len(side["labels"]) >= 3 for side in sides), conflict["name"]


def test_a_word_for_a_deed_names_no_entry_and_has_a_neutral_one() -> None:
    deeds = [label for label in load().labels.values() if label.category == "act"]
    assert len(deeds) >= 40
    assert [label.text for label in deeds if label.entry or not label.neutral] == []


def test_coverage() -> None:
    kinds = Counter(entry.kind for entry in register.entries)
    assert kinds["state"] >= 195
    assert kinds["armed group"] >= 300
    assert kinds["IGO"] >= 150
    assert kinds["party"] >= 300
    assert kinds["NGO"] >= 60
    assert kinds["NGO"] + kinds["media"] >= 160
    assert kinds["institution"] >= 300
    assert kinds["people"] >= 580
    assert kinds["person"] >= 1500


def _with(*entries: Entry, aliases: tuple[Alias, ...] = ()) -> list[str]:
    content = Content()
    content.entries = {entry.id: entry for entry in entries}
    content.aliases = list(aliases)
    return check(Register(content, {}))


STATE = Entry("state:PER", "Peru", "state", "PER", provenance="made up")
OFFICE = Office("head_of_state", "President", "PER", None, "2001-07-28", "2006-07-28", "made up")
ANA = Entry("person:ana", "Ana", "person", "PER", offices=(OFFICE,), provenance="made up")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"valid_to": "2000-01-01"}, "before it begins"),
        ({"valid_from": "28 July"}, "is no date"),
        ({"valid_from": None}, "no start"),
        ({"organisation": "party:none"}, "unknown organisation"),
        ({"country": None}, "belongs to no state"),
        ({"provenance": ""}, "no provenance"),
    ],
)
def test_faults_of_an_office(change: dict[str, str | None], complaint: str) -> None:
    assert _with(STATE, ANA) == []
    broken = dataclasses.replace(ANA, offices=(dataclasses.replace(OFFICE, **change),))  # type: ignore[arg-type]
    assert any(complaint in line for line in _with(STATE, broken))


def test_two_holders_of_one_post() -> None:
    later = dataclasses.replace(OFFICE, valid_from="2006-07-28", valid_to=None)
    early = dataclasses.replace(later, valid_from="2005-01-01")
    eva = Entry("person:eva", "Eva", "person", "PER", offices=(later,), provenance="made up")
    assert _with(STATE, ANA, eva) == []
    (line,) = _with(STATE, ANA, dataclasses.replace(eva, offices=(early,)))
    assert "overlap" in line


def test_faults_of_wordings() -> None:
    twice = (Alias("Peru", "state:PER", "name"), Alias("Peru", "person:ana", "name"))
    assert any("ambiguous.csv" in line for line in _with(STATE, ANA, aliases=twice))
    lost = (Alias("Peru", "state:XYZ", "name"),)
    assert any("unknown entry" in line for line in _with(STATE, aliases=lost))
    loaded = dataclasses.replace(STATE, name="evil regime")
    label = (Alias("evil regime", "", "label", "regime"),)
    assert any("adopts the wording" in line for line in _with(loaded, aliases=label))
