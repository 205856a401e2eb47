"""The network of actors as GraphML and GEXF: a node an actor, an edge a directed event."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from typing import IO, Final, TextIO, TypeAlias

from dragoman.export import wording
from dragoman.export.choosing import Tally
from dragoman.export.codes import coordinate
from dragoman.export.dyads import dyads, event_number, first_day, last_day
from dragoman.export.text import xml
from dragoman.model import Event, Participant, Reading

Values: TypeAlias = Mapping[str, str | int | float | bool | None]
_HELD: Final = 1 << 24  # bytes of edges in memory; beyond, they wait in a file

# Names of attributes with their types, as GEXF calls them; GraphML says int for integer.
NODE: Final = {
    "kind": "string", "country": "string", "sector": "string", "cameo": "string",
    "wikidata": "string", "in_register": "boolean",
}  # fmt: skip
EDGE: Final = {
    "type": "string", "mode": "string", "contexts": "string", "cameo": "string", "quad": "integer",
    "goldstein": "double", "intensity": "double", "status": "string", "on_whose_word": "string",
    "own_voice": "boolean", "reciprocal": "boolean", "first": "string", "last": "string",
    "place": "string", "latitude": "double", "longitude": "double", "document": "string",
    "event": "string", "publisher": "string", "url": "string",
}  # fmt: skip


class _Network:
    """Nodes are kept until the end, once each; edges wait in a file, since they stand last."""

    def __init__(self, file: TextIO, tally: Tally) -> None:
        self._file = file
        self._tally = tally
        self._nodes: dict[str, tuple[str, Values]] = {}
        self._edges: IO[str] = tempfile.SpooledTemporaryFile(  # noqa: SIM115
            _HELD, "w+", encoding="utf-8", newline=""
        )

    def write(self, reading: Reading) -> None:
        """Take the actors and events of one reading."""
        self._tally.readings += 1
        for event in reading.events:
            count = 0
            for doer, other in dyads(event):
                if doer is None or other is None:
                    continue
                ends = self._node(reading, doer), self._node(reading, other)
                number = event_number(reading, event, (doer, other))
                self._edges.write(self._edge(f"e{number}", *ends, _edge(reading, event)))
                count += 1
            self._tally.rows += count
            self._tally.events += count > 0
            if not count:
                self._tally.left["have no doer or no counterpart, so no edge"] += 1

    def close(self) -> None:
        """Write nodes, then edges."""
        self._file.write(self._head())
        for identifier, (label, values) in self._nodes.items():
            self._file.write(self._nodal(identifier, label, values))
        self._file.write(self._between())
        self._edges.seek(0)
        shutil.copyfileobj(self._edges, self._file)
        self._edges.close()
        self._file.write(self._foot())

    def _node(self, reading: Reading, one: Participant) -> str:
        actor = reading.actor(one.actor)
        known = actor is not None and not actor.id.startswith("report:")
        # Whom only a report introduces is not the namesake in another report.
        own = actor.id if actor else one.name
        identifier = own if known else f"{reading.document.id}:{own}"
        if identifier not in self._nodes:
            values: Values = {"in_register": known}
            if actor is not None:
                values = {
                    "kind": actor.kind, "country": actor.country, "sector": actor.sector,
                    "cameo": actor.cameo, "wikidata": actor.wikidata, "in_register": known,
                }  # fmt: skip
            self._nodes[identifier] = (actor.name if actor else one.name, values)
        return identifier

    def _head(self) -> str:
        raise NotImplementedError

    def _nodal(self, identifier: str, label: str, values: Values) -> str:
        raise NotImplementedError

    def _between(self) -> str:
        return ""

    def _edge(self, identifier: str, source: str, target: str, values: Values) -> str:
        raise NotImplementedError

    def _foot(self) -> str:
        raise NotImplementedError


def _edge(reading: Reading, event: Event) -> Values:
    document, place = reading.document, wording.place_of(reading, event)
    first, last = first_day(event), last_day(event)
    return {
        "type": event.type,
        "mode": event.mode,
        "contexts": "; ".join(event.contexts) or None,
        "cameo": event.cameo,
        "quad": event.quad,
        "goldstein": event.goldstein,
        "intensity": event.intensity,
        "status": event.status,
        "on_whose_word": wording.whose_event(reading, event),
        "own_voice": not event.according_to,
        "reciprocal": event.reciprocal,
        "first": first.isoformat() if first else None,
        "last": last.isoformat() if last else None,
        "place": wording.where(reading, event) or None,
        "latitude": coordinate(place.latitude) if place else None,
        "longitude": coordinate(place.longitude) if place else None,
        "document": document.id,
        "event": event.id,
        "publisher": document.publisher,
        "url": document.url,
    }


def _value(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else xml(str(value))


class GraphMl(_Network):
    """GraphML, a directed graph."""

    def _head(self) -> str:
        keys = [("node", "label", "string")]
        keys += [("node", name, kind) for name, kind in NODE.items()]
        keys += [("edge", name, kind) for name, kind in EDGE.items()]
        declared = "".join(
            f'<key id="{of[0]}_{name}" for="{of}" attr.name="{name}" '
            f'attr.type="{"int" if kind == "integer" else kind}"/>\n'
            for of, name, kind in keys
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
            f'{declared}<graph id="actors" edgedefault="directed">\n'
        )

    def _nodal(self, identifier: str, label: str, values: Values) -> str:
        data = _data("n", {"label": label, **values})
        return f'<node id="{xml(identifier)}">{data}</node>\n'

    def _edge(self, identifier: str, source: str, target: str, values: Values) -> str:
        ends = f'source="{xml(source)}" target="{xml(target)}"'
        return f'<edge id="{identifier}" {ends}>{_data("e", values)}</edge>\n'

    def _foot(self) -> str:
        return "</graph>\n</graphml>\n"


def _data(of: str, values: Values) -> str:
    return "".join(
        f'<data key="{of}_{name}">{_value(value)}</data>'
        for name, value in values.items()
        if value is not None
    )


class Gexf(_Network):
    """GEXF 1.2 for Gephi: edges have the days they may lie on, so that the timeline works."""

    def _head(self) -> str:
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
            "<meta><creator>Dragoman</creator></meta>\n"
            '<graph mode="dynamic" defaultedgetype="directed" timeformat="date">\n'
            f"{_declared('node', NODE)}{_declared('edge', EDGE)}<nodes>\n"
        )

    def _nodal(self, identifier: str, label: str, values: Values) -> str:
        inner = _attvalues("n", values)
        return f'<node id="{xml(identifier)}" label="{xml(label)}">{inner}</node>\n'

    def _between(self) -> str:
        return "</nodes>\n<edges>\n"

    def _edge(self, identifier: str, source: str, target: str, values: Values) -> str:
        ends = f'source="{xml(source)}" target="{xml(target)}"'
        when = "".join(
            f' {name}="{values[of]}"' for name, of in (("start", "first"), ("end", "last"))
            if values[of]
        )  # fmt: skip
        inner = _attvalues("e", values)
        head = f'id="{identifier}" {ends} label="{xml(str(values["type"]))}" weight="1"{when}'
        return f"<edge {head}>{inner}</edge>\n"

    def _foot(self) -> str:
        return "</edges>\n</graph>\n</gexf>\n"


def _declared(of: str, names: Mapping[str, str]) -> str:
    inner = "".join(
        f'<attribute id="{of[0]}_{name}" title="{name}" type="{kind}"/>\n'
        for name, kind in names.items()
    )
    return f'<attributes class="{of}" mode="static">\n{inner}</attributes>\n'


def _attvalues(of: str, values: Values) -> str:
    inner = "".join(
        f'<attvalue for="{of}_{name}" value="{_value(value)}"/>'
        for name, value in values.items()
        if value is not None
    )
    return f"<attvalues>{inner}</attvalues>"
