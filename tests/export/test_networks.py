from __future__ import annotations

import dataclasses
import io
from typing import Any

import networkx as nx
import pytest

from dragoman.model import Participant
from tests.export.exported import exported, reading


def graph(format: str, **options: Any) -> Any:
    data = exported(format, **options)[0].encode()
    if format == "graphml":
        return nx.read_graphml(io.BytesIO(data), force_multigraph=True)
    return nx.read_gexf(io.BytesIO(data), version="1.2draft")


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_networkx_reads_it(format: str) -> None:
    found = graph(format)
    assert found.is_directed()
    assert set(found.nodes) == {"state:PER", "state:CHL"}
    assert found.nodes["state:PER"]["label"] == "Peru"
    assert found.nodes["state:PER"]["in_register"] is True
    ends = {(one, other) for one, other, *_ in found.edges}
    assert ends == {("state:PER", "state:CHL"), ("state:CHL", "state:PER")}
    (edge, *_) = [data for *_, data in found.edges(data=True)]
    assert (edge["type"], edge["status"], edge["own_voice"]) == ("CONSULT", "asserted", True)
    assert edge["goldstein"] == 1.0 and edge["first"] == "2024-03-04"
    assert edge["publisher"] == "Lima <Post> & Son"


def test_gephi_has_its_timeline_and_attributes() -> None:
    text = exported("gexf")[0]
    assert 'mode="dynamic"' in text and 'timeformat="date"' in text
    assert 'start="2024-03-04" end="2024-03-04"' in text
    assert text.index("</nodes>") < text.index("<edges>")


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_claims_come_on_demand_and_say_whose(format: str) -> None:
    base = reading()
    fired = dataclasses.replace(base.events[1], recipients=(Participant("ferry", None),))
    told = dataclasses.replace(base, events=(fired,))
    text, tally = exported(format, [told])
    assert tally.events == 0 and tally.left == {"stand on somebody's word": 1}
    found = graph(format, readings=[told], claims=True)
    (edge,) = [data for *_, data in found.edges(data=True)]
    assert edge["on_whose_word"] == "Ana Rojas ← A clerk ← the report"
    assert edge["own_voice"] is False
    assert set(found.nodes) == {"d1:soldiers", "d1:ferry"}
    assert text.count("<edge ") == 0


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_the_unnamed_of_two_reports_are_two(format: str) -> None:
    def told(identifier: str) -> Any:
        base = reading(identifier)
        event = dataclasses.replace(base.events[0], recipients=(Participant("officials", None),))
        return dataclasses.replace(base, events=(event,))

    found = graph(format, readings=[told("a"), told("b")])
    assert set(found.nodes) == {"state:PER", "a:officials", "b:officials"}


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_what_xml_cannot_hold(format: str) -> None:
    base = reading()
    evil = Participant('\x00\x08"<&>\n\ud800\u202e', None)
    event = dataclasses.replace(base.events[0], recipients=(evil,))
    found = graph(format, readings=[dataclasses.replace(base, events=(event,))])
    labels = {data["label"] for _, data in found.nodes(data=True)}
    assert '\ufffd\ufffd"<&>\n\ufffd\u202e' in labels
