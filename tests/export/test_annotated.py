from __future__ import annotations

import dataclasses
import io
import json
import re
import zipfile
from collections import defaultdict
from typing import Any

import pytest

from dragoman.model import Fragment, Reading, Span, Statement
from tests.export.exported import exported, exported_bytes, reading


def spans(found: Reading) -> dict[str, Span]:
    known = {event.id: event.trigger for event in found.events}
    known |= {said.id: said.content for said in found.statements}
    return known | {mention.id: mention.span for mention in found.mentions}


def applied(text: str, selectors: list[dict[str, Any]], utf16: bool) -> str:
    """The words that a position selects, after the quotation beside it was found there too."""
    words, place = selectors
    if utf16:
        units = text.encode("utf-16-le")
        cut = units[2 * place["start"] : 2 * place["end"]].decode("utf-16-le")
    else:
        cut = text[place["start"] : place["end"]]
    assert words["prefix"] + words["exact"] + words["suffix"] in text
    assert words["exact"] == cut
    return cut


@pytest.mark.parametrize("format", ["webannotation", "webannotation-utf16"])
def test_selectors_lead_back_into_the_text(format: str) -> None:
    base = reading()
    page = json.loads(exported(format)[0])
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    known = spans(base)
    for item in page["items"]:
        assert item["type"] == "Annotation" and item["body"] and item["motivation"]
        cuts = [
            applied(base.document.text, target["selector"], format.endswith("16"))
            for target in item["target"]
        ]
        span = known.pop(item["id"].rpartition(":")[2])
        assert cuts == [part.quote for part in span.fragments]
    assert known == {}


def test_emoji_make_the_two_kinds_of_positions_differ() -> None:
    def start(format: str) -> int:
        item = json.loads(exported(format)[0])["items"][0]
        return int(item["target"][0]["selector"][1]["start"])

    assert start("webannotation-utf16") == start("webannotation") + 3  # 2 of the flag, 1 face


def test_an_annotation_says_on_whose_word() -> None:
    items = json.loads(exported("webannotation")[0])["items"]
    (fired,) = [item for item in items if item["id"].endswith(":e2")]
    assert "on whose word: Ana Rojas ← A clerk ← the report" in fired["body"][1]["value"]
    linked = [part["source"] for part in fired["body"][2:]]
    assert linked == ["urn:dragoman:d1:s1", "urn:dragoman:d1:s2"]


def broken() -> Reading:
    """A statement in two fragments, one of which runs over a line end."""
    base = reading(head="\r\n😀\n\n")
    text = base.document.text
    first = text.index("Peru")
    parts = (Fragment(3, first + 4, text[3 : first + 4]),
             Fragment(first + 5, first + 8, text[first + 5 : first + 8]))  # fmt: skip
    said = Statement("s9", Span(parts), "mixed", "say")
    return dataclasses.replace(base, statements=(*base.statements, said))


def test_brat_offsets() -> None:
    two = [reading(), broken()]
    archive = zipfile.ZipFile(io.BytesIO(exported_bytes("brat", two)))
    assert archive.namelist() == ["annotation.conf", "d1.txt", "d1.ann", "d1-2.txt", "d1-2.ann"]
    for name, base in zip(("d1", "d1-2"), two, strict=True):
        text = archive.read(f"{name}.txt").decode()
        assert text == base.document.text
        lines = archive.read(f"{name}.ann").decode().splitlines()
        known = {line.split("\t")[0] for line in lines}
        for line in lines:
            identifier, rest, *words = line.split("\t")
            if identifier.startswith("T"):
                bounds = [pair.split() for pair in rest.split(" ", 1)[1].split(";")]
                cuts = [text[int(start) : int(end)] for start, end in bounds]
                assert " ".join(cuts) == words[0]
                assert not any(set("\r\n") & set(cut) for cut in cuts)
            elif identifier[0] in "ER":
                assert set(re.findall(r":([TE]\d+)", rest)) <= known


def test_brat_has_roles_status_and_chain() -> None:
    archive = zipfile.ZipFile(io.BytesIO(exported_bytes("brat")))
    text = archive.read("d1.ann").decode()
    events = re.findall(r"^E\d+\t(.*)$", text, re.M)
    assert re.match(r"CONSULT:T\d+ Initiator:T\d+ Recipient:T\d+ Place:T\d+ Time:T\d+$", events[0])
    assert re.search(r"^A\d+\tStatus E2 asserted$", text, re.M)
    assert len(re.findall(r"^R\d+\tAccordingTo Arg1:E2 Arg2:T\d+$", text, re.M)) == 2
    assert exported_bytes("brat") == exported_bytes("brat")
    configuration = archive.read("annotation.conf").decode()
    assert "CONSULT\tInitiator*:Actor" in configuration.partition("[events]")[2]


def test_conllu_is_parsed_back() -> None:
    for base in (reading(), broken()):
        text = exported("conllu", [base])[0]
        assert text.endswith("\n\n")
        found: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for block in text.strip("\n").split("\n\n"):
            lines = block.split("\n")
            tokens = [line.split("\t") for line in lines if not line.startswith("#")]
            assert [row[0] for row in tokens] == [str(n) for n in range(1, len(tokens) + 1)]
            rebuilt = ""
            for row in tokens:
                assert len(row) == 10
                misc = dict(part.split("=", 1) for part in row[9].split("|"))
                start, end = int(misc.pop("start_char")), int(misc.pop("end_char"))
                assert base.document.text[start:end] == row[1]
                rebuilt += row[1] + ("" if misc.pop("SpaceAfter", "") else " ")
                for layer, marks in misc.items():
                    for mark in marks.split(","):
                        found[layer, mark[2:]].append((start, end))
            (said,) = [line[9:] for line in lines if line.startswith("# text = ")]
            assert rebuilt.split() == said.split()
        known = {("Mention", m.id): m.span for m in base.mentions}
        known |= {("Event", e.id): e.trigger for e in base.events}
        known |= {("Content", s.id): s.content for s in base.statements}
        for key, span in known.items():
            covered = {at for start, end in found[key] for at in range(start, end)}
            inside = {
                at for part in span.fragments for at in range(part.start, part.end)
                if not base.document.text[at].isspace()
            }  # fmt: skip
            assert covered == inside, key
