from __future__ import annotations

import dataclasses
import json
import re
import socket
from typing import Any

import jsonschema
import pytest
import rdflib

from dragoman.model import Reading
from tests.export.exported import exported, reading

SCHEMA = rdflib.Namespace("https://schema.org/")
POINT = {
    "type": "object", "required": ["type", "coordinates"],
    "properties": {
        "type": {"const": "Point"},
        "coordinates": {
            "type": "array", "minItems": 2, "maxItems": 2,
            "prefixItems": [
                {"type": "number", "minimum": -180, "maximum": 180},
                {"type": "number", "minimum": -90, "maximum": 90},
            ],
        },
    },
}  # fmt: skip
COLLECTION = {
    "type": "object", "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {"type": "array", "items": {
            "type": "object", "required": ["type", "geometry", "properties"],
            "properties": {
                "type": {"const": "Feature"}, "id": {"type": ["string", "number"]},
                "geometry": {"anyOf": [{"type": "null"}, POINT]},
                "properties": {"type": ["object", "null"]},
            },
        }},
    },
}  # fmt: skip
SIDE = {
    "type": "array",
    "items": {
        "type": "object", "required": ["actorText"], "additionalProperties": False,
        "properties": {name: {"type": "string"} for name in ("actorText", "code", "sector")},
    },
}  # fmt: skip
PLOVER = {
    "type": "array",
    "items": {
        "type": "object", "additionalProperties": False,
        "required": ["id", "date", "source", "event"],
        "properties": {
            "source": SIDE, "target": SIDE, "textInfo": {"type": "object"},
            **{name: {"type": "string"} for name in (
                "id", "date", "event", "eventText", "context", "mode", "text", "language",
                "publication", "coder", "version", "dateCoded", "comment")},
        },
    },
}  # fmt: skip
# FollowTheMoney 4.11's properties of the schemata that are written, and which must be there.
THING = {"name", "country", "summary", "notes", "keywords", "sourceUrl", "publisher", "wikidataId"}
FTM: dict[str, tuple[set[str], set[str]]] = {
    "Article": (
        THING | {"title", "publishedAt", "language", "fileName"}, {"name"},
    ),
    "Event": (
        THING | {"date", "startDate", "endDate", "location", "involved", "recordId", "proof"},
        {"name"},
    ),
    **{name: (THING | {"sector"}, {"name"})
       for name in ("LegalEntity", "PublicBody", "Organization", "Company")},
    "Person": (THING | {"sector", "position"}, {"name"}),
}  # fmt: skip


def test_geojson_is_one_and_has_its_points() -> None:
    text, tally = exported("geojson", claims=True)
    found = json.loads(text)
    jsonschema.validate(found, COLLECTION)
    met, fired = found["features"]
    assert met["geometry"]["coordinates"] == [-77.03, -12.04]
    assert fired["geometry"] is None
    assert fired["properties"]["on_whose_word"] == "Ana Rojas ← A clerk ← the report"
    assert tally.events == 2
    jsonschema.validate(json.loads(exported("geojson", [])[0]), COLLECTION)
    assert len(json.loads(exported("geojson")[0])["features"]) == 1


def test_plover_records() -> None:
    found = json.loads(exported("plover", claims=True)[0])
    jsonschema.validate(found, PLOVER)
    assert found[0]["source"] == [{"actorText": "Peru", "code": "PER", "sector": "GOV"}]
    assert (found[0]["event"], found[0]["mode"], found[0]["date"]) == (
        "CONSULT", "visit", "2024-03-04",
    )  # fmt: skip
    assert found[1]["textInfo"]["onWhoseWord"] == "Ana Rojas ← A clerk ← the report"
    assert found[1]["date"] == ""
    assert json.loads(exported("plover", [])[0]) == []


def denied() -> Reading:
    base = reading()
    inner = dataclasses.replace(base.statements[1], act="deny")
    return dataclasses.replace(base, statements=(base.statements[0], inner))


def test_claims_are_read_by_rdflib_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    graph = rdflib.Graph().parse(data=exported("claims", [denied()])[0], format="json-ld")
    claims = set(graph.subjects(rdflib.RDF.type, SCHEMA.Claim))
    assert {str(claim) for claim in claims} == {"urn:dragoman:d1:s1", "urn:dragoman:d1:s2"}
    inner = rdflib.URIRef("urn:dragoman:d1:s2")
    assert graph.value(inner, SCHEMA.isPartOf) == rdflib.URIRef("urn:dragoman:d1:s1")
    assert str(graph.value(inner, SCHEMA.text)) == "soldiers fired at a ferry"
    (review,) = graph.subjects(rdflib.RDF.type, SCHEMA.ClaimReview)
    assert graph.value(review, SCHEMA.itemReviewed) == inner
    rating = graph.value(review, SCHEMA.reviewRating)
    assert str(graph.value(rating, SCHEMA.alternateName)) == "denied"
    assert graph.value(rating, SCHEMA.ratingValue) is None
    author = graph.value(review, SCHEMA.author)
    assert str(graph.value(author, SCHEMA.name)) == "Ana Rojas"
    assert graph.value(inner, SCHEMA.author) is None  # who denies it did not make it


def test_a_claim_has_its_author_and_its_report() -> None:
    text, tally = exported("claims")
    graph = rdflib.Graph().parse(data=text, format="json-ld")
    inner = rdflib.URIRef("urn:dragoman:d1:s2")
    author = graph.value(inner, SCHEMA.author)
    assert graph.value(author, rdflib.RDF.type) == SCHEMA.Person
    article = graph.value(inner, SCHEMA.appearance)
    assert str(graph.value(article, SCHEMA.datePublished)) == "2024-03-04"
    assert tally.events == 1
    assert tally.left == {"the report tells itself: they are nobody's claim": 1}


def test_follow_the_money_entities() -> None:
    two = [reading(), reading("d2")]
    lines = [json.loads(line) for line in exported("ftm", two, claims=True)[0].splitlines()]
    for entity in lines:
        assert set(entity) == {"id", "schema", "properties"}
        allowed, required = FTM[entity["schema"]]
        names = set(entity["properties"])
        assert required <= names <= allowed
        assert all(isinstance(v, str) and v for vs in entity["properties"].values() for v in vs)
    ids = [entity["id"] for entity in lines]
    assert len(ids) == len(set(ids))
    events = [entity for entity in lines if entity["schema"] == "Event"]
    for event in events:
        used = {*event["properties"].get("involved", ()), *event["properties"]["proof"]}
        assert used <= set(ids)
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", d) for d in event["properties"].get("date", ()))
    assert [e["properties"]["notes"][0].partition("; ")[2] for e in events[:2]] == [
        "on whose word: the report", "on whose word: Ana Rojas ← A clerk ← the report",
    ]  # fmt: skip
    (peru,) = [e for e in lines if e["properties"].get("name") == ["Peru"]]
    assert (peru["schema"], peru["properties"]["country"]) == ("PublicBody", ["pe"])
