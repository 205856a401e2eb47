"""Our own gold is the standard the figures are taken by: these tests hold it to its headers, and
the two scores to what they claim."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from pathlib import Path
from typing import Any, Final, get_args

import pytest
import yaml

from benchmarks import marks, nested, status
from benchmarks.marks import ATTRIBUTION, SPLITS, STATUS, Bounds, Item, MarkedStatement
from dragoman.model import STATUSES, Certainty, Document, Kind, Polarity, Reading, Span, Statement

ACTS: Final = set(
    "say deny accuse praise condemn thank promise threaten demand ask wish warn agree refuse "
    "announce think".split()
)
STATEMENT: Final = set("id source cue content parent act addressee speaker kind".split())
EVENT: Final = set("trigger status polarity certainty according_to".split())
ITEM: Final = set("id split group why published text".split())
SURE: Final = {
    "asserted": {("+", "CT")},
    "denied": {("-", "CT")},
    "planned": {("+", "CT"), ("+", "PR")},
    "demanded": {("u", "U")},
}
QUOTE: Final = re.compile("[\"“”']")

Row = dict[str, Any]


class Strict(yaml.SafeLoader):
    """A loader that refuses a key written twice, which YAML would let the second win."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = Counter(key.value for key, _ in node.value)
        assert keys.total() == len(keys), f"a key is written twice at {node.start_mark}"
        return super().construct_mapping(node, deep)


def strict(path: Path) -> list[Row]:
    """The items of a file, each key once."""
    rows: list[Row] = yaml.load(path.read_text(encoding="utf-8"), Loader=Strict)
    return rows


ATTRIBUTIONS: Final = strict(ATTRIBUTION)
STATUS_ROWS: Final = strict(STATUS)
EVERY: Final = [pytest.param(row, id=row["id"]) for row in ATTRIBUTIONS + STATUS_ROWS]
SAID: Final = [pytest.param(row, id=row["id"]) for row in ATTRIBUTIONS]
DONE: Final = [pytest.param(row, id=row["id"]) for row in STATUS_ROWS]


@pytest.mark.parametrize("row", EVERY)
def test_items_have_their_fields(row: Row) -> None:
    assert ITEM <= set(row) <= ITEM | {"statements", "events"}
    assert len(row) == len(ITEM) + 1
    assert row["split"] in SPLITS
    assert row["id"].rsplit("-", 1)[0] == row["group"]
    assert row["text"].strip() == row["text"]
    assert row["why"].strip() and "\n" not in row["why"]
    assert isinstance(row["published"], dt.date)


@pytest.mark.parametrize("rows", [ATTRIBUTIONS, STATUS_ROWS], ids=["attribution", "status"])
def test_items_are_told_apart_and_shared_out(rows: list[Row]) -> None:
    assert len({row["id"] for row in rows}) == len(rows)
    assert len({row["text"] for row in rows}) == len(rows)
    groups = Counter((row["group"], row["split"]) for row in rows)
    for group in {row["group"] for row in rows}:
        assert abs(groups[group, "dev"] - groups[group, "held"]) <= 1, group


@pytest.mark.parametrize("row", SAID)
def test_statements_hold_together(row: Row) -> None:
    ids = [statement["id"] for statement in row["statements"]]
    assert len(set(ids)) == len(ids)
    for said in row["statements"]:
        assert STATEMENT <= set(said) <= STATEMENT | {"within", "implicit", "continued"}
        assert said["act"] in ACTS
        assert said["kind"] in get_args(Kind)
        assert said["content"]
        assert said["parent"] is None or said["parent"] in set(ids) - {said["id"]}
        goes_on = said.get("continued", False)
        assert (said["source"] is None) == (goes_on or bool(said.get("implicit")))
        assert (said["cue"] is None) == goes_on or row["group"] == "headline"
        assert not goes_on or (said["speaker"] and said["parent"] is None)


@pytest.mark.parametrize("row", SAID)
def test_statements_are_found_in_their_text(row: Row) -> None:
    for said in row["statements"]:
        for role in ("source", "cue", "content", "addressee"):
            around = said.get("within", {}).get(role)
            assert marks.locate(row["text"], said[role], around) or said[role] is None
        assert set(said.get("within", {})) <= {r for r in said if said[r] is not None}
        if said["kind"] != "indirect":
            assert QUOTE.search(row["text"]), "nothing is quoted here"


@pytest.mark.parametrize("item", [pytest.param(i, id=i.id) for i in marks.attributions()])
def test_a_parent_holds_its_childs_cue(item: Item) -> None:
    by_id = {statement.id: statement for statement in item.statements}
    for said in item.statements:
        if said.continued:
            continue
        anchor = (said.cue or said.content)[0]
        around = [
            other
            for other in item.statements
            if other is not said and _holds(other.content, anchor) and other.content != said.content
        ]
        innermost = min(around, key=lambda s: s.content[-1][1] - s.content[0][0], default=None)
        assert by_id.get(said.parent or "") is innermost


def _holds(content: Bounds, anchor: tuple[int, int]) -> bool:
    return any(start <= anchor[0] and anchor[1] <= end for start, end in content)


@pytest.mark.parametrize("row", DONE)
def test_events_hold_together(row: Row) -> None:
    found = set()
    for event in row["events"]:
        assert EVENT <= set(event) <= EVENT | {"within"}
        assert event["status"] in STATUSES
        pair = (event["polarity"], event["certainty"])
        assert event["polarity"] in get_args(Polarity)
        assert event["certainty"] in get_args(Certainty)
        assert pair in SURE.get(event["status"], {pair})
        chain = event["according_to"]
        assert chain is None or all(isinstance(name, str) and name.strip() for name in chain)
        found.add(marks.locate(row["text"], event["trigger"], event.get("within")))
    assert len(found) == len(row["events"]) > 0


def test_there_are_enough_statements() -> None:
    said = [(row["split"], s) for row in ATTRIBUTIONS for s in row["statements"]]
    acts = Counter(s["act"] for _, s in said)
    assert len(ATTRIBUTIONS) >= 160
    assert sum(not row["statements"] for row in ATTRIBUTIONS) >= 20
    assert min(acts[act] for act in ACTS) >= 8, acts
    for split in SPLITS:
        half = [s for part, s in said if part == split]
        halved = Counter(s["act"] for s in half)
        assert min(halved[act] for act in ACTS) >= 3, halved
        assert sum(s["parent"] is not None for s in half) >= 20
        assert sum("continued" in s for s in half) >= 5
        assert sum("implicit" in s for s in half) >= 5


def test_there_are_enough_events() -> None:
    events = [(row["split"], event) for row in STATUS_ROWS for event in row["events"]]
    counted = Counter((event["status"], split) for split, event in events)
    assert len(events) >= 320
    for name in STATUSES:
        assert counted[name, "dev"] + counted[name, "held"] >= 40
        assert abs(counted[name, "dev"] - counted[name, "held"]) <= 3


def test_a_quote_must_be_there_exactly_once() -> None:
    assert marks.locate("he said that they said no", "said", "he said") == ((3, 7),)
    assert marks.locate("a b c", "a | c") == ((0, 1), (4, 5))
    for quote, within in (("said", None), ("told", None), ("said", "they  said")):
        with pytest.raises(ValueError, match="exactly once"):
            marks.locate("he said that they said no", quote, within)
    with pytest.raises(ValueError, match="fragments"):
        marks.locate("a b c", "a | c", "a b")


def test_half_the_tokens_of_each_side() -> None:
    assert marks.half(frozenset(), frozenset())
    assert not marks.half(frozenset({1}), frozenset())
    assert marks.half(frozenset({1, 2}), frozenset({2, 3}))
    assert not marks.half(frozenset({1}), frozenset({1, 2, 3}))


def _as_read(item: Item) -> Reading:
    """A reading that has exactly the marked statements."""
    document = Document(item.id, item.text, item.published)

    def span(bounds: Bounds) -> Span | None:
        return document.span(*bounds) if bounds else None

    def statement(marked: MarkedStatement) -> Statement:
        return Statement(
            id=marked.id,
            content=document.span(*marked.content),
            kind=marked.kind,  # type: ignore[arg-type]
            act=marked.act,
            source=span(marked.source),
            cue=span(marked.cue),
            addressee_span=span(marked.addressee),
            parent=marked.parent,
        )

    return Reading(document, statements=tuple(map(statement, item.statements)))


def test_what_is_marked_scores_in_full() -> None:
    items = marks.attributions("dev")
    result = nested.score(items, _as_read)
    assert result.found == result.read == result.wanted > 0
    assert all(result.silent)
    for name in ("parent", "act", "kind", "addressee"):
        assert all(result.outcomes[name])


def test_nothing_read_scores_nothing() -> None:
    def silent(item: Item) -> Reading:
        return Reading(Document(item.id, item.text))

    said = nested.score(marks.attributions("dev"), silent)
    assert (said.found, said.read) == (0, 0)
    done = status.score(marks.statuses("dev"), silent)
    assert done.macro_f1(paired_only=False) == 0
    assert done.unpaired.total() == sum(len(item.events) for item in marks.statuses("dev"))
