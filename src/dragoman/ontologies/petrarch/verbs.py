"""Verb dictionaries, older and newer form: synonym sets, blocks of verbs, patterns.

A block is headed ``--- NAME [code] ---``. Its verbs stand one a line, with irregular forms in
braces and a code of their own where they have one; ``+`` marks the verb in a verb of several
words. Its patterns begin with ``-``: ``*`` is the verb, ``$`` the source, ``+`` the target, ``%``
both at once, ``^`` any phrase, ``&NAME`` a word of a synonym set; the newer form puts phrases in
braces and prepositional phrases in brackets, and has rules that join events, after ``~``.
``[---]`` codes nothing, ``[a:b]`` codes both ways.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dragoman.ontologies.petrarch.lines import Ledger, Line

_CODE = re.compile(r"\[\s*([^\]]*?)\s*\]")
_HEAD = re.compile(r"^---+\s*(?P<name>.*?)\s*(\[\s*(?P<code>[^\]]*?)\s*\])?\s*---+$")
_FORMS = re.compile(r"\{([^}]*)\}?")
_JOINT = re.compile(r"^~\s*a\s*\(\s*(\S+)\s+(\S+)\s+(\w+)\s*\)\s*(\w+)\s*=\s*a\s+b\s+(\w+)$")


@dataclass(frozen=True, slots=True)
class Coding:
    """A code, and the one for the way back; None codes nothing that way."""

    there: str | None
    back: str | None = None


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb: its words from the verb on, its irregular forms, its own coding or None."""

    words: tuple[str, ...]
    forms: tuple[str, ...]
    coding: Coding | None
    line: Line


@dataclass(frozen=True, slots=True)
class Pattern:
    """What stands before and after the verb, as written, with its coding."""

    before: str
    after: str
    coding: Coding
    line: Line


@dataclass(frozen=True, slots=True)
class Joint:
    """``~ a (who whom ACT) VERB = a b code``: what saying or wanting an act makes of it.

    ``b`` among who and whom is the target of the whole, ``.`` anybody, ``_`` nobody.
    """

    who: str
    whom: str
    act: str
    verb: str
    code: str
    line: Line


@dataclass(slots=True)
class Block:
    """Verbs that share a coding and patterns."""

    name: str
    coding: Coding
    line: Line
    verbs: list[Verb] = field(default_factory=list)
    patterns: list[Pattern] = field(default_factory=list)


@dataclass(slots=True)
class VerbFile:
    """A whole dictionary: synonym sets by name in lower case, blocks, rules that join events."""

    synsets: dict[str, list[str]] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    joints: list[Joint] = field(default_factory=list)


def coding(text: str | None) -> Coding | None:
    """``044``, ``044:045``, ``:044``, ``---``; None where there is no code."""
    if text is None:
        return None
    there, _, back = text.partition(":")
    return Coding(_code(there), _code(back))


def _code(text: str) -> str | None:
    plain = text.strip()
    return None if not plain or set(plain) <= {"-", "+"} else plain


class VerbReader:
    """Reads the lines of a dictionary in order."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._file = VerbFile()
        self._synset: list[str] | None = None

    def read(self) -> VerbFile:
        """The dictionary; lines of no known form are told to the ledger."""
        last = 0
        for line in self._ledger:
            # An empty line ends a synonym set in the older form.
            if line.number > last + 1 and not line.text.startswith("+"):
                self._synset = None
            last = line.number
            self._line(line)
        return self._file

    def _line(self, line: Line) -> None:
        text = line.text
        if text.startswith("---"):
            self._head(line)
        elif text.startswith("-"):
            self._pattern(line)
        elif text.startswith("&"):
            name = text[1:].strip().rstrip("_").lower()
            self._synset = self._file.synsets.setdefault(name, [])
        elif text.startswith("+") and self._synset is not None:
            self._synset.append(text[1:].strip())
        elif text.startswith("~"):
            joint = _JOINT.match(text)
            if joint is None:
                self._ledger.unused(line, "a rule is ~ a (who whom ACT) VERB = a b code")
            else:
                who, whom, act, verb, code = (part.lower() for part in joint.groups())
                self._file.joints.append(Joint(who, whom, act, verb, code, line))
        else:
            self._verb(line)

    def _head(self, line: Line) -> None:
        self._synset = None
        found = _HEAD.match(line.text)
        if found is None:
            self._ledger.unused(line, "the head of a block is --- NAME [code] ---")
            return
        made = coding(found["code"]) or Coding(None)
        self._file.blocks.append(Block(found["name"], made, line))

    def _verb(self, line: Line) -> None:
        self._synset = None
        if not self._file.blocks:
            self._ledger.unused(line, "a verb before any block")
            return
        code = _CODE.search(line.text)
        rest = _CODE.sub("", line.text)
        forms = _FORMS.search(rest)
        words = _verb_words(_FORMS.sub("", rest).strip())
        if words is None:
            self._ledger.unused(line, "words before the verb in a verb of several words")
            return
        self._file.blocks[-1].verbs.append(
            Verb(
                words=words,
                forms=tuple((forms[1] if forms else "").split()),
                coding=coding(code[1]) if code else None,
                line=line,
            )
        )

    def _pattern(self, line: Line) -> None:
        self._synset = None
        code = _CODE.search(line.text)
        body = _CODE.sub("", line.text[1:]).strip()
        if code is None:
            self._ledger.unused(line, "a pattern without a code")
        elif not self._file.blocks:
            self._ledger.unused(line, "a pattern before any block")
        elif body.count("*") != 1:
            self._ledger.unused(line, "a pattern needs one * where the verb stands")
        else:
            before, after = body.split("*")
            made = coding(code[1]) or Coding(None)
            self._file.blocks[-1].patterns.append(
                Pattern(before.strip(" _"), after.strip(" _"), made, line)
            )


def _verb_words(text: str) -> tuple[str, ...] | None:
    words = [word for word in re.split(r"[_\s]+", text.lower()) if word]
    at = next((i for i, word in enumerate(words) if word.startswith("+")), 0)
    if at or not words:
        return None
    plain = tuple(word.lstrip("+") for word in words)
    return plain if all(re.fullmatch(r"[\w'’.-]+", word) for word in plain) else None
