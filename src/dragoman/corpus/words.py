"""Words of reports as they are compared: cut to their stems, weighted by how rare they are.

How rare a word is, is taken from its rank in the encoder's vocabulary, which is ordered by
frequency, and not from the archive at hand: so two reports are as alike today as when a thousand
others have come in.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

import yaml

Weights = Mapping[str, float]

WORD: Final = re.compile(r"[^\W_]+(?:[.,][0-9]+)*(?:['’-][^\W_]+)*")
_FIRST: Final = 1996  # rank of the most frequent word, "the"
_SIZE: Final = 30_522 - _FIRST
_LEAST: Final = 0.05  # weight of a word that is kept
_VOWEL: Final = re.compile(r"[aeiouy]")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word without its endings, in small letters: ``attack`` for "Attacks" and "attacked"."""
    plain = word.casefold().replace("’", "'")
    plain = plain.removesuffix("'s").removesuffix("'")
    plain = _irregular().get(plain, plain)
    if len(plain) > 3 and not plain[0].isdigit():
        plain = _without_past(_without_plural(plain))
    return plain


def _without_plural(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _without_past(word: str) -> str:
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) > 2 and _VOWEL.search(rest) and not word.endswith("eed"):
            if rest[-1] == rest[-2] and rest[-1] not in "lsz":
                rest = rest[:-1]
            word = rest
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


@lru_cache(maxsize=100_000)
def weight(word: str) -> float:
    """How much a word tells, from 0 for the most frequent to 1."""
    rank = _ranks().get(word.casefold())
    if rank is None:
        return 1.0
    if rank < _FIRST:
        return 0.0
    return float((math.log1p(rank - _FIRST) / math.log1p(_SIZE)) ** 2)


def weighted(words: Iterable[str]) -> dict[str, float]:
    """The stems of words with their weights; a word that stands there often weighs a little more,
    one that tells nothing is left out.
    """
    counts: Counter[str] = Counter()
    weights: dict[str, float] = {}
    for word in words:
        key, value = _told(word)
        counts[key] += 1
        if value > weights.get(key, -1.0):
            weights[key] = value
    return {key: _often(value, counts[key]) for key, value in weights.items() if value > _LEAST}


@lru_cache(maxsize=100_000)
def _told(word: str) -> tuple[str, float]:
    return stem(word), weight(word)


@lru_cache(maxsize=100_000)
def _often(value: float, count: int) -> float:
    # One number for all words alike: it takes a fourth off the memory of an account.
    return value * (1 + math.log(count))


def norm(weights: Weights) -> float:
    """The length of a row of weights."""
    return math.sqrt(sum([value * value for value in weights.values()]))


def cosine(one: Weights, other: Weights, lengths: tuple[float, float] | None = None) -> float:
    """How alike two rows of weights are, 0 to 1; 0 where one is empty. ``lengths`` are their
    norms, where these are known.
    """
    less, more = (other, one) if len(one) > len(other) else (one, other)
    shared = sum([value * more[key] for key, value in less.items() if key in more])
    if not shared:
        return 0.0
    first, second = lengths or (norm(one), norm(other))
    return shared / (first * second)


@cache
def _irregular() -> Mapping[str, str]:
    source = files("dragoman.corpus").joinpath("data/irregular.yaml")
    data: dict[str, str] = yaml.safe_load(source.read_text(encoding="utf-8"))
    return data


@cache
def _ranks() -> Mapping[str, int]:
    source = files("dragoman").joinpath("models/encoder/tokenizer.json")
    data: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    ranks: dict[str, int] = data["model"]["vocab"]
    return ranks
