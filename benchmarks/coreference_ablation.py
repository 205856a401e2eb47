"""What each rule of reference is worth: the speakers of PolNeAR dev and the study half of OntoGUM
news, with one rule left out at a time.

Run: ``python -m benchmarks.coreference_ablation``.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final
from unittest import mock

from benchmarks import coreference, speakers
from benchmarks.clusters import METRICS
from dragoman.language.parser import Parser
from dragoman.mentions import actors, nouns, pronouns
from dragoman.mentions import coreference as rules
from dragoman.pipeline import Reader

WITHOUT: Final[dict[str, tuple[Any, str, Any]]] = {
    "nothing left out": (rules, "_ARGUMENTS", rules._ARGUMENTS),
    "sex by given name": (actors, "sex_of", lambda name: None),
    "quotation marks": (pronouns, "_by_quotes", lambda draft, candidate, history: 0.0),
    "pronouns in quotations last": (rules, "_is_late", lambda draft, history, by_head: False),
    "noun in a name before": (nouns, "_by_name", lambda draft, history: None),
    "parts of persons named": (nouns, "_of_person", lambda draft, history: False),
    "roles by form of address": (actors, "role_of_address", lambda before, setting: None),
    "names through prepositions": (actors, "name_through_preposition", lambda *given: []),
    "parties": (nouns, "_same_party", lambda draft, candidate, history: True),
    "surname stays": (rules, "_outweighs", lambda held, draft, history: False),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one line a rule left out."""
    argparse.ArgumentParser(description=__doc__).parse_args(arguments)
    reader, parser = Reader(), Parser()
    marks = [mark for mark in speakers.load() if mark.kind in ("named", "described")]
    documents = list(coreference.load(coreference.ONTOGUM, "study"))
    for title, (module, name, instead) in WITHOUT.items():
        with mock.patch.object(module, name, instead):
            said = Counter(o.verdict for o, _ in speakers.measure(marks, speakers.POLNEAR, reader))
            totals, judged = coreference.measure(documents, reader, parser)
        told = Counter(j.verdict for j in judged)
        known = sum(told[verdict] for verdict in coreference.VERDICTS)
        conll = sum(totals["covered"][m].scores()[2] for m in METRICS) / len(METRICS)
        print(
            f"{title:<30} speakers right {said['right']:>3} wrong {said['wrong']:>3} of "
            f"{len(marks)}   covered CoNLL F1 {100 * conll:5.1f}   references right "
            f"{told['right']:>3} wrong {told['wrong']:>3} of {known}",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
