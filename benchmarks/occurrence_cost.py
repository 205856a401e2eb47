"""What finding occurrences costs as accounts grow: composed accounts, so many a day.

    python -m benchmarks.occurrence_cost [--sizes 4000 8000 16000] [--a-day 200] [--one-day]

Each account has two of sixty states as parties, one of four types, one of two hundred places and a
sentence of twelve words of three thousand, all drawn by a seed; a happening is told by three
accounts on average, each with half of its words changed. How many pairs are looked at, how many of
those that tell one happening are among them, and the time.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import time
from collections.abc import Sequence
from itertools import combinations

from dragoman.corpus.accounts import Account, Party
from dragoman.corpus.blocking import pairs
from dragoman.corpus.likeness import Traits
from dragoman.corpus.occurrences import occurrences
from dragoman.model import Place

_DAY = dt.date(2020, 1, 1)
_TYPES = (("ASSAULT", "attack"), ("COERCE", "arrest"), ("CONSULT", "meet"), ("ACCUSE", "accuse"))


def composed(size: int, a_day: int, seed: int = 1) -> list[Account]:
    """So many accounts, ``a_day`` of them on each day."""
    rng = random.Random(seed)
    states = [Party(f"S{n}", f"state:S{n}", "state", f"S{n}") for n in range(60)]
    found: list[Account] = []
    while len(found) < size:
        day = _DAY + dt.timedelta(len(found) // a_day)
        type_, trigger = rng.choice(_TYPES)
        one, other = rng.sample(states, 2)
        place = rng.randrange(200)
        town = Place(f"p{place}", f"P{place}", "city", 0.0, 0.0, f"S{place % 60}")
        words = [f"w{rng.randrange(3000)}" for _ in range(12)]
        for _ in range(rng.randint(1, 5)):
            kept = [w if rng.random() < 0.5 else f"w{rng.randrange(3000)}" for w in words]
            sides = {f"@{one.id}": 1.0}, {f"@{other.id}": 1.0}
            weights = {**dict.fromkeys(kept, 0.8), trigger: 0.6}
            traits = Traits(
                {trigger: 0.6}, weights, {f"p{place}": 1.0}, *sides, places=frozenset({town.id}),
                report=weights,
            )  # fmt: skip
            number = len(found)
            found.append(
                Account(
                    id=f"r{number:07}/e1",
                    reading=f"r{number:07}",
                    event="e1",
                    document=f"d{number}",
                    type=type_,
                    status="asserted",
                    trigger=trigger,
                    initiators=(one,),
                    recipients=(other,),
                    place=town,
                    first=day,
                    last=day,
                    published=day,
                    traits=traits,
                )
            )
    return found[:size]


def of_one_happening(told: Sequence[Account]) -> set[tuple[int, int]]:
    """Pairs of composed accounts that tell the same, the smaller number first."""
    found: dict[object, list[int]] = {}
    for number, one in enumerate(told):
        key = one.first, one.type, one.initiators, one.recipients, one.place
        found.setdefault(key, []).append(number)
    return {pair for numbers in found.values() for pair in combinations(numbers, 2)}


def main() -> None:
    """Print a line a size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[4000, 8000, 16000])
    parser.add_argument("--a-day", type=int, default=200)
    parser.add_argument("--one-day", action="store_true", help="all on one day")
    given = parser.parse_args()
    for size in given.sizes:
        told = composed(size, size if given.one_day else given.a_day)
        begun = time.process_time()
        looked = pairs(told)
        paired = time.process_time()
        found = occurrences(told)
        ended = time.process_time()
        same = of_one_happening(told)
        print(f"{size:,} accounts: {len(looked):,} pairs looked at in {paired - begun:.1f} s, "
              f"{len(looked) / size:.1f} an account; of {len(same):,} of one happening "
              f"{len(same & set(looked)) / len(same):.1%}; "
              f"{len(found):,} occurrences in {ended - paired:.1f} s, "
              f"{1000 * (ended - paired) / size:.2f} ms an account")  # fmt: skip


if __name__ == "__main__":
    main()
