"""When an event that was read counts as the marked one, and when a claim is told as a fact."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from benchmarks import events
from benchmarks.events import LEVELS, MarkedEvent, Report, Score
from benchmarks.marks import locate
from dragoman.model import Actor, Document, Event, Participant, Reading, Statement

TEXT = "North Korea shelled a village. South Korea said the North bombed Seoul. Both armies met."
DOCUMENT = Document("d", TEXT)
TYPE, ONE, BOTH = LEVELS
ACTORS = (
    Actor("state:PRK", "North Korea", "state"),
    Actor("state:KOR", "South Korea", "state"),
)
SAID = Statement("s1", DOCUMENT.span((35, 71)), "indirect", "say", speaker="state:KOR")


def marked(trigger: str, type: str, actors: str, recipients: str, **more: object) -> MarkedEvent:
    plain = MarkedEvent(
        trigger=locate(TEXT, trigger),
        type=type,
        mode="none",
        actors=(actors,) if actors else (),
        recipients=(recipients,) if recipients else (),
        place=None,
        time=None,
        status="asserted",
        according_to=(),
    )
    return dataclasses.replace(plain, **more)  # type: ignore[arg-type]


def party(name: str) -> Participant:
    known = {"North Korea": "state:PRK", "the North": "state:PRK", "South Korea": "state:KOR"}
    start = TEXT.index(name)
    return Participant(name, known.get(name), DOCUMENT.span((start, start + len(name))))


def read(trigger: str, type: str, actors: str, recipients: str, *chain: str) -> Event:
    start = TEXT.index(trigger)
    sentence = TEXT.rindex(". ", 0, start) + 2 if ". " in TEXT[:start] else 0
    return Event(
        id=f"e{start}{type}",
        trigger=DOCUMENT.span((start, start + len(trigger))),
        type=type,
        cameo="190",
        cameo_root="19",
        quad=4,
        status="asserted",
        actors=(party(actors),) if actors else (),
        recipients=(party(recipients),) if recipients else (),
        according_to=chain,
        sentence=DOCUMENT.span((sentence, TEXT.index(".", start) + 1)),
    )


SHELLED = marked("shelled", "ASSAULT", "North Korea", "a village", main=True)
BOMBED = marked("bombed", "ASSAULT", "North Korea", "Seoul|none", according_to=("South Korea",))
MET = marked("met", "CONSULT", "North Korea", "South Korea", mutual=True)


def score(*found: Event, wanted: tuple[MarkedEvent, ...] = (SHELLED,)) -> Score:
    report = Report("r", "dev", dt.date(2010, 11, 23), TEXT, wanted)
    return events.score([report], lambda _: Reading(DOCUMENT, ACTORS, (), (SAID,), found))


def test_the_right_event_counts_at_every_level() -> None:
    result = score(read("shelled", "ASSAULT", "North Korea", "a village"))
    assert all(result.figures(level) == (100, 100, 100) for level in LEVELS)
    assert result.lead[BOTH] == [True]
    assert result.outcomes["chain"] == [True]
    assert not result.told_as_facts


@pytest.mark.parametrize(
    ("found", "right"),
    [
        (read("shelled", "ACCUSE", "North Korea", "a village"), (0, 0, 0)),
        (read("bombed", "ASSAULT", "North Korea", "a village"), (0, 0, 0)),
        (read("shelled", "ASSAULT", "South Korea", "Seoul"), (1, 0, 0)),
        (read("shelled", "ASSAULT", "South Korea", "a village"), (1, 1, 0)),
        (read("shelled", "ASSAULT", "North Korea", ""), (1, 1, 0)),
        (read("village", "ASSAULT", "North Korea", "a village"), (1, 1, 1)),
    ],
    ids=["type", "another sentence", "no side", "recipient", "actor", "sentence"],
)
def test_a_wrong_event_counts_as_far_as_it_is_right(
    found: Event, right: tuple[int, int, int]
) -> None:
    result = score(found)
    assert tuple(result.right[level] for level in LEVELS) == right
    assert result.read[BOTH] == result.wanted == 1


def test_a_party_too_many_spoils_its_side() -> None:
    found = read("shelled", "ASSAULT", "North Korea", "a village")
    found = dataclasses.replace(found, actors=(*found.actors, party("South Korea")))
    assert score(found).right == {TYPE: 1, ONE: 1, BOTH: 0}


def test_a_filler_that_may_be_left_out_and_a_side_that_is_not_compared() -> None:
    for recipients in ("", "Seoul"):
        found = read("bombed", "ASSAULT", "North Korea", recipients, "s1")
        assert score(found, wanted=(BOMBED, SHELLED)).right[BOTH] == 1
    wrong = read("bombed", "ASSAULT", "North Korea", "a village", "s1")
    assert score(wrong, wanted=(BOMBED, SHELLED)).right[BOTH] == 0
    open_side = dataclasses.replace(BOMBED, recipients=None)
    assert score(wrong, wanted=(open_side, SHELLED)).right[BOTH] == 1


def test_the_sides_of_what_both_do_are_one_set() -> None:
    turned = read("met", "CONSULT", "South Korea", "North Korea")
    assert score(turned, wanted=(SHELLED, MET)).right[BOTH] == 1
    alone = read("met", "CONSULT", "South Korea", "")
    assert score(alone, wanted=(SHELLED, MET)).right == {TYPE: 1, ONE: 0, BOTH: 0}


def test_what_is_optional_is_neither_right_nor_wrong() -> None:
    may = dataclasses.replace(MET, optional=True)
    right = read("shelled", "ASSAULT", "North Korea", "a village")
    extra = read("met", "CONSULT", "South Korea", "North Korea")
    assert score(right, extra, wanted=(SHELLED, may)).figures(BOTH) == (100, 100, 100)
    assert score(right, wanted=(SHELLED, may)).figures(BOTH) == (100, 100, 100)
    assert score(right, extra).figures(BOTH)[0] == 50


def test_a_claim_asserted_by_nobody_else_is_told_as_a_fact() -> None:
    told = read("bombed", "ASSAULT", "North Korea", "Seoul")
    assert len(score(told, wanted=(SHELLED, BOMBED)).told_as_facts) == 1
    assert score(told, wanted=(SHELLED, BOMBED)).outcomes["chain"] == [False]
    another = dataclasses.replace(told, type="ACCUSE")
    assert len(score(another, wanted=(SHELLED, BOMBED)).told_as_facts) == 1
    accusing = dataclasses.replace(another, actors=(party("South Korea"),))
    assert not score(accusing, wanted=(SHELLED, BOMBED)).told_as_facts
    own = dataclasses.replace(told, actors=(party("South Korea"),))
    assert len(score(own, wanted=(SHELLED, BOMBED)).told_as_facts) == 1
    for kept in (
        dataclasses.replace(told, according_to=("s1",)),
        dataclasses.replace(told, status="denied"),
    ):
        assert not score(kept, wanted=(SHELLED, BOMBED)).told_as_facts
    fact = dataclasses.replace(BOMBED, according_to=())
    assert not score(told, wanted=(SHELLED, fact)).told_as_facts


def test_the_kept_half_is_not_shown() -> None:
    for option in ("--verbose", "--types"):
        with pytest.raises(SystemExit):
            events.main(["--split", "held", option])
