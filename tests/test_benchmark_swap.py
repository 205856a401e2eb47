"""The fairness benchmark: what it exchanges, and what it counts as changed."""

from __future__ import annotations

import dataclasses
import datetime as dt

import dragoman
from benchmarks.swap import LABELS, Text, labelled, parties, swapped, texts, twins


def test_the_first_two_parties_are_exchanged() -> None:
    text = "Kenya met Uganda in Tanzania."
    assert parties(text) == ("Kenya", "Uganda")
    item = Text("x", text, None, parties(text))
    assert swapped(item) == "Uganda met Kenya in Tanzania."


def test_a_longer_name_is_no_party() -> None:
    assert parties("South Sudan thanked Kenya.") is None
    assert parties("Kenya slept.") is None


def test_labels_stand_in_for_neutral_nouns() -> None:
    assert labelled("The government fell.", "regime") == "The regime fell."
    assert labelled("Soldiers left.", "occupiers") == "Occupiers left."
    assert labelled("The Malian army left.", "so-called") == "The so-called Malian army left."


def test_every_label_and_gold_is_used() -> None:
    held = list(texts())
    assert len(held) > 700
    assert sum(text.parties is not None for text in held) > 400
    for label in LABELS:
        assert any(labelled(text.text, label) != text.text for text in held)


def test_what_changed_is_told() -> None:
    reading = dragoman.read("Kenya expelled a Ugandan envoy.", published=dt.date(1990, 1, 1))
    event = reading.events[0]
    assert all(twin.alike for twin in twins(reading, reading, str))
    changed = dataclasses.replace(reading, events=(dataclasses.replace(event, type="AID"),))
    found = twins(dataclasses.replace(reading, events=(event,)), changed, str)
    assert found[0].differing() == ["'expelled' type: SANCTION / AID"]
    lost = twins(reading, dataclasses.replace(reading, events=()), str)
    assert not any(twin.alike for twin in lost)
