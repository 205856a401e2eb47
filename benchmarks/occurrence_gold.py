"""Events of ECB+ and MEANTIME and which of them are one happening, as their annotators say."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.model import Document

_TIGHT_BEFORE = frozenset({",", ".", ";", ":", "!", "?", ")", "]", "%", "'s", "n't", "’s", "''"})
_TIGHT_AFTER = frozenset({"(", "[", "$", "``"})


@dataclass(frozen=True, slots=True)
class Marked:
    """An event that annotators marked: where its words stand in the text, and the happening."""

    id: str
    document: str
    words: tuple[tuple[int, int], ...]
    happening: str


@dataclass(frozen=True, slots=True)
class Report:
    """A document with its marked events. ``topic`` is the folder it lies in, ``part`` the half of
    it, where the topic was made of two happenings of one kind.
    """

    document: Document
    topic: str
    part: str
    events: tuple[Marked, ...]


def ecbplus(folder: Path) -> Iterator[Report]:
    """The reports of ECB+, by topic and name."""
    for path in sorted(folder.glob("*/*.xml"), key=_order):
        root = ET.parse(path).getroot()
        document, words = _document(path.stem, root)
        part = f"{path.parent.name}{'+' if path.stem.endswith('plus') else ''}"
        marks = {
            mark.get("m_id", ""): _anchors(mark, words)
            for mark in root.iterfind("Markables/*")
            if "ACTION" in mark.tag and mark.find("token_anchor") is not None
        }
        held: dict[str, str] = {}
        for relation in root.find("Relations") or ():
            name = relation.get("note")
            if name is None:
                name = f"{path.stem}:{relation.get('r_id')}"
            for source in relation.iterfind("source"):
                held[source.get("m_id", "")] = name
        yield Report(document, path.parent.name, part, _events(document.id, marks, held))


def meantime(folder: Path) -> Iterator[Report]:
    """The reports of MEANTIME that have been annotated across documents."""
    for path in sorted(folder.glob("intra_cross-doc_annotation/corpus_*/*.xml")):
        root = ET.parse(path).getroot()
        name = path.stem.partition("_")[0]
        document, words = _document(name, root, _published(root))
        topic = path.parent.name
        marks = {
            mark.get("m_id", ""): _anchors(mark, words)
            for mark in root.iterfind("Markables/EVENT_MENTION")
        }
        instances = {
            mark.get("m_id", ""): mark.get("instance_id") or f"{name}:{mark.get('m_id')}"
            for mark in root.iterfind("Markables/EVENT")
        }
        held = {
            source.get("m_id", ""): instances[target.get("m_id", "")]
            for relation in root.iterfind("Relations/REFERS_TO")
            for target in relation.iterfind("target")
            if target.get("m_id", "") in instances
            for source in relation.iterfind("source")
        }
        yield Report(document, topic, topic, _events(name, marks, held))


def _order(path: Path) -> tuple[int, str]:
    return int(path.parent.name), path.stem


def _events(
    document: str, marks: Mapping[str, Sequence[tuple[int, int]]], held: Mapping[str, str]
) -> tuple[Marked, ...]:
    found = []
    for name, words in marks.items():
        if words:
            own = f"{document}:{name}"
            found.append(Marked(own, document, tuple(words), held.get(name, own)))
    return tuple(sorted(found, key=lambda one: (one.words, one.id)))


def _anchors(mark: ET.Element, words: Mapping[str, tuple[int, int]]) -> list[tuple[int, int]]:
    anchors = (anchor.get("t_id", "") for anchor in mark.iterfind("token_anchor"))
    return sorted(words[anchor] for anchor in anchors if anchor in words)


def _published(root: ET.Element) -> dt.date | None:
    """The day that the annotators marked as the report's own."""
    for mark in root.iterfind("Markables/TIMEX3[@functionInDocument='CREATION_TIME']"):
        value = mark.get("value", "")[:10]
        if len(value) == 10:
            return dt.date.fromisoformat(value)
    return None


def _document(
    name: str, root: ET.Element, published: dt.date | None = None
) -> tuple[Document, dict[str, tuple[int, int]]]:
    """The text, a paragraph a sentence, and where each token stands in it."""
    text, words, sentence = "", {}, None
    tight = True
    for token in root.iterfind("token"):
        word = token.text or ""
        if not word.strip():
            continue
        if token.get("sentence") != sentence:
            text, tight = (f"{text}\n\n" if text else ""), True
            sentence = token.get("sentence")
        if not tight and word not in _TIGHT_BEFORE:
            text += " "
        words[token.get("t_id", "")] = (len(text), len(text) + len(word))
        text += word
        tight = word in _TIGHT_AFTER
    return Document(name, text, published), words
