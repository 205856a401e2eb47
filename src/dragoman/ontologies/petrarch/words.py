"""Dictionaries write inflected words; triggers go by lemmas."""

from __future__ import annotations

from collections.abc import Collection

ARTICLES = frozenset({"the", "a", "an"})
_IRREGULAR = {
    "began": "begin", "begun": "begin", "broke": "break", "brought": "bring", "built": "build",
    "came": "come", "cut": "cut", "did": "do", "fell": "fall", "felt": "feel", "fought": "fight",
    "found": "find", "gave": "give", "given": "give", "got": "get", "gone": "go", "went": "go",
    "had": "have", "held": "hold", "kept": "keep", "laid": "lay", "led": "lead", "left": "leave",
    "lost": "lose", "made": "make", "met": "meet", "paid": "pay", "put": "put", "ran": "run",
    "said": "say", "saw": "see", "sent": "send", "shot": "shoot", "spoke": "speak",
    "stood": "stand", "struck": "strike", "taken": "take", "took": "take", "threw": "throw",
    "thrown": "throw", "told": "tell", "withdrew": "withdraw", "won": "win", "wrote": "write",
}  # fmt: skip
_NOT_PLURAL = ("ss", "us", "is", "ous", "ics")


def singular(word: str) -> str:
    """The noun without its regular plural: ``talks`` gives ``talk``."""
    if not word.endswith("s") or word.endswith(_NOT_PLURAL) or len(word) < 4:
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1]


def lemma(verb: str, known: Collection[str]) -> str:
    """The verb's base form: by the table of irregular ones, else by a regular ending that leaves
    a verb which is ``known``; the word itself where neither tells.
    """
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb in known:
        return verb
    for ending in ("ing", "ed", "es", "s", "d"):
        stem = verb.removesuffix(ending)
        if stem == verb or len(stem) < 2:
            continue
        doubled = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem
        for base in (stem, stem + "e", doubled, stem[:-1] + "y" if stem[-1] == "i" else stem):
            if base in known:
                return base
    return verb
