"""No loaded wording becomes anybody's name, in any output."""

from __future__ import annotations

import io
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.export.csv import Csv
from dragoman.export.wording import source_name
from dragoman.model import Reading
from dragoman.register import default_register
from dragoman.schema import reading_to_json
from tests.support import read_by_rules

CONTENT = default_register().content
PARTIES = ("Peru", "Chile", "Hezbollah", "the Israeli army", "Moscow", "Kyiv", "Amina Yusuf")
FRAMES = (
    "{party} said that the {label} had attacked {other} on Monday.",
    "The {label} accused {party} of shelling a market in {other}.",
    "{party} killed two {label} near the border, {other} said.",
    "The leader of the {label} met {party} and {other}.",
    "{party} called {other} {label}.",
    "{label} and {party} signed a truce. They thanked {other}.",
    "The so-called {label} fired rockets at {party}.",
    "The “{label}” of {party} condemned {other}.",
)
NOTED = re.compile(r"(?:those|what is) called “[^”]*”")
LISTED = sorted(label.text for label in CONTENT.labels.values())
COMPOSED = [f"{of} {noun}" for of in ("Peruvian", "Lima", "Putin", "Hezbollah")
            for noun in ("regime", "junta", "dictatorship", "terrorists", "invaders")]  # fmt: skip


def texts() -> st.SearchStrategy[str]:
    return st.builds(
        lambda frame, label, party, other: frame.format(label=label, party=party, other=other),
        st.sampled_from(FRAMES),
        st.sampled_from(LISTED + COMPOSED),
        st.sampled_from(PARTIES),
        st.sampled_from(PARTIES),
    )


def names(reading: Reading) -> list[str]:
    """Every name of an actor, a participant or a speaker that a reading gives."""
    found = [actor.name for actor in reading.actors if actor.id not in CONTENT.self_names]
    for event in reading.events:
        found += [participant.name for participant in (*event.actors, *event.recipients)]
    return found


def adopted(reading: Reading) -> list[tuple[str, str]]:
    """Names that hold a label of the reading, other than as what somebody is called."""
    labels = [m.label.strip("“”\"'").lower() for m in reading.mentions if m.label]
    plain = [NOTED.sub("", name).lower() for name in names(reading)]
    return [(label, name) for label in labels for name in plain if label in name]


@settings(max_examples=150, deadline=None)
@given(texts())
def test_no_label_becomes_a_name(text: str) -> None:
    assert adopted(read_by_rules(text)) == []


@settings(max_examples=40, deadline=None)
@given(texts())
def test_no_label_becomes_a_name_in_tables_and_json(text: str) -> None:
    reading = read_by_rules(text)
    labels = [m.label.strip("“”\"'").lower() for m in reading.mentions if m.label]
    file = io.StringIO()
    writer = Csv(file, "events")
    writer.write(reading)
    writer.close()
    header, *rows = file.getvalue().splitlines()
    for row in rows:
        cells = row.split(",")
        for column in ("actors", "recipients", "actor_ids", "recipient_ids"):
            if column in header.split(",") and '"' not in row:
                cell = NOTED.sub("", cells[header.split(",").index(column)]).lower()
                assert not any(label in cell for label in labels)
    for actor in reading_to_json(reading)["actors"]:
        assert not any(label == actor["name"].lower() for label in labels)
        assert not any(label.replace(" ", "-") == actor["id"].split(":")[-1] for label in labels)


def test_the_check_notices_an_adopted_label() -> None:
    import dataclasses

    reading = read_by_rules("Peru said that the Kyiv regime had attacked Chile.")
    spoiled = [dataclasses.replace(actor, name="Kyiv regime") for actor in reading.actors]
    assert adopted(reading) == []
    assert adopted(dataclasses.replace(reading, actors=tuple(spoiled))) != []


def test_a_speaker_known_by_a_label_alone_is_told_in_quotation_marks() -> None:
    reading = read_by_rules("The hypocrites accused Peru of shelling a market.")
    told = [p.name for event in reading.events for p in event.actors]
    assert "those called “hypocrites”" in told
    assert all(source_name(reading, said) for said in reading.statements)
