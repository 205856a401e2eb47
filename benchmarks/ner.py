"""What spaCy's named entities would change end to end: who is meant, speakers, events, and time.

With ``--ner`` every PERSON, ORG and NORP entity of the pipeline's own recogniser that no actor
mention touches becomes a name that the report introduces, as an unknown name by capitals does;
everything after that is as always. The figures are those of ``benchmarks.actors``, ``speakers`` and
``events`` (dev), printed by these scripts; then user CPU seconds of the parse alone with and
without the recogniser.

Run: ``python -m benchmarks.ner [--ner]``.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache

import spacy
from spacy.language import Language

from benchmarks import actors, events, speakers
from dragoman.language.analysis import Analysis
from dragoman.language.parser import DEFAULT_MODEL
from dragoman.language.phrases import head_of
from dragoman.mentions import finding
from dragoman.mentions.actors import draft_actors
from dragoman.mentions.drafts import ActorTable, Draft, Setting

NAMED = frozenset({"PERSON", "ORG", "NORP"})
Drafting = Callable[[Analysis, Setting, ActorTable], list[Draft]]


@cache
def recogniser(*, ner: bool = True) -> Language:
    """The pipeline that is parsed with, with its recogniser or without."""
    return spacy.load(DEFAULT_MODEL, exclude=[] if ner else ["ner"])


def with_entities(drafting: Drafting) -> Drafting:
    """The drafting of actors, with the entities that it leaves out."""

    def drafted(analysis: Analysis, setting: Setting, table: ActorTable) -> list[Draft]:
        drafts = drafting(analysis, setting, table)
        held = {t.i for draft in drafts for t in draft.tokens} | set(setting.places)
        for entity in recogniser()(analysis.document.text).ents:
            tokens = list(analysis.between(entity.start_char, entity.end_char))
            if not tokens or entity.label_ not in NAMED or any(t.i in held for t in tokens):
                continue
            kind = "person" if entity.label_ == "PERSON" else "institution"
            actor = table.local(entity.text, kind)
            draft = Draft(head_of(tokens), tokens, "local", "entity", actor, entity.text, kind)
            drafts.append(draft)
        return sorted(drafts, key=lambda d: (d.head.i, -len(d.tokens)))

    return drafted


def parse_seconds(*, ner: bool) -> float:
    """User CPU seconds of the pipeline over the texts of the actor gold."""
    nlp = recogniser(ner=ner)
    texts = [report.text for report in actors.reports("dev")] * 3
    start = time.process_time()
    for _ in nlp.pipe(texts):
        pass
    return time.process_time() - start


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of the three measures, then the time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ner", action="store_true", help="with spaCy's named entities")
    options = parser.parse_args(arguments)
    if options.ner:
        setattr(finding, "draft_actors", with_entities(draft_actors))  # noqa: B010
    for measure in (actors, speakers, events):
        measure.main([])
    bare, full = (parse_seconds(ner=ner) for ner in (False, True))
    print(f"parse: {bare:.1f} s without the recogniser, {full:.1f} s with it ({full / bare:.2f})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
