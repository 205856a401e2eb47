"""What the register holds, what it lacks, and what loading it costs.

Entries by kind; states without a head today; the chain of each state's heads since 1945 or its
independence, with the gaps over 60 days; foreign and defence ministers; how far dates are known;
rows with provenance; with ``--cost`` seconds and resident memory of register and gazetteer in a
fresh process; with PETRARCH dictionaries the share of their lines that is used or told.

Two chains are counted. *Either head*: days with any head of state or government, monarch or leader
of the ruling party. *Effective head*: the same without the monarchs and presidents of the states
listed below, whose heads of government lead.

Run: ``python -m benchmarks.register [--cost] [--gaps] [--phoenix ../shared/gold/actors/phoenix]``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from dragoman.register import Entry, Office, Register, default_register
from dragoman.register.loader import TERMS, organisation_files, read_rows
from dragoman.register.records import bounds

HEADS = frozenset("head_of_state head_of_government monarch supreme_leader leader "
                  "presidency_member".split())  # fmt: skip
# Republics whose head of government leads, in ISO codes: their presidents alone close no gap.
PARLIAMENTARY = frozenset(
    "AUT BGR CZE DEU DMA EST FJI GRC HUN IND IRL ISL ISR ITA LVA MKD MLT MNE MUS SGP SVK SVN TTO "
    "VUT WSM XKX".split()
)
CEREMONIAL = frozenset(  # monarchies of the same kind
    "ATG AUS BEL BHS BLZ BRB CAN DNK ESP GBR GRD JAM JPN KNA LCA LUX MYS NLD NOR NZL PNG SLB SWE "
    "THA TUV VCT".split()
)
ONE_PARTY = frozenset("CHN CUB LAO PRK SUN VNM".split())
SINCE = dt.date(1945, 9, 2)
ASIDE = 60  # days without a head that count as no gap: elections, handovers
TABLES = ("states.csv", *organisation_files(), "metonyms.csv", "persons.csv", *TERMS)
LOAD = """
import sys, time
def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096 / 1e6
import dragoman.register, dragoman.register.places
before, start = resident(), time.perf_counter()
dragoman.register.default_register()
middle, held = time.perf_counter(), resident()
dragoman.register.places.default_gazetteer()
print(middle - start, time.perf_counter() - middle, held - before, resident() - held)
"""

Gap = tuple[dt.date, dt.date]


def heads(register: Register, state: Entry, effective: bool) -> list[Office]:
    """The terms of the state's heads."""
    terms = [
        term
        for entry in register.entries
        for term in entry.offices
        if term.country == state.country and term.office in HEADS
        and (term.organisation is None or _leads_state(term))
    ]  # fmt: skip
    if not effective:
        return terms
    idle = {"head_of_state"} if state.country in PARLIAMENTARY else set()
    idle |= {"monarch"} if state.country in CEREMONIAL else set()
    return [term for term in terms if term.office not in idle]


def _leads_state(term: Office) -> bool:
    """Whether it is the ruling party's leadership."""
    party = (term.organisation or "").startswith("party:")
    return party and term.country in ONE_PARTY and term.office == "leader"


def gaps(state: Entry, terms: Sequence[Office], today: dt.date) -> list[Gap]:
    """Spans of more than 60 days that no term covers."""
    reached = max(SINCE, bounds(state.valid_from)[0] if state.valid_from else SINCE)
    end = min(today, bounds(state.valid_to)[0] if state.valid_to else today)
    found = []
    for term in sorted(terms, key=lambda term: term.starts):
        if term.starts > reached and (min(term.starts, end) - reached).days > ASIDE:
            found.append((reached, min(term.starts, end)))
        reached = max(reached, term.ends)
        if reached >= end:
            return found
    if (end - reached).days > ASIDE:
        found.append((reached, end))
    return found


def print_chains(register: Register, today: dt.date, listed: bool) -> None:
    """States with a whole chain, without a head today, and the gaps."""
    states = [entry for entry in register.entries if entry.kind == "state"]
    for name, effective in (("either head", False), ("effective head", True)):
        missing = {s.name: gaps(s, heads(register, s, effective), today) for s in states}
        whole = sum(not found for found in missing.values())
        days = sum((b - a).days for found in missing.values() for a, b in found)
        count = sum(map(len, missing.values()))
        print(f"{name}: {whole} of {len(states)} states whole; {count} gaps, {days / 365.25:,.0f} "
              "years together")  # fmt: skip
        if listed:
            for state, found in missing.items():
                for first, last in found:
                    print(f"  {state}: {first} to {last}")
    without = [s.name for s in states if not s.valid_to and not current(register, s, today)]
    print(f"states without a head on {today}: {len(without)} {', '.join(without)}")


def current(register: Register, state: Entry, today: dt.date) -> bool:
    """Whether somebody heads the state on that day."""
    return any(term.holds(today) for term in heads(register, state, effective=False))


def print_content(register: Register, today: dt.date) -> None:
    """Entries, offices, dates, provenance."""
    kinds = Counter(entry.kind for entry in register.entries)
    print("entries:", ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
    print(f"wordings: {len(tuple(register.aliases)):,}")
    terms = [(e, term) for e in register.entries for term in e.offices]
    posts = Counter(term.office for _, term in terms)
    print("terms:", len(terms), "of which", ", ".join(f"{k} {n}" for k, n in posts.most_common(8)))
    dates = [d for _, t in terms for d in (t.valid_from, t.valid_to) if d]
    exact = sum(len(t.valid_from or "") == 10 and len(t.valid_to or "2000-01-01") == 10
                for _, t in terms)  # fmt: skip
    print(f"terms known to the day at both ends: {exact / len(terms):.1%}; "
          f"dates: {sum(len(d) == 10 for d in dates) / len(dates):.1%}")  # fmt: skip
    for office in ("foreign_minister", "defence_minister"):
        held = {t.country for _, t in terms if t.office == office and t.holds(today) and t.country}
        print(f"states with a {office} today: {len(held)}")
    rows = [row for name in TABLES for row in read_rows(name)]
    told = sum(bool(row["provenance"].strip()) for row in rows)
    print(f"rows with provenance: {told / len(rows):.1%} of {len(rows):,}")


def print_cost(rounds: int = 5) -> None:
    """Medians of fresh processes: seconds, and resident memory beyond what the import takes."""
    runs = [
        [float(x) for x in subprocess.run(
            [sys.executable, "-c", LOAD], capture_output=True, text=True, check=True
        ).stdout.split()]
        for _ in range(rounds)
    ]  # fmt: skip
    columns = zip(*runs, strict=True)
    register, gazetteer, held, places = (statistics.median(column) for column in columns)
    print(
        f"load: register {register:.2f} s, {held:.0f} MB; gazetteer {gazetteer:.2f} s, "
        f"{places:.0f} MB; together {register + gazetteer:.2f} s, {held + places:.0f} MB"
    )


def print_dictionaries(folder: Path, register: Register) -> None:
    """Of each dictionary of actors or agents, the lines used and those told."""
    from dragoman.register.own.files import load_actors

    total = known = 0
    for path in dictionaries(folder):
        (account,) = load_actors([path], register).accounts
        told = len(account.unused) + len(account.partly)
        total += account.total
        known += account.empty + account.used + told
        used = account.used / (account.total - account.empty)
        print(f"{account} (used: {used:.1%} of the lines with content)")
        reasons = Counter(fault.problem.what.split(": ")[1] for fault in account.unused)
        for why, count in reasons.most_common(5):
            print(f"  {count:5} {why}")
    print(f"lines used, empty, or told with their number and reason: {known / total:.1%} "
          f"of {total:,}")  # fmt: skip


def dictionaries(folder: Path) -> Iterator[Path]:
    """Files of actors and agents."""
    for path in sorted(folder.glob("*.txt")):
        if any(word in path.name for word in ("actors", "agents", "discards")):
            yield path


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--at", type=dt.date.fromisoformat, default=dt.date.today())
    parser.add_argument("--gaps", action="store_true", help="list each gap")
    parser.add_argument("--cost", action="store_true", help="time and memory of loading")
    parser.add_argument("--phoenix", type=Path, help="a folder of PETRARCH dictionaries")
    options = parser.parse_args(arguments)
    register = default_register()
    print_content(register, options.at)
    print_chains(register, options.at, options.gaps)
    if options.cost:
        print_cost()
    if options.phoenix is not None:
        print_dictionaries(options.phoenix, register)
    return 0


if __name__ == "__main__":
    sys.exit(main())
