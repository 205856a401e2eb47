from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import dragoman
from dragoman.events.lexicon import Trigger
from dragoman.ontologies import cameo, plover
from dragoman.ontologies.own.folder import load_ontology
from dragoman.ontologies.petrarch.actors import read_actors
from dragoman.ontologies.petrarch.agents import read_agents
from dragoman.ontologies.petrarch.lines import Account, Ledger
from dragoman.ontologies.petrarch.overlay import ActorDictionaries
from dragoman.ontologies.petrarch.patterns import verb_triggers
from dragoman.register import default_register

SHARED = Path(__file__).resolve().parents[4] / "shared" / "gold" / "petrarch" / "dictionaries"

VERBS = """\
# A comment
<!-- a comment
of two lines -->
&WEAPON
+SLING
+CATAPULTS

--- PELT [190] ---
PELT {PELTED PELTING}
HURL
SPATTER [145]
+RAIN_DOWN {+RAINED_DOWN}
- * &WEAPON (AT +) [194]
- CROWDS * [145]
- * INSULTS [---]
- * {ROTTEN EGGS} [141:142]
- WILL NOT * [030]
- * [999]
- * QUESTIONS [010]
- $ * STONES ^ (AT +) [190]

--- BARTER [061:061] ---
BARTER

~ a (b . PELT) SAY = a b 112
~ nonsense
"""


def verbs(tmp_path: Path, text: str = VERBS) -> tuple[dict[int, Trigger], Account]:
    path = tmp_path / "own.txt"
    path.write_text(text, encoding="utf-8")
    made, account = verb_triggers(path, "own.txt", plover(), cameo())
    return {int(trigger.id.split(".")[1]): trigger for trigger in made}, account


def is_whole(account: Account) -> bool:
    parts = (account.empty, account.used, len(account.partly), len(account.unused))
    return sum(parts) == account.total


def test_verbs_and_patterns_become_triggers(tmp_path: Path) -> None:
    made, _ = verbs(tmp_path)
    assert made[8].verbs == ("pelt", "hurl", "rain down")
    assert (made[8].type, made[8].cameo) == ("ASSAULT", "190")
    assert made[8].not_object == {"insult", "insults"}
    assert made[11].type == "PROTEST"
    assert made[11].verbs == ("spatter",)
    weapons = made[13]
    assert weapons.object == {"sling", "catapult", "catapults"}
    assert (weapons.recipient, weapons.prep) == (("prep:at",), {"at"})
    assert made[14].subject == {"crowd", "crowds"}
    assert "hurl rotten egg" in made[16].verbs
    assert made[22].reciprocal


def test_every_line_is_accounted_for(tmp_path: Path) -> None:
    _, account = verbs(tmp_path)
    assert is_whole(account)
    told = {fault.line: fault.problem.what for fault in account.unused}
    assert sorted(told) == [17, 18, 19, 25, 26]
    assert "no subject: WILL" in told[17]
    assert "999" in told[18]
    assert "no type for 010" in told[19]
    assert [fault.line for fault in account.partly] == [16]


def test_a_rule_that_joins_events_needs_its_verbs(tmp_path: Path) -> None:
    made, _ = verbs(tmp_path, VERBS + "\n--- SAY [---] ---\nSAY\n")
    joint = made[25]
    assert (joint.cameo, joint.recipient, joint.complement) == ("112", ("content-actor",), "that")
    assert {"pelt", "hurl"} <= joint.complement_words


def test_actors_bear_codes_by_date(tmp_path: Path) -> None:
    path = tmp_path / "actors.txt"
    path.write_text(
        "OMRA_TELL  [HOB]\n+OMRA_OF_TELL\n\t[HOBGOV 20121109-20130119]\n\t[HOBELI >20130119]\n"
        "SHORE_WARDENS_ [HOBMIL] # comment\nNOWHERE [---]\nBROKEN [HOB 2012]\n"
        "\t[HOB 20129999-20130101]\n",
        encoding="utf-8",
    )
    ledger = Ledger(path, "actors.txt")
    records = read_actors(ledger)
    assert [record.names[0] for record in records] == ["OMRA_TELL", "SHORE_WARDENS_", "NOWHERE"]
    assert records[2].nobody
    assert is_whole(ledger.account())
    assert [fault.line for fault in ledger.account().unused] == [7, 8]
    register = ActorDictionaries.read([(path, "actors.txt")], []).over(default_register())
    entry = register.lookup("Omra of Tell")[0]
    at = lambda *day: register.actor(entry.id, dt.date(*day)).cameo  # noqa: E731
    assert (at(2010, 1, 1), at(2012, 12, 1), at(2014, 1, 1)) == ("HOB", "HOBGOV", "HOBELI")
    assert register.lookup("Shore Wardens")[0].sector == "MIL"


def test_a_bare_state_code_names_the_state_and_known_names_keep_their_identity(
    tmp_path: Path,
) -> None:
    path = tmp_path / "actors.txt"
    path.write_text("PEACH_LAND [TCD]\n+CHAD\nANGELA_MERKEL_ [DEUELI]\n", encoding="utf-8")
    base = default_register()
    register = ActorDictionaries.read([(path, "actors.txt")], []).over(base)
    assert register.lookup("Peach Land")[0].id == "state:TCD"
    known = base.lookup("Angela Merkel")[0].id
    assert register.actor(known, dt.date(2010, 1, 1)).cameo == "DEUELI"
    assert base.actor(known, dt.date(2010, 1, 1)).cameo == "DEUGOV"
    assert base.lookup("Peach Land") == []


def test_agents_are_roles(tmp_path: Path) -> None:
    path = tmp_path / "agents.txt"
    path.write_text(
        "!KIN! = MAN, WOMAN\nFERRY!KIN! [~LAB]\nWATCH_BODY {} [~COP]\nODD [GOV]\nX!Y!Z [~GOV]\n",
        encoding="utf-8",
    )
    ledger = Ledger(path, "agents.txt")
    roles = {role.text: role for record in read_agents(ledger) for role in record.roles()}
    assert roles["ferryman"].person
    assert roles["ferrywomans"].cameo == "~LAB"
    assert roles["watch body"].group
    assert [fault.line for fault in ledger.account().unused] == [4, 5]
    assert is_whole(ledger.account())


def test_dictionaries_of_a_folder_are_read_with(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    for part, text in (
        ("verbs", VERBS),
        ("actors", "HILL_FOLK [HIL]\nRIVER_FOLK [RIV]\n"),
        ("agents", "REEVE [~GOV]\n"),
    ):
        (folder / part).mkdir(parents=True)
        (folder / part / "own.txt").write_text(text, encoding="utf-8")
    own = load_ontology(folder)
    assert [account.file for account in own.accounts] == [
        f"mine/{part}/own.txt" for part in ("verbs", "actors", "agents")
    ]
    text = (
        "The Hill Folk pelted the River Folk. "
        "A reeve of the Hill Folk bartered with the River Folk."
    )
    reading = dragoman.read(text, ontology=folder)
    codes: dict[str | None, str | None] = {actor.id: actor.cameo for actor in reading.actors}
    found = [
        (e.cameo, *(codes.get(p.actor) for p in (*e.actors, *e.recipients))) for e in reading.events
    ]
    assert ("190", "HIL", "RIV") in found
    assert ("061", "HILGOV", "RIV", "HILGOV", "RIV") in found


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published dictionaries are not here")
@pytest.mark.parametrize(
    ("file", "most"), [("CAMEO.2.0.txt", 0.1), ("PETR.Validate.verbs.txt", 0.3)]
)
def test_published_verbs_are_accounted_for(file: str, most: float) -> None:
    made, account = verb_triggers(SHARED / file, file, plover(), cameo())
    assert made
    assert is_whole(account)
    assert len(account.unused) / (account.total - account.empty) <= most


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published dictionaries are not here")
@pytest.mark.parametrize(
    "file",
    [
        "Phoenix.Countries.actors.txt",
        "Phoenix.International.actors.txt",
        "Phoenix.MilNonState.actors.txt",
        "PETR.Validate.actors.txt",
        "Phoenix.agents.txt",
        "PETR.Validate.agents.txt",
    ],
)
def test_published_actors_and_agents_are_accounted_for(file: str) -> None:
    path = [(SHARED / file, file)]
    is_agents = "agents" in file
    found = ActorDictionaries.read([] if is_agents else path, path if is_agents else [])
    assert found.actors or found.agents
    (account,) = found.accounts
    assert is_whole(account)
    assert len(account.unused) / account.total <= 0.005
