"""When a speaker that was read counts as right, and where an event's trigger stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import promise, speakers
from benchmarks.promise import Gold, Tally, stand
from benchmarks.speakers import Mark, judge
from dragoman.model import Actor, Document, Event, Mention, Reading, Statement

TEXT = "Ana Ruiz met Omar Haddad. She said that the senator had left. It is late."
DOCUMENT = Document(id="d", text=TEXT)
ANA, OMAR = Actor("report:ana-ruiz", "Ana Ruiz", "person"), Actor("person:omar", "Omar", "person")


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def mention(words: str, actor: str | None, number: int = 0) -> Mention:
    return Mention(f"m{number}", DOCUMENT.span(at(words)), "actor", "test", actor=actor)


def reading(*mentions: Mention, statements: tuple[Statement, ...] = ()) -> Reading:
    return Reading(DOCUMENT, (ANA, OMAR), mentions, statements)


SHE = Mark("d", at("She"), "pronoun", kind="named", mention=at("Ana Ruiz"))


@pytest.mark.parametrize(
    ("actor", "verdict"), [(ANA.id, "right"), (OMAR.id, "wrong"), (None, "unresolved")]
)
def test_a_source_is_compared_with_the_actor_of_the_marked_mention(
    actor: str | None, verdict: str
) -> None:
    read = reading(mention("Ana Ruiz", ANA.id), mention("She", actor))
    assert judge(SHE, read).verdict == verdict


def test_the_statement_serves_where_no_mention_was_resolved() -> None:
    said = Statement(
        "s0",
        DOCUMENT.span(at("the senator had left")),
        "indirect",
        "say",
        source=DOCUMENT.span(at("She")),
        speaker=ANA.id,
    )
    read = reading(mention("Ana Ruiz", ANA.id), mention("She", None), statements=(said,))
    assert judge(SHE, read).verdict == "right"


def test_a_name_serves_where_the_marked_mention_was_not_read() -> None:
    assert judge(SHE, reading(mention("She", ANA.id))).verdict == "right"
    assert judge(SHE, reading(mention("She", OMAR.id))).verdict == "wrong"


def test_a_possessor_is_not_the_one_it_possesses() -> None:
    source = at("the senator had left")
    mark = Mark("d", source, "role", kind="named", mention=at("Ana Ruiz"))
    read = reading(mention("Ana Ruiz", ANA.id), mention("the", ANA.id))
    assert judge(mark, read).verdict == "unresolved"


def test_where_nobody_is_named_only_a_known_actor_is_wrong() -> None:
    mark = Mark("d", at("the senator"), "role", why="anonymous")
    assert judge(mark, reading(mention("the senator", ANA.id))).verdict == "unresolved"
    assert judge(mark, reading(mention("the senator", OMAR.id))).verdict == "wrong"


GOLD = Gold(contents=(at("the senator had left"), at("It")), cues=(at("said"),))


@pytest.mark.parametrize(
    ("words", "where"),
    [
        (("left",), "inside"),
        (("met",), "outside"),
        (("said",), "cue"),
        (("left. It",), "partly"),
        (("met", "left"), "partly"),
        (("left", "It"), "inside"),
    ],
)
def test_where_a_trigger_stands(words: tuple[str, ...], where: str) -> None:
    assert stand(DOCUMENT.span(*(at(word) for word in words)), GOLD) == where


def test_the_tally_keeps_speech_acts_apart() -> None:
    tally = Tally()
    words = (("left", False), ("senator", True), ("met", False), ("late", True), ("said", False))
    events = tuple(
        Event(
            str(number),
            DOCUMENT.span(at(word)),
            "ACCUSE",
            "112",
            "11",
            3,
            "asserted",
            according_to=("s0",) if chained else (),
        )
        for number, (word, chained) in enumerate(words)
    )
    tally.add(Reading(DOCUMENT, events=events), GOLD)
    assert (tally.total("inside"), tally.share("inside", False)) == (2, 0.5)
    assert (tally.total("outside"), tally.share("outside", True)) == (2, 0.5)
    assert tally.total("cue") == 1
    assert [event.id for _, event in tally.offenders["inside"]] == ["0"]
    assert [event.id for _, event in tally.offenders["outside"]] == ["3"]


def test_the_marks_hold_offsets_and_no_text() -> None:
    marks = speakers.load()
    assert len(marks) >= 130
    assert len({mark.doc for mark in marks}) >= 40
    assert len({(mark.doc, mark.source) for mark in marks}) == len(marks)
    assert all((mark.kind is None) != (mark.why is None) for mark in marks)
    known = {"doc", "source", "form", "kind", "mention", "members", "name", "unresolvable", "why"}
    lines = speakers.MARKS.read_text(encoding="utf-8").splitlines()
    assert all(set(json.loads(line)) <= known for line in lines[1:])


@pytest.mark.skipif(
    not (speakers.POLNEAR / "text").is_dir(), reason="PolNeAR does not lie beside this checkout"
)
def test_the_marks_stand_on_whole_words() -> None:
    texts = {document.id: document for document in speakers.documents()}
    assert all(document.published for document in texts.values())
    for mark in speakers.load():
        text = texts[mark.doc].text
        for start, end in (mark.source, mark.mention or mark.source, *mark.members):
            assert text[start:end].strip() == text[start:end] != "", (mark.doc, start)
            assert not text[start - 1 : start + 1].isalnum() or start == 0, (mark.doc, start)
            assert not text[end - 1 : end + 1].isalnum(), (mark.doc, end)


def test_a_missing_scorer_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="--scorer"):
        promise.load_gold(tmp_path, tmp_path / "attribution.py")


def test_people_are_held_against_each_other() -> None:
    agreement = promise.Agreement()
    events = tuple(
        Event(str(n), DOCUMENT.span(at(word)), "ACCUSE", "112", "11", 3, "asserted")
        for n, word in enumerate(("left", "met"))
    )
    none = Gold()
    agreement.add(Reading(DOCUMENT, events=events), [GOLD, none])
    assert (agreement.documents, agreement.events) == (1, 2)
    assert agreement.share("annotator", "inside", False) == 1.0  # "left", by GOLD alone
    assert agreement.share("annotator", "outside", True) == pytest.approx(1 / 3)
    assert agreement.share("Dragoman", "inside", False) == 1.0
    assert agreement.share("Dragoman", "outside", True) == 0.0
