"""Actor dictionaries: names, their spellings, and codes, each for a span of days or for ever.

``NAME [CODE]``, further spellings on lines that begin with ``+``, codes with dates on lines of
their own: ``[CODE <19911226]``, ``[CODE >20130119]``, ``[CODE 20121109-20130119]``. ``[---]``
marks words that are nobody.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from dragoman.ontologies.petrarch.lines import Ledger, Line
from dragoman.register.records import DatedCode

_CODE = re.compile(r"\[([^\]]*)\]")
_DATED = re.compile(r"^(?P<code>\S+)\s+(?P<sign>[<>]?)\s*(?P<one>\d+)(\s*-\s*(?P<two>\d+))?$")
_REMARK = re.compile(r"(^|\s);.*$")
_CENTURY = 30  # two-digit years below it are of this century


@dataclass(slots=True)
class ActorRecord:
    """An actor as the dictionary has it: the ways it is written and the codes it bears."""

    line: Line
    names: list[str]
    codes: list[DatedCode] = field(default_factory=list)
    nobody: bool = False
    lines: list[Line] = field(default_factory=list)


def read_actors(ledger: Ledger) -> list[ActorRecord]:
    """The records of a dictionary; lines of no known form are told to the ledger."""
    found: list[ActorRecord] = []
    for line in ledger:
        text = _REMARK.sub("", _CODE.sub("", line.text)).strip()
        if text.startswith("+"):
            if not found:
                ledger.unused(line, "a spelling before any actor")
                continue
            found[-1].names.append(text[1:])
            found[-1].lines.append(line)
        elif text:
            found.append(ActorRecord(line, [text], lines=[line]))
        elif not found:
            ledger.unused(line, "a code before any actor")
            continue
        for held in _CODE.findall(line.text):
            _add_code(ledger, line, found[-1], held.strip())
    for record in found:
        if not record.codes and not record.nobody:
            for line in record.lines:
                ledger.unused(line, "an actor without a code that can be used")
    return [record for record in found if record.codes or record.nobody]


def _add_code(ledger: Ledger, line: Line, record: ActorRecord, text: str) -> None:
    dated = _DATED.match(text)
    code = dated["code"] if dated else text
    if not code or set(code) <= {"-", "+"}:
        if dated:
            return  # nobody until then: that is what having no code on a day means
        record.nobody = True
        return
    if not re.fullmatch(r"[\w/]+", code):
        ledger.unused(line, f"{text!r} is no code")
        return
    try:
        record.codes.append(_dated(dated) if dated else DatedCode(code.upper()))
    except ValueError:
        ledger.unused(line, f"{text!r} holds no date")


def _dated(found: re.Match[str]) -> DatedCode:
    code, one = found["code"].upper(), _date(found["one"])
    if found["sign"] == "<":
        return DatedCode(code, None, one)
    if found["sign"] == ">":
        return DatedCode(code, one, None)
    if found["two"] is None:
        raise ValueError("one date without a sign")
    return DatedCode(code, one, _date(found["two"]))


def _date(digits: str) -> dt.date:
    """``20121109`` or ``911226``."""
    if len(digits) == 6:
        digits = ("20" if int(digits[:2]) < _CENTURY else "19") + digits
    if len(digits) != 8:
        raise ValueError(digits)
    return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
