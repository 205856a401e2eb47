"""Words at second hand: "Y quoted X as saying that …", "X was quoted as saying …"."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.language.analysis import Token
from dragoman.language.clauses import agents, is_passive, is_verb, surface_subjects
from dragoman.language.phrases import trim
from dragoman.statements.cues import CueLexicon
from dragoman.statements.drafts import StatementDraft, bounds, merged
from dragoman.statements.reach import is_finite_or_quoted, within

_QUOTING = frozenset({"quote", "cite"})
_CONFIDENCE = 0.85


def quoted_words(verb: Token, lexicon: CueLexicon) -> Iterator[StatementDraft]:
    """The statement of who is quoted and, where somebody is said to quote, that of the other."""
    if verb.lemma not in _QUOTING or not is_verb(verb):
        return
    saying = _saying(verb)
    if saying is None:
        return
    known = lexicon.verbs.get(saying.lemma)
    tokens = _content(verb, saying)
    if known is None or not tokens:
        return
    passive = is_passive(verb)
    speaker = next(iter(surface_subjects(verb)), None) if passive else verb.child("dobj")
    reporter = next(iter(agents(verb) if passive else surface_subjects(verb)), None)
    second = [saying.head, saying]
    content = [bounds(tokens)]
    yield StatementDraft(
        cue=[verb, *second] if passive else second, content=content, act=known.act,
        rule="cue:quoted", source=speaker, confidence=_CONFIDENCE,
        implicit=None if speaker is not None else "no subject in the clause",
    )  # fmt: skip
    if reporter is None or passive or speaker is None or speaker.i > saying.i:
        return
    tail = bounds([speaker.subtree()[0], saying])
    yield StatementDraft(
        cue=[verb], content=merged([*content, tail], gap=2), act="say", rule="cue:quoting",
        source=reporter, confidence=_CONFIDENCE,
    )  # fmt: skip


def _saying(verb: Token) -> Token | None:
    held = verb.child("dobj")
    for owner in (verb, *([held] if held is not None else [])):
        for child in owner.having("prep"):
            complement = child.child("pcomp")
            if child.lower == "as" and complement is not None and complement.tag == "VBG":
                return complement
    return None


def _content(verb: Token, saying: Token) -> list[Token]:
    for head, owner in ((c, o) for o in (saying, verb) for c in o.having("ccomp")):
        if is_finite_or_quoted(head):
            found = trim(within(head, owner))
            if found:
                return found
    return []
